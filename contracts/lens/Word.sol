// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Fields of a packed storage word, counted in bits from the low end
library Word {
    function u8(bytes32 word, uint256 shift) internal pure returns (uint8) {
        return uint8(uint256(word) >> shift);
    }

    function u16(bytes32 word, uint256 shift) internal pure returns (uint16) {
        return uint16(uint256(word) >> shift);
    }

    function u32(bytes32 word, uint256 shift) internal pure returns (uint32) {
        return uint32(uint256(word) >> shift);
    }

    function u40(bytes32 word, uint256 shift) internal pure returns (uint40) {
        return uint40(uint256(word) >> shift);
    }

    function u64(bytes32 word, uint256 shift) internal pure returns (uint64) {
        return uint64(uint256(word) >> shift);
    }

    function u96(bytes32 word, uint256 shift) internal pure returns (uint96) {
        return uint96(uint256(word) >> shift);
    }

    function b3(bytes32 word, uint256 shift) internal pure returns (bytes3) {
        return bytes3(uint24(uint256(word) >> shift));
    }
}
