// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ClaimStates} from "../books/Codes.sol";
import {BatchId, ClaimId, FundId, PayoutId, PeriodNumber, ProgrammeId} from "../books/Ids.sol";
import {Allocation, Batch, Claim, Counters, Expense, Totals} from "../books/Records.sol";
import {Ledger} from "../Ledger.sol";
import {CloseRecords} from "../programmes/CloseRecords.sol";
import {BooksReader} from "./BooksReader.sol";
import {ILens} from "./ILens.sol";
import {Trace} from "./Trace.sol";

/// @title The lens beside the ledger
contract Lens is Trace {
    constructor(Ledger ledger_) BooksReader(ledger_) {}

    /// @inheritdoc ILens
    function ledger() external view returns (address) {
        return address(LEDGER);
    }

    /// @inheritdoc ILens
    function counters() external view returns (Counters memory) {
        return _counters();
    }

    /// @inheritdoc ILens
    function fund(FundId id) external view returns (FundRecord memory record) {
        record = _fundRecord(id);
        if (record.currency == 0) revert UnknownRecord(FundId.unwrap(id));
    }

    /// @inheritdoc ILens
    function batch(BatchId id) external view returns (Batch memory record) {
        record = _batchRecord(id);
        if (record.count == 0) revert UnknownRecord(BatchId.unwrap(id));
    }

    /// @inheritdoc ILens
    function programme(ProgrammeId id) external view returns (ProgrammeRecord memory record) {
        record = _programmeRecord(id);
        if (record.currency == 0) revert UnknownRecord(ProgrammeId.unwrap(id));
    }

    /// @inheritdoc ILens
    function allocation(uint32 id) external view returns (Allocation memory record) {
        record = _allocationRecord(id);
        if (record.amount == 0) revert UnknownRecord(id);
    }

    /// @inheritdoc ILens
    function expense(uint32 id) external view returns (Expense memory record) {
        record = _expenseRecord(id);
        if (record.amount == 0) revert UnknownRecord(id);
    }

    /// @inheritdoc ILens
    function claim(ClaimId id) external view returns (Claim memory record) {
        record = _claimRecord(id);
        if (record.state == ClaimStates.NONE) revert UnknownRecord(ClaimId.unwrap(id));
    }

    /// @inheritdoc ILens
    function payout(PayoutId id) external view returns (PayoutRecord memory record) {
        record = _payoutRecord(id);
        if (record.amount == 0) revert UnknownRecord(PayoutId.unwrap(id));
    }

    /// @inheritdoc ILens
    function currentPeriod(ProgrammeId id) external view returns (PeriodNumber) {
        return PeriodNumber.wrap(_currentPeriod(id, _programmeRecord(id)));
    }

    /// @inheritdoc ILens
    function period(ProgrammeId id, PeriodNumber number_) external view returns (PeriodRecord memory view_) {
        uint32 number = PeriodNumber.unwrap(number_);
        ProgrammeRecord memory parent = _programmeRecord(id);
        if (number == 0 || number > parent.declaredPeriods + 1) revert UnknownRecord(number);
        uint32 current = _currentPeriod(id, parent);
        PeriodState memory stored = _periodRecord(id, number);
        view_.start = stored.start;
        view_.end = stored.end;
        view_.filingDeadline = stored.filingDeadline;
        view_.cover = stored.cover;
        view_.terms = stored.terms;
        view_.paidForPolicy = stored.paid;
        view_.closed = number < current;
        if (number > current) return view_;
        view_.record = CloseRecords.between(
            _amounts(_totalsAtEnd(id, number - 1, parent)),
            _amounts(_totalsAtEnd(id, number, parent))
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
    ///      written has ended with those of now.
    function _totalsAtEnd(
        ProgrammeId id,
        uint32 number,
        ProgrammeRecord memory parent
    ) private view returns (Totals memory) {
        return number < parent.currentPeriod ? _periodRecord(id, number).atEnd : parent.totals;
    }

    /// @dev The order of the fields, as TotalsWords.sol numbers them; the last place is spare.
    function _amounts(Totals memory totals) private pure returns (uint256[12] memory) {
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
            end = _periodRecord(id, current).end;
        }
    }
}
