// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Merkle-sum trees of donation batches
/// @notice The tree has the shape of RFC 6962: pairs are joined level by level and an odd last node moves up
///         unchanged. leaf = keccak256(0x00 ‖ index u32 ‖ amount u64 ‖ commitment), node = keccak256(0x01 ‖ left ‖
///         left sum u64 ‖ right ‖ right sum u64). Sums are bound by the hashes and never wrap.
library MerkleSum {
    uint256 internal constant LEAF_BYTES = 40;
    uint256 internal constant MAX_LEAVES = 3_000;
    uint8 internal constant VERSION = 1;

    error EmptyBatch();
    error TooManyLeaves(uint256 limit, uint256 actual);
    /// @notice The leaves are not a whole number of 40-byte records.
    error TruncatedLeaves(uint256 lengthBytes);
    error ZeroLeafAmount(uint256 index);
    /// @notice The commitment at `index` is not greater than the one before it.
    error UnsortedCommitment(uint256 index);
    error SumOverflow(uint256 sum);

    /// @notice Count, sum and tree root of `leaves` in wire form.
    function summarize(
        bytes calldata leaves
    ) internal pure returns (uint256 count, uint256 sum, bytes32 treeRoot) {
        count = leaves.length / LEAF_BYTES;
        if (leaves.length == 0) revert EmptyBatch();
        if (leaves.length % LEAF_BYTES != 0) revert TruncatedLeaves(leaves.length);
        if (count > MAX_LEAVES) revert TooManyLeaves(MAX_LEAVES, count);

        (treeRoot, sum) = _build(leaves, count);
        // Every partial sum is at most the whole, so one check covers the tree.
        if (sum > type(uint64).max) revert SumOverflow(sum);
    }

    /// @notice The id under which a batch lands once: keccak256(fund u32 ‖ channel ‖ day u32 ‖ leaves).
    function operationOf(
        uint32 fund,
        bytes32 channel,
        uint32 day,
        bytes calldata leaves
    ) internal pure returns (bytes32 operation) {
        assembly ("memory-safe") {
            let scratch := mload(0x40)
            mstore(scratch, shl(224, fund))
            mstore(add(scratch, 4), channel)
            mstore(add(scratch, 36), shl(224, day))
            calldatacopy(add(scratch, 40), leaves.offset, leaves.length)
            operation := keccak256(scratch, add(leaves.length, 40))
        }
    }

    /// @notice What a batch's record stores: the tree root bound to chain, ledger, place and length.
    /// @dev 0x02 ‖ version u8 ‖ chain id u64 ‖ ledger 20 ‖ fund u32 ‖ batch u32 ‖ startsAt u96 ‖ count u32 ‖ sum u64 ‖
    ///      tree root: 94 bytes. The first 30 and the next 32 make two words, written from their right ends.
    function batchRoot(
        uint256 chainId,
        address ledger,
        uint256 fund,
        uint256 batch,
        uint256 startsAt,
        uint256 count,
        uint256 sum,
        bytes32 treeRoot
    ) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encodePacked(
                    uint240((0x02 << 232) | (uint256(VERSION) << 224) | (chainId << 160) | uint160(ledger)),
                    (fund << 224) | (batch << 192) | (startsAt << 96) | (count << 64) | sum,
                    treeRoot
                )
            );
    }

    /// @notice Climbs from a leaf to the root.
    /// @param proof 40 bytes a sibling, lowest first: hash ‖ sum u64. Directions and number come from
    ///        (index, count), never from the prover.
    /// @return ok False where index, length or a sum is impossible; the other values are then zero.
    /// @return hash The root that this leaf and these siblings lead to.
    /// @return sum The sum at that root.
    /// @return leftSum What stands before the leaf: its position relative to the batch's start.
    function climb(
        uint256 index,
        uint256 count,
        uint256 amount,
        bytes32 commitment,
        bytes calldata proof
    ) internal pure returns (bool ok, bytes32 hash, uint256 sum, uint256 leftSum) {
        if (index >= count || amount == 0) return (false, 0, 0, 0);
        assembly ("memory-safe") {
            let scratch := mload(0x40)
            mstore8(scratch, 0)
            mstore(add(scratch, 1), shl(224, index))
            mstore(add(scratch, 5), shl(192, amount))
            mstore(add(scratch, 13), commitment)
            hash := keccak256(scratch, 45)
            mstore8(scratch, 1)
            sum := amount
            let from := proof.offset
            let end := add(from, proof.length)
            ok := 1
            for {
                let width := count
            } gt(width, 1) {
                width := shr(1, add(width, 1))
                index := shr(1, index)
            } {
                let isRight := and(index, 1)
                // An odd last node has no sibling and moves up.
                if iszero(or(isRight, lt(add(index, 1), width))) {
                    continue
                }
                // A proof that is too short ends the climb below: `from` passes the end.
                let sibling := calldataload(from)
                let siblingSum := shr(192, calldataload(add(from, 32)))
                from := add(from, 40)
                // By arithmetic, not by branches: the left node first, since the word of its sum reaches into the
                // right one's place.
                let exchange := mul(isRight, xor(hash, sibling))
                let exchangeSum := mul(isRight, xor(sum, siblingSum))
                mstore(add(scratch, 1), xor(hash, exchange))
                mstore(add(scratch, 33), shl(192, xor(sum, exchangeSum)))
                mstore(add(scratch, 41), xor(sibling, exchange))
                mstore(add(scratch, 73), shl(192, xor(siblingSum, exchangeSum)))
                leftSum := add(leftSum, mul(isRight, siblingSum))
                hash := keccak256(scratch, 81)
                sum := add(sum, siblingSum)
                if or(shr(64, sum), gt(from, end)) {
                    ok := 0
                    break
                }
            }
            // A leaf that is alone went through no loop: its amount has to fit as well, since its hash keeps only the
            // low 64 bits.
            if or(shr(64, sum), xor(from, end)) {
                ok := 0
            }
        }
        if (!ok) return (false, 0, 0, 0);
    }

    /// @dev Hashes the leaves and joins level by level in place; a node is 64 bytes: hash, sum. All of it lives
    ///      behind the free memory pointer and is given up at once: memory is paid by the square of its size.
    function _build(bytes calldata leaves, uint256 count) private pure returns (bytes32 root, uint256 sum) {
        uint256 bad = type(uint256).max;
        bool zero;
        assembly ("memory-safe") {
            let nodes := mload(0x40)
            let scratch := add(nodes, shl(6, count))
            mstore8(scratch, 0)
            let previous := 0
            let from := leaves.offset
            let node := nodes
            for {
                let i := 0
            } lt(i, count) {
                i := add(i, 1)
            } {
                mstore(add(scratch, 1), shl(224, i))
                calldatacopy(add(scratch, 5), from, 40)
                let amount := shr(192, mload(add(scratch, 5)))
                let commitment := mload(add(scratch, 13))
                // The first commitment may be any value, zero included.
                if or(iszero(amount), and(gt(i, 0), iszero(gt(commitment, previous)))) {
                    bad := i
                    zero := iszero(amount)
                    break
                }
                mstore(node, keccak256(scratch, 45))
                mstore(add(node, 0x20), amount)
                sum := add(sum, amount)
                previous := commitment
                from := add(from, 40)
                node := add(node, 0x40)
            }
            mstore8(scratch, 1)
            for {
                let width := count
            } gt(width, 1) {
                width := shr(1, add(width, 1))
            } {
                let pair := nodes
                let up := nodes
                let last := add(nodes, shl(7, shr(1, width)))
                for {} lt(pair, last) {} {
                    let leftSum := mload(add(pair, 0x20))
                    let rightSum := mload(add(pair, 0x60))
                    mstore(add(scratch, 1), mload(pair))
                    mstore(add(scratch, 33), shl(192, leftSum))
                    mstore(add(scratch, 41), mload(add(pair, 0x40)))
                    mstore(add(scratch, 73), shl(192, rightSum))
                    mstore(up, keccak256(scratch, 81))
                    mstore(add(up, 0x20), add(leftSum, rightSum))
                    pair := add(pair, 0x80)
                    up := add(up, 0x40)
                }
                if and(width, 1) {
                    mstore(up, mload(last))
                    mstore(add(up, 0x20), mload(add(last, 0x20)))
                }
            }
            root := mload(nodes)
        }
        if (bad != type(uint256).max) {
            if (zero) revert ZeroLeafAmount(bad);
            revert UnsortedCommitment(bad);
        }
    }
}
