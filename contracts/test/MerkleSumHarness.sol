// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MerkleSum} from "../donations/MerkleSum.sol";

/// @title The tree library, one function at a time, for its vectors
contract MerkleSumHarness {
    function summarize(bytes calldata leaves) external pure returns (uint256, uint256, bytes32) {
        return MerkleSum.summarize(leaves);
    }

    function climb(
        uint256 index,
        uint256 count,
        uint256 amount,
        bytes32 commitment,
        bytes calldata proof
    ) external pure returns (bool ok, bytes32 treeRoot, uint256 sum, uint256 leftSum) {
        return MerkleSum.climb(index, count, amount, commitment, proof);
    }

    function batchRoot(
        uint256 chainId,
        address ledger,
        uint256 fund,
        uint256 batch,
        uint256 startsAt,
        uint256 count,
        uint256 sum,
        bytes32 treeRoot
    ) external pure returns (bytes32) {
        return MerkleSum.batchRoot(chainId, ledger, fund, batch, startsAt, count, sum, treeRoot);
    }
}
