// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Roles} from "../access/Roles.sol";
import {ExpenseKind, RecordKind} from "../books/Codes.sol";
import {ActorId, ExpenseId, PeriodNumber, ProgrammeId} from "../books/Ids.sol";
import {LedgerStorage} from "../books/LedgerStorage.sol";
import {Line, LineEntry} from "../books/Line.sol";
import {Books, Expense, Programme, Totals} from "../books/Records.sol";
import {TotalsWords as At} from "../books/TotalsWords.sol";
import {Programmes} from "../programmes/Programmes.sol";
import {IExpenses} from "./IExpenses.sol";

abstract contract Expenses is IExpenses, Programmes {
    using Line for LineEntry[];
    using At for Totals;

    /// @inheritdoc IExpenses
    function recordExpense(
        bytes32 operation,
        ProgrammeId programmeId,
        ExpenseKind kind,
        uint256 startsAt,
        uint256 amount,
        bytes32 evidence
    ) external returns (ExpenseId id) {
        ActorId treasurer = _actingAs(Roles.TREASURER);
        _landOnce(operation);
        Programme storage programme = _programme(programmeId);
        PeriodNumber period = _roll(programmeId, programme);
        _requirePosition(programme.totals.read(At.OPERATIONS_OUT), startsAt);
        _requireAmount(amount);
        _requireDigest(evidence);

        Books storage books = LedgerStorage.books();
        id = ExpenseId.wrap(_nextId(RecordKind.Expense));
        Expense storage expense = books.expenses[ExpenseId.unwrap(id)];
        expense.programme = programmeId;
        expense.operationsStart = uint96(startsAt);
        expense.amount = uint96(amount);
        programme.operationsOutflows.append(startsAt, amount, ExpenseId.unwrap(id));
        programme.totals.grow(At.OPERATIONS_OUT, amount);
        emit ExpenseRecorded(id, programmeId, startsAt, amount, kind, period, evidence, treasurer, operation);
    }
}
