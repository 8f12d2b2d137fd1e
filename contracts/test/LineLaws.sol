// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Totals} from "../books/Records.sol";
import {BooksInvariants} from "./BooksInvariants.sol";
import {GhostFlows, GhostFund} from "./Ghosts.sol";
import {StoredBooks} from "./StoredBooks.sol";

/// @title Laws L1, L2, L3 and L5, on what the ledger stores
/// @notice L1 donated = allocated + unallocated. L2 claims share + operating share = allocated, and the claims share
///         is within 1 fen of its promise. L3 opening + allocated + moved in - moved out + recovered - paid =
///         closing = the next opening. L5 no position is spent twice or skipped.
abstract contract LineLaws is BooksInvariants {
    function invariant_L1_donatedIsAllocatedPlusUnallocated() external inStorage {
        for (uint32 id = 1; id <= handler.FUNDS(); id++) {
            (uint256 donated, uint256 allocated) = _stored().fund(id);
            GhostFund memory ghost = handler.fund(id);
            require(donated == ghost.donated, "L1: donated is the sum of the gifts");
            require(allocated == ghost.allocated, "L1: allocated is the sum of the allocations");
            require(allocated <= donated, "L1: no more is allocated than was given");
        }
    }

    function invariant_L2_theClaimsShareIsWithinOneFenOfItsPromise() external inStorage {
        uint256 toClaims;
        uint256 allocated;
        uint256[5] memory bps = [uint256(0), 0, 3333, 9000, 10_000];
        for (uint32 id = 1; id <= handler.FUNDS(); id++) {
            GhostFund memory ghost = handler.fund(id);
            uint256 promised = ghost.allocated * bps[id];
            require(ghost.claims * 10_000 <= promised, "L2: never above the promise");
            require(promised - ghost.claims * 10_000 < 10_000, "L2: less than a fen below the promise");
            toClaims += ghost.claims;
            allocated += ghost.allocated;
        }
        uint256 reserves;
        uint256 operations;
        for (uint32 id = 1; id <= handler.PROGRAMMES(); id++) {
            Totals memory totals = _stored().totals(id);
            reserves += uint256(totals.reserveIn) - totals.movedIn - totals.recovered;
            operations += uint256(totals.operationsIn) - totals.operationsMovedIn;
        }
        require(reserves == toClaims, "L2: the reserves received the claims shares");
        require(reserves + operations == allocated, "L2: claims and operating share are all there is");
    }

    function invariant_L3_everyPeriodReconcilesAndCarriesForward() external inStorage {
        for (uint32 id = 1; id <= handler.PROGRAMMES(); id++) {
            uint32 current = _stored().programme(id).currentPeriod;
            Totals memory start = _stored().atEnd(id, 0);
            for (uint32 number = 1; number < current; number++) {
                Totals memory end = _stored().atEnd(id, number);
                _requireFlows(start, end, handler.flows(id, number));
                start = end;
            }
            // What time has ended and no verb has written yet counts with the current period.
            GhostFlows memory rest = handler.flows(id, current);
            uint256 last = handler.periodOf(id);
            require(last >= current, "L3: no period is closed before its end");
            for (uint256 number = current + 1; number <= last; number++) {
                rest = _sum(rest, handler.flows(id, number));
            }
            _requireFlows(start, _stored().totals(id), rest);
        }
    }

    function invariant_L5_linesHaveNoGapAndNoOverlap() external inStorage {
        for (uint32 id = 1; id <= handler.FUNDS(); id++) {
            (uint256 donated, uint256 allocated) = _stored().fund(id);
            _requireWhole(_stored().fundLine(id, true), donated);
            _requireWhole(_stored().fundLine(id, false), allocated);
        }
        for (uint32 id = 1; id <= handler.PROGRAMMES(); id++) {
            Totals memory totals = _stored().totals(id);
            _requireWhole(_stored().programmeLine(id, true, false), totals.reserveIn);
            _requireWhole(_stored().programmeLine(id, true, true), totals.reserveSpent);
            _requireWhole(_stored().programmeLine(id, false, false), totals.operationsIn);
            _requireWhole(_stored().programmeLine(id, false, true), totals.operationsOut);
            require(totals.reserveSpent <= totals.reserveIn, "L5: nothing is paid that is not there");
        }
        for (uint32 id = 1; id <= handler.payouts(); id++) {
            (, , , uint256 amount, uint256 recovered) = _stored().payout(id);
            _requireWhole(_stored().payoutLine(id), recovered);
            require(recovered <= amount, "L5: no more comes back than was paid");
        }
    }

    function _requireFlows(Totals memory start, Totals memory end, GhostFlows memory flows) private pure {
        uint256 opening = uint256(start.reserveIn) - start.reserveSpent;
        uint256 closing = uint256(end.reserveIn) - end.reserveSpent;
        require(end.movedIn - start.movedIn == flows.movedIn, "L3: moved in");
        require(end.movedOut - start.movedOut == flows.movedOut, "L3: moved out");
        require(end.recovered - start.recovered == flows.recovered, "L3: recovered");
        require(
            end.reserveIn - start.reserveIn == flows.allocated + flows.movedIn + flows.recovered,
            "L3: what came in"
        );
        require(end.reserveSpent - start.reserveSpent == flows.paid + flows.movedOut, "L3: what went out");
        require(
            opening + flows.allocated + flows.movedIn + flows.recovered ==
                closing + flows.movedOut + flows.paid,
            "L3: the period adds up"
        );
        require(
            end.operationsIn - start.operationsIn == flows.operationsIn + flows.operationsMovedIn,
            "L3: operating money in"
        );
        require(
            end.operationsOut - start.operationsOut == flows.expenses + flows.operationsMovedOut,
            "L3: operating money out"
        );
        require(
            end.operationsMovedIn - start.operationsMovedIn == flows.operationsMovedIn,
            "L3: of it moved in"
        );
        require(
            end.operationsMovedOut - start.operationsMovedOut == flows.operationsMovedOut,
            "L3: of it moved out"
        );
    }

    function _sum(GhostFlows memory a, GhostFlows memory b) private pure returns (GhostFlows memory) {
        a.allocated += b.allocated;
        a.movedIn += b.movedIn;
        a.movedOut += b.movedOut;
        a.recovered += b.recovered;
        a.paid += b.paid;
        a.operationsIn += b.operationsIn;
        a.operationsMovedIn += b.operationsMovedIn;
        a.operationsMovedOut += b.operationsMovedOut;
        a.expenses += b.expenses;
        return a;
    }

    /// @dev Each piece begins where the one before it ends, and the last ends at `end`.
    function _requireWhole(StoredBooks.Piece[] memory pieces, uint256 end) private pure {
        uint256 here;
        for (uint256 i = 0; i < pieces.length; i++) {
            require(pieces[i].start == here, "L5: a record takes the next positions");
            require(pieces[i].amount != 0, "L5: and at least one");
            here += pieces[i].amount;
        }
        require(here == end, "L5: up to the line's end");
    }
}
