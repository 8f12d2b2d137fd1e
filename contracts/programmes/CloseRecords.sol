// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Totals} from "../books/Records.sol";
import {IProgrammes} from "./IProgrammes.sol";

/// @title A period's figures: the difference of the programme's totals at its two ends
library CloseRecords {
    /// @notice opening + allocated + movedIn - movedOut + recovered - paid = closing (law L3).
    function between(
        Totals memory atStart,
        Totals memory atEnd
    ) internal pure returns (IProgrammes.CloseRecord memory r) {
        // Totals only grow and spent never exceeds in (laws L3, L5), so no difference can be negative.
        unchecked {
            r.opening = atStart.reserveIn - atStart.reserveSpent;
            r.movedIn = atEnd.movedIn - atStart.movedIn;
            r.movedOut = atEnd.movedOut - atStart.movedOut;
            r.recovered = atEnd.recovered - atStart.recovered;
            r.allocated = atEnd.reserveIn - atStart.reserveIn - r.movedIn - r.recovered;
            r.paid = atEnd.reserveSpent - atStart.reserveSpent - r.movedOut;
            r.closing = atEnd.reserveIn - atEnd.reserveSpent;
            r.approvedUnpaid = atEnd.approvedUnpaid;
            r.filedUndecided = atEnd.filedUndecided;
            r.operationsIn = atEnd.operationsIn - atStart.operationsIn;
            r.expenses = atEnd.expenses - atStart.expenses;
        }
    }
}
