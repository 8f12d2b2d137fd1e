// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ActorId, BatchId, FundId, RefundId} from "../books/Ids.sol";

/// @title Refunds: the foundation repays a donor and takes the donor's place
/// @notice No line changes. The repaid positions, the whole gift or the back of the part still the donor's, keep
///         their place and history; their owner is the foundation from now on, and nobody else's trace moves.
/// @notice Until the foundation's own inbound payment is confirmed by the provider that received it, the money is
///         owed by the foundation.
interface IRefunds {
    /// @param start First fund position that changes its owner; up to start + amount.
    /// @param paymentReference Salted commitment to the repayment's number.
    event DonationRefunded(
        RefundId indexed refund,
        BatchId indexed batch,
        uint32 indexed index,
        FundId fund,
        uint256 start,
        uint256 amount,
        bytes32 paymentReference,
        ActorId treasurer,
        bytes32 operation
    );

    /// @param paymentReference Salted commitment to the number of the foundation's own payment.
    event RefundCovered(
        RefundId indexed refund,
        bytes32 indexed channel,
        bytes32 paymentReference,
        ActorId provider
    );

    error UnknownBatch(BatchId batch);
    error UnknownRefund(RefundId refund);
    /// @notice The proof does not lead from this leaf to the batch's root.
    error DonationNotProven(BatchId batch, uint32 index);
    /// @notice Less than that is still the donor's.
    error RefundTooLarge(uint256 left, uint256 amount);
    error RefundAlreadyCovered(RefundId refund);

    /// @notice Records a repayment to a donor. Emits a {DonationRefunded} event.
    /// @param leafAmount The whole donation. @param amount What of it was repaid.
    /// @param proof 40 bytes a sibling, lowest first: hash ‖ sum u64.
    /// Requirements:
    /// - not paused; the caller is a registered actor with the treasurer role;
    /// - `operation` is not zero and has not landed before; `paymentReference` is not zero;
    /// - the batch exists, and the proof leads from the leaf to its root;
    /// - `amount` is at least 1 and not more than is still the donor's.
    function refundDonation(
        bytes32 operation,
        BatchId batch,
        uint32 index,
        uint256 leafAmount,
        bytes32 commitment,
        bytes calldata proof,
        uint256 amount,
        bytes32 paymentReference
    ) external returns (RefundId refund);

    /// @notice Records that the foundation's own payment for a refund came in. Emits a {RefundCovered} event.
    /// Requirements:
    /// - not paused; the caller is a registered actor with the provider role of `channel`;
    /// - the refund exists and is not covered yet; `paymentReference` is not zero.
    function coverRefund(RefundId refund, bytes32 channel, bytes32 paymentReference) external;
}
