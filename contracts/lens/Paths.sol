// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Flow} from "../books/Flow.sol";
import {ClaimId, MoveId, NO_CLAIM, PayoutId, ProgrammeId, RecoveryId} from "../books/Ids.sol";
import {LedgerStorage} from "../books/LedgerStorage.sol";
import {Expense, Move, Programme, Recovery} from "../books/Records.sol";
import {ClaimsReader} from "./ClaimsReader.sol";
import {Slot} from "./Slot.sol";
import {Word} from "./Word.sol";

/// @title The way of fen from one place on a line to the next: recoveries and moves
/// @notice A run is positions of one line that are together now. A hop takes the run to the record that comes next
///         in time (or, backward, came before) and cuts it to what that record holds. Every hop goes to a record
///         that was made later (earlier), so a way ends.
abstract contract Paths is ClaimsReader {
    using Word for bytes32;

    /// @dev The two lines of a programme, in the order in which a trace walks them.
    enum Lane {
        Reserve,
        Operations
    }

    /// @param hops How many recoveries and moves the run went through.
    /// @param via The latest of these in time, with its tag.
    struct Run {
        ProgrammeId programme;
        uint256 position;
        uint256 length;
        uint256 hops;
        uint256 via;
    }

    /// @dev One step forward in time.
    /// @return hopped The run went on; where not, it is where its fen are now, and:
    /// @return taker The payout or expense that took its first position; 0 where nothing has.
    /// @return claim The payout's.
    /// @return length How many of its positions that is true of.
    function _forward(
        Run memory run,
        Lane lane
    ) internal view returns (bool hopped, uint32 taker, ClaimId claim, uint256 length) {
        Programme storage lines = LedgerStorage.books().programmes[run.programme];
        if (run.position >= _spentOn(lines, lane)) return (false, 0, NO_CLAIM, run.length);
        uint256 record = _recordAt(
            lane == Lane.Reserve ? lines.reserveOutflows : lines.operationsOutflows,
            run.position
        );
        if (record >= Flow.MOVE) {
            _follow(run, lane, record);
            return (true, 0, NO_CLAIM, 0);
        }
        taker = uint32(record);
        if (lane == Lane.Operations) {
            Expense memory spent = _expenseRecord(taker);
            return (
                false,
                taker,
                NO_CLAIM,
                _min(run.length, spent.operationsStart + spent.amount - run.position)
            );
        }
        PayoutRecord memory paid = _payoutRecord(PayoutId.wrap(taker));
        uint256 offset = run.position - paid.reserveStart;
        if (offset >= paid.recovered)
            return (false, taker, paid.claim, _min(run.length, paid.amount - offset));
        record = _recordAt(LedgerStorage.books().payouts[PayoutId.wrap(taker)].recoveries, offset);
        Recovery memory recovery = _recoveryRecord(RecoveryId.wrap(uint32(record)));
        offset -= recovery.offset;
        _hop(run, run.programme, recovery.reserveStart + offset, recovery.amount - offset);
        run.via = Flow.RECOVERY | record;
        return (true, 0, NO_CLAIM, 0);
    }

    /// @dev One step back in time, along reserve lines.
    /// @return allocation Where the run's first positions came from; 0 where the run has stepped back instead.
    function _backward(Run memory run) internal view returns (uint32 allocation) {
        Programme storage lines = LedgerStorage.books().programmes[run.programme];
        uint256 record = _recordAt(lines.reserveInflows, run.position);
        if (record < Flow.RECOVERY) return uint32(record);
        // Going back, the first hop met is the latest in time.
        if (run.hops == 0) run.via = record;
        if (record >= Flow.MOVE) {
            Move memory move = _moveRecord(MoveId.wrap(uint32(record)));
            uint256 moved = run.position - move.reserveTo;
            _hop(run, move.from, move.reserveFrom + moved, move.reserveAmount - moved);
        } else {
            Recovery memory recovery = _recoveryRecord(RecoveryId.wrap(uint32(record)));
            uint256 recovered = run.position - recovery.reserveStart;
            uint256 payoutStart = _payoutRecord(recovery.payout).reserveStart;
            _hop(run, run.programme, payoutStart + recovery.offset + recovered, recovery.amount - recovered);
        }
    }

    /// @dev Goes on behind the first `length` positions of a run.
    function _consume(Run memory run, uint256 length) internal pure {
        run.position += length;
        run.length -= length;
    }

    function _follow(Run memory run, Lane lane, uint256 record) private view {
        Move memory move = _moveRecord(MoveId.wrap(uint32(record)));
        (uint256 from, uint256 to, uint256 amount) = lane == Lane.Reserve
            ? (move.reserveFrom, move.reserveTo, move.reserveAmount)
            : (move.operationsFrom, move.operationsTo, move.operationsAmount);
        uint256 moved = run.position - from;
        _hop(run, move.to, to + moved, amount - moved);
        run.via = record;
    }

    function _hop(Run memory run, ProgrammeId programme, uint256 position, uint256 length) private pure {
        run.programme = programme;
        run.position = position;
        run.length = _min(run.length, length);
        run.hops++;
    }

    /// @dev The first position of a line that nothing has taken; on an operations line it may lie past the line's end.
    function _spentOn(Programme storage lines, Lane lane) private view returns (uint256) {
        uint256 totals = uint256(Slot.ref(lines));
        return _word(bytes32(lane == Lane.Reserve ? totals : totals + 2)).u96(96);
    }

    function _min(uint256 a, uint256 b) internal pure returns (uint256) {
        return a < b ? a : b;
    }
}
