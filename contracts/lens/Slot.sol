// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LineEntry} from "../books/Line.sol";
import {
    Allocation,
    Batch,
    Books,
    Claim,
    Expense,
    Fund,
    Move,
    Payout,
    Period,
    Programme,
    Recovery,
    Roster
} from "../books/Records.sol";

/// @title The slot that the compiler gave a record; nothing is read
library Slot {
    function ref(Books storage record) internal pure returns (bytes32 slot) {
        assembly ("memory-safe") {
            slot := record.slot
        }
    }

    function ref(Fund storage record) internal pure returns (bytes32 slot) {
        assembly ("memory-safe") {
            slot := record.slot
        }
    }

    function ref(Batch storage record) internal pure returns (bytes32 slot) {
        assembly ("memory-safe") {
            slot := record.slot
        }
    }

    function ref(Programme storage record) internal pure returns (bytes32 slot) {
        assembly ("memory-safe") {
            slot := record.slot
        }
    }

    function ref(Period storage record) internal pure returns (bytes32 slot) {
        assembly ("memory-safe") {
            slot := record.slot
        }
    }

    function ref(Allocation storage record) internal pure returns (bytes32 slot) {
        assembly ("memory-safe") {
            slot := record.slot
        }
    }

    function ref(Expense storage record) internal pure returns (bytes32 slot) {
        assembly ("memory-safe") {
            slot := record.slot
        }
    }

    function ref(Claim storage record) internal pure returns (bytes32 slot) {
        assembly ("memory-safe") {
            slot := record.slot
        }
    }

    function ref(Payout storage record) internal pure returns (bytes32 slot) {
        assembly ("memory-safe") {
            slot := record.slot
        }
    }

    function ref(Roster storage record) internal pure returns (bytes32 slot) {
        assembly ("memory-safe") {
            slot := record.slot
        }
    }

    function ref(Recovery storage record) internal pure returns (bytes32 slot) {
        assembly ("memory-safe") {
            slot := record.slot
        }
    }

    function ref(Move storage record) internal pure returns (bytes32 slot) {
        assembly ("memory-safe") {
            slot := record.slot
        }
    }

    function ref(LineEntry[] storage record) internal pure returns (bytes32 slot) {
        assembly ("memory-safe") {
            slot := record.slot
        }
    }

    /// @notice The slot of a mapping's entry, for a key of one word.
    function entry(bytes32 mappingSlot, bytes32 key) internal pure returns (bytes32 slot) {
        assembly ("memory-safe") {
            mstore(0x00, key)
            mstore(0x20, mappingSlot)
            slot := keccak256(0x00, 0x40)
        }
    }
}
