// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Access} from "../access/Access.sol";
import {BooksBase} from "../books/BooksBase.sol";
import {PeriodNumber, ProgrammeId} from "../books/Ids.sol";
import {Programme, Totals} from "../books/Records.sol";
import {CloseRecords} from "./CloseRecords.sol";
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
        emit PeriodClosed(id, PeriodNumber.wrap(number), CloseRecords.between(atStart, atEnd));
    }
}
