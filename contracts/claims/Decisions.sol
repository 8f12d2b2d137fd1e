// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Roles} from "../access/Roles.sol";
import {ClaimState, ClaimStates, Reason, Reasons} from "../books/Codes.sol";
import {ActorId, ClaimId, ProgrammeId} from "../books/Ids.sol";
import {Claim, Programme, Totals} from "../books/Records.sol";
import {ClaimsBase} from "./ClaimsBase.sol";
import {TotalsWords as At} from "../books/TotalsWords.sol";
import {IClaims} from "./IClaims.sol";
import {Queue} from "./Queue.sol";

/// @title What an adjudicator decides
abstract contract Decisions is ClaimsBase {
    using At for Totals;
    using Queue for Programme;

    /// @inheritdoc IClaims
    function approveClaim(ClaimId id, uint256 amount, uint256 remaining) external {
        (Claim storage claim, Programme storage programme, ActorId adjudicator) = _deciding(
            id,
            ClaimStates.FILED
        );
        _requireAmount(amount);
        uint256 requested = claim.requested;
        if (amount > requested) revert ApprovedAboveRequested(requested, amount);
        _promise(programme, claim, amount);

        uint32 queueNumber = ++programme.lastQueueNumber;
        claim.state = ClaimStates.APPROVED;
        claim.adjudicator = adjudicator;
        claim.queueNumber = queueNumber;
        claim.approved = uint96(amount);
        _requireBounded(remaining);
        if (remaining != 0) claim.remaining = uint96(remaining);
        programme.append(id, claim);
        programme.totals.shrink(At.FILED_UNDECIDED, requested);
        programme.totals.grow(At.APPROVED_UNPAID, amount);
        emit ClaimApproved(id, claim.programme, amount, remaining, queueNumber, adjudicator);
    }

    /// @inheritdoc IClaims
    function rejectClaim(ClaimId id, Reason reason) external {
        (Claim storage claim, Programme storage programme, ActorId adjudicator) = _deciding(
            id,
            ClaimStates.FILED
        );
        _setReason(claim, reason);
        claim.state = ClaimStates.REJECTED;
        programme.totals.shrink(At.FILED_UNDECIDED, claim.requested);
        programme.openClaims--;
        emit ClaimRejected(id, claim.programme, reason, adjudicator);
    }

    /// @inheritdoc IClaims
    function holdClaim(ClaimId id, Reason reason) external {
        (Claim storage claim, Programme storage programme, ActorId adjudicator) = _deciding(
            id,
            ClaimStates.APPROVED
        );
        _setReason(claim, reason);
        claim.state = ClaimStates.ON_HOLD;
        _unlink(programme, claim);
        emit ClaimHeld(id, claim.programme, reason, adjudicator);
    }

    /// @inheritdoc IClaims
    function releaseClaim(ClaimId id, ClaimId after_) external {
        (Claim storage claim, Programme storage programme, ActorId adjudicator) = _deciding(
            id,
            ClaimStates.ON_HOLD
        );
        claim.reason = Reasons.NONE;
        _relink(programme, id, claim, after_);
        emit ClaimReleased(id, claim.programme, adjudicator);
    }

    /// @inheritdoc IClaims
    function cancelClaim(ClaimId id, Reason reason) external {
        bool held = _claim(id).state == ClaimStates.ON_HOLD;
        (Claim storage claim, Programme storage programme, ActorId adjudicator) = _deciding(
            id,
            held ? ClaimStates.ON_HOLD : ClaimStates.APPROVED
        );
        if (!held) _unlink(programme, claim);
        _setReason(claim, reason);
        claim.state = ClaimStates.CANCELLED;
        _release(programme, claim, claim.approved);
        programme.openClaims--;
        emit ClaimCancelled(id, claim.programme, reason, adjudicator);
    }

    /// @dev An adjudicator of the claim's programme, who did not file it; the programme rolled.
    function _deciding(
        ClaimId id,
        ClaimState expected
    ) private returns (Claim storage claim, Programme storage programme, ActorId adjudicator) {
        claim = _claim(id);
        ProgrammeId programmeId = claim.programme;
        adjudicator = _actingAs(Roles.ADJUDICATOR, programmeId);
        if (claim.filer == adjudicator) revert SameActor(id, adjudicator);
        _requireState(id, claim, expected);
        programme = _programme(programmeId);
        _roll(programmeId, programme);
    }

    function _setReason(Claim storage claim, Reason reason) private {
        uint8 code = Reason.unwrap(reason);
        if (code == 0 || code > Reason.unwrap(Reasons.OTHER)) revert InvalidReason(reason);
        claim.reason = reason;
    }

    function _unlink(Programme storage programme, Claim storage claim) private {
        programme.remove(claim);
        programme.totals.shrink(At.APPROVED_UNPAID, claim.approved);
    }
}
