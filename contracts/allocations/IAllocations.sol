// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ActorId, AllocationId, FundId, PeriodNumber, ProgrammeId} from "../books/Ids.sol";

/// @title Premium allocation: from a fund's line to a programme's two lines
/// @notice The next positions [a, b) of the fund line go to the programme: c(b) - c(a) to its claims reserve line,
///         the rest to its operations line, where c is the fund's cumulative promise.
interface IAllocations {
    /// @param claimsAmount What entered the reserve line; amount - claimsAmount entered the operations line.
    /// @param period Cash period, by block time.
    event PremiumAllocated(
        AllocationId indexed allocation,
        FundId indexed fund,
        ProgrammeId indexed programme,
        uint256 fundStart,
        uint256 amount,
        uint256 reserveStart,
        uint256 claimsAmount,
        uint256 operationsStart,
        PeriodNumber period,
        ActorId treasurer,
        bytes32 operation
    );

    /// @notice The fund holds less than that outside allocations.
    error UnallocatedTooSmall(uint256 available, uint256 requested);
    /// @notice The fund is restricted to another programme, and that one is not in run-off with this as its fallback.
    error FundRestricted(ProgrammeId restrictedTo, ProgrammeId actual);
    /// @notice A programme accepts restricted funds only with one common fallback.
    error FallbackMismatch(ProgrammeId expected, ProgrammeId actual);

    /// @notice Allocates `amount` of a fund to a programme. Emits a {PremiumAllocated} event.
    /// Requirements:
    /// - not paused; the caller is a registered actor with the treasurer role;
    /// - `operation` is not zero and has not landed before;
    /// - `fund` and `programme` exist and have the same currency;
    /// - a restricted fund goes to its programme, and shares the programme's one fallback; once its programme is in
    ///   run-off, it goes to the fallback;
    /// - the programme is not in run-off; at most 8 of its periods are due to close;
    /// - `startsAt` is the fund's first unallocated position;
    /// - `amount` is at least 1, at most 2^64 - 1, and not more than the fund has unallocated.
    function allocatePremium(
        bytes32 operation,
        FundId fund,
        ProgrammeId programme,
        uint256 startsAt,
        uint256 amount
    ) external returns (AllocationId allocation);
}
