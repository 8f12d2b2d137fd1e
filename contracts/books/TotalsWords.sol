// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Totals} from "./Records.sol";

/// @title A programme's totals taken as words
/// @notice Six words of two 96-bit amounts each, as Records.sol lays them out.
library TotalsWords {
    uint256 private constant WORDS = 6;

    // Places in what {load} returns: the order of the fields.
    uint256 internal constant RESERVE_IN = 0;
    uint256 internal constant RESERVE_SPENT = 1;
    uint256 internal constant APPROVED_UNPAID = 2;
    uint256 internal constant FILED_UNDECIDED = 3;
    uint256 internal constant OPERATIONS_IN = 4;
    uint256 internal constant OPERATIONS_OUT = 5;
    uint256 internal constant MOVED_IN = 6;
    uint256 internal constant MOVED_OUT = 7;
    uint256 internal constant RECOVERED = 8;
    uint256 internal constant OPERATIONS_MOVED_IN = 9;
    uint256 internal constant OPERATIONS_MOVED_OUT = 10;

    /// @notice One amount.
    function read(Totals storage totals, uint256 place) internal view returns (uint256 amount) {
        assembly ("memory-safe") {
            amount := and(
                shr(mul(and(place, 1), 96), sload(add(totals.slot, shr(1, place)))),
                0xffffffffffffffffffffffff
            )
        }
    }

    /// @dev The sum fits 96 bits: a record that brings money in carries at most 2^64 - 1, and there are fewer than
    ///      2^32 of a kind. Only moves can carry more, back and forth between ended programmes; even at all the money
    ///      in the world (10^17 fen) it would take 7 * 10^11 of them.
    function grow(Totals storage totals, uint256 place, uint256 amount) internal {
        assembly ("memory-safe") {
            let slot := add(totals.slot, shr(1, place))
            sstore(slot, add(sload(slot), shl(mul(and(place, 1), 96), amount)))
        }
    }

    /// @dev Panics below 0 as checked arithmetic does.
    function shrink(Totals storage totals, uint256 place, uint256 amount) internal {
        assert(read(totals, place) >= amount);
        assembly ("memory-safe") {
            let slot := add(totals.slot, shr(1, place))
            sstore(slot, sub(sload(slot), shl(mul(and(place, 1), 96), amount)))
        }
    }

    /// @notice The amounts, in the order of the fields; the last place is spare.
    function load(Totals storage totals) internal view returns (uint256[12] memory amounts) {
        assembly ("memory-safe") {
            for {
                let i := 0
            } lt(i, WORDS) {
                i := add(i, 1)
            } {
                let word := sload(add(totals.slot, i))
                let place := add(amounts, shl(6, i))
                mstore(place, and(word, 0xffffffffffffffffffffffff))
                mstore(add(place, 0x20), and(shr(96, word), 0xffffffffffffffffffffffff))
            }
        }
    }

    function copy(Totals storage from, Totals storage to) internal {
        assembly ("memory-safe") {
            for {
                let i := 0
            } lt(i, WORDS) {
                i := add(i, 1)
            } {
                sstore(add(to.slot, i), sload(add(from.slot, i)))
            }
        }
    }
}
