// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

/// @title A money line's list of (start → record)
/// @notice Law L5, no position is spent twice or skipped, rests on two habits of every caller: the start is the
///         line's own end, and the record covers up to the next start.
library Line {
    /// @notice Appends `record` at `start`. An empty interval is not pushed: it would share its key with the record
    ///         that owns the position.
    /// @dev Writes the array of {Checkpoints} itself instead of calling its push: starts only grow, because each
    ///      is the end of a line that the record then lengthens by at least 1, so push's comparison with the last
    ///      key cannot fail. It would cost 3,000 bytes of code and a cold load per record. Reads use the library.
    function append(Checkpoints.Trace160 storage line, uint96 start, uint256 amount, uint32 record) internal {
        if (amount != 0) line._checkpoints.push(Checkpoints.Checkpoint160(start, record));
    }
}
