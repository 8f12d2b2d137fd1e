// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ExpenseKind} from "../books/Codes.sol";
import {ActorId, ExpenseId, PeriodNumber, ProgrammeId} from "../books/Ids.sol";

/// @title Operating cost
/// @notice An expense takes its positions on the operations line at once, past the line's end if need be. What is
///         past the end is an advance; the next operations money covers it without any further record.
interface IExpenses {
    /// @param evidence Salted commitment to the voucher.
    event ExpenseRecorded(
        ExpenseId indexed expense,
        ProgrammeId indexed programme,
        uint256 operationsStart,
        uint256 amount,
        ExpenseKind kind,
        PeriodNumber period,
        bytes32 evidence,
        ActorId treasurer,
        bytes32 operation
    );

    /// @notice Records an expense. Emits an {ExpenseRecorded} event.
    /// Requirements:
    /// - not paused; the caller is a registered actor with the treasurer role;
    /// - `operation` is not zero and has not landed before;
    /// - `programme` exists; at most 8 of its periods are due to close;
    /// - `startsAt` is the first operations position that nothing has taken;
    /// - `amount` is at least 1 and at most 2^64 - 1; `evidence` is not zero.
    function recordExpense(
        bytes32 operation,
        ProgrammeId programme,
        ExpenseKind kind,
        uint256 startsAt,
        uint256 amount,
        bytes32 evidence
    ) external returns (ExpenseId expense);
}
