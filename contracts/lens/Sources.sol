// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BatchId, ClaimId, PayoutId, ProgrammeId} from "../books/Ids.sol";
import {LedgerStorage} from "../books/LedgerStorage.sol";
import {Allocation, Batch, Claim} from "../books/Records.sol";
import {Share} from "../books/Share.sol";
import {ILens} from "./ILens.sol";
import {Trace} from "./Trace.sol";

/// @title Tracing on the chain, backward: which donations paid a claim
abstract contract Sources is Trace {
    uint256 private constant CURSOR_BYTES = 9 * 32;

    /// @inheritdoc ILens
    function claimSources(
        ClaimId id,
        bytes calldata cursor
    ) external view returns (Source[] memory sources, bytes memory next) {
        Claim memory record = _claimRecord(id);
        if (PayoutId.unwrap(record.lastPayout) == 0) return (sources, next);
        PayoutRecord memory paid = _payoutRecord(record.lastPayout);
        uint256 start = paid.reserveStart;
        return _sources(record.programme, start + paid.recovered, start + paid.amount, cursor);
    }

    /// @inheritdoc ILens
    function payoutSources(
        PayoutId id,
        bytes calldata cursor
    ) external view returns (Source[] memory, bytes memory) {
        PayoutRecord memory paid = _payoutRecord(id);
        uint256 start = paid.reserveStart;
        return _sources(_claimRecord(paid.claim).programme, start, start + paid.amount, cursor);
    }

    /// @dev Cursor: programme, start and end; the first position that is not told; the run being followed.
    function _sources(
        ProgrammeId programme,
        uint256 start,
        uint256 end,
        bytes calldata cursor
    ) private view returns (Source[] memory sources, bytes memory next) {
        (uint256 place, Run memory run) = _resumeSources(programme, start, end, cursor);
        sources = new Source[](PAGE);
        uint256 count;
        uint256 hops;
        while (place < end && count < PAGE && hops < HOPS_OF_PAGE) {
            if (run.length == 0) run = Run(programme, place, end - place, 0, 0);
            uint32 allocationId = _backward(run);
            if (allocationId == 0) {
                hops++;
                continue;
            }
            Source memory source = _source(allocationId, run);
            sources[count++] = source;
            _consume(run, source.amount);
            place += source.amount;
        }
        assembly ("memory-safe") {
            mstore(sources, count)
        }
        if (place < end) next = abi.encode(programme, start, end, place, run);
    }

    function _resumeSources(
        ProgrammeId programme,
        uint256 start,
        uint256 end,
        bytes calldata cursor
    ) private pure returns (uint256 place, Run memory run) {
        if (cursor.length == 0) return (start, run);
        if (cursor.length != CURSOR_BYTES) revert InvalidCursor();
        uint256 of_;
        uint256 from;
        uint256 to;
        (of_, from, to, place, run) = abi.decode(cursor, (uint256, uint256, uint256, uint256, Run));
        bool known = of_ == ProgrammeId.unwrap(programme) && from == start && to == end;
        if (!known || place < start || place >= end || run.length > end - place) revert InvalidCursor();
    }

    /// @dev The front of a run on the reserve line of its allocation that comes from one batch.
    function _source(uint32 allocationId, Run memory run) private view returns (Source memory) {
        Allocation memory inflow = _allocationRecord(allocationId);
        uint256 bps = _fundRecord(inflow.fund).claimsShareBps;
        // Claims fen of the whole fund line, numbered from 0: those that these reserve positions are.
        uint256 first = Share.claimsUpTo(inflow.fundStart, bps) + run.position - inflow.reserveStart;
        uint256 last = _min(
            first + run.length,
            Share.claimsUpTo(uint256(inflow.fundStart) + inflow.amount, bps)
        );
        uint256 fundStart = Share.positionOfClaimsFen(first, bps);
        BatchId batchId = BatchId.wrap(
            uint32(_recordAt(LedgerStorage.books().funds[inflow.fund].batches, fundStart))
        );
        Batch memory from = _batchRecord(batchId);
        last = _min(last, Share.claimsUpTo(uint256(from.startsAt) + from.sum, bps));
        return
            Source({
                fund: inflow.fund,
                batch: batchId,
                allocation: allocationId,
                fundStart: uint96(fundStart),
                fundEnd: uint96(Share.positionOfClaimsFen(last - 1, bps) + 1),
                amount: uint96(last - first),
                hops: uint32(run.hops),
                via: uint160(run.via)
            });
    }
}
