// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ProgrammeKind} from "../books/Codes.sol";
import {PeriodNumber, ProgrammeId} from "../books/Ids.sol";

/// @title Programmes and their policy periods
/// @notice A programme is a county or city under one plan, in one currency. Its policy periods are contiguous.
///         Where block time has reached a period's end, the next verb that touches the programme first writes the
///         period's close record from the totals so far: figures are cut at the end, whoever acts. Nothing moves:
///         what is left stays on the reserve line and is the next period's opening.
/// @notice Period money is on a cash basis by block time; what comes before the first period counts in the first.
interface IProgrammes {
    /// @dev Minor units, each below 2^96.
    /// @param opening What the period before carried forward.
    /// @param closing opening + allocated + movedIn - movedOut + recovered - paid: carried forward.
    /// @param approvedUnpaid Promised out of `closing`, not a further term of it.
    /// @param operationsIn Operations money allocated in the period, without what was moved in.
    /// @param expenses Operations money spent in the period, advances included, without what was moved out.
    struct CloseRecord {
        uint256 opening;
        uint256 allocated;
        uint256 movedIn;
        uint256 movedOut;
        uint256 recovered;
        uint256 paid;
        uint256 closing;
        uint256 approvedUnpaid;
        uint256 filedUndecided;
        uint256 operationsIn;
        uint256 operationsMovedIn;
        uint256 operationsMovedOut;
        uint256 expenses;
    }

    /// @param region Six-digit GB/T 2260 code of the county or city, 0 where there is no single one.
    event ProgrammeOpened(
        ProgrammeId indexed programme,
        ProgrammeKind kind,
        bytes3 currency,
        uint32 indexed region,
        bytes32 document,
        bytes32 operation
    );

    /// @param end Exclusive; the start of the next period.
    /// @param cover Limit per insured person in this policy period; 0 where the terms set none.
    /// @param toTheMinute Incidents are recorded to the minute: day policies. Otherwise as a day.
    /// @param terms sha256 of the published terms in RFC 8785 form.
    event PeriodDeclared(
        ProgrammeId indexed programme,
        PeriodNumber indexed period,
        uint40 start,
        uint40 end,
        uint40 filingDeadline,
        uint256 cover,
        bool toTheMinute,
        bytes32 terms
    );

    event PeriodClosed(ProgrammeId indexed programme, PeriodNumber indexed period, CloseRecord record);

    /// @notice More than 8 periods are over; close some with {closePeriod} first.
    error RollFirst(ProgrammeId programme);
    error NothingToClose(ProgrammeId programme, PeriodNumber current);
    /// @notice The programme's last declared period is over.
    error InRunOff(ProgrammeId programme);
    error UnknownPeriod(ProgrammeId programme, PeriodNumber period);
    error PeriodNotBegun(uint256 start, uint256 now_);
    /// @notice Rosters and claims belong to insurance programmes, grants to aid programmes.
    error WrongProgrammeKind(ProgrammeId programme);
    /// @notice Periods are declared in order, each once.
    error UnexpectedPeriod(PeriodNumber expected, PeriodNumber actual);
    /// @notice A period starts where the one before it ends.
    error PeriodNotContiguous(uint40 expectedStart, uint40 actualStart);
    /// @notice A period ends after its start and after the present block, and its filing deadline is neither earlier than
    ///         that nor than the deadline of the period before.
    error InvalidPeriodTimes(uint40 start, uint40 end, uint40 filingDeadline);

    /// @notice Opens a programme. Emits a {ProgrammeOpened} event.
    /// Requirements:
    /// - not paused; the caller is a registered actor with the treasurer role;
    /// - `operation` is not zero and has not landed before;
    /// - `currency` is three capital letters; `document` is not zero.
    function openProgramme(
        bytes32 operation,
        ProgrammeKind kind,
        bytes3 currency,
        uint32 region,
        bytes32 document
    ) external returns (ProgrammeId programme);

    /// @notice Declares the next policy period. Emits a {PeriodDeclared} event.
    /// @dev In run-off a period may still be declared: it takes over the run-off's figures, whose block times lie
    ///      within it.
    /// Requirements:
    /// - not paused; the caller is a registered actor with the treasurer role;
    /// - `programme` exists;
    /// - `period` is one past the last declared;
    /// - `start` is the end of the period before, if there is one;
    /// - `end` is after `start` and after the present block; `filingDeadline` is neither before `end` nor before
    ///   the deadline of the period before;
    /// - `cover` is at most 2^64 - 1; `terms` is not zero.
    function declarePeriod(
        ProgrammeId programme,
        PeriodNumber period,
        uint40 start,
        uint40 end,
        uint40 filingDeadline,
        uint256 cover,
        bool toTheMinute,
        bytes32 terms
    ) external;

    /// @notice Writes up to `max` due close records. Anyone may call it, also during a pause: it records only what
    ///         time has already decided. Emits a {PeriodClosed} event for each.
    /// Requirements:
    /// - `programme` exists;
    /// - at least one period is due and `max` is at least 1.
    function closePeriod(ProgrammeId programme, uint32 max) external returns (PeriodNumber current);
}
