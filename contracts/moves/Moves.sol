// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Roles} from "../access/Roles.sol";
import {RecordKind} from "../books/Codes.sol";
import {ActorId, MoveId, NO_PROGRAMME, PeriodNumber, ProgrammeId} from "../books/Ids.sol";
import {Flow} from "../books/Flow.sol";
import {LedgerStorage} from "../books/LedgerStorage.sol";
import {Line, LineEntry} from "../books/Line.sol";
import {Books, Move, Programme, Totals} from "../books/Records.sol";
import {TotalsWords as At} from "../books/TotalsWords.sol";
import {Programmes} from "../programmes/Programmes.sol";
import {IMoves} from "./IMoves.sol";

abstract contract Moves is IMoves, Programmes {
    using Line for LineEntry[];
    using At for Totals;

    /// @inheritdoc IMoves
    function moveSurplus(bytes32 operation, ProgrammeId from, ProgrammeId to) external returns (MoveId id) {
        ActorId treasurer = _actingAs(Roles.TREASURER);
        _landOnce(operation);
        Programme storage source = _programme(from);
        Programme storage destination = _programme(to);
        _requireProgrammeCurrency(to, source.currency);
        ProgrammeId expected = source.fallbackTo;
        if (from == to || (expected != NO_PROGRAMME && expected != to)) {
            revert InvalidDestination(expected, to);
        }
        PeriodNumber fromPeriod = _roll(from, source);
        PeriodNumber toPeriod = _roll(to, destination);
        _requireEnded(from, source);

        Books storage books = LedgerStorage.books();
        id = MoveId.wrap(_nextId(RecordKind.Move));
        Move storage move = books.moves[id];
        move.from = from;
        move.to = to;
        (uint256 reserveFrom, uint256 reserveTo, uint256 reserveAmount) = _transferReserve(
            id,
            source,
            destination
        );
        (uint256 operationsFrom, uint256 operationsTo, uint256 operationsAmount) = _transferOperations(
            id,
            source,
            destination
        );
        if (reserveAmount == 0 && operationsAmount == 0) revert NothingToMove(from);
        move.reserveFrom = reserveFrom;
        move.reserveTo = reserveTo;
        move.reserveAmount = reserveAmount;
        move.operationsFrom = operationsFrom;
        move.operationsTo = operationsTo;
        move.operationsAmount = operationsAmount;
        emit SurplusMoved(
            id,
            from,
            to,
            reserveFrom,
            reserveTo,
            reserveAmount,
            operationsFrom,
            operationsTo,
            operationsAmount,
            fromPeriod,
            toPeriod,
            treasurer,
            operation
        );
    }

    function _requireEnded(ProgrammeId id, Programme storage programme) private view {
        uint40 deadline = programme.periods[programme.declaredPeriods].filingDeadline;
        uint32 open = programme.openClaims;
        if (!_inRunOff(programme) || block.timestamp <= deadline || open != 0) {
            revert ProgrammeNotEnded(id, deadline, open);
        }
    }

    function _transferReserve(
        MoveId id,
        Programme storage source,
        Programme storage destination
    ) private returns (uint256 from, uint256 to, uint256 amount) {
        from = source.totals.read(At.RESERVE_SPENT);
        to = destination.totals.read(At.RESERVE_IN);
        amount = source.totals.read(At.RESERVE_IN) - from;
        source.reserveOutflows.append(from, amount, Flow.MOVE | MoveId.unwrap(id));
        destination.reserveInflows.append(to, amount, Flow.MOVE | MoveId.unwrap(id));
        source.totals.grow(At.RESERVE_SPENT, amount);
        source.totals.grow(At.MOVED_OUT, amount);
        destination.totals.grow(At.RESERVE_IN, amount);
        destination.totals.grow(At.MOVED_IN, amount);
    }

    function _transferOperations(
        MoveId id,
        Programme storage source,
        Programme storage destination
    ) private returns (uint256 from, uint256 to, uint256 amount) {
        from = source.totals.read(At.OPERATIONS_OUT);
        to = destination.totals.read(At.OPERATIONS_IN);
        uint256 end = source.totals.read(At.OPERATIONS_IN);
        // An advance leaves nothing to move.
        if (end > from) amount = end - from;
        source.operationsOutflows.append(from, amount, Flow.MOVE | MoveId.unwrap(id));
        destination.operationsInflows.append(to, amount, Flow.MOVE | MoveId.unwrap(id));
        source.totals.grow(At.OPERATIONS_OUT, amount);
        source.totals.grow(At.OPERATIONS_MOVED_OUT, amount);
        destination.totals.grow(At.OPERATIONS_IN, amount);
        destination.totals.grow(At.OPERATIONS_MOVED_IN, amount);
    }
}
