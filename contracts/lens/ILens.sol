// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ProgrammeKind} from "../books/Codes.sol";
import {BatchId, ClaimId, FundId, PayoutId, PeriodNumber, ProgrammeId} from "../books/Ids.sol";
import {Allocation, Batch, Claim, Counters, Expense, Totals} from "../books/Records.sol";
import {IProgrammes} from "../programmes/IProgrammes.sol";

/// @title Reading the books by eth_call
/// @notice Read-only: the lens holds no state and no rights. Anyone may deploy another one beside a ledger.
///         It answers for the block of the call, with periods as if already rolled.
interface ILens {
    struct FundRecord {
        uint96 donated;
        uint96 allocated;
        uint16 claimsShareBps;
        bytes3 currency;
        ProgrammeId restrictedTo;
        ProgrammeId fallbackTo;
    }

    struct ProgrammeRecord {
        Totals totals;
        ClaimId queueHead;
        ClaimId queueTail;
        uint32 lastQueueNumber;
        uint32 openClaims;
        uint32 declaredPeriods;
        uint32 currentPeriod;
        uint40 currentEnd;
        ProgrammeKind kind;
        bytes3 currency;
        uint32 region;
        ProgrammeId fallbackTo;
    }

    /// @param closed True once block time has reached the end, whether or not a verb has written it yet.
    /// @param record The figures at the end, or so far for the current period and the run-off; all zero for a
    ///        period that is not yet due.
    /// @param paidForPolicy Paid for claims whose policy period this is, whenever paid.
    struct PeriodRecord {
        uint40 start;
        uint40 end;
        uint40 filingDeadline;
        uint96 cover;
        bytes32 terms;
        bool closed;
        IProgrammes.CloseRecord record;
        uint96 paidForPolicy;
    }

    struct PayoutRecord {
        ClaimId claim;
        PayoutId previous;
        uint96 reserveStart;
        uint96 amount;
        uint96 recovered;
    }

    /// @dev What the ledger stores of a period, without its mapping.
    struct PeriodState {
        uint40 start;
        uint40 end;
        uint40 filingDeadline;
        uint96 cover;
        bool toTheMinute;
        bytes32 terms;
        uint96 paid;
        uint96 recovered;
        uint256 insurerShares;
        Totals atEnd;
    }

    /// @notice Where each fen of a donation can be; in this order in `Slice.place`.
    enum Place {
        Unallocated,
        Paid,
        InReserve,
        OperatingSpent,
        OperatingUnspent
    }

    /// @param lineStart First position on the fund's, reserve or operations line, as the place says.
    /// @param record Payout id if paid, expense id if spent, else 0.
    /// @param claim The claim of the payout, else none.
    struct Slice {
        Place place;
        uint32 allocation;
        ProgrammeId programme;
        uint96 lineStart;
        uint96 amount;
        uint32 record;
        ClaimId claim;
    }

    /// @param fundStart First fund position touched. @param fundEnd One past the last.
    /// @param amount Claims fen of [fundStart, fundEnd) that went into the claim.
    struct Source {
        FundId fund;
        BatchId batch;
        uint32 allocation;
        uint96 fundStart;
        uint96 fundEnd;
        uint96 amount;
    }

    error IntervalOutsideLine(uint96 lineEnd, uint96 start, uint96 end);
    /// @notice The proof does not lead from this leaf to the batch's root.
    error ProofRefused(BatchId batch, uint32 index);
    error InvalidCursor(uint256 cursor);
    error UnknownRecord(uint32 id);

    function ledger() external view returns (address);
    function counters() external view returns (Counters memory);
    function fund(FundId id) external view returns (FundRecord memory);
    function batch(BatchId id) external view returns (Batch memory);
    function programme(ProgrammeId id) external view returns (ProgrammeRecord memory);
    function allocation(uint32 id) external view returns (Allocation memory);
    function expense(uint32 id) external view returns (Expense memory);
    function claim(ClaimId id) external view returns (Claim memory);
    function payout(PayoutId id) external view returns (PayoutRecord memory);

    /// @notice The cash period that the block of the call is in, as if already rolled.
    function currentPeriod(ProgrammeId id) external view returns (PeriodNumber);

    /// @notice A period as if already rolled; `number` may be one past the last declared: the run-off.
    /// Requirements:
    /// - `number` is 1 to one past the last declared period.
    function period(ProgrammeId id, PeriodNumber number) external view returns (PeriodRecord memory);

    /// @return available What the reserve line holds.
    /// @return approvedUnpaid What is approved, not on hold and not yet paid.
    /// @return shortfall max(0, approvedUnpaid - available).
    function reserveOf(
        ProgrammeId id
    ) external view returns (uint96 available, uint96 approvedUnpaid, uint96 shortfall);

    /// @notice Where the positions [start, end) of a fund's line are now, in at most 50 slices a page.
    /// @dev Order: by allocation; of an allocation first the claims fen, then the operating fen; last the
    ///      unallocated rest. The slices of all pages add up to end - start (law L4).
    /// @param cursor 0 for the first page, then what the page before returned.
    /// @return slices The page.
    /// @return next 0 on the last page.
    /// Requirements:
    /// - start < end, and end is not past the fund's line;
    /// - `cursor` is 0 or came from this interval.
    function traceInterval(
        FundId id,
        uint96 start,
        uint96 end,
        uint256 cursor
    ) external view returns (Slice[] memory slices, uint256 next);

    /// @notice The same for one donation, whose place on the line is proven: batch start + the sums to its left.
    /// @param proof 40 bytes a sibling, lowest first: hash ‖ sum u64.
    /// Requirements:
    /// - the proof leads from (index, amount, commitment) to the batch's root.
    function traceDonation(
        BatchId batchId,
        uint32 index,
        uint64 amount,
        bytes32 commitment,
        bytes calldata proof,
        uint256 cursor
    ) external view returns (uint96 start, Slice[] memory slices, uint256 next);

    /// @notice The fund intervals that paid a claim, with their batches, in at most 50 a page.
    /// @dev Empty for a claim that is not paid. The amounts of all pages add up to what was paid.
    function claimSources(
        ClaimId id,
        uint256 cursor
    ) external view returns (Source[] memory sources, uint256 next);
}
