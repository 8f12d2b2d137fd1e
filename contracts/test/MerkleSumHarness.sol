// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MerkleSum} from "../donations/MerkleSum.sol";

/// @title The tree library, one function at a time, for its vectors
contract MerkleSumHarness {
    function summarize(bytes calldata leaves) external pure returns (uint32, uint64, bytes32) {
        MerkleSum.Summary memory summary = MerkleSum.summarize(leaves);
        return (summary.count, summary.sum, summary.treeRoot);
    }

    function climb(
        uint32 index,
        uint32 count,
        uint64 amount,
        bytes32 commitment,
        bytes calldata proof
    ) external pure returns (bool ok, bytes32 treeRoot, uint64 sum, uint64 leftSum) {
        return MerkleSum.climb(index, count, amount, commitment, proof);
    }

    function batchRoot(
        uint256 chainId,
        address ledger,
        uint32 fund,
        uint32 batch,
        uint96 startsAt,
        uint32 count,
        uint64 sum,
        bytes32 treeRoot
    ) external pure returns (bytes32) {
        MerkleSum.Summary memory summary = MerkleSum.Summary(count, sum, treeRoot);
        return MerkleSum.batchRoot(chainId, ledger, fund, batch, startsAt, summary);
    }

    /// @notice As the ledger calls it: this chain, this contract.
    function batchRootHere(
        uint32 fund,
        uint32 batch,
        uint96 startsAt,
        uint32 count,
        uint64 sum,
        bytes32 treeRoot
    ) external view returns (bytes32) {
        return MerkleSum.batchRoot(fund, batch, startsAt, MerkleSum.Summary(count, sum, treeRoot));
    }
}
