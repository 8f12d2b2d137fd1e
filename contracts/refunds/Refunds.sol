// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Roles} from "../access/Roles.sol";
import {RecordKind} from "../books/Codes.sol";
import {ActorId, BatchId, RefundId} from "../books/Ids.sol";
import {LedgerStorage} from "../books/LedgerStorage.sol";
import {Batch, Books} from "../books/Records.sol";
import {Funds} from "../funds/Funds.sol";
import {MerkleSum} from "../donations/MerkleSum.sol";
import {IRefunds} from "./IRefunds.sol";

abstract contract Refunds is IRefunds, Funds {
    /// @inheritdoc IRefunds
    function refundDonation(
        bytes32 operation,
        BatchId batchId,
        uint32 index,
        uint256 leafAmount,
        bytes32 commitment,
        bytes calldata proof,
        uint256 amount,
        bytes32 paymentReference
    ) external returns (RefundId id) {
        ActorId treasurer = _actingAs(Roles.TREASURER);
        _landOnce(operation);
        Books storage books = LedgerStorage.books();
        Batch storage batch = books.batches[batchId];
        if (batch.count == 0) revert UnknownBatch(batchId);
        uint256 start = batch.startsAt + _proven(batchId, batch, index, leafAmount, commitment, proof);
        _requireAmount(amount);
        uint256 refunded = books.refunded[batchId][index];
        if (amount > leafAmount - refunded) revert RefundTooLarge(leafAmount - refunded, amount);
        _requireDigest(paymentReference);

        books.refunded[batchId][index] = uint64(refunded + amount);
        // The back of what is still the donor's.
        start += leafAmount - refunded - amount;
        id = RefundId.wrap(_nextId(RecordKind.Refund));
        emit DonationRefunded(
            id,
            batchId,
            index,
            batch.fund,
            start,
            amount,
            paymentReference,
            treasurer,
            operation
        );
    }

    /// @inheritdoc IRefunds
    function coverRefund(RefundId id, bytes32 channel, bytes32 paymentReference) external {
        ActorId provider = _actingFor(Roles.PROVIDER, channel);
        Books storage books = LedgerStorage.books();
        uint32 number = RefundId.unwrap(id);
        if (number == 0 || number > _lastId(RecordKind.Refund)) revert UnknownRefund(id);
        if (books.covered[id]) revert RefundAlreadyCovered(id);
        _requireDigest(paymentReference);
        books.covered[id] = true;
        emit RefundCovered(id, channel, paymentReference, provider);
    }

    /// @return leftSum The amounts before the leaf in its batch.
    function _proven(
        BatchId batchId,
        Batch storage batch,
        uint32 index,
        uint256 leafAmount,
        bytes32 commitment,
        bytes calldata proof
    ) private view returns (uint256 leftSum) {
        uint256 count = batch.count;
        bool proven;
        bytes32 treeRoot;
        uint256 sum;
        (proven, treeRoot, sum, leftSum) = MerkleSum.climb(index, count, leafAmount, commitment, proof);
        bytes32 root = _batchRoot(batch.fund, batchId, batch.startsAt, count, sum, treeRoot);
        if (!proven || root != batch.root) revert DonationNotProven(batchId, index);
    }
}
