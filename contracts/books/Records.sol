// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LineEntry} from "./Line.sol";
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
} from "./Ids.sol";
import {BenefitKind, ClaimState, FindingState, ProgrammeKind, Reason} from "./Codes.sol";

// The records of the books. Each lists its slots: the lens unpacks them by these shifts, and a test compares the
// lens with state rebuilt from the events. Amounts and positions are minor units of the fund's currency.

/// @dev The last id given of each kind, in the order of RecordKind. Two slots of eight.
struct Counters {
    uint32 actors;
    uint32 funds;
    uint32 programmes;
    uint32 batches;
    uint32 allocations;
    uint32 expenses;
    uint32 claims;
    uint32 payouts;
    uint32 rosters;
    uint32 recoveries;
    uint32 moves;
    uint32 refunds;
    uint32 attestations;
    uint32 findings;
    uint32 confirmations;
    uint32 corrections;
}

/// @dev slot 0: donated 96, allocated 96, claimsShareBps 16, currency 24 · slot 1: restrictedTo 32, fallbackTo 32
///      · slots 2, 3: the lines.
struct Fund {
    uint96 donated;
    uint96 allocated;
    uint16 claimsShareBps;
    bytes3 currency;
    ProgrammeId restrictedTo;
    ProgrammeId fallbackTo;
    /// Fund position → batch.
    LineEntry[] batches;
    /// Fund position → allocation.
    LineEntry[] allocations;
}

/// @dev slot 0: startsAt 96, sum 64, count 32, fund 32, day 32 · slot 1: root.
struct Batch {
    uint96 startsAt;
    uint64 sum;
    uint32 count;
    FundId fund;
    uint32 day;
    bytes32 root;
}

/// @dev Running totals of a programme; a period's close record is the difference of two of these.
///      slot 0: reserveIn 96, reserveSpent 96 · slot 1: approvedUnpaid 96, filedUndecided 96
///      · slot 2: operationsIn 96, operationsOut 96 · slot 3: movedIn 96, movedOut 96 · slot 4: recovered 96,
///      operationsMovedIn 96 · slot 5: operationsMovedOut 96.
struct Totals {
    /// Length of the claims reserve line: allocated + moved in + recovered.
    uint96 reserveIn;
    /// Front of the reserve line that is spent: paid + moved out. Never above reserveIn.
    uint96 reserveSpent;
    /// Approved, not on hold, not yet paid.
    uint96 approvedUnpaid;
    uint96 filedUndecided;
    /// Length of the operations line: allocated + moved in.
    uint96 operationsIn;
    /// Expenses + moved out; what exceeds operationsIn is an advance.
    uint96 operationsOut;
    /// Reserve money that came from ended programmes, and that went from this one.
    uint96 movedIn;
    uint96 movedOut;
    uint96 recovered;
    uint96 operationsMovedIn;
    uint96 operationsMovedOut;
}

/// @dev slots 0-5: totals · slot 6: queueHead 32, queueTail 32, lastQueueNumber 32, openClaims 32,
///      declaredPeriods 32, currentPeriod 32, currentEnd 40, kind 8 · slot 7: currency 24, region 32, fallbackTo 32
///      · slots 8-11: the lines · slot 12: periods.
struct Programme {
    Totals totals;
    ClaimId queueHead;
    ClaimId queueTail;
    uint32 lastQueueNumber;
    /// Filed, approved or on hold.
    uint32 openClaims;
    uint32 declaredPeriods;
    /// The period that block time was in when the programme was last touched; declaredPeriods + 1 in run-off.
    uint32 currentPeriod;
    /// End of the current period; 0 while there is none to wait for (nothing declared, or run-off).
    uint40 currentEnd;
    ProgrammeKind kind;
    bytes3 currency;
    uint32 region;
    /// The one fallback of every restricted fund that this programme accepted.
    ProgrammeId fallbackTo;
    /// Reserve position → inflow: an allocation, or a recovery or move with its tag (books/Flow.sol).
    LineEntry[] reserveInflows;
    /// Reserve position → outflow: a payout, or a move with its tag.
    LineEntry[] reserveOutflows;
    /// Operations position → allocation, or a move with its tag.
    LineEntry[] operationsInflows;
    /// Operations position → expense, or a move with its tag.
    LineEntry[] operationsOutflows;
    mapping(uint32 period => Period) periods;
}

/// @dev slot 0: start 40, end 40, filingDeadline 40, cover 96, toTheMinute 8 · slot 1: terms · slot 2: paid 96,
///      recovered 96 · slot 3: insurerShares · slots 4-9: the programme's totals at the end, all zero until closed
///      · slot 10: committed.
struct Period {
    uint40 start;
    uint40 end;
    uint40 filingDeadline;
    uint96 cover;
    /// Incidents are recorded to the minute instead of the day: for day policies only.
    bool toTheMinute;
    bytes32 terms;
    /// Paid for claims of this policy period, whenever paid: what co-insurers share. Recovered likewise.
    uint96 paid;
    uint96 recovered;
    /// 16 bits an insurer, the first lowest; 0 while none are declared.
    uint256 insurerShares;
    Totals atEnd;
    /// Approved and unpaid + paid - recovered, per insured person. Kept where there is a cover.
    mapping(bytes32 person => uint96) committed;
}

/// @dev slot 0: fund 32, programme 32, fundStart 96, amount 96 · slot 1: reserveStart 96, operationsStart 96.
struct Allocation {
    FundId fund;
    ProgrammeId programme;
    uint96 fundStart;
    uint96 amount;
    uint96 reserveStart;
    uint96 operationsStart;
}

/// @dev slot 0: programme 32, operationsStart 96, amount 96.
struct Expense {
    ProgrammeId programme;
    uint96 operationsStart;
    uint96 amount;
}

/// @dev slot 0: programme 32, policyPeriod 32, state 8, benefit 8, toTheMinute 8, incidentFrom 40, filer 32,
///      adjudicator 32, queueNumber 32, lastPayout 32 · slot 1: requested 96, approved 96, previous 32, next 32
///      · slot 2: person · slot 3: aidOf 32, remaining 96, granted 96, reason 8.
///      A claim that is filed, approved for all that is owed and paid never touches slot 3.
struct Claim {
    ProgrammeId programme;
    uint32 policyPeriod;
    ClaimState state;
    BenefitKind benefit;
    bool toTheMinute;
    uint40 incidentFrom;
    ActorId filer;
    ActorId adjudicator;
    uint32 queueNumber;
    PayoutId lastPayout;
    uint96 requested;
    uint96 approved;
    /// Neighbours in the queue of payable claims; without meaning for a claim that is not in it.
    ClaimId previous;
    ClaimId next;
    bytes32 person;
    ClaimId aidOf;
    uint96 remaining;
    /// Approved in aid programmes for this claim, less what was cancelled or recovered. Never above `remaining`.
    uint96 granted;
    /// Why it is rejected, on hold or cancelled.
    Reason reason;
}

/// @dev slot 0: claim 32, previous 32, reserveStart 96, amount 96 · slot 1: recovered 96 · slot 2: recoveries.
struct Payout {
    ClaimId claim;
    /// The payout of the same claim before this one; a claim is a list of payouts.
    PayoutId previous;
    uint96 reserveStart;
    uint96 amount;
    uint96 recovered;
    /// Fen of the payout, counted from 0 → recovery.
    LineEntry[] recoveries;
}

/// @dev slot 0: payout · slot 1: offset · slot 2: amount · slot 3: reserveStart. Recoveries and moves are rare: their
///      records are not packed, which costs them gas and spares the ledger code.
struct Recovery {
    PayoutId payout;
    /// First fen of the payout that came back.
    uint256 offset;
    uint256 amount;
    uint256 reserveStart;
}

/// @dev slot 0: from 32, to 32 · slots 1-6: the rest in this order.
struct Move {
    ProgrammeId from;
    ProgrammeId to;
    uint256 reserveFrom;
    uint256 reserveTo;
    uint256 reserveAmount;
    uint256 operationsFrom;
    uint256 operationsTo;
    uint256 operationsAmount;
}

/// @dev slot 0: programme 32, policyPeriod 32 · slot 1: root.
struct Roster {
    ProgrammeId programme;
    PeriodNumber policyPeriod;
    bytes32 root;
}

/// @dev Everything the ledger remembers, at one fixed slot, so that the lens finds it from outside.
struct Books {
    Counters counters;
    mapping(address account => ActorId) actorOf;
    mapping(bytes32 channel => bool) channels;
    mapping(bytes32 operation => bool) operations;
    mapping(FundId => Fund) funds;
    mapping(BatchId => Batch) batches;
    mapping(ProgrammeId => Programme) programmes;
    mapping(uint32 allocation => Allocation) allocations;
    mapping(uint32 expense => Expense) expenses;
    mapping(ClaimId => Claim) claims;
    mapping(PayoutId => Payout) payouts;
    mapping(RosterId => Roster) rosters;
    mapping(RecoveryId => Recovery) recoveries;
    mapping(MoveId => Move) moves;
    /// The foundation's own payment for a refund was confirmed.
    mapping(RefundId => bool) covered;
    /// What of a donation was repaid, so that its owner is the foundation.
    mapping(BatchId => mapping(uint32 index => uint64)) refunded;
    mapping(FindingId => FindingState) findings;
}
