// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ActorId, BatchId, FundId} from "../books/Ids.sol";

/// @title Donations, recorded in batches
/// @notice One batch is one fund, channel and settlement day. A donation is a leaf: amount and salted commitment.
///         Leaves stand in the event, so anyone can rebuild the tree; the ledger computes count, sum and
///         Merkle-sum root itself and believes no one. A donation's positions on the fund line follow from its
///         batch's start and the amounts before it.
interface IDonations {
    /// @notice `channel` may be named by batches from now on.
    event ChannelRegistered(bytes32 indexed channel);

    /// @param day Settlement day in Asia/Shanghai, YYYYMMDD.
    /// @param startsAt First position on the fund line.
    /// @param root keccak256(0x02 ‖ version ‖ chain id ‖ ledger ‖ fund ‖ batch ‖ startsAt ‖ count ‖ sum ‖ tree root).
    /// @param leaves amount u64 ‖ commitment 32 for each, ascending by commitment.
    event BatchRecorded(
        BatchId indexed batch,
        FundId indexed fund,
        bytes32 indexed channel,
        uint32 day,
        uint256 startsAt,
        uint256 count,
        uint256 sum,
        bytes32 root,
        ActorId recorder,
        bytes32 operation,
        bytes leaves
    );

    /// @notice A channel id is 1 to 31 characters of a-z, 0-9 and hyphen, padded with zeros on the right.
    error InvalidChannel(bytes32 channel);
    error ChannelAlreadyRegistered(bytes32 channel);
    error UnknownChannel(bytes32 channel);
    /// @notice `operation` must be keccak256(fund u32 ‖ channel ‖ day u32 ‖ leaves).
    error OperationMismatch(bytes32 expected, bytes32 actual);

    /// @notice Registers a channel. Emits a {ChannelRegistered} event.
    /// Requirements:
    /// - the caller is the default admin;
    /// - `channel` is a well-formed id;
    /// - `channel` is not registered yet.
    function registerChannel(bytes32 channel) external;

    /// @notice Records a batch at the end of the fund's line. Emits a {BatchRecorded} event.
    /// Requirements:
    /// - not paused; the caller is a registered actor with the recorder role;
    /// - `operation` is the digest of the content and has not landed before;
    /// - `fund` exists; `channel` is registered; `day` is a day;
    /// - `startsAt` is the end of the fund's line;
    /// - 1 to 3000 leaves of 40 bytes, none of amount 0, strictly ascending by commitment;
    /// - the sum fits 64 bits.
    function recordDonations(
        bytes32 operation,
        FundId fund,
        bytes32 channel,
        uint32 day,
        uint256 startsAt,
        bytes calldata leaves
    ) external returns (BatchId batch);
}
