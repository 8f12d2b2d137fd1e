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
    function append(LineEntry[] storage line, uint96 start, uint256 amount, uint32 record) internal {
        if (amount != 0) line.push(LineEntry(start, record));
    }
}
