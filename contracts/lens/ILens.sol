// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FindingState} from "../books/Codes.sol";
import {
    ActorId,
    BatchId,
    ClaimId,
    FindingId,
    FundId,
    MoveId,
    PayoutId,
    PeriodNumber,
    ProgrammeId,
    RecoveryId,
    RefundId,
    RosterId
} from "../books/Ids.sol";
import {Allocation, Batch, Claim, Counters, Expense, Move, Recovery, Roster} from "../books/Records.sol";
import {ILensRecords} from "./ILensRecords.sol";

/// @title Reading the books by eth_call
/// @notice Read-only: the lens holds no state and no rights. Anyone may deploy another one beside a ledger.
///         It answers for the block of the call, with periods as if already rolled. What the ledger does not have is
///         refused as the ledger refuses it: UnknownRecord, UnknownPeriod.
/// @notice Pages: the first cursor is empty, each further one is what the page before returned, and an empty one
///         ends the answer. A page has at most 50 entries and goes through a bounded number of recoveries and
///         moves, so it may be short, or empty, and not the last. Ask for all pages of one answer at one block.
interface ILens is ILensRecords {
    error IntervalOutsideLine(uint96 lineEnd, uint96 start, uint96 end);
    /// @notice The proof does not lead from this leaf to the batch's root.
    error ProofRefused(BatchId batch, uint32 index);
    /// @notice The batch has fewer donations.
    error UnknownDonation(BatchId batch, uint32 index);
    /// @notice The cursor did not come from a page of this answer.
    error InvalidCursor();
    /// @notice The end of what is shared lies before its start.
    error InvalidInterval(uint256 from, uint256 to);

    function ledger() external view returns (address);
    function counters() external view returns (Counters memory);
    /// @notice The actor that an account is registered as; none for 0.
    function actorOf(address account) external view returns (ActorId);
    function isChannel(bytes32 channel) external view returns (bool);
    /// @notice Whether the verb that carried this operation id was recorded.
    function hasLanded(bytes32 operation) external view returns (bool);
    function fund(FundId id) external view returns (FundRecord memory);
    function batch(BatchId id) external view returns (Batch memory);
    function programme(ProgrammeId id) external view returns (ProgrammeRecord memory);
    function allocation(uint32 id) external view returns (Allocation memory);
    function expense(uint32 id) external view returns (Expense memory);
    function roster(RosterId id) external view returns (Roster memory);
    function claim(ClaimId id) external view returns (Claim memory);
    function payout(PayoutId id) external view returns (PayoutRecord memory);
    function recovery(RecoveryId id) external view returns (Recovery memory);
    function move(MoveId id) external view returns (Move memory);
    function findingState(FindingId id) external view returns (FindingState);

    /// @notice Whether the foundation's own payment for a refund was confirmed; until then the foundation owes it.
    function isCovered(RefundId id) external view returns (bool);

    /// @notice What of a donation was repaid: its last positions, whose owner is the foundation.
    /// Requirements:
    /// - the batch has a donation `index`.
    function refundedOf(BatchId batchId, uint32 index) external view returns (uint64);

    /// @notice Approved and unpaid + paid - recovered of an insured person in a policy period (law L6). 0 where the
    ///         period has no cover.
    /// Requirements:
    /// - the period is declared.
    function committedOf(ProgrammeId id, PeriodNumber number, bytes32 person) external view returns (uint96);

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

    /// @notice What each insurer of a policy period bears so far, by the peeling of IInsurers.
    /// @return sharesBps In the order of the published document; empty where none are declared.
    /// @return paid Of what the period's claims were paid; the parts add up to it.
    /// @return recovered Of what came back, likewise.
    /// Requirements:
    /// - the period is declared.
    function insurerParts(
        ProgrammeId id,
        PeriodNumber number
    ) external view returns (uint256[] memory sharesBps, uint256[] memory paid, uint256[] memory recovered);

    /// @notice What each insurer bears of the fen [from, to) of a policy period, counted over all that its claims
    ///         were paid (or, for recoveries, over all that came back), such as [policyStart, policyStart + amount)
    ///         of a ClaimPaid event.
    /// @param shares 16 bits an insurer, the first lowest, as InsurersDeclared carries them.
    /// @return parts None negative; they add up to `to` - `from`.
    /// Requirements:
    /// - from <= to.
    function partsOf(uint256 shares, uint256 from, uint256 to) external pure returns (uint256[] memory parts);

    /// @notice Where the positions [start, end) of a fund's line are now, paged.
    /// @dev Order: by allocation; of an allocation first the claims fen, then the operating fen, along the line where
    ///      the allocation put them; last the unallocated rest. The slices of all pages add up to end - start
    ///      (law L4). What was recovered or moved on is told where it is now.
    /// Requirements:
    /// - start < end, and end is not past the fund's line;
    /// - `cursor` is empty or came from this interval.
    function traceInterval(
        FundId id,
        uint96 start,
        uint96 end,
        bytes calldata cursor
    ) external view returns (Slice[] memory slices, bytes memory next);

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
        bytes calldata cursor
    ) external view returns (uint96 start, Slice[] memory slices, bytes memory next);

    /// @notice The fund intervals that pay a claim now, with their batches, paged: net of what was recovered.
    /// @dev In the order of the payout's positions. The amounts of all pages add up to what is not recovered of the
    ///      claim's last payout (earlier ones were returned whole). Empty for a claim that is not paid.
    function claimSources(
        ClaimId id,
        bytes calldata cursor
    ) external view returns (Source[] memory sources, bytes memory next);

    /// @notice The fund intervals that paid a payout, whatever came back later: they add up to what was paid.
    function payoutSources(
        PayoutId id,
        bytes calldata cursor
    ) external view returns (Source[] memory sources, bytes memory next);
}
