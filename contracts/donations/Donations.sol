// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Roles} from "../access/Roles.sol";
import {RecordKind} from "../books/Codes.sol";
import {ActorId, BatchId, FundId} from "../books/Ids.sol";
import {LedgerStorage} from "../books/LedgerStorage.sol";
import {Line, LineEntry} from "../books/Line.sol";
import {Batch, Books, Fund} from "../books/Records.sol";
import {Funds} from "../funds/Funds.sol";
import {IDonations} from "./IDonations.sol";
import {MerkleSum} from "./MerkleSum.sol";

abstract contract Donations is IDonations, Funds {
    using Line for LineEntry[];

    /// @inheritdoc IDonations
    function registerChannel(bytes32 channel) external whenNotPaused onlyRole(DEFAULT_ADMIN_ROLE) {
        _requireChannelId(channel);
        mapping(bytes32 channel => bool) storage channels = LedgerStorage.books().channels;
        if (channels[channel]) revert ChannelAlreadyRegistered(channel);
        channels[channel] = true;
        emit ChannelRegistered(channel);
    }

    /// @inheritdoc IDonations
    function recordDonations(
        bytes32 operation,
        FundId fundId,
        bytes32 channel,
        uint32 day,
        uint256 startsAt,
        bytes calldata leaves
    ) external returns (BatchId id) {
        ActorId recorder = _actingAs(Roles.RECORDER);
        bytes32 expected = MerkleSum.operationOf(FundId.unwrap(fundId), channel, day, leaves);
        if (operation != expected) revert OperationMismatch(expected, operation);
        _landOnce(operation);
        Books storage books = LedgerStorage.books();
        Fund storage fund = _fund(fundId);
        if (!books.channels[channel]) revert UnknownChannel(channel);
        _requireDay(day);
        _requirePosition(fund.donated, startsAt);
        (uint256 count, uint256 sum, bytes32 treeRoot) = MerkleSum.summarize(leaves);

        id = BatchId.wrap(_nextId(RecordKind.Batch));
        bytes32 root = _batchRoot(fundId, id, startsAt, count, sum, treeRoot);
        Batch storage batch = books.batches[id];
        batch.startsAt = uint96(startsAt);
        batch.sum = uint64(sum);
        batch.count = uint32(count);
        batch.fund = fundId;
        batch.day = day;
        batch.root = root;
        fund.batches.append(startsAt, sum, BatchId.unwrap(id));
        fund.donated = uint96(startsAt + sum);
        emit BatchRecorded(id, fundId, channel, day, startsAt, count, sum, root, recorder, operation, leaves);
    }

    function _requireChannelId(bytes32 channel) private pure {
        uint256 rest = uint256(channel);
        // The last byte must be free: at most 31 characters, at least one.
        bool wellFormed = rest != 0 && uint8(rest) == 0;
        while (wellFormed && rest != 0) {
            uint256 char = rest >> 248;
            bool letter = char >= 0x61 && char <= 0x7a;
            bool digit = char >= 0x30 && char <= 0x39;
            wellFormed = letter || digit || char == 0x2d;
            rest <<= 8;
        }
        if (!wellFormed) revert InvalidChannel(channel);
    }
}
