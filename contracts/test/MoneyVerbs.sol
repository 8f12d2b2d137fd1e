// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAllocations} from "../allocations/IAllocations.sol";
import {IBooks} from "../books/IBooks.sol";
import {ExpenseKind} from "../books/Codes.sol";
import {BatchId, FundId, ProgrammeId, RefundId} from "../books/Ids.sol";
import {IProgrammes} from "../programmes/IProgrammes.sol";
import {IRefunds} from "../refunds/IRefunds.sol";
import {GhostFund, GhostProgramme} from "./Ghosts.sol";
import {HandlerBase} from "./HandlerBase.sol";
import {WireLeaves} from "./WireLeaves.sol";

/// @title Gifts, allocations, expenses and refunds
abstract contract MoneyVerbs is HandlerBase {
    using WireLeaves for bytes;

    uint32 private constant DAY = 20_300_101;
    uint256 public refunds;
    mapping(uint256 batch => mapping(uint256 index => uint256)) public refundedOf;
    mapping(uint256 refund => bool) public covered;

    function record(uint256 to, uint256 count, uint256 seed) external now_ {
        to = _pick(to, FUNDS);
        bytes memory leaves;
        uint256 sum;
        uint256 first = uint256(_digest()) >> 8;
        for (uint256 i = 0; i < _pick(count, 5); i++) {
            uint64 amount = uint64(_pick(uint256(keccak256(abi.encode(seed, i))), 1000));
            leaves = abi.encodePacked(leaves, amount, first + i);
            sum += amount;
        }
        // One in eight comes for another position than the line's end.
        uint256 startsAt = _funds[to].donated + (seed % 8 == 0 ? 1 : 0);
        bytes32 operation = keccak256(abi.encodePacked(uint32(to), CHANNEL, DAY, leaves));
        bytes memory answer = _attempt(
            RECORDER,
            abi.encodeCall(
                LEDGER.recordDonations,
                (operation, FundId.wrap(uint32(to)), CHANNEL, DAY, startsAt, leaves)
            ),
            seed % 8 == 0 ? IBooks.StalePosition.selector : bytes4(0)
        );
        if (answer.length == 0) return;
        _requireNext(answer, ++batches);
        leavesOf[batches] = leaves;
        _funds[to].donated += sum;
    }

    function allocate(uint256 from, uint256 to, uint256 amount, bool all) external now_ {
        from = _pick(from, FUNDS);
        to = _pick(to, PROGRAMMES);
        GhostFund storage source = _funds[from];
        uint256 left = source.donated - source.allocated;
        if (left == 0) amount = 1;
        else amount = all ? left : _pick(amount, left);
        bytes4 refusal;
        // Restricted money goes to its programme, and to the fallback once that is in run-off.
        bool late = to == 2 && inRunOff(1);
        if (from == 4 && to != 1 && !late) refusal = IAllocations.FundRestricted.selector;
        else if (inRunOff(to)) refusal = IProgrammes.InRunOff.selector;
        else if (left == 0) refusal = IAllocations.UnallocatedTooSmall.selector;
        bytes memory answer = _attempt(
            TREASURER,
            abi.encodeCall(
                LEDGER.allocatePremium,
                (_digest(), FundId.wrap(uint32(from)), ProgrammeId.wrap(uint32(to)), source.allocated, amount)
            ),
            refusal
        );
        if (answer.length == 0) return;
        uint256 claimsAmount =
            ((source.allocated + amount) * _bps(from)) / 10_000 - (source.allocated * _bps(from)) / 10_000;
        source.allocated += amount;
        source.claims += claimsAmount;
        _programmes[to].reserveIn += claimsAmount;
        _programmes[to].operationsIn += amount - claimsAmount;
        _flow(to).allocated += claimsAmount;
        _flow(to).operationsIn += amount - claimsAmount;
        if (from == 4 && to == 1) _programmes[1].fallbackTo = 2;
    }

    function spend(uint256 id, uint256 amount) external now_ {
        id = _pick(id, PROGRAMMES);
        amount = _pick(amount, 300);
        _attempt(TREASURER, _expense(id, _programmes[id].operationsOut, amount), 0);
        _spent(id, amount);
    }

    /// @notice Two expenses in one transaction; where the second is stale, neither lands.
    function spendTogether(uint256 id, uint256 amount, bool stale) external now_ {
        id = _pick(id, PROGRAMMES);
        amount = _pick(amount, 300);
        uint256 startsAt = _programmes[id].operationsOut;
        bytes[] memory calls = new bytes[](2);
        calls[0] = _expense(id, startsAt, amount);
        calls[1] = _expense(id, stale ? startsAt : startsAt + amount, 1);
        bytes memory answer = _attempt(
            TREASURER,
            abi.encodeCall(LEDGER.multicall, (calls)),
            stale ? IBooks.StalePosition.selector : bytes4(0)
        );
        if (answer.length != 0) _spent(id, amount + 1);
    }

    function refund(uint256 batch, uint256 index, uint256 amount, bool tooMuch) external now_ {
        if (batches == 0) return;
        batch = _pick(batch, batches);
        bytes memory leaves = leavesOf[batch];
        index %= leaves.count();
        (uint64 whole, bytes32 commitment) = leaves.leafAt(index);
        uint256 left = whole - refundedOf[batch][index];
        amount = tooMuch || left == 0 ? left + 1 : _pick(amount, left);
        bytes memory call = abi.encodeCall(
            LEDGER.refundDonation,
            (
                _digest(),
                BatchId.wrap(uint32(batch)),
                uint32(index),
                whole,
                commitment,
                leaves.proofOf(index),
                amount,
                _digest()
            )
        );
        bytes memory answer = _attempt(
            TREASURER,
            call,
            amount > left ? IRefunds.RefundTooLarge.selector : bytes4(0)
        );
        if (answer.length == 0) return;
        _requireNext(answer, ++refunds);
        refundedOf[batch][index] += amount;
    }

    function cover(uint256 id) external now_ {
        id = _pick(id, refunds + 1);
        bytes4 refusal;
        if (id > refunds) refusal = IRefunds.UnknownRefund.selector;
        else if (covered[id]) refusal = IRefunds.RefundAlreadyCovered.selector;
        _attempt(
            PROVIDER,
            abi.encodeCall(LEDGER.coverRefund, (RefundId.wrap(uint32(id)), CHANNEL, _digest())),
            refusal
        );
        if (refusal == 0) covered[id] = true;
    }

    /// @dev The claims shares of the funds, as the handler opens them.
    function _bps(uint256 id) internal pure returns (uint16) {
        return [uint16(0), 0, 3333, 9000, 10_000][id];
    }

    function _expense(uint256 id, uint256 startsAt, uint256 amount) internal returns (bytes memory) {
        return
            abi.encodeCall(
                LEDGER.recordExpense,
                (_digest(), ProgrammeId.wrap(uint32(id)), ExpenseKind.Other, startsAt, amount, _digest())
            );
    }

    function _spent(uint256 id, uint256 amount) private {
        GhostProgramme storage ghost = _programmes[id];
        ghost.operationsOut += amount;
        _flow(id).expenses += amount;
    }
}
