// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BatchId, ClaimId, FundId, NO_CLAIM, PayoutId, ProgrammeId} from "../books/Ids.sol";
import {LedgerStorage} from "../books/LedgerStorage.sol";
import {Allocation, Batch, Claim, Expense, Fund, Programme, Totals} from "../books/Records.sol";
import {Share} from "../books/Share.sol";
import {MerkleSum} from "../donations/MerkleSum.sol";
import {BooksReader} from "./BooksReader.sol";
import {ILens} from "./ILens.sol";

/// @title Tracing on the chain: interval intersection, line by line
abstract contract Trace is BooksReader {
    uint256 internal constant PAGE = 50;

    /// @dev What a walk along an interval carries from slice to slice.
    ///      Cursor: place 96 bits, stage 8 bits (0 claims fen, 1 operating fen), done 96 bits; 1 is added so that 0
    ///      means "from the start".
    struct Walk {
        Slice[] slices;
        uint256 count;
        uint256 place;
        uint256 stage;
        /// How much of the present stage earlier pages have answered.
        uint256 done;
    }

    /// @inheritdoc ILens
    function traceInterval(
        FundId id,
        uint96 start,
        uint96 end,
        uint256 cursor
    ) external view returns (Slice[] memory, uint256) {
        return _trace(id, start, end, cursor);
    }

    /// @inheritdoc ILens
    function traceDonation(
        BatchId batchId,
        uint32 index,
        uint64 amount,
        bytes32 commitment,
        bytes calldata proof,
        uint256 cursor
    ) external view returns (uint96 start, Slice[] memory slices, uint256 next) {
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
        if (!ok || sum != record.sum || root != record.root) revert ProofRefused(batchId, index);
        start = uint96(record.startsAt + leftSum);
        (slices, next) = _trace(record.fund, start, start + amount, cursor);
    }

    /// @inheritdoc ILens
    function claimSources(
        ClaimId id,
        uint256 cursor
    ) external view returns (Source[] memory sources, uint256 next) {
        PayoutId last = _claimRecord(id).lastPayout;
        if (PayoutId.unwrap(last) == 0) return (sources, 0);
        PayoutRecord memory paid = _payoutRecord(last);
        Programme storage lines = LedgerStorage.books().programmes[_claimRecord(id).programme];
        if (cursor > paid.amount) revert InvalidCursor(cursor);
        uint256 place = paid.reserveStart + cursor;
        uint256 end = uint256(paid.reserveStart) + paid.amount;
        sources = new Source[](PAGE);
        uint256 count;
        while (place < end && count < PAGE) {
            sources[count] = _source(_recordAt(lines.reserveInflows, place), place, end);
            place += sources[count++].amount;
        }
        assembly ("memory-safe") {
            mstore(sources, count)
        }
        next = place < end ? place - paid.reserveStart : 0;
    }

    /// @dev The part of the reserve positions [place, end) that comes from one allocation and one batch.
    function _source(
        uint32 allocationId,
        uint256 place,
        uint256 end
    ) private view returns (Source memory source) {
        Allocation memory inflow = _allocationRecord(allocationId);
        uint256 bps = _fundRecord(inflow.fund).claimsShareBps;
        uint256 before = Share.claimsUpTo(inflow.fundStart, bps);
        // Claims fen of the whole fund line, numbered from 0: those that these reserve positions are.
        uint256 first = before + place - inflow.reserveStart;
        uint256 last = _min(
            before + end - inflow.reserveStart,
            Share.claimsUpTo(inflow.fundStart + inflow.amount, bps)
        );
        uint256 fundStart = Share.positionOfClaimsFen(first, bps);
        uint32 batchId = _recordAt(LedgerStorage.books().funds[inflow.fund].batches, fundStart);
        Batch memory from = _batchRecord(BatchId.wrap(batchId));
        last = _min(last, Share.claimsUpTo(uint256(from.startsAt) + from.sum, bps));
        source = Source(
            inflow.fund,
            BatchId.wrap(batchId),
            allocationId,
            uint96(fundStart),
            uint96(Share.positionOfClaimsFen(last - 1, bps) + 1),
            uint96(last - first)
        );
    }

    function _trace(
        FundId id,
        uint96 start,
        uint96 end,
        uint256 cursor
    ) private view returns (Slice[] memory, uint256 next) {
        FundRecord memory record = _fundRecord(id);
        if (start >= end || end > record.donated) revert IntervalOutsideLine(record.donated, start, end);
        Walk memory walk = _resume(start, end, cursor);
        while (walk.place < end && walk.place < record.allocated && walk.count < PAGE) {
            _walkAllocation(walk, id, end, record.claimsShareBps);
        }
        if (walk.place < end && walk.place >= record.allocated && walk.count < PAGE) {
            uint96 place = uint96(walk.place);
            _push(walk, Slice(Place.Unallocated, 0, ProgrammeId.wrap(0), place, end - place, 0, NO_CLAIM));
            walk.place = end;
        }
        Slice[] memory slices = walk.slices;
        uint256 count = walk.count;
        assembly ("memory-safe") {
            mstore(slices, count)
        }
        next = walk.place < end ? 1 + (walk.place | (walk.stage << 96) | (walk.done << 104)) : 0;
        return (slices, next);
    }

    function _resume(uint96 start, uint96 end, uint256 cursor) private pure returns (Walk memory walk) {
        walk.slices = new Slice[](PAGE);
        walk.place = start;
        if (cursor == 0) return walk;
        walk.place = (cursor - 1) & type(uint96).max;
        walk.stage = ((cursor - 1) >> 96) & 0xff;
        walk.done = (cursor - 1) >> 104;
        if (walk.place < start || walk.place >= end || walk.stage > 1 || walk.done > type(uint96).max) {
            revert InvalidCursor(cursor);
        }
    }

    /// @dev The part of [walk.place, end) that one allocation took: its claims fen, then its operating fen.
    function _walkAllocation(Walk memory walk, FundId id, uint256 end, uint256 bps) private view {
        uint32 allocationId = _recordAt(LedgerStorage.books().funds[id].allocations, walk.place);
        Allocation memory taken = _allocationRecord(allocationId);
        Totals memory totals = _programmeRecord(taken.programme).totals;
        uint256 upTo = _min(end, uint256(taken.fundStart) + taken.amount);
        uint256 claimsBefore = Share.claimsIn(taken.fundStart, walk.place, bps);
        uint256 claims = Share.claimsIn(walk.place, upTo, bps);
        if (walk.stage == 0) {
            _walkReserve(walk, allocationId, taken, taken.reserveStart + claimsBefore, claims, totals);
        }
        if (walk.stage == 1) {
            uint256 operationsBefore = walk.place - taken.fundStart - claimsBefore;
            uint256 operations = upTo - walk.place - claims;
            _walkOperations(
                walk,
                allocationId,
                taken,
                taken.operationsStart + operationsBefore,
                operations,
                totals
            );
        }
        if (walk.stage == 2) {
            walk.place = upTo;
            walk.stage = 0;
        }
    }

    function _walkReserve(
        Walk memory walk,
        uint32 allocationId,
        Allocation memory taken,
        uint256 from,
        uint256 amount,
        Totals memory totals
    ) private view {
        Programme storage lines = LedgerStorage.books().programmes[taken.programme];
        while (walk.done < amount) {
            if (walk.count == PAGE) return;
            uint256 place = from + walk.done;
            uint256 upTo = from + amount;
            Slice memory slice = Slice(
                Place.InReserve,
                allocationId,
                taken.programme,
                uint96(place),
                0,
                0,
                NO_CLAIM
            );
            if (place < totals.reserveSpent) {
                slice.place = Place.Paid;
                slice.record = _recordAt(lines.reserveOutflows, place);
                PayoutRecord memory paid = _payoutRecord(PayoutId.wrap(slice.record));
                slice.claim = paid.claim;
                upTo = _min(upTo, uint256(paid.reserveStart) + paid.amount);
            }
            slice.amount = uint96(upTo - place);
            _push(walk, slice);
            walk.done += slice.amount;
        }
        walk.stage = 1;
        walk.done = 0;
    }

    function _walkOperations(
        Walk memory walk,
        uint32 allocationId,
        Allocation memory taken,
        uint256 from,
        uint256 amount,
        Totals memory totals
    ) private view {
        Programme storage lines = LedgerStorage.books().programmes[taken.programme];
        while (walk.done < amount) {
            if (walk.count == PAGE) return;
            uint256 place = from + walk.done;
            uint256 upTo = from + amount;
            Slice memory slice = Slice(
                Place.OperatingUnspent,
                allocationId,
                taken.programme,
                uint96(place),
                0,
                0,
                NO_CLAIM
            );
            if (place < totals.operationsOut) {
                slice.place = Place.OperatingSpent;
                slice.record = _recordAt(lines.operationsOutflows, place);
                Expense memory spent = _expenseRecord(slice.record);
                upTo = _min(upTo, uint256(spent.operationsStart) + spent.amount);
            }
            slice.amount = uint96(upTo - place);
            _push(walk, slice);
            walk.done += slice.amount;
        }
        walk.stage = 2;
        walk.done = 0;
    }

    function _push(Walk memory walk, Slice memory slice) private pure {
        walk.slices[walk.count++] = slice;
    }

    function _min(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }
}
