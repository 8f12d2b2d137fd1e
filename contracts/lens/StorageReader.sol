// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LineEntry} from "../books/Line.sol";
import {Ledger} from "../Ledger.sol";
import {Slot} from "./Slot.sol";
import {Word} from "./Word.sol";

/// @title The ledger's storage, word by word, read from outside
abstract contract StorageReader {
    using Word for bytes32;

    Ledger internal immutable LEDGER;

    constructor(Ledger ledger_) {
        LEDGER = ledger_;
    }

    function _words(bytes32 slot, uint256 count) internal view returns (bytes32[] memory) {
        return LEDGER.extsload(slot, count);
    }

    function _word(bytes32 slot) internal view returns (bytes32) {
        return _words(slot, 1)[0];
    }

    /// @notice The record that owns `position`, with its tag: the last entry of the line that starts at or before it.
    /// @dev An entry is one word (start 96, record 160), ascending by start; binary search, one word a probe.
    function _recordAt(LineEntry[] storage line, uint256 position) internal view returns (uint160 record) {
        bytes32 slot = Slot.ref(line);
        uint256 high = uint256(_word(slot));
        uint256 first = uint256(keccak256(abi.encode(slot)));
        uint256 low = 0;
        while (low < high) {
            uint256 middle = (low + high) / 2;
            if (_word(bytes32(first + middle)).u96(0) > position) high = middle;
            else low = middle + 1;
        }
        // Callers ask only for positions before the line's end, so there is an entry; a forged cursor may not.
        assert(high != 0);
        return uint160(uint256(_word(bytes32(first + high - 1))) >> 96);
    }
}
