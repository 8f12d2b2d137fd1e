// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BatchId, ClaimId, PayoutId, PeriodNumber, ProgrammeId} from "../books/Ids.sol";
import {Batch, Totals} from "../books/Records.sol";
import {ILensRecords} from "../lens/ILensRecords.sol";
import {Lens} from "../lens/Lens.sol";
import {IProgrammes} from "../programmes/IProgrammes.sol";
import {BooksInvariants} from "./BooksInvariants.sol";
import {GhostClaim, GhostFlows, GhostFund, GhostPayout, GhostPolicy} from "./Ghosts.sol";
import {VM} from "./Vm.sol";
import {WireLeaves} from "./WireLeaves.sol";

/// @title Law L4, and L3 and L6 as the lens tells them
/// @notice L4 each fen has exactly one present place and one path to it: the present places of a donation add up to
///         it; a claim's gross sources add up to what was paid, its net sources to that less what was recovered.
abstract contract LensLaws is BooksInvariants {
    using WireLeaves for bytes;

    /// One bit a position, for the lines of one programme.
    struct Bitmaps {
        uint256[] reserve;
        uint256[] operations;
    }

    /// Fen by place, for all funds and programmes together.
    uint256 private constant PLACES = 5;
    Lens private lens;

    function setUp() public virtual override {
        super.setUp();
        lens = new Lens(handler.LEDGER());
    }

    function invariant_L3_theLensAnswersAsIfRolled() external {
        VM.warp(handler.time());
        for (uint256 id = 1; id <= handler.PROGRAMMES(); id++) {
            ProgrammeId programme = ProgrammeId.wrap(uint32(id));
            uint256 current = handler.periodOf(id);
            require(PeriodNumber.unwrap(lens.currentPeriod(programme)) == current, "L3: the cash period");
            uint256 carried;
            for (uint256 number = 1; number <= current; number++) {
                ILensRecords.PeriodRecord memory period = lens.period(
                    programme,
                    PeriodNumber.wrap(uint32(number))
                );
                require(period.closed == (number < current), "L3: closed by time");
                require(period.record.opening == carried, "L3: the opening is what was carried forward");
                _requireRecord(period.record, handler.flows(id, number));
                carried = period.record.closing;
            }
            (uint96 available, uint96 promised, uint96 shortfall) = lens.reserveOf(programme);
            require(available == carried, "L3: the reserve is what the last period closes with");
            require(shortfall == (promised > available ? promised - available : 0), "L3: what is short");
        }
    }

    function invariant_L4_everyFenHasExactlyOnePlace() external view {
        Bitmaps[] memory seen = _bitmaps();
        uint256[] memory places = new uint256[](PLACES);
        for (uint32 id = 1; id <= handler.batches(); id++) {
            bytes memory leaves = handler.leavesOf(id);
            for (uint32 index = 0; index < leaves.count(); index++) {
                _followDonation(BatchId.wrap(id), leaves, index, seen, places);
            }
        }
        uint256[] memory expected = _placesByTotals();
        require(places[0] == expected[0], "L4: what is not allocated is somebody's");
        require(places[1] == expected[1], "L4: all that is paid and not recovered is somebody's");
        require(places[2] == expected[2], "L4: all in reserve is somebody's");
        require(places[3] == expected[3], "L4: all that is spent is somebody's");
        require(places[4] == expected[4], "L4: all unspent is somebody's");
    }

    function invariant_L4_theSourcesOfAPayoutAddUpToIt() external view {
        for (uint32 id = 1; id <= handler.payouts(); id++) {
            GhostPayout memory payout = handler.payout(id);
            bytes memory cursor;
            uint256 total;
            do {
                ILensRecords.Source[] memory sources;
                (sources, cursor) = lens.payoutSources(PayoutId.wrap(id), cursor);
                total += _sumOf(sources);
            } while (cursor.length != 0);
            require(total == payout.amount, "L4: the gross sources are the payment");
        }
        for (uint32 id = 1; id <= handler.claims(); id++) {
            GhostClaim memory claim = handler.claim(id);
            bytes memory cursor;
            uint256 total;
            do {
                ILensRecords.Source[] memory sources;
                (sources, cursor) = lens.claimSources(ClaimId.wrap(id), cursor);
                total += _sumOf(sources);
            } while (cursor.length != 0);
            require(total == claim.paid - claim.recovered, "L4: the net sources are what was not recovered");
        }
    }

    function invariant_L6_theLensSharesWhatInsurersBear() external view {
        for (uint256 id = 1; id <= handler.PROGRAMMES(); id++) {
            for (uint256 number = 1; number <= handler.programme(id).declared; number++) {
                GhostPolicy memory ghost = handler.policy(id, number);
                (uint256[] memory shares, uint256[] memory paid, uint256[] memory recovered) = lens
                    .insurerParts(ProgrammeId.wrap(uint32(id)), PeriodNumber.wrap(uint32(number)));
                for (uint256 i = 0; i < shares.length; i++) {
                    require(shares[i] == ((ghost.shares >> (16 * i)) & type(uint16).max), "L6: the shares");
                    require(paid[i] == ghost.partsPaid[i], "L6: what an insurer bears");
                    require(recovered[i] == ghost.partsRecovered[i], "L6: what an insurer got back");
                }
                require(shares.length == 0 || ghost.shares >> (16 * shares.length) == 0, "L6: all of them");
                require((shares.length == 0) == (ghost.shares == 0), "L6: where there are any");
            }
        }
    }

    function _requireRecord(IProgrammes.CloseRecord memory r, GhostFlows memory flows) private pure {
        require(r.allocated == flows.allocated && r.paid == flows.paid, "L3: what came in and was paid");
        require(r.movedIn == flows.movedIn && r.movedOut == flows.movedOut, "L3: what moved");
        require(r.recovered == flows.recovered, "L3: what came back");
        require(r.operationsIn == flows.operationsIn && r.expenses == flows.expenses, "L3: operating money");
        require(r.operationsMovedIn == flows.operationsMovedIn, "L3: operating money moved in");
        require(r.operationsMovedOut == flows.operationsMovedOut, "L3: operating money moved out");
        require(
            r.opening + r.allocated + r.movedIn + r.recovered == r.closing + r.movedOut + r.paid,
            "L3: the period adds up"
        );
    }

    function _sumOf(ILensRecords.Source[] memory sources) private view returns (uint256 total) {
        for (uint256 i = 0; i < sources.length; i++) {
            Batch memory batch = lens.batch(sources[i].batch);
            require(sources[i].fundStart >= batch.startsAt, "L4: a source begins in its batch");
            require(sources[i].fundEnd <= batch.startsAt + batch.sum, "L4: and ends in it");
            total += sources[i].amount;
        }
    }

    function _bitmaps() private view returns (Bitmaps[] memory seen) {
        seen = new Bitmaps[](handler.PROGRAMMES() + 1);
        for (uint32 id = 1; id < seen.length; id++) {
            Totals memory totals = lens.programme(ProgrammeId.wrap(id)).totals;
            seen[id].reserve = new uint256[](totals.reserveIn / 256 + 1);
            seen[id].operations = new uint256[](totals.operationsIn / 256 + 1);
        }
    }

    /// @dev In the order of ILensRecords.Place.
    function _placesByTotals() private view returns (uint256[] memory places) {
        places = new uint256[](PLACES);
        for (uint256 id = 1; id <= handler.FUNDS(); id++) {
            GhostFund memory fund = handler.fund(id);
            places[0] += fund.donated - fund.allocated;
        }
        for (uint32 id = 1; id <= handler.PROGRAMMES(); id++) {
            Totals memory t = lens.programme(ProgrammeId.wrap(id)).totals;
            uint256 covered = t.operationsOut < t.operationsIn ? t.operationsOut : t.operationsIn;
            // What moved on or was recovered has its place further on.
            places[1] += uint256(t.reserveSpent) - t.movedOut - t.recovered;
            places[2] += uint256(t.reserveIn) - t.reserveSpent;
            places[3] += covered - t.operationsMovedOut;
            places[4] += t.operationsIn - covered;
        }
    }

    function _followDonation(
        BatchId batch,
        bytes memory leaves,
        uint32 index,
        Bitmaps[] memory seen,
        uint256[] memory places
    ) private view {
        (uint64 amount, bytes32 commitment) = leaves.leafAt(index);
        bytes memory proof = leaves.proofOf(index);
        bytes memory cursor;
        uint256 total;
        do {
            ILensRecords.Slice[] memory slices;
            (, slices, cursor) = lens.traceDonation(batch, index, amount, commitment, proof, cursor);
            for (uint256 i = 0; i < slices.length; i++) {
                ILensRecords.Slice memory slice = slices[i];
                total += slice.amount;
                places[uint256(slice.place)] += slice.amount;
                if (slice.place == ILensRecords.Place.Unallocated) continue;
                Bitmaps memory lines = seen[ProgrammeId.unwrap(slice.programme)];
                bool claims =
                    slice.place == ILensRecords.Place.Paid || slice.place == ILensRecords.Place.InReserve;
                _mark(claims ? lines.reserve : lines.operations, slice.lineStart, slice.amount);
            }
        } while (cursor.length != 0);
        require(total == amount, "L4: the places of a donation add up to it");
    }

    /// @dev Sets the bits of [start, start + length), none of which may be set.
    function _mark(uint256[] memory line, uint256 start, uint256 length) private pure {
        uint256 end = start + length;
        while (start < end) {
            uint256 offset = start % 256;
            uint256 step = end - start < 256 - offset ? end - start : 256 - offset;
            uint256 bits = (step == 256 ? type(uint256).max : (1 << step) - 1) << offset;
            require(line[start / 256] & bits == 0, "L4: no fen is told twice");
            line[start / 256] |= bits;
            start += step;
        }
    }
}
