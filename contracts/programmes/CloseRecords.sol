// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {TotalsWords as At} from "../books/TotalsWords.sol";
import {IProgrammes} from "./IProgrammes.sol";

/// @title A period's figures: the difference of the programme's totals at its two ends
library CloseRecords {
    /// @notice opening + allocated + movedIn - movedOut + recovered - paid = closing (law L3).
    /// @param start The totals at the period's start, as {TotalsWords-load} gives them. @param end At its end.
    function between(
        uint256[12] memory start,
        uint256[12] memory end
    ) internal pure returns (IProgrammes.CloseRecord memory r) {
        // Totals only grow and spent never exceeds in (laws L3, L5), so no difference can be negative.
        unchecked {
            r.opening = start[At.RESERVE_IN] - start[At.RESERVE_SPENT];
            r.closing = end[At.RESERVE_IN] - end[At.RESERVE_SPENT];
            r.approvedUnpaid = end[At.APPROVED_UNPAID];
            r.filedUndecided = end[At.FILED_UNDECIDED];
            for (uint256 i = 0; i <= At.OPERATIONS_MOVED_OUT; i++) end[i] -= start[i];
            r.movedIn = end[At.MOVED_IN];
            r.movedOut = end[At.MOVED_OUT];
            r.recovered = end[At.RECOVERED];
            r.allocated = end[At.RESERVE_IN] - r.movedIn - r.recovered;
            r.paid = end[At.RESERVE_SPENT] - r.movedOut;
            r.operationsMovedIn = end[At.OPERATIONS_MOVED_IN];
            r.operationsMovedOut = end[At.OPERATIONS_MOVED_OUT];
            r.operationsIn = end[At.OPERATIONS_IN] - r.operationsMovedIn;
            r.expenses = end[At.OPERATIONS_OUT] - r.operationsMovedOut;
        }
    }
}
