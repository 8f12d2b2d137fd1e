// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FindingState} from "../books/Codes.sol";
import {
    ActorId,
    BatchId,
    ClaimId,
    FindingId,
    FundId,
    MoveId,
    PayoutId,
    PeriodNumber,
    ProgrammeId,
    RecoveryId,
    RefundId,
    RosterId
} from "../books/Ids.sol";
import {
    Allocation,
    Batch,
    Claim,
    Counters,
    Expense,
    Move,
    Recovery,
    Roster,
    Totals
} from "../books/Records.sol";
import {Ledger} from "../Ledger.sol";
import {CloseRecords} from "../programmes/CloseRecords.sol";
import {IProgrammes} from "../programmes/IProgrammes.sol";
import {ILens} from "./ILens.sol";
import {InsurerParts} from "./InsurerParts.sol";
import {Sources} from "./Sources.sol";
import {StorageReader} from "./StorageReader.sol";

/// @title The lens beside the ledger
contract Lens is Sources, InsurerParts {
    constructor(Ledger ledger_) StorageReader(ledger_) {}

    /// @inheritdoc ILens
    function ledger() external view returns (address) {
        return address(LEDGER);
    }

    /// @inheritdoc ILens
    function counters() external view returns (Counters memory) {
        return _counters();
    }

    /// @inheritdoc ILens
    function actorOf(address account) external view returns (ActorId) {
        return _actorOf(account);
    }

    /// @inheritdoc ILens
    function isChannel(bytes32 channel) external view returns (bool) {
        return _isChannel(channel);
    }

    /// @inheritdoc ILens
    function hasLanded(bytes32 operation) external view returns (bool) {
        return _hasLanded(operation);
    }

    /// @inheritdoc ILens
    function fund(FundId id) external view returns (FundRecord memory) {
        return _fundRecord(id);
    }

    /// @inheritdoc ILens
    function batch(BatchId id) external view returns (Batch memory) {
        return _batchRecord(id);
    }

    /// @inheritdoc ILens
    function programme(ProgrammeId id) external view returns (ProgrammeRecord memory) {
        return _programmeRecord(id);
    }

    /// @inheritdoc ILens
    function allocation(uint32 id) external view returns (Allocation memory) {
        return _allocationRecord(id);
    }

    /// @inheritdoc ILens
    function expense(uint32 id) external view returns (Expense memory) {
        return _expenseRecord(id);
    }

    /// @inheritdoc ILens
    function roster(RosterId id) external view returns (Roster memory) {
        return _rosterRecord(id);
    }

    /// @inheritdoc ILens
    function claim(ClaimId id) external view returns (Claim memory) {
        return _claimRecord(id);
    }

    /// @inheritdoc ILens
    function payout(PayoutId id) external view returns (PayoutRecord memory) {
        return _payoutRecord(id);
    }

    /// @inheritdoc ILens
    function recovery(RecoveryId id) external view returns (Recovery memory) {
        return _recoveryRecord(id);
    }

    /// @inheritdoc ILens
    function move(MoveId id) external view returns (Move memory) {
        return _moveRecord(id);
    }

    /// @inheritdoc ILens
    function findingState(FindingId id) external view returns (FindingState) {
        return _findingState(id);
    }

    /// @inheritdoc ILens
    function isCovered(RefundId id) external view returns (bool) {
        return _isCovered(id);
    }

    /// @inheritdoc ILens
    function refundedOf(BatchId batchId, uint32 index) external view returns (uint64) {
        if (index >= _batchRecord(batchId).count) revert UnknownDonation(batchId, index);
        return _refundedOf(batchId, index);
    }

    /// @inheritdoc ILens
    function committedOf(ProgrammeId id, PeriodNumber number, bytes32 person) external view returns (uint96) {
        _declaredPeriod(id, number);
        return _committedOf(id, number, person);
    }

    /// @inheritdoc ILens
    function currentPeriod(ProgrammeId id) external view returns (PeriodNumber) {
        return PeriodNumber.wrap(_currentPeriod(id, _programmeRecord(id)));
    }

    /// @inheritdoc ILens
    function period(ProgrammeId id, PeriodNumber number_) external view returns (PeriodRecord memory view_) {
        uint32 number = PeriodNumber.unwrap(number_);
        ProgrammeRecord memory parent = _programmeRecord(id);
        if (number == 0 || number > parent.declaredPeriods + 1) revert IProgrammes.UnknownPeriod(id, number_);
        uint32 current = _currentPeriod(id, parent);
        StoredPeriod memory stored = _storedPeriod(id, number);
        view_.start = stored.start;
        view_.end = stored.end;
        view_.filingDeadline = stored.filingDeadline;
        view_.cover = stored.cover;
        view_.toTheMinute = stored.toTheMinute;
        view_.terms = stored.terms;
        view_.paidForPolicy = stored.paid;
        view_.recoveredForPolicy = stored.recovered;
        view_.insurerShares = stored.insurerShares;
        view_.closed = number < current;
        if (number > current) return view_;
        view_.record = CloseRecords.between(
            _totalsAtEnd(id, number - 1, parent),
            _totalsAtEnd(id, number, parent)
        );
    }

    /// @inheritdoc ILens
    function reserveOf(
        ProgrammeId id
    ) external view returns (uint96 available, uint96 approvedUnpaid, uint96 shortfall) {
        Totals memory totals = _programmeRecord(id).totals;
        available = totals.reserveIn - totals.reserveSpent;
        approvedUnpaid = totals.approvedUnpaid;
        shortfall = approvedUnpaid > available ? approvedUnpaid - available : 0;
    }

    /// @dev Totals have not changed since the programme was last touched, so a period that is over but not yet
    ///      written has ended with those of now. As TotalsWords.sol numbers them; the last place is spare.
    function _totalsAtEnd(
        ProgrammeId id,
        uint32 number,
        ProgrammeRecord memory parent
    ) private view returns (uint256[12] memory) {
        Totals memory totals =
            number < parent.currentPeriod ? _storedPeriod(id, number).atEnd : parent.totals;
        return
            [
                uint256(totals.reserveIn),
                totals.reserveSpent,
                totals.approvedUnpaid,
                totals.filedUndecided,
                totals.operationsIn,
                totals.operationsOut,
                totals.movedIn,
                totals.movedOut,
                totals.recovered,
                totals.operationsMovedIn,
                totals.operationsMovedOut,
                0
            ];
    }

    function _currentPeriod(
        ProgrammeId id,
        ProgrammeRecord memory parent
    ) private view returns (uint32 current) {
        current = parent.currentPeriod;
        uint40 end = parent.currentEnd;
        while (end != 0 && block.timestamp >= end) {
            current++;
            end = _storedPeriod(id, current).end;
        }
    }
}
