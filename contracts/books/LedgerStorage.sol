// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Books} from "./Records.sol";

/// @title Where the books stand in storage
/// @notice ERC-7201 place `everyfen.books`. Ledger and lens share this library, so the compiler gives both the
///         same slots; the lens only computes them and reads through {ILedger-extsload}.
library LedgerStorage {
    /// keccak256(abi.encode(uint256(keccak256("everyfen.books")) - 1)) & ~bytes32(uint256(0xff)); a test recomputes it.
    bytes32 internal constant SLOT = 0x6d1addd7dd641c2841bfa6428d3bf321eb66e7358cd6002739ea33b4197cac00;

    function books() internal pure returns (Books storage b) {
        bytes32 slot = SLOT;
        assembly ("memory-safe") {
            b.slot := slot
        }
    }
}
