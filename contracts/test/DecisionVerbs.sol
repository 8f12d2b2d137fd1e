// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ClaimStates, Reason} from "../books/Codes.sol";
import {ClaimId} from "../books/Ids.sol";
import {IClaims} from "../claims/IClaims.sol";
import {GhostClaim, GhostProgramme} from "./Ghosts.sol";
import {HandlerBase} from "./HandlerBase.sol";

/// @title What an adjudicator decides
abstract contract DecisionVerbs is HandlerBase {
    function approve(uint256 which, uint256 amount, uint256 remaining, uint256 by) external now_ {
        uint256 id = _claimIn(ClaimStates.FILED, which);
        if (id == 0) return;
        GhostClaim storage claim_ = _claims[id];
        amount = _pick(amount, claim_.requested);
        remaining = remaining % 3 == 0 ? 0 : _pick(remaining, 900);
        address adjudicator = by % 8 == 0 ? claim_.filer : _officerBut(by, claim_.filer, claim_.filer);
        bytes4 refusal =
            adjudicator == claim_.filer ? IClaims.SameActor.selector : _promiseRefusal(claim_, amount);
        _attempt(
            adjudicator,
            abi.encodeCall(LEDGER.approveClaim, (ClaimId.wrap(uint32(id)), amount, remaining)),
            refusal
        );
        if (refusal != 0) return;
        GhostProgramme storage ghost = _programmes[claim_.programme];
        claim_.state = ClaimStates.APPROVED;
        claim_.adjudicator = adjudicator;
        claim_.approved = amount;
        claim_.remaining = remaining;
        claim_.queueNumber = ++ghost.lastQueueNumber;
        ghost.queue.push(id);
        ghost.filedUndecided -= claim_.requested;
        ghost.approvedUnpaid += amount;
        _promise(claim_, amount);
    }

    function reject(uint256 which, uint256 by) external now_ {
        uint256 id = _claimIn(ClaimStates.FILED, which);
        if (id == 0) return;
        GhostClaim storage claim_ = _claims[id];
        bytes memory call = abi.encodeCall(LEDGER.rejectClaim, (ClaimId.wrap(uint32(id)), _reason(by)));
        if (!_decide(claim_, by, call)) return;
        claim_.state = ClaimStates.REJECTED;
        _programmes[claim_.programme].filedUndecided -= claim_.requested;
        _programmes[claim_.programme].openClaims--;
    }

    function hold(uint256 which, uint256 by) external now_ {
        uint256 id = _claimIn(ClaimStates.APPROVED, which);
        if (id == 0) return;
        GhostClaim storage claim_ = _claims[id];
        bytes memory call = abi.encodeCall(LEDGER.holdClaim, (ClaimId.wrap(uint32(id)), _reason(by)));
        if (!_decide(claim_, by, call)) return;
        claim_.state = ClaimStates.ON_HOLD;
        _unqueue(id);
    }

    function release(uint256 which, uint256 by, uint256 hint) external now_ {
        uint256 id = _claimIn(ClaimStates.ON_HOLD, which);
        if (id == 0) return;
        GhostClaim storage claim_ = _claims[id];
        (uint256 after_, bool right) = _hint(id, hint);
        bytes memory call = abi.encodeCall(
            LEDGER.releaseClaim,
            (ClaimId.wrap(uint32(id)), ClaimId.wrap(uint32(after_)))
        );
        address adjudicator = _officerBut(by, claim_.filer, claim_.filer);
        _attempt(adjudicator, call, right ? bytes4(0) : IClaims.InvalidQueuePlace.selector);
        if (right) _enqueue(id);
    }

    function cancel(uint256 which, uint256 by, bool held) external now_ {
        uint256 id = _claimIn(held ? ClaimStates.ON_HOLD : ClaimStates.APPROVED, which);
        if (id != 0) _cancel(id, by);
    }

    function _cancel(uint256 id, uint256 by) internal {
        GhostClaim storage claim_ = _claims[id];
        bytes memory call = abi.encodeCall(LEDGER.cancelClaim, (ClaimId.wrap(uint32(id)), _reason(by)));
        if (!_decide(claim_, by, call)) return;
        if (claim_.state == ClaimStates.APPROVED) _unqueue(id);
        claim_.state = ClaimStates.CANCELLED;
        _programmes[claim_.programme].openClaims--;
        _release(claim_, claim_.approved);
    }

    /// @dev The right place in the queue, or one time in four another one.
    function _hint(uint256 id, uint256 seed) internal view returns (uint256 after_, bool right) {
        uint256[] storage queue = _programmes[_claims[id].programme].queue;
        uint256 place;
        for (uint256 i = 0; i < queue.length; i++) {
            if (_claims[queue[i]].queueNumber < _claims[id].queueNumber) place = queue[i];
        }
        if (seed % 4 != 0) return (place, true);
        // Any claim of any programme, itself, one that does not exist, or none.
        after_ = (seed >> 8) % (claims + 2);
        return (after_, after_ == place);
    }

    /// @dev Puts a claim into the ghost's queue by its number.
    function _enqueue(uint256 id) internal {
        GhostClaim storage claim_ = _claims[id];
        uint256[] storage queue = _programmes[claim_.programme].queue;
        queue.push(id);
        for (uint256 i = queue.length - 1; i > 0; i--) {
            if (_claims[queue[i - 1]].queueNumber < claim_.queueNumber) break;
            (queue[i - 1], queue[i]) = (queue[i], queue[i - 1]);
        }
        claim_.state = ClaimStates.APPROVED;
        _programmes[claim_.programme].approvedUnpaid += claim_.approved;
    }

    function _unqueue(uint256 id) internal {
        uint256[] storage queue = _programmes[_claims[id].programme].queue;
        uint256 found;
        for (uint256 i = 0; i < queue.length; i++) {
            if (queue[i] == id) found++;
            else queue[i - found] = queue[i];
        }
        require(found == 1, "a payable claim stands in the queue once");
        queue.pop();
        _programmes[_claims[id].programme].approvedUnpaid -= _claims[id].approved;
    }

    /// @dev What an approval promises comes back.
    function _release(GhostClaim storage claim_, uint256 amount) internal {
        committed[claim_.person][claim_.programme][claim_.period] -= amount;
        if (claim_.aidOf != 0) _claims[claim_.aidOf].granted -= amount;
    }

    function _promise(GhostClaim storage claim_, uint256 amount) private {
        committed[claim_.person][claim_.programme][claim_.period] += amount;
        if (claim_.aidOf != 0) _claims[claim_.aidOf].granted += amount;
    }

    function _promiseRefusal(GhostClaim storage claim_, uint256 amount) private view returns (bytes4) {
        uint256 cover = _policies[claim_.programme][claim_.period].cover;
        uint256 held = committed[claim_.person][claim_.programme][claim_.period];
        if (cover != 0 && held + amount > cover) return IClaims.CoverExceeded.selector;
        if (claim_.aidOf == 0) return 0;
        GhostClaim storage aided = _claims[claim_.aidOf];
        if (aided.state != ClaimStates.PAID) return IClaims.WrongClaimState.selector;
        return aided.granted + amount > aided.remaining ? IClaims.AidExceeded.selector : bytes4(0);
    }

    /// @dev One in eight of the decisions is tried by whoever filed the claim.
    function _decide(
        GhostClaim storage claim_,
        uint256 by,
        bytes memory call
    ) private returns (bool allowed) {
        allowed = by % 8 != 0;
        address adjudicator = allowed ? _officerBut(by, claim_.filer, claim_.filer) : claim_.filer;
        _attempt(adjudicator, call, allowed ? bytes4(0) : IClaims.SameActor.selector);
    }

    function _reason(uint256 seed) private pure returns (Reason) {
        return Reason.wrap(uint8(_pick(seed >> 8, 4)));
    }
}
