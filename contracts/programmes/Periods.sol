// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Access} from "../access/Access.sol";
import {BooksBase} from "../books/BooksBase.sol";
import {PeriodNumber, ProgrammeId} from "../books/Ids.sol";
import {Programme, Totals} from "../books/Records.sol";
import {IProgrammes} from "./IProgrammes.sol";

/// @title The roll: closing the periods that time has ended
abstract contract Periods is IProgrammes, Access, BooksBase {
    /// Bounds the gas that a roll can add to another verb.
    uint256 private constant MAX_ROLLS_PER_VERB = 8;

    /// @inheritdoc IProgrammes
    function closePeriod(ProgrammeId id, uint32 max) external returns (PeriodNumber) {
        Programme storage programme = _programme(id);
        if (max == 0 || !_isDue(programme)) {
            revert NothingToClose(id, PeriodNumber.wrap(programme.currentPeriod));
        }
        for (uint32 i = 0; i < max && _isDue(programme); i++) {
            _close(id, programme);
        }
        return PeriodNumber.wrap(programme.currentPeriod);
    }

    /// @dev Every verb that changes a figure of the close record calls this first.
    /// @return current The cash period of this block.
    function _roll(ProgrammeId id, Programme storage programme) internal returns (PeriodNumber current) {
        for (uint256 i = 0; _isDue(programme); i++) {
            if (i == MAX_ROLLS_PER_VERB) revert RollFirst(id);
            _close(id, programme);
        }
        return PeriodNumber.wrap(programme.currentPeriod);
    }

    /// @dev After a roll: no period is left to come. Without any declared period a programme is not in run-off.
    function _inRunOff(Programme storage programme) internal view returns (bool) {
        uint32 declared = programme.declaredPeriods;
        return declared != 0 && programme.currentPeriod > declared;
    }

    function _isDue(Programme storage programme) private view returns (bool) {
        uint40 end = programme.currentEnd;
        return end != 0 && block.timestamp >= end;
    }

    function _close(ProgrammeId id, Programme storage programme) private {
        uint32 number = programme.currentPeriod;
        Totals memory atEnd = programme.totals;
        Totals memory atStart = programme.periods[number - 1].atEnd;
        programme.periods[number].atEnd = atEnd;
        programme.currentPeriod = number + 1;
        // 0 for a period that is not declared: the run-off has no end.
        programme.currentEnd = programme.periods[number + 1].end;
        emit PeriodClosed(id, PeriodNumber.wrap(number), _closeRecord(atStart, atEnd));
    }

    function _closeRecord(
        Totals memory atStart,
        Totals memory atEnd
    ) private pure returns (CloseRecord memory r) {
        // Totals only grow and spent never exceeds in (laws L3, L5), so no difference can be negative.
        unchecked {
            r.opening = atStart.reserveIn - atStart.reserveSpent;
            r.movedIn = atEnd.movedIn - atStart.movedIn;
            r.movedOut = atEnd.movedOut - atStart.movedOut;
            r.recovered = atEnd.recovered - atStart.recovered;
            r.allocated = atEnd.reserveIn - atStart.reserveIn - r.movedIn - r.recovered;
            r.paid = atEnd.reserveSpent - atStart.reserveSpent - r.movedOut;
            r.closing = atEnd.reserveIn - atEnd.reserveSpent;
            r.approvedUnpaid = atEnd.approvedUnpaid;
            r.filedUndecided = atEnd.filedUndecided;
            r.operationsIn = atEnd.operationsIn - atStart.operationsIn;
            r.expenses = atEnd.expenses - atStart.expenses;
        }
    }
}
