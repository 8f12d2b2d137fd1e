// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Access} from "../access/Access.sol";
import {ProgrammeKind} from "../books/Codes.sol";
import {PeriodNumber, ProgrammeId} from "../books/Ids.sol";
import {Period, Programme, Totals} from "../books/Records.sol";
import {TotalsWords} from "../books/TotalsWords.sol";
import {CloseRecords} from "./CloseRecords.sol";
import {IProgrammes} from "./IProgrammes.sol";

/// @title The roll: closing the periods that time has ended
abstract contract Periods is IProgrammes, Access {
    using TotalsWords for Totals;

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

    function _period(
        ProgrammeId id,
        Programme storage programme,
        PeriodNumber number
    ) internal view returns (Period storage period) {
        period = programme.periods[PeriodNumber.unwrap(number)];
        if (period.end == 0) revert UnknownPeriod(id, number);
    }

    function _programmeOf(
        ProgrammeId id,
        ProgrammeKind kind
    ) internal view returns (Programme storage programme) {
        programme = _programme(id);
        if (programme.kind != kind) revert WrongProgrammeKind(id);
    }

    function _isDue(Programme storage programme) private view returns (bool) {
        uint40 end = programme.currentEnd;
        return end != 0 && block.timestamp >= end;
    }

    function _close(ProgrammeId id, Programme storage programme) private {
        uint32 number = programme.currentPeriod;
        // Periods count from 1 and there are fewer than 2^32 of them.
        unchecked {
            CloseRecord memory record = CloseRecords.between(
                programme.periods[number - 1].atEnd.load(),
                programme.totals.load()
            );
            programme.totals.copy(programme.periods[number].atEnd);
            programme.currentPeriod = number + 1;
            // 0 for a period that is not declared: the run-off has no end.
            programme.currentEnd = programme.periods[number + 1].end;
            _emitClosed(id, number, record);
        }
    }

    /// @dev `emit PeriodClosed(...)`: a record of whole words lies in memory as the event carries it, and copying it
    ///      field by field would cost 200 bytes of code.
    function _emitClosed(ProgrammeId id, uint32 period, CloseRecord memory record) private {
        bytes32 topic = PeriodClosed.selector;
        assembly ("memory-safe") {
            log3(record, 416, topic, id, period)
        }
    }
}
