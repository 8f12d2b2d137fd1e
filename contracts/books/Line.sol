// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @dev One slot, start 96 and record 160: the layout of OpenZeppelin's Checkpoints.Checkpoint160.
struct LineEntry {
    uint96 start;
    uint160 record;
}

/// @title A money line's list of (start → record), ascending by start
/// @notice Law L5, no position is spent twice or skipped, rests on two habits of every caller: the start is the
///         line's own end, and the record covers up to the next start.
library Line {
    /// @notice Appends `record` at `start`. An empty interval is not pushed: it would share its start with the
    ///         record that owns the position.
    /// @dev Starts only grow, because each is the end of a line that its record then lengthens by at least 1. So
    ///      nothing is compared here; the comparison in Checkpoints.push costs 3,000 bytes of code and a cold load
    ///      for each record.
    function append(LineEntry[] storage line, uint256 start, uint256 amount, uint256 record) internal {
        if (amount == 0) return;
        assembly ("memory-safe") {
            let length := sload(line.slot)
            sstore(line.slot, add(length, 1))
            mstore(0x00, line.slot)
            sstore(add(keccak256(0x00, 0x20), length), or(start, shl(96, record)))
        }
    }
}
