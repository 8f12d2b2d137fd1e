// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LineEntry} from "../books/Line.sol";
import {BenefitKind, ClaimState, ProgrammeKind, Reason} from "../books/Codes.sol";
import {ActorId, BatchId, ClaimId, FundId, PayoutId, ProgrammeId} from "../books/Ids.sol";
import {LedgerStorage} from "../books/LedgerStorage.sol";
import {Allocation, Batch, Claim, Counters, Expense, Totals} from "../books/Records.sol";
import {Ledger} from "../Ledger.sol";
import {ILens} from "./ILens.sol";
import {Slot} from "./Slot.sol";
import {Word} from "./Word.sol";

/// @title The ledger's records, read from outside
/// @notice The compiler places the records (the storage pointers below are never read here); the words come from
///         the ledger's extsload and are unpacked by the slot maps of Records.sol.
abstract contract BooksReader is ILens {
    using Word for bytes32;

    Ledger internal immutable LEDGER;

    constructor(Ledger ledger_) {
        LEDGER = ledger_;
    }

    function _words(bytes32 slot, uint256 count) internal view returns (bytes32[] memory) {
        return LEDGER.extsload(slot, count);
    }

    function _counters() internal view returns (Counters memory record) {
        bytes32[] memory words = _words(Slot.ref(LedgerStorage.books()), 2);
        record.actors = words[0].u32(0);
        record.funds = words[0].u32(32);
        record.programmes = words[0].u32(64);
        record.batches = words[0].u32(96);
        record.allocations = words[0].u32(128);
        record.expenses = words[0].u32(160);
        record.claims = words[0].u32(192);
        record.payouts = words[0].u32(224);
        record.rosters = words[1].u32(0);
        record.recoveries = words[1].u32(32);
        record.moves = words[1].u32(64);
        record.refunds = words[1].u32(96);
        record.attestations = words[1].u32(128);
        record.findings = words[1].u32(160);
        record.confirmations = words[1].u32(192);
        record.corrections = words[1].u32(224);
    }

    function _fundRecord(FundId id) internal view returns (FundRecord memory record) {
        bytes32[] memory words = _words(Slot.ref(LedgerStorage.books().funds[id]), 2);
        record.donated = words[0].u96(0);
        record.allocated = words[0].u96(96);
        record.claimsShareBps = words[0].u16(192);
        record.currency = words[0].b3(208);
        record.restrictedTo = ProgrammeId.wrap(words[1].u32(0));
        record.fallbackTo = ProgrammeId.wrap(words[1].u32(32));
    }

    function _batchRecord(BatchId id) internal view returns (Batch memory record) {
        bytes32[] memory words = _words(Slot.ref(LedgerStorage.books().batches[id]), 2);
        record.startsAt = words[0].u96(0);
        record.sum = words[0].u64(96);
        record.count = words[0].u32(160);
        record.fund = FundId.wrap(words[0].u32(192));
        record.day = words[0].u32(224);
        record.root = words[1];
    }

    function _programmeRecord(ProgrammeId id) internal view returns (ProgrammeRecord memory record) {
        bytes32[] memory words = _words(Slot.ref(LedgerStorage.books().programmes[id]), 8);
        record.totals = _totals(words, 0);
        record.queueHead = ClaimId.wrap(words[6].u32(0));
        record.queueTail = ClaimId.wrap(words[6].u32(32));
        record.lastQueueNumber = words[6].u32(64);
        record.openClaims = words[6].u32(96);
        record.declaredPeriods = words[6].u32(128);
        record.currentPeriod = words[6].u32(160);
        record.currentEnd = words[6].u40(192);
        record.kind = ProgrammeKind(words[6].u8(232));
        record.currency = words[7].b3(0);
        record.region = words[7].u32(24);
        record.fallbackTo = ProgrammeId.wrap(words[7].u32(56));
    }

    function _periodRecord(ProgrammeId id, uint32 number) internal view returns (PeriodState memory record) {
        bytes32[] memory words = _words(Slot.ref(LedgerStorage.books().programmes[id].periods[number]), 10);
        record.start = words[0].u40(0);
        record.end = words[0].u40(40);
        record.filingDeadline = words[0].u40(80);
        record.cover = words[0].u96(120);
        record.toTheMinute = words[0].u8(216) != 0;
        record.terms = words[1];
        record.paid = words[2].u96(0);
        record.recovered = words[2].u96(96);
        record.insurerShares = uint256(words[3]);
        record.atEnd = _totals(words, 4);
    }

    function _allocationRecord(uint32 id) internal view returns (Allocation memory record) {
        bytes32[] memory words = _words(Slot.ref(LedgerStorage.books().allocations[id]), 2);
        record.fund = FundId.wrap(words[0].u32(0));
        record.programme = ProgrammeId.wrap(words[0].u32(32));
        record.fundStart = words[0].u96(64);
        record.amount = words[0].u96(160);
        record.reserveStart = words[1].u96(0);
        record.operationsStart = words[1].u96(96);
    }

    function _expenseRecord(uint32 id) internal view returns (Expense memory record) {
        bytes32 word = _words(Slot.ref(LedgerStorage.books().expenses[id]), 1)[0];
        record.programme = ProgrammeId.wrap(word.u32(0));
        record.operationsStart = word.u96(32);
        record.amount = word.u96(128);
    }

    function _claimRecord(ClaimId id) internal view returns (Claim memory record) {
        bytes32[] memory words = _words(Slot.ref(LedgerStorage.books().claims[id]), 4);
        record.programme = ProgrammeId.wrap(words[0].u32(0));
        record.policyPeriod = words[0].u32(32);
        record.state = ClaimState.wrap(words[0].u8(64));
        record.benefit = BenefitKind(words[0].u8(72));
        record.toTheMinute = words[0].u8(80) != 0;
        record.incidentFrom = words[0].u40(88);
        record.filer = ActorId.wrap(words[0].u32(128));
        record.adjudicator = ActorId.wrap(words[0].u32(160));
        record.queueNumber = words[0].u32(192);
        record.lastPayout = PayoutId.wrap(words[0].u32(224));
        record.requested = words[1].u96(0);
        record.approved = words[1].u96(96);
        record.previous = ClaimId.wrap(words[1].u32(192));
        record.next = ClaimId.wrap(words[1].u32(224));
        record.person = words[2];
        record.aidOf = ClaimId.wrap(words[3].u32(0));
        record.remaining = words[3].u96(32);
        record.granted = words[3].u96(128);
        record.reason = Reason.wrap(words[3].u8(224));
    }

    function _payoutRecord(PayoutId id) internal view returns (PayoutRecord memory record) {
        bytes32[] memory words = _words(Slot.ref(LedgerStorage.books().payouts[id]), 2);
        record.claim = ClaimId.wrap(words[0].u32(0));
        record.previous = PayoutId.wrap(words[0].u32(32));
        record.reserveStart = words[0].u96(64);
        record.amount = words[0].u96(160);
        record.recovered = words[1].u96(0);
    }

    /// @notice The record that owns `position`: the last entry of the line that starts at or before it.
    /// @dev An entry is one word (start 96, record 160), ascending by start; binary search, one word a probe.
    function _recordAt(LineEntry[] storage line, uint256 position) internal view returns (uint32 record) {
        bytes32 slot = Slot.ref(line);
        uint256 high = uint256(_words(slot, 1)[0]);
        uint256 first = uint256(keccak256(abi.encode(slot)));
        uint256 low = 0;
        while (low < high) {
            uint256 middle = (low + high) / 2;
            if (_words(bytes32(first + middle), 1)[0].u96(0) > position) high = middle;
            else low = middle + 1;
        }
        // Callers ask only for positions before the line's end, so there is an entry.
        return _words(bytes32(first + high - 1), 1)[0].u32(96);
    }

    function _totals(bytes32[] memory words, uint256 from) private pure returns (Totals memory totals) {
        totals.reserveIn = words[from].u96(0);
        totals.reserveSpent = words[from].u96(96);
        totals.approvedUnpaid = words[from + 1].u96(0);
        totals.filedUndecided = words[from + 1].u96(96);
        totals.operationsIn = words[from + 2].u96(0);
        totals.operationsOut = words[from + 2].u96(96);
        totals.movedIn = words[from + 3].u96(0);
        totals.movedOut = words[from + 3].u96(96);
        totals.recovered = words[from + 4].u96(0);
        totals.operationsMovedIn = words[from + 4].u96(96);
        totals.operationsMovedOut = words[from + 5].u96(0);
    }
}
