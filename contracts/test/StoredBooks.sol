// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FindingState} from "../books/Codes.sol";
import {Flow} from "../books/Flow.sol";
import {
    BatchId,
    ClaimId,
    FindingId,
    FundId,
    MoveId,
    PayoutId,
    ProgrammeId,
    RecoveryId,
    RefundId
} from "../books/Ids.sol";
import {LedgerStorage} from "../books/LedgerStorage.sol";
import {LineEntry} from "../books/Line.sol";
import {
    Allocation,
    Books,
    Claim,
    Counters,
    Fund,
    Move,
    Payout,
    Period,
    Programme,
    Totals
} from "../books/Records.sol";
import {Share} from "../books/Share.sol";

/// @title The ledger's storage as the compiler lays it out
/// @notice This code is put in the ledger's place for the length of a question, so that laws are checked on what the
///         ledger stores and not on what the lens says of it.
contract StoredBooks {
    struct ProgrammeWord {
        ClaimId queueHead;
        ClaimId queueTail;
        uint32 lastQueueNumber;
        uint32 openClaims;
        uint32 declaredPeriods;
        uint32 currentPeriod;
        ProgrammeId fallbackTo;
    }

    /// @dev A record's piece of a line: it takes [start, start + amount).
    struct Piece {
        uint256 start;
        uint256 amount;
    }

    struct PeriodWords {
        uint256 cover;
        uint256 shares;
        uint256 paid;
        uint256 recovered;
    }

    function counters() external view returns (Counters memory) {
        return LedgerStorage.books().counters;
    }

    function fund(uint32 id) external view returns (uint96 donated, uint96 allocated) {
        Fund storage record = LedgerStorage.books().funds[FundId.wrap(id)];
        return (record.donated, record.allocated);
    }

    function totals(uint32 id) external view returns (Totals memory) {
        return _programme(id).totals;
    }

    function programme(uint32 id) external view returns (ProgrammeWord memory) {
        Programme storage record = _programme(id);
        return
            ProgrammeWord(
                record.queueHead,
                record.queueTail,
                record.lastQueueNumber,
                record.openClaims,
                record.declaredPeriods,
                record.currentPeriod,
                record.fallbackTo
            );
    }

    function period(uint32 id, uint32 number) external view returns (PeriodWords memory) {
        Period storage record = _programme(id).periods[number];
        return PeriodWords(record.cover, record.insurerShares, record.paid, record.recovered);
    }

    function atEnd(uint32 id, uint32 number) external view returns (Totals memory) {
        return _programme(id).periods[number].atEnd;
    }

    function committed(uint32 id, uint32 number, bytes32 person) external view returns (uint96) {
        return _programme(id).periods[number].committed[person];
    }

    function claim(uint32 id) external view returns (Claim memory) {
        return LedgerStorage.books().claims[ClaimId.wrap(id)];
    }

    function payout(
        uint32 id
    ) external view returns (ClaimId of_, PayoutId previous, uint96 start, uint96 amount, uint96 recovered) {
        Payout storage record = LedgerStorage.books().payouts[PayoutId.wrap(id)];
        return (record.claim, record.previous, record.reserveStart, record.amount, record.recovered);
    }

    function refunded(uint32 batch, uint32 index) external view returns (uint64) {
        return LedgerStorage.books().refunded[BatchId.wrap(batch)][index];
    }

    function covered(uint32 refund) external view returns (bool) {
        return LedgerStorage.books().covered[RefundId.wrap(refund)];
    }

    function finding(uint32 id) external view returns (FindingState) {
        return LedgerStorage.books().findings[FindingId.wrap(id)];
    }

    /// @notice The pieces of a fund's line, by batches or by allocations.
    function fundLine(uint32 id, bool ofBatches) external view returns (Piece[] memory pieces) {
        Books storage books = LedgerStorage.books();
        Fund storage record = books.funds[FundId.wrap(id)];
        LineEntry[] storage line = ofBatches ? record.batches : record.allocations;
        pieces = new Piece[](line.length);
        for (uint256 i = 0; i < pieces.length; i++) {
            uint256 piece = line[i].record;
            pieces[i] = Piece(
                line[i].start,
                ofBatches
                    ? books.batches[BatchId.wrap(uint32(piece))].sum
                    : books.allocations[uint32(piece)].amount
            );
        }
    }

    /// @notice The pieces of a programme's line: of its reserve or its operations, what came in or went out.
    function programmeLine(uint32 id, bool reserve, bool out) external view returns (Piece[] memory pieces) {
        Programme storage record = _programme(id);
        LineEntry[] storage line =
            reserve
                ? (out ? record.reserveOutflows : record.reserveInflows)
                : (out ? record.operationsOutflows : record.operationsInflows);
        pieces = new Piece[](line.length);
        for (uint256 i = 0; i < pieces.length; i++) {
            pieces[i] = Piece(line[i].start, _amountOf(line[i].record, reserve, out));
        }
    }

    /// @notice The pieces of a payout that came back.
    function payoutLine(uint32 id) external view returns (Piece[] memory pieces) {
        Books storage books = LedgerStorage.books();
        LineEntry[] storage line = books.payouts[PayoutId.wrap(id)].recoveries;
        pieces = new Piece[](line.length);
        for (uint256 i = 0; i < pieces.length; i++) {
            uint256 amount = books.recoveries[RecoveryId.wrap(uint32(line[i].record))].amount;
            pieces[i] = Piece(line[i].start, amount);
        }
    }

    function _amountOf(uint256 record, bool reserve, bool out) private view returns (uint256) {
        Books storage books = LedgerStorage.books();
        uint32 id = uint32(record);
        if (record - id == Flow.MOVE) {
            Move storage move = books.moves[MoveId.wrap(id)];
            return reserve ? move.reserveAmount : move.operationsAmount;
        }
        if (record - id == Flow.RECOVERY) return books.recoveries[RecoveryId.wrap(id)].amount;
        if (out) return reserve ? books.payouts[PayoutId.wrap(id)].amount : books.expenses[id].amount;
        Allocation storage allocation = books.allocations[id];
        uint256 end = uint256(allocation.fundStart) + allocation.amount;
        uint256 claims = Share.claimsIn(
            allocation.fundStart,
            end,
            books.funds[allocation.fund].claimsShareBps
        );
        return reserve ? claims : allocation.amount - claims;
    }

    function _programme(uint32 id) private view returns (Programme storage) {
        return LedgerStorage.books().programmes[ProgrammeId.wrap(id)];
    }
}
