// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FindingState, RecordKind} from "../books/Codes.sol";
import {ActorId, ClaimId, PayoutId, ProgrammeId} from "../books/Ids.sol";
import {Claim, Counters, Totals} from "../books/Records.sol";
import {BooksInvariants} from "./BooksInvariants.sol";
import {EventClaim, EventPayout, EventPolicy} from "./ClaimEvents.sol";
import {EventBooks} from "./EventBooks.sol";
import {StoredBooks} from "./StoredBooks.sol";
import {WireLeaves} from "./WireLeaves.sol";

/// @title Law L7: the events alone tell what the ledger stores
abstract contract EventLaws is BooksInvariants {
    using WireLeaves for bytes;

    function invariant_L7_theEventsTellTheWholeState() external inStorage {
        EventBooks told = handler.EVENTS();
        _requireCounters(told);
        for (uint32 id = 1; id <= handler.FUNDS(); id++) {
            (uint256 donated, uint256 allocated) = _stored().fund(id);
            require(donated == told.donated(id) && allocated == told.allocated(id), "L7: funds");
        }
        for (uint32 id = 1; id <= handler.PROGRAMMES(); id++) _requireToldProgramme(told, id);
        for (uint32 id = 1; id <= handler.claims(); id++) _requireToldClaim(told, id);
        for (uint32 id = 1; id <= handler.payouts(); id++) {
            EventPayout memory payout = told.payout(id);
            (ClaimId of_, PayoutId previous, uint256 start, uint256 amount, uint256 recovered) = _stored()
                .payout(id);
            require(ClaimId.unwrap(of_) == payout.claim, "L7: a payout's claim");
            require(PayoutId.unwrap(previous) == payout.previous, "L7: the payout before it");
            require(start == payout.start && amount == payout.amount, "L7: its interval");
            require(recovered == payout.recovered, "L7: what came back of it");
        }
        for (uint32 id = 1; id <= handler.refunds(); id++) {
            require(_stored().covered(id) == told.covered(id), "L7: covered refunds");
            require(told.covered(id) == handler.covered(id), "L7: and those alone");
        }
        for (uint32 id = 1; id <= handler.batches(); id++) {
            for (uint32 i = 0; i < handler.leavesOf(id).count(); i++) {
                uint256 refunded = _stored().refunded(id, i);
                require(refunded == told.refunded(id, i), "L7: what was repaid of a gift");
                require(refunded == handler.refundedOf(id, i), "L7: and no more");
            }
        }
    }

    function _requireCounters(EventBooks told) private view {
        Counters memory c = _stored().counters();
        uint32[16] memory stored = [
            c.actors,
            c.funds,
            c.programmes,
            c.batches,
            c.allocations,
            c.expenses,
            c.claims,
            c.payouts,
            c.rosters,
            c.recoveries,
            c.moves,
            c.refunds,
            c.attestations,
            c.findings,
            c.confirmations,
            c.corrections
        ];
        for (uint8 kind = 0; kind < 16; kind++) {
            require(stored[kind] == told.counts(RecordKind(kind)), "L7: every record has its event");
        }
        for (uint32 id = 1; id <= c.findings; id++) {
            FindingState state = _stored().finding(id);
            require(FindingState.unwrap(state) == FindingState.unwrap(told.findings(id)), "L7: findings");
            require(FindingState.unwrap(state) == handler.findings(id - 1), "L7: as auditors left them");
        }
    }

    function _requireToldProgramme(EventBooks told, uint32 id) private view {
        Totals memory t = _stored().totals(id);
        uint96[11] memory stored = [
            t.reserveIn,
            t.reserveSpent,
            t.approvedUnpaid,
            t.filedUndecided,
            t.operationsIn,
            t.operationsOut,
            t.movedIn,
            t.movedOut,
            t.recovered,
            t.operationsMovedIn,
            t.operationsMovedOut
        ];
        uint256[12] memory totals = told.totals(id);
        for (uint256 i = 0; i < 11; i++) require(stored[i] == totals[i], "L7: totals");
        StoredBooks.ProgrammeWord memory word = _stored().programme(id);
        require(word.openClaims == told.openClaims(id), "L7: open claims");
        require(word.lastQueueNumber == told.lastQueueNumber(id), "L7: queue numbers");
        require(word.declaredPeriods == told.declared(id), "L7: declared periods");
        require(word.currentPeriod == told.periodsClosed(id) + 1, "L7: closed periods");
        require(ProgrammeId.unwrap(word.fallbackTo) == told.fallbackTo(id), "L7: the fallback");
        for (uint32 number = 1; number <= word.declaredPeriods; number++) {
            EventPolicy memory policy = told.policy(id, number);
            StoredBooks.PeriodWords memory words = _stored().period(id, number);
            require(words.cover == policy.cover && words.shares == policy.shares, "L7: cover and insurers");
            require(words.paid == policy.paid && words.recovered == policy.recovered, "L7: policy figures");
        }
    }

    function _requireToldClaim(EventBooks told, uint32 id) private view {
        Claim memory record = _stored().claim(id);
        EventClaim memory claim = told.claim(id);
        require(ProgrammeId.unwrap(record.programme) == claim.programme, "L7: a claim's programme");
        require(record.policyPeriod == claim.period && record.person == claim.person, "L7: whose it is");
        require(record.state == claim.state, "L7: its state");
        require(record.requested == claim.requested && record.approved == claim.approved, "L7: its amounts");
        require(record.queueNumber == claim.queueNumber, "L7: its number");
        require(_actor(record.filer) == claim.filer, "L7: who filed it");
        require(_actor(record.adjudicator) == claim.adjudicator, "L7: who approved it");
        require(PayoutId.unwrap(record.lastPayout) == claim.lastPayout, "L7: its last payout");
        require(ClaimId.unwrap(record.aidOf) == claim.aidOf, "L7: what it follows");
        require(record.remaining == claim.remaining && record.granted == claim.granted, "L7: its aid");
    }
}
