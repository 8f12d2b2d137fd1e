// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Books} from "./Records.sol";

/// @title Where the books stand in storage
/// @notice Ledger and lens share this library, so the compiler gives both the same slots; the lens only computes
///         them and reads through {ILedger-extsload}.
library LedgerStorage {
    /// Far behind the few variables of the inherited contracts, which a test compares with the compiler's layout.
    /// A namespace hash (ERC-7201) would serve as well: it protects a proxy's successors, and there is no proxy. It
    /// would cost 30 bytes of code at every place that names a record.
    uint256 internal constant SLOT = 0x1000;

    function books() internal pure returns (Books storage b) {
        assembly ("memory-safe") {
            b.slot := SLOT
        }
    }
}
