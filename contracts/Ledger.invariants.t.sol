// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BatchId, ClaimId, FundId, PayoutId, PeriodNumber, ProgrammeId} from "./books/Ids.sol";
import {Allocation, Batch, Claim, Counters, Expense, Payout, Totals} from "./books/Records.sol";
import {ILens} from "./lens/ILens.sol";
import {Lens} from "./lens/Lens.sol";
import {IProgrammes} from "./programmes/IProgrammes.sol";
import {LedgerHandler} from "./test/LedgerHandler.sol";
import {VM} from "./test/Vm.sol";
import {WireLeaves} from "./test/WireLeaves.sol";

/// @title The laws of the books, held after every verb of random histories
/// @notice L1 donated = allocated + unallocated. L2 claims share + operating share = allocated, and the claims share
///         is within 1 fen of its promise. L3 opening + allocated + moved in - moved out + recovered - paid =
///         closing = the next opening. L4 each fen has exactly one present place. L5 no position is spent twice or
///         skipped.
contract LedgerInvariants {
    using WireLeaves for bytes;

    LedgerHandler private handler;
    Lens private lens;

    /// One bit a position, for the lines of one programme.
    struct Bitmaps {
        uint256[] reserve;
        uint256[] operations;
    }

    /// Fen by place, for all programmes together.
    uint256 private constant PLACES = 5;

    function setUp() external {
        handler = new LedgerHandler();
        lens = handler.LENS();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_L1_donatedIsAllocatedPlusUnallocated() external view {
        for (uint32 id = 1; id <= handler.FUNDS(); id++) {
            ILens.FundRecord memory fund = lens.fund(FundId.wrap(id));
            (uint256 donated, uint256 allocated, ) = handler.funds(id);
            require(fund.donated == donated, "L1: donated is the sum of the gifts");
            require(fund.allocated == allocated, "L1: allocated is the sum of the allocations");
            require(fund.allocated <= fund.donated, "L1: no more is allocated than was given");
        }
    }

    function invariant_L2_theClaimsShareIsWithinOneFenOfItsPromise() external view {
        uint256 toClaims;
        uint256 allocated;
        for (uint32 id = 1; id <= handler.FUNDS(); id++) {
            (, uint256 allocatedOfFund, uint256 claims) = handler.funds(id);
            uint256 promised = allocatedOfFund * lens.fund(FundId.wrap(id)).claimsShareBps;
            require(claims * 10_000 <= promised, "L2: never above the promise");
            require(promised - claims * 10_000 < 10_000, "L2: less than a fen below the promise");
            toClaims += claims;
            allocated += allocatedOfFund;
        }
        uint256 reserves;
        uint256 operations;
        for (uint32 id = 1; id <= handler.PROGRAMMES(); id++) {
            Totals memory totals = lens.programme(ProgrammeId.wrap(id)).totals;
            reserves += totals.reserveIn;
            operations += totals.operationsIn;
        }
        require(reserves == toClaims, "L2: the reserves received the claims shares");
        require(reserves + operations == allocated, "L2: claims and operating share are all there is");
    }

    function invariant_L3_everyPeriodReconcilesAndCarriesForward() external {
        VM.warp(handler.time());
        for (uint32 id = 1; id <= handler.PROGRAMMES(); id++) {
            ProgrammeId programme = ProgrammeId.wrap(id);
            uint256 current = handler.periodOf(id);
            require(PeriodNumber.unwrap(lens.currentPeriod(programme)) == current, "L3: the cash period");
            uint256 carried;
            for (uint32 number = 1; number <= current; number++) {
                IProgrammes.CloseRecord memory r = lens.period(programme, PeriodNumber.wrap(number)).record;
                (uint256 allocated, uint256 paid, uint256 operationsIn, uint256 expenses) = handler.periods(
                    id,
                    number
                );
                require(r.opening == carried, "L3: the opening is what was carried forward");
                require(r.allocated == allocated && r.paid == paid, "L3: what came in and was paid");
                require(r.operationsIn == operationsIn && r.expenses == expenses, "L3: operating money");
                require(
                    uint256(r.opening) + r.allocated + r.movedIn + r.recovered ==
                        uint256(r.closing) + r.movedOut + r.paid,
                    "L3: the period adds up"
                );
                carried = r.closing;
            }
            (uint96 available, , ) = lens.reserveOf(programme);
            require(available == carried, "L3: the reserve is what the last period closes with");
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
        (uint256 spentReserve, uint256 inReserve, uint256 spent, uint256 unspent) = _placesByTotals();
        require(places[uint256(ILens.Place.Paid)] == spentReserve, "L4: all that is paid is somebody's");
        require(places[uint256(ILens.Place.InReserve)] == inReserve, "L4: all in reserve is somebody's");
        require(places[uint256(ILens.Place.OperatingSpent)] == spent, "L4: all that is spent is somebody's");
        require(places[uint256(ILens.Place.OperatingUnspent)] == unspent, "L4: all unspent is somebody's");
    }

    function invariant_L4_theSourcesOfAClaimAddUpToWhatWasPaid() external view {
        for (uint32 id = 1; id <= handler.claims(); id++) {
            uint256 total;
            uint256 cursor;
            do {
                ILens.Source[] memory sources;
                (sources, cursor) = lens.claimSources(ClaimId.wrap(id), cursor);
                for (uint256 i = 0; i < sources.length; i++) {
                    Batch memory batch = lens.batch(sources[i].batch);
                    require(sources[i].fundStart >= batch.startsAt, "L4: a source begins in its batch");
                    require(sources[i].fundEnd <= batch.startsAt + batch.sum, "L4: and ends in it");
                    total += sources[i].amount;
                }
            } while (cursor != 0);
            require(total == handler.paidAmount(id), "L4: the sources are the payment");
        }
    }

    function invariant_L5_linesHaveNoGapAndNoOverlap() external view {
        Counters memory counters = lens.counters();
        uint256[] memory donated = new uint256[](counters.funds + 1);
        for (uint32 id = 1; id <= counters.batches; id++) {
            Batch memory batch = lens.batch(BatchId.wrap(id));
            uint32 fund = FundId.unwrap(batch.fund);
            require(batch.startsAt == donated[fund], "L5: a batch starts where the one before it ends");
            donated[fund] += batch.sum;
        }
        _checkAllocations(counters);
        uint256[] memory paid = new uint256[](counters.programmes + 1);
        for (uint32 id = 1; id <= counters.payouts; id++) {
            Payout memory payout = lens.payout(PayoutId.wrap(id));
            uint32 programme = ProgrammeId.unwrap(lens.claim(payout.claim).programme);
            require(payout.reserveStart == paid[programme], "L5: a payout takes the next positions");
            paid[programme] += payout.amount;
        }
        uint256[] memory spent = new uint256[](counters.programmes + 1);
        for (uint32 id = 1; id <= counters.expenses; id++) {
            Expense memory expense = lens.expense(id);
            uint32 programme = ProgrammeId.unwrap(expense.programme);
            require(expense.operationsStart == spent[programme], "L5: an expense takes the next positions");
            spent[programme] += expense.amount;
        }
        for (uint32 id = 1; id <= counters.programmes; id++) {
            Totals memory totals = lens.programme(ProgrammeId.wrap(id)).totals;
            require(
                totals.reserveSpent == paid[id] && totals.expenses == spent[id],
                "L5: to the line's front"
            );
            require(totals.reserveSpent <= totals.reserveIn, "L5: nothing is paid that is not there");
        }
    }

    function invariant_L6_theQueueHoldsWhatIsApprovedInOrder() external view {
        for (uint32 id = 1; id <= handler.PROGRAMMES(); id++) {
            ILens.ProgrammeRecord memory programme = lens.programme(ProgrammeId.wrap(id));
            (uint256 approvedUnpaid, uint256 filedUndecided, uint256[] memory waiting) = handler.programme(
                id
            );
            require(programme.totals.approvedUnpaid == approvedUnpaid, "L6: approved and unpaid");
            require(programme.totals.filedUndecided == filedUndecided, "L6: filed and undecided");
            uint32 here = ClaimId.unwrap(programme.queueHead);
            uint32 before;
            for (uint256 i = 0; i < waiting.length; i++) {
                require(here == waiting[i], "L6: in the order of approval");
                Claim memory claim = lens.claim(ClaimId.wrap(here));
                require(ClaimId.unwrap(claim.previous) == before, "L6: linked both ways");
                before = here;
                here = ClaimId.unwrap(claim.next);
            }
            require(here == 0 && ClaimId.unwrap(programme.queueTail) == before, "L6: and ends at the tail");
        }
    }

    /// @notice The handler is worth its name: its verbs reach every record and every place of a fen.
    function test_theHandlerReachesEveryKindOfRecord() external {
        for (uint256 step = 1; step <= 400; step++) {
            uint256 seed = uint256(keccak256(abi.encode("step", step)));
            _act(seed % 9, seed >> 8);
        }
        Counters memory counters = lens.counters();
        require(counters.batches > 20 && counters.allocations > 20 && counters.expenses > 20, "money in");
        require(counters.claims > 10 && counters.payouts > 5, "claims");
        require(handler.declaredOf(1) > 2 && handler.periodOf(1) > 2, "periods");
        require(handler.refusals() > 20, "refusals");
        this.invariant_L3_everyPeriodReconcilesAndCarriesForward();
        this.invariant_L4_everyFenHasExactlyOnePlace();
        this.invariant_L5_linesHaveNoGapAndNoOverlap();
    }

    function _act(uint256 verb, uint256 seed) private {
        if (verb == 0) handler.wait(seed);
        else if (verb == 1) handler.record(seed, seed >> 8, seed);
        else if (verb == 2) handler.allocate(seed, seed >> 8, seed >> 16, seed % 3 == 0);
        else if (verb == 3) handler.spend(seed, seed >> 8);
        else if (verb == 4) handler.declare(seed, seed >> 8);
        else if (verb == 5) handler.file(seed, seed >> 8, seed >> 16, seed >> 32);
        else if (verb == 6) handler.approve(seed, seed >> 8);
        else if (verb == 7) handler.pay(seed);
        else handler.close(seed, seed >> 8);
    }

    function _checkAllocations(Counters memory counters) private view {
        uint256[] memory allocated = new uint256[](counters.funds + 1);
        uint256[] memory reserve = new uint256[](counters.programmes + 1);
        uint256[] memory operations = new uint256[](counters.programmes + 1);
        for (uint32 id = 1; id <= counters.allocations; id++) {
            Allocation memory taken = lens.allocation(id);
            uint32 fund = FundId.unwrap(taken.fund);
            uint32 programme = ProgrammeId.unwrap(taken.programme);
            require(taken.fundStart == allocated[fund], "L5: an allocation takes the next positions");
            require(taken.reserveStart == reserve[programme], "L5: and appends to the reserve line");
            require(taken.operationsStart == operations[programme], "L5: and to the operations line");
            allocated[fund] += taken.amount;
            uint256 bps = lens.fund(taken.fund).claimsShareBps;
            uint256 claims = (allocated[fund] * bps) / 10_000 - (uint256(taken.fundStart) * bps) / 10_000;
            reserve[programme] += claims;
            operations[programme] += taken.amount - claims;
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

    function _placesByTotals()
        private
        view
        returns (uint256 paid, uint256 inReserve, uint256 spent, uint256 unspent)
    {
        for (uint32 id = 1; id <= handler.PROGRAMMES(); id++) {
            Totals memory totals = lens.programme(ProgrammeId.wrap(id)).totals;
            paid += totals.reserveSpent;
            inReserve += totals.reserveIn - totals.reserveSpent;
            uint256 covered = totals.expenses < totals.operationsIn ? totals.expenses : totals.operationsIn;
            spent += covered;
            unspent += totals.operationsIn - covered;
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
        uint256 cursor;
        uint256 total;
        do {
            ILens.Slice[] memory slices;
            (, slices, cursor) = lens.traceDonation(batch, index, amount, commitment, proof, cursor);
            for (uint256 i = 0; i < slices.length; i++) {
                ILens.Slice memory slice = slices[i];
                total += slice.amount;
                places[uint256(slice.place)] += slice.amount;
                if (slice.place == ILens.Place.Unallocated) continue;
                Bitmaps memory lines = seen[ProgrammeId.unwrap(slice.programme)];
                bool claims = slice.place == ILens.Place.Paid || slice.place == ILens.Place.InReserve;
                _mark(claims ? lines.reserve : lines.operations, slice.lineStart, slice.amount);
            }
        } while (cursor != 0);
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
