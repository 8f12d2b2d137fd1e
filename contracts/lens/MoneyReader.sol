// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ProgrammeKind, RecordKind} from "../books/Codes.sol";
import {BatchId, ClaimId, FundId, MoveId, PeriodNumber, ProgrammeId} from "../books/Ids.sol";
import {LedgerStorage} from "../books/LedgerStorage.sol";
import {Allocation, Batch, Counters, Expense, Move, Totals} from "../books/Records.sol";
import {IAudit} from "../audit/IAudit.sol";
import {IProgrammes} from "../programmes/IProgrammes.sol";
import {ILensRecords} from "./ILensRecords.sol";
import {Slot} from "./Slot.sol";
import {StorageReader} from "./StorageReader.sol";
import {Word} from "./Word.sol";

/// @title Funds, programmes and the money between them, unpacked by the slot maps of Records.sol
/// @dev The compiler places the records (the storage pointers below are never read here).
abstract contract MoneyReader is ILensRecords, StorageReader {
    using Word for bytes32;

    /// @dev What the ledger stores of a period, without its mapping.
    struct StoredPeriod {
        uint40 start;
        uint40 end;
        uint40 filingDeadline;
        uint96 cover;
        bool toTheMinute;
        bytes32 terms;
        uint96 paid;
        uint96 recovered;
        uint256 insurerShares;
        Totals atEnd;
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
        _requireKnown(record.currency != 0, RecordKind.Fund, FundId.unwrap(id));
    }

    function _batchRecord(BatchId id) internal view returns (Batch memory record) {
        bytes32[] memory words = _words(Slot.ref(LedgerStorage.books().batches[id]), 2);
        record.startsAt = words[0].u96(0);
        record.sum = words[0].u64(96);
        record.count = words[0].u32(160);
        record.fund = FundId.wrap(words[0].u32(192));
        record.day = words[0].u32(224);
        record.root = words[1];
        _requireKnown(record.count != 0, RecordKind.Batch, BatchId.unwrap(id));
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
        _requireKnown(record.currency != 0, RecordKind.Programme, ProgrammeId.unwrap(id));
    }

    /// @dev All zero for a period that is not declared, but its totals at the end: the run-off may have been one.
    function _storedPeriod(ProgrammeId id, uint32 number) internal view returns (StoredPeriod memory record) {
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

    function _declaredPeriod(
        ProgrammeId id,
        PeriodNumber number
    ) internal view returns (StoredPeriod memory record) {
        record = _storedPeriod(id, PeriodNumber.unwrap(number));
        if (record.end == 0) revert IProgrammes.UnknownPeriod(id, number);
    }

    function _allocationRecord(uint32 id) internal view returns (Allocation memory record) {
        bytes32[] memory words = _words(Slot.ref(LedgerStorage.books().allocations[id]), 2);
        record.fund = FundId.wrap(words[0].u32(0));
        record.programme = ProgrammeId.wrap(words[0].u32(32));
        record.fundStart = words[0].u96(64);
        record.amount = words[0].u96(160);
        record.reserveStart = words[1].u96(0);
        record.operationsStart = words[1].u96(96);
        _requireKnown(record.amount != 0, RecordKind.Allocation, id);
    }

    function _expenseRecord(uint32 id) internal view returns (Expense memory record) {
        bytes32 word = _word(Slot.ref(LedgerStorage.books().expenses[id]));
        record.programme = ProgrammeId.wrap(word.u32(0));
        record.operationsStart = word.u96(32);
        record.amount = word.u96(128);
        _requireKnown(record.amount != 0, RecordKind.Expense, id);
    }

    function _moveRecord(MoveId id) internal view returns (Move memory record) {
        bytes32[] memory words = _words(Slot.ref(LedgerStorage.books().moves[id]), 7);
        record.from = ProgrammeId.wrap(words[0].u32(0));
        record.to = ProgrammeId.wrap(words[0].u32(32));
        record.reserveFrom = uint256(words[1]);
        record.reserveTo = uint256(words[2]);
        record.reserveAmount = uint256(words[3]);
        record.operationsFrom = uint256(words[4]);
        record.operationsTo = uint256(words[5]);
        record.operationsAmount = uint256(words[6]);
        _requireKnown(words[0] != 0, RecordKind.Move, MoveId.unwrap(id));
    }

    function _requireKnown(bool known, RecordKind kind, uint32 id) internal pure {
        if (!known) revert IAudit.UnknownRecord(kind, id);
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
