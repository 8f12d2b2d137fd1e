// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Donations in wire form and their proofs, built the plain way
library WireLeaves {
    struct Node {
        bytes32 hash;
        uint64 sum;
    }

    function count(bytes memory leaves) internal pure returns (uint32) {
        return uint32(leaves.length / 40);
    }

    function leafAt(
        bytes memory leaves,
        uint256 index
    ) internal pure returns (uint64 amount, bytes32 commitment) {
        assembly ("memory-safe") {
            let from := add(add(leaves, 0x20), mul(index, 40))
            amount := shr(192, mload(from))
            commitment := mload(add(from, 8))
        }
    }

    /// @return proof The siblings of leaf `index`, lowest first: hash ‖ sum u64 each.
    function proofOf(bytes memory leaves, uint256 index) internal pure returns (bytes memory proof) {
        Node[] memory level = new Node[](count(leaves));
        for (uint32 i = 0; i < level.length; i++) {
            (uint64 amount, bytes32 commitment) = leafAt(leaves, i);
            level[i] = Node(keccak256(abi.encodePacked(uint8(0), i, amount, commitment)), amount);
        }
        while (level.length > 1) {
            if ((index ^ 1) < level.length) {
                Node memory sibling = level[index ^ 1];
                proof = abi.encodePacked(proof, sibling.hash, sibling.sum);
            }
            level = _above(level);
            index /= 2;
        }
    }

    function _above(Node[] memory level) private pure returns (Node[] memory above) {
        above = new Node[]((level.length + 1) / 2);
        for (uint256 i = 0; i < above.length; i++) {
            Node memory left = level[2 * i];
            if (2 * i + 1 == level.length) {
                above[i] = left;
            } else {
                Node memory right = level[2 * i + 1];
                bytes32 hash = keccak256(
                    abi.encodePacked(uint8(1), left.hash, left.sum, right.hash, right.sum)
                );
                above[i] = Node(hash, left.sum + right.sum);
            }
        }
    }
}
