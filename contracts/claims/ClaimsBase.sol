// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ClaimState, ClaimStates} from "../books/Codes.sol";
import {ClaimId, NO_CLAIM} from "../books/Ids.sol";
import {LedgerStorage} from "../books/LedgerStorage.sol";
import {Claim, Period, Programme, Totals} from "../books/Records.sol";
import {Programmes} from "../programmes/Programmes.sol";
import {TotalsWords as At} from "../books/TotalsWords.sol";
import {IClaims} from "./IClaims.sol";
import {Queue} from "./Queue.sol";

/// @title What the claim verbs share: the record, its state, and what an approval promises
abstract contract ClaimsBase is IClaims, Programmes {
    using At for Totals;
    using Queue for Programme;

    function _claim(ClaimId id) internal view returns (Claim storage claim) {
        claim = LedgerStorage.books().claims[id];
        if (claim.state == ClaimStates.NONE) revert UnknownClaim(id);
    }

    function _requireState(ClaimId id, Claim storage claim, ClaimState expected) internal view {
        if (claim.state != expected) revert WrongClaimState(id, expected, claim.state);
    }

    /// @dev Makes a claim payable again, at its place by queue number.
    function _relink(Programme storage programme, ClaimId id, Claim storage claim, ClaimId after_) internal {
        programme.insert(id, claim, after_);
        claim.state = ClaimStates.APPROVED;
        programme.totals.grow(At.APPROVED_UNPAID, claim.approved);
    }

    /// @dev Reserves `amount` of the person's cover (law L6) and, for a grant, of what its claim has left.
    function _promise(Programme storage programme, Claim storage claim, uint256 amount) internal {
        Period storage period = programme.periods[claim.policyPeriod];
        uint256 cover = period.cover;
        if (cover != 0) {
            bytes32 person = claim.person;
            uint256 committed = period.committed[person];
            if (amount > cover - committed) revert CoverExceeded(cover - committed, amount);
            period.committed[person] = uint96(committed + amount);
        }
        ClaimId aidOf = claim.aidOf;
        if (aidOf == NO_CLAIM) return;
        Claim storage aided = _claim(aidOf);
        _requireState(aidOf, aided, ClaimStates.PAID);
        (uint256 remaining, uint256 granted) = (aided.remaining, aided.granted);
        if (amount > remaining - granted) revert AidExceeded(remaining - granted, amount);
        aided.granted = uint96(granted + amount);
    }

    /// @dev Gives back what {_promise} reserved: the claim is cancelled, or money of it was recovered.
    function _release(Programme storage programme, Claim storage claim, uint256 amount) internal {
        Period storage period = programme.periods[claim.policyPeriod];
        if (period.cover != 0) period.committed[claim.person] -= uint96(amount);
        ClaimId aidOf = claim.aidOf;
        if (aidOf != NO_CLAIM) LedgerStorage.books().claims[aidOf].granted -= uint96(amount);
    }
}
