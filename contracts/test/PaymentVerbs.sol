// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ClaimStates} from "../books/Codes.sol";
import {ClaimId, PayoutId} from "../books/Ids.sol";
import {IClaims} from "../claims/IClaims.sol";
import {IRecoveries} from "../recoveries/IRecoveries.sol";
import {DecisionVerbs} from "./DecisionVerbs.sol";
import {GhostClaim, GhostPayout, GhostPolicy, GhostProgramme} from "./Ghosts.sol";
import {Peeling} from "./Peeling.sol";

/// @title Payments, recoveries and bank returns
abstract contract PaymentVerbs is DecisionVerbs {
    uint256 public bankReturns;

    function pay(uint256 id, uint256 place, uint256 by) external now_ {
        id = _pick(id, PROGRAMMES);
        GhostProgramme storage ghost = _programmes[id];
        if (ghost.queue.length == 0) return;
        // One time in four from anywhere in the queue.
        uint256 which = ghost.queue[place % 4 == 0 ? (place >> 8) % ghost.queue.length : 0];
        GhostClaim storage claim_ = _claims[which];
        uint256 amount = claim_.approved;
        address payer =
            by % 8 == 0
                ? (by % 16 == 0 ? claim_.filer : claim_.adjudicator)
                : _officerBut(by, claim_.filer, claim_.adjudicator);
        bytes4 refusal;
        if (payer == claim_.filer || payer == claim_.adjudicator) refusal = IClaims.SameActor.selector;
        else if (which != ghost.queue[0]) refusal = IClaims.NotQueueHead.selector;
        else if (amount > ghost.reserveIn - ghost.reserveSpent) refusal = IClaims.ReserveTooSmall.selector;
        bytes memory answer = _attempt(
            payer,
            abi.encodeCall(LEDGER.payClaim, (ClaimId.wrap(uint32(which)), _digest())),
            refusal
        );
        if (answer.length == 0) return;
        _requireNext(answer, ++payouts);
        _payouts[payouts] = GhostPayout(which, ghost.reserveSpent, amount, 0);
        _unqueue(which);
        claim_.state = ClaimStates.PAID;
        claim_.payer = payer;
        claim_.paid += amount;
        claim_.lastPayout = payouts;
        ghost.reserveSpent += amount;
        ghost.openClaims--;
        _flow(id).paid += amount;
        GhostPolicy storage policy_ = _policies[id][claim_.period];
        _share(policy_.partsPaid, policy_.shares, policy_.paid, amount);
        policy_.paid += amount;
    }

    function recover(uint256 which, uint256 amount, bool tooMuch) external now_ {
        if (payouts == 0) return;
        which = _pick(which, payouts);
        GhostPayout storage payout_ = _payouts[which];
        uint256 left = payout_.amount - payout_.recovered;
        tooMuch = tooMuch || left == 0;
        amount = tooMuch ? left + 1 : _pick(amount, left);
        bytes4 refusal = tooMuch ? IRecoveries.WrongRecoveryAmount.selector : bytes4(0);
        bytes memory answer = _attempt(_officer(amount), _recovery(which, amount, false, 0), refusal);
        if (answer.length == 0) return;
        _recovered(payout_, amount);
        _release(_claims[payout_.claim], amount);
    }

    /// @notice A bank return: all that is left comes back, and the claim is payable again.
    function giveBack(uint256 which, uint256 hint, bool tooLittle) external now_ {
        uint256 id = _claimIn(ClaimStates.PAID, which);
        if (id == 0) return;
        GhostClaim storage claim_ = _claims[id];
        GhostPayout storage payout_ = _payouts[claim_.lastPayout];
        uint256 left = payout_.amount - payout_.recovered;
        if (left == 0) return;
        (uint256 after_, bool right) = _hint(id, hint);
        bytes4 refusal;
        if (tooLittle && left > 1) refusal = IRecoveries.WrongRecoveryAmount.selector;
        else if (!right) refusal = IClaims.InvalidQueuePlace.selector;
        uint256 amount = tooLittle && left > 1 ? left - 1 : left;
        bytes memory call = _recovery(claim_.lastPayout, amount, true, after_);
        if (_attempt(_officer(hint), call, refusal).length == 0) return;
        _recovered(payout_, amount);
        claim_.approved = amount;
        _programmes[claim_.programme].openClaims++;
        _enqueue(id);
        bankReturns++;
    }

    function _recovery(
        uint256 which,
        uint256 amount,
        bool returned,
        uint256 after_
    ) private returns (bytes memory) {
        return
            abi.encodeCall(
                LEDGER.recoverPayout,
                (
                    _digest(),
                    PayoutId.wrap(uint32(which)),
                    amount,
                    returned,
                    ClaimId.wrap(uint32(after_)),
                    _digest()
                )
            );
    }

    function _recovered(GhostPayout storage payout_, uint256 amount) private {
        GhostClaim storage claim_ = _claims[payout_.claim];
        payout_.recovered += amount;
        claim_.recovered += amount;
        _programmes[claim_.programme].reserveIn += amount;
        _flow(claim_.programme).recovered += amount;
        GhostPolicy storage policy_ = _policies[claim_.programme][claim_.period];
        _share(policy_.partsRecovered, policy_.shares, policy_.recovered, amount);
        policy_.recovered += amount;
    }

    /// @dev Every payout is borne to the fen, and no insurer's part is negative: the subtraction would revert.
    function _share(uint256[16] storage parts, uint256 shares, uint256 start, uint256 amount) private {
        if (shares == 0) return;
        uint256[16] memory before = Peeling.parts(start, shares);
        uint256[16] memory behind = Peeling.parts(start + amount, shares);
        uint256 sum;
        for (uint256 i = 0; i < 16; i++) {
            parts[i] += behind[i] - before[i];
            sum += behind[i] - before[i];
        }
        require(sum == amount, "L6: the insurers' parts of a payout add up to it");
    }
}
