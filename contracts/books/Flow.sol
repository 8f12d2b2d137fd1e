// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What kind of record a line's entry names
/// @notice A plain id is the line's own kind: allocations flow in, payouts or expenses flow out. Recoveries and
///         moves carry a tag above the id's 32 bits.
library Flow {
    uint256 internal constant RECOVERY = 1 << 32;
    uint256 internal constant MOVE = 2 << 32;
}
