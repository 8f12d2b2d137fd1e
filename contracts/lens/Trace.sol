// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BatchId, ClaimId, FundId, NO_CLAIM, ProgrammeId} from "../books/Ids.sol";
import {LedgerStorage} from "../books/LedgerStorage.sol";
import {Allocation, Batch} from "../books/Records.sol";
import {Share} from "../books/Share.sol";
import {MerkleSum} from "../donations/MerkleSum.sol";
import {ILens} from "./ILens.sol";
import {Paths} from "./Paths.sol";

/// @title Tracing on the chain, forward: where the fen of a donation are now
/// @notice Interval intersection, line by line. Each run of an allocation's positions is followed from where the
///         allocation put it, through recoveries and moves, until nothing takes it further.
abstract contract Trace is ILens, Paths {
    uint256 internal constant PAGE = 50;
    /// Recoveries and moves that a page goes through: with 50 entries they keep a page below 30 million gas, which
    /// every node grants a call.
    uint256 internal constant HOPS_OF_PAGE = 300;

    uint256 private constant CURSOR_BYTES = 11 * 32;
    uint256 private constant LANES = 2;

    /// @dev How far a trace is told. The cursor is its ABI encoding behind fund, start and end.
    struct Point {
        /// First fund position that is not told to its end.
        uint256 place;
        /// The lane being told of what an allocation took of [place, end).
        uint256 lane;
        /// How much of the lane is told.
        uint256 told;
        /// What of the lane is being followed; of length 0 between two runs.
        Run run;
    }

    struct Walk {
        Point point;
        Slice[] slices;
        uint256 count;
        uint256 hops;
    }

    /// @inheritdoc ILens
    function traceInterval(
        FundId id,
        uint96 start,
        uint96 end,
        bytes calldata cursor
    ) external view returns (Slice[] memory, bytes memory) {
        return _trace(id, start, end, cursor);
    }

    /// @inheritdoc ILens
    function traceDonation(
        BatchId batchId,
        uint32 index,
        uint64 amount,
        bytes32 commitment,
        bytes calldata proof,
        bytes calldata cursor
    ) external view returns (uint96 start, Slice[] memory slices, bytes memory next) {
        Batch memory record = _batchRecord(batchId);
        (bool ok, bytes32 treeRoot, uint256 sum, uint256 leftSum) = MerkleSum.climb(
            index,
            record.count,
            amount,
            commitment,
            proof
        );
        bytes32 root = MerkleSum.batchRoot(
            block.chainid,
            address(LEDGER),
            FundId.unwrap(record.fund),
            BatchId.unwrap(batchId),
            record.startsAt,
            record.count,
            sum,
            treeRoot
        );
        if (!ok || root != record.root) revert ProofRefused(batchId, index);
        start = uint96(record.startsAt + leftSum);
        (slices, next) = _trace(record.fund, start, start + amount, cursor);
    }

    function _trace(
        FundId id,
        uint96 start,
        uint96 end,
        bytes calldata cursor
    ) private view returns (Slice[] memory slices, bytes memory next) {
        FundRecord memory line = _fundRecord(id);
        if (start >= end || end > line.donated) revert IntervalOutsideLine(line.donated, start, end);
        Walk memory walk;
        Point memory point = walk.point = _resume(id, start, end, cursor);
        slices = walk.slices = new Slice[](PAGE);
        while (point.place < end && point.place < line.allocated && !_isFull(walk)) {
            _walkAllocation(walk, id, end, line.claimsShareBps);
        }
        if (point.place < end && point.place >= line.allocated && !_isFull(walk)) {
            slices[walk.count++] = Slice({
                place: Place.Unallocated,
                allocation: 0,
                programme: ProgrammeId.wrap(0),
                lineStart: uint96(point.place),
                amount: uint96(end - point.place),
                record: 0,
                claim: NO_CLAIM,
                hops: 0,
                via: 0
            });
            point.place = end;
        }
        uint256 count = walk.count;
        assembly ("memory-safe") {
            mstore(slices, count)
        }
        if (point.place < end) next = abi.encode(id, start, end, point);
    }

    function _resume(
        FundId id,
        uint96 start,
        uint96 end,
        bytes calldata cursor
    ) private pure returns (Point memory point) {
        point.place = start;
        if (cursor.length == 0) return point;
        if (cursor.length != CURSOR_BYTES) revert InvalidCursor();
        uint256 ofFund;
        uint256 from;
        uint256 to;
        (ofFund, from, to, point) = abi.decode(cursor, (uint256, uint256, uint256, Point));
        bool known = ofFund == FundId.unwrap(id) && from == start && to == end;
        if (!known || point.place < start || point.place >= end || point.lane >= LANES)
            revert InvalidCursor();
    }

    /// @dev The part of [place, end) that one allocation took: its claims fen, then its operating fen.
    function _walkAllocation(Walk memory walk, FundId id, uint256 end, uint256 bps) private view {
        Point memory point = walk.point;
        uint32 allocationId = uint32(_recordAt(LedgerStorage.books().funds[id].allocations, point.place));
        Allocation memory taken = _allocationRecord(allocationId);
        uint256 upTo = _min(end, uint256(taken.fundStart) + taken.amount);
        uint256 claimsBefore = Share.claimsIn(taken.fundStart, point.place, bps);
        uint256 claims = Share.claimsIn(point.place, upTo, bps);
        if (point.lane == uint256(Lane.Reserve)) {
            _walkLane(
                walk,
                Lane.Reserve,
                allocationId,
                taken.programme,
                taken.reserveStart + claimsBefore,
                claims
            );
        }
        if (point.lane == uint256(Lane.Operations)) {
            uint256 from = taken.operationsStart + point.place - taken.fundStart - claimsBefore;
            _walkLane(
                walk,
                Lane.Operations,
                allocationId,
                taken.programme,
                from,
                upTo - point.place - claims
            );
        }
        if (point.lane == LANES) {
            point.place = upTo;
            point.lane = 0;
        }
    }

    /// @dev Follows [from, from + amount) of a line, run by run. A run that was cut on its way leaves a rest, which is
    ///      followed from the line again.
    function _walkLane(
        Walk memory walk,
        Lane lane,
        uint32 allocationId,
        ProgrammeId programme,
        uint256 from,
        uint256 amount
    ) private view {
        Point memory point = walk.point;
        if (point.told + point.run.length > amount) revert InvalidCursor();
        while (point.told < amount) {
            if (_isFull(walk)) return;
            if (point.run.length == 0)
                point.run = Run(programme, from + point.told, amount - point.told, 0, 0);
            Run memory run = point.run;
            (bool hopped, uint32 taker, ClaimId claim, uint256 length) = _forward(run, lane);
            if (hopped) {
                walk.hops++;
                continue;
            }
            walk.slices[walk.count++] = Slice({
                place: _placeOf(lane, taker),
                allocation: allocationId,
                programme: run.programme,
                lineStart: uint96(run.position),
                amount: uint96(length),
                record: taker,
                claim: claim,
                hops: uint32(run.hops),
                via: uint160(run.via)
            });
            _consume(run, length);
            point.told += length;
        }
        point.lane++;
        point.told = 0;
    }

    function _placeOf(Lane lane, uint32 taker) private pure returns (Place) {
        if (lane == Lane.Reserve) return taker == 0 ? Place.InReserve : Place.Paid;
        return taker == 0 ? Place.OperatingUnspent : Place.OperatingSpent;
    }

    function _isFull(Walk memory walk) private pure returns (bool) {
        return walk.count == PAGE || walk.hops == HOPS_OF_PAGE;
    }
}
