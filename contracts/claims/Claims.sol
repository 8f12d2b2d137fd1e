// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Roles} from "../access/Roles.sol";
import {BenefitKind, ClaimState} from "../books/Codes.sol";
import {ActorId, ClaimId, PayoutId, PeriodNumber, ProgrammeId} from "../books/Ids.sol";
import {LedgerStorage} from "../books/LedgerStorage.sol";
import {Line, LineEntry} from "../books/Line.sol";
import {Books, Claim, Payout, Period, Programme} from "../books/Records.sol";
import {Programmes} from "../programmes/Programmes.sol";
import {IClaims} from "./IClaims.sol";
import {Queue} from "./Queue.sol";

abstract contract Claims is IClaims, Programmes {
    using Line for LineEntry[];
    using Queue for Programme;

    uint256 private constant DAY_SECONDS = 86_400;
    uint256 private constant MINUTE_SECONDS = 60;
    /// Asia/Shanghai is UTC+8 all year round.
    uint256 private constant SHANGHAI_SECONDS = 8 * 3_600;

    /// @inheritdoc IClaims
    function fileClaim(
        bytes32 operation,
        ProgrammeId programmeId,
        PeriodNumber policyPeriod,
        bytes32 person,
        uint40 incidentFrom,
        bool toTheMinute,
        uint96 requested,
        BenefitKind benefit,
        bytes32 evidence
    ) external returns (ClaimId id) {
        ActorId filer = _actingAs(Roles.COORDINATOR, programmeId);
        _landOnce(operation);
        Programme storage programme = _programme(programmeId);
        _roll(programmeId, programme);
        _requireFilingOpen(programmeId, programme, policyPeriod, incidentFrom, toTheMinute);
        _requireDigest(person);
        _requireDigest(evidence);
        _requireAmount(requested);

        Books storage books = LedgerStorage.books();
        id = ClaimId.wrap(++books.counters.claims);
        Claim storage claim = books.claims[id];
        claim.programme = programmeId;
        claim.policyPeriod = PeriodNumber.unwrap(policyPeriod);
        claim.state = ClaimState.Filed;
        claim.benefit = benefit;
        claim.toTheMinute = toTheMinute;
        claim.incidentFrom = incidentFrom;
        claim.filer = filer;
        claim.requested = requested;
        claim.person = person;
        programme.totals.filedUndecided += requested;
        programme.openClaims++;
        emit ClaimFiled(
            id,
            programmeId,
            policyPeriod,
            person,
            incidentFrom,
            toTheMinute,
            requested,
            benefit,
            evidence,
            filer,
            operation
        );
    }

    /// @inheritdoc IClaims
    function approveClaim(ClaimId id, uint96 amount, uint96 remaining) external {
        Claim storage claim = _claim(id);
        ProgrammeId programmeId = claim.programme;
        ActorId adjudicator = _actingAs(Roles.ADJUDICATOR, programmeId);
        _requireState(id, claim, ClaimState.Filed);
        if (claim.filer == adjudicator) revert SameActor(id, adjudicator);
        _requireAmount(amount);
        uint96 requested = claim.requested;
        if (amount > requested) revert ApprovedAboveRequested(requested, amount);
        Programme storage programme = _programme(programmeId);
        _roll(programmeId, programme);

        uint32 queueNumber = ++programme.lastQueueNumber;
        claim.state = ClaimState.Approved;
        claim.adjudicator = adjudicator;
        claim.queueNumber = queueNumber;
        claim.approved = amount;
        if (remaining != 0) claim.remaining = remaining;
        programme.append(id, claim);
        programme.totals.filedUndecided -= requested;
        programme.totals.approvedUnpaid += amount;
        emit ClaimApproved(id, programmeId, amount, remaining, queueNumber, adjudicator);
    }

    /// @inheritdoc IClaims
    function payClaim(ClaimId id, bytes32 paymentReference) external returns (PayoutId payoutId) {
        Claim storage claim = _claim(id);
        ProgrammeId programmeId = claim.programme;
        ActorId payer = _actingAs(Roles.PAYER, programmeId);
        _requireState(id, claim, ClaimState.Approved);
        if (claim.filer == payer || claim.adjudicator == payer) revert SameActor(id, payer);
        _requireDigest(paymentReference);
        Programme storage programme = _programme(programmeId);
        PeriodNumber period = _roll(programmeId, programme);
        if (programme.queueHead != id) revert NotQueueHead(programme.queueHead, id);
        uint96 amount = claim.approved;
        uint96 start = programme.totals.reserveSpent;
        uint96 available = programme.totals.reserveIn - start;
        if (amount > available) revert ReserveTooSmall(available, amount);

        Books storage books = LedgerStorage.books();
        payoutId = PayoutId.wrap(++books.counters.payouts);
        Payout storage payout = books.payouts[payoutId];
        payout.claim = id;
        payout.previous = claim.lastPayout;
        payout.reserveStart = start;
        payout.amount = amount;
        claim.state = ClaimState.Paid;
        claim.lastPayout = payoutId;
        programme.removeHead(claim);
        programme.reserveOutflows.append(start, amount, PayoutId.unwrap(payoutId));
        programme.totals.reserveSpent = start + amount;
        programme.totals.approvedUnpaid -= amount;
        programme.periods[claim.policyPeriod].paid += amount;
        programme.openClaims--;
        emit ClaimPaid(id, payoutId, programmeId, period, start, amount, paymentReference, payer);
    }

    function _claim(ClaimId id) internal view returns (Claim storage claim) {
        claim = LedgerStorage.books().claims[id];
        if (claim.state == ClaimState.None) revert UnknownClaim(id);
    }

    function _requireState(ClaimId id, Claim storage claim, ClaimState expected) private view {
        if (claim.state != expected) revert WrongClaimState(id, expected, claim.state);
    }

    function _requireFilingOpen(
        ProgrammeId programmeId,
        Programme storage programme,
        PeriodNumber policyPeriod,
        uint40 incidentFrom,
        bool toTheMinute
    ) private view {
        Period storage period = programme.periods[PeriodNumber.unwrap(policyPeriod)];
        (uint40 start, uint40 end, uint40 deadline) = (period.start, period.end, period.filingDeadline);
        if (end == 0) revert UnknownPeriod(programmeId, policyPeriod);
        if (block.timestamp > deadline) revert FilingDeadlinePassed(deadline, uint40(block.timestamp));
        uint256 length = toTheMinute ? MINUTE_SECONDS : DAY_SECONDS;
        uint256 offset = toTheMinute ? 0 : SHANGHAI_SECONDS;
        if ((incidentFrom + offset) % length != 0) revert InvalidIncidentTime(incidentFrom, toTheMinute);
        if (incidentFrom >= end || incidentFrom + length <= start || incidentFrom > block.timestamp) {
            revert IncidentOutsidePeriod(start, end, incidentFrom);
        }
    }
}
