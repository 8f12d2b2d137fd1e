// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Roles} from "../access/Roles.sol";
import {ClaimStates, RecordKind} from "../books/Codes.sol";
import {ActorId, ClaimId, PayoutId, PeriodNumber, ProgrammeId} from "../books/Ids.sol";
import {LedgerStorage} from "../books/LedgerStorage.sol";
import {Line, LineEntry} from "../books/Line.sol";
import {Books, Claim, Payout, Period, Programme, Totals} from "../books/Records.sol";
import {ClaimsBase} from "./ClaimsBase.sol";
import {TotalsWords as At} from "../books/TotalsWords.sol";
import {IClaims} from "./IClaims.sol";
import {Queue} from "./Queue.sol";

/// @title Paying claims
abstract contract Payments is ClaimsBase {
    using At for Totals;
    using Line for LineEntry[];
    using Queue for Programme;

    /// @inheritdoc IClaims
    function payClaim(ClaimId id, bytes32 paymentReference) external returns (PayoutId payoutId) {
        Claim storage claim = _claim(id);
        ProgrammeId programmeId = claim.programme;
        ActorId payer = _actingAs(Roles.PAYER, programmeId);
        _requireState(id, claim, ClaimStates.APPROVED);
        if (claim.filer == payer || claim.adjudicator == payer) revert SameActor(id, payer);
        _requireDigest(paymentReference);
        Programme storage programme = _programme(programmeId);
        PeriodNumber cashPeriod = _roll(programmeId, programme);
        if (programme.queueHead != id) revert NotQueueHead(programme.queueHead, id);
        uint256 amount = claim.approved;
        uint256 start = programme.totals.read(At.RESERVE_SPENT);
        uint256 available = programme.totals.read(At.RESERVE_IN) - start;
        if (amount > available) revert ReserveTooSmall(available, amount);

        Books storage books = LedgerStorage.books();
        payoutId = PayoutId.wrap(_nextId(RecordKind.Payout));
        Payout storage payout = books.payouts[payoutId];
        payout.claim = id;
        payout.previous = claim.lastPayout;
        payout.reserveStart = uint96(start);
        payout.amount = uint96(amount);
        claim.state = ClaimStates.PAID;
        claim.lastPayout = payoutId;
        programme.remove(claim);
        programme.reserveOutflows.append(start, amount, PayoutId.unwrap(payoutId));
        programme.totals.grow(At.RESERVE_SPENT, amount);
        programme.totals.shrink(At.APPROVED_UNPAID, amount);
        Period storage policy = programme.periods[claim.policyPeriod];
        uint256 policyStart = policy.paid;
        policy.paid = uint96(policyStart + amount);
        programme.openClaims--;
        emit ClaimPaid(
            id,
            payoutId,
            programmeId,
            cashPeriod,
            start,
            amount,
            policyStart,
            paymentReference,
            payer
        );
    }
}
