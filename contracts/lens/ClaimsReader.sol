// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BenefitKind, ClaimState, ClaimStates, FindingState, Reason, RecordKind} from "../books/Codes.sol";
import {
    ActorId,
    BatchId,
    ClaimId,
    FindingId,
    PayoutId,
    PeriodNumber,
    ProgrammeId,
    RecoveryId,
    RefundId,
    RosterId
} from "../books/Ids.sol";
import {LedgerStorage} from "../books/LedgerStorage.sol";
import {Claim, Period, Recovery, Roster} from "../books/Records.sol";
import {MoneyReader} from "./MoneyReader.sol";
import {Slot} from "./Slot.sol";
import {Word} from "./Word.sol";

/// @title Rosters, claims, payouts and what else the books remember of them
abstract contract ClaimsReader is MoneyReader {
    using Word for bytes32;

    function _rosterRecord(RosterId id) internal view returns (Roster memory record) {
        bytes32[] memory words = _words(Slot.ref(LedgerStorage.books().rosters[id]), 2);
        record.programme = ProgrammeId.wrap(words[0].u32(0));
        record.policyPeriod = PeriodNumber.wrap(words[0].u32(32));
        record.root = words[1];
        _requireKnown(record.root != 0, RecordKind.Roster, RosterId.unwrap(id));
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
        _requireKnown(record.state != ClaimStates.NONE, RecordKind.Claim, ClaimId.unwrap(id));
    }

    function _payoutRecord(PayoutId id) internal view returns (PayoutRecord memory record) {
        bytes32[] memory words = _words(Slot.ref(LedgerStorage.books().payouts[id]), 2);
        record.claim = ClaimId.wrap(words[0].u32(0));
        record.previous = PayoutId.wrap(words[0].u32(32));
        record.reserveStart = words[0].u96(64);
        record.amount = words[0].u96(160);
        record.recovered = words[1].u96(0);
        _requireKnown(record.amount != 0, RecordKind.Payout, PayoutId.unwrap(id));
    }

    function _recoveryRecord(RecoveryId id) internal view returns (Recovery memory record) {
        bytes32[] memory words = _words(Slot.ref(LedgerStorage.books().recoveries[id]), 4);
        record.payout = PayoutId.wrap(words[0].u32(0));
        record.offset = uint256(words[1]);
        record.amount = uint256(words[2]);
        record.reserveStart = uint256(words[3]);
        _requireKnown(record.amount != 0, RecordKind.Recovery, RecoveryId.unwrap(id));
    }

    // What stands in mappings without a record of its own.

    function _actorOf(address account) internal view returns (ActorId) {
        mapping(address => ActorId) storage entries = LedgerStorage.books().actorOf;
        bytes32 slot;
        assembly ("memory-safe") {
            slot := entries.slot
        }
        return ActorId.wrap(_word(Slot.entry(slot, bytes32(uint256(uint160(account))))).u32(0));
    }

    function _isChannel(bytes32 channel) internal view returns (bool) {
        mapping(bytes32 => bool) storage entries = LedgerStorage.books().channels;
        bytes32 slot;
        assembly ("memory-safe") {
            slot := entries.slot
        }
        return _word(Slot.entry(slot, channel)) != 0;
    }

    function _hasLanded(bytes32 operation) internal view returns (bool) {
        mapping(bytes32 => bool) storage entries = LedgerStorage.books().operations;
        bytes32 slot;
        assembly ("memory-safe") {
            slot := entries.slot
        }
        return _word(Slot.entry(slot, operation)) != 0;
    }

    function _isCovered(RefundId id) internal view returns (bool) {
        _requireKnown(
            RefundId.unwrap(id) != 0 && RefundId.unwrap(id) <= _counters().refunds,
            RecordKind.Refund,
            RefundId.unwrap(id)
        );
        mapping(RefundId => bool) storage entries = LedgerStorage.books().covered;
        bytes32 slot;
        assembly ("memory-safe") {
            slot := entries.slot
        }
        return _word(Slot.entry(slot, bytes32(uint256(RefundId.unwrap(id))))) != 0;
    }

    function _refundedOf(BatchId batch, uint32 index) internal view returns (uint64) {
        mapping(uint32 => uint64) storage entries = LedgerStorage.books().refunded[batch];
        bytes32 slot;
        assembly ("memory-safe") {
            slot := entries.slot
        }
        return _word(Slot.entry(slot, bytes32(uint256(index)))).u64(0);
    }

    function _committedOf(
        ProgrammeId id,
        PeriodNumber number,
        bytes32 person
    ) internal view returns (uint96) {
        Period storage period = LedgerStorage.books().programmes[id].periods[PeriodNumber.unwrap(number)];
        mapping(bytes32 => uint96) storage entries = period.committed;
        bytes32 slot;
        assembly ("memory-safe") {
            slot := entries.slot
        }
        return _word(Slot.entry(slot, person)).u96(0);
    }

    function _findingState(FindingId id) internal view returns (FindingState state) {
        mapping(FindingId => FindingState) storage entries = LedgerStorage.books().findings;
        bytes32 slot;
        assembly ("memory-safe") {
            slot := entries.slot
        }
        state = FindingState.wrap(_word(Slot.entry(slot, bytes32(uint256(FindingId.unwrap(id))))).u8(0));
        _requireKnown(FindingState.unwrap(state) != 0, RecordKind.Finding, FindingId.unwrap(id));
    }
}
