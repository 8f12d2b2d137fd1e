// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LineEntry} from "./Line.sol";
import {ActorId, BatchId, ClaimId, FundId, PayoutId, ProgrammeId} from "./Ids.sol";
import {BenefitKind, ClaimState, ProgrammeKind} from "./Codes.sol";

// The records of the books. Each lists its slots: the lens unpacks them by these shifts, and a test compares the
// lens with state rebuilt from the events. Amounts and positions are minor units of the fund's currency.

/// @dev The last id given of each kind. One slot.
struct Counters {
    uint32 actors;
    uint32 funds;
    uint32 programmes;
    uint32 batches;
    uint32 allocations;
    uint32 expenses;
    uint32 claims;
    uint32 payouts;
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
///      · slot 2: operationsIn 96, expenses 96 · slot 3: movedIn 96, movedOut 96 · slot 4: recovered 96.
struct Totals {
    /// Length of the claims reserve line: allocated + moved in + recovered.
    uint96 reserveIn;
    /// Front of the reserve line that is spent: paid + moved out. Never above reserveIn.
    uint96 reserveSpent;
    /// Approved, not on hold, not yet paid.
    uint96 approvedUnpaid;
    uint96 filedUndecided;
    /// Length of the operations line.
    uint96 operationsIn;
    /// All expenses; what exceeds operationsIn is an advance.
    uint96 expenses;
    uint96 movedIn;
    uint96 movedOut;
    uint96 recovered;
}

/// @dev slots 0-4: totals · slot 5: queueHead 32, queueTail 32, lastQueueNumber 32, openClaims 32,
///      declaredPeriods 32, currentPeriod 32, currentEnd 40, kind 8 · slot 6: currency 24, region 32, fallbackTo 32
///      · slots 7-10: the lines · slot 11: periods.
struct Programme {
    Totals totals;
    ClaimId queueHead;
    ClaimId queueTail;
    uint32 lastQueueNumber;
    /// Filed or approved and not yet paid, rejected, withdrawn or cancelled.
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
    /// Reserve position → inflow (allocation id; moves and recoveries are told apart by a tag above bit 32).
    LineEntry[] reserveInflows;
    /// Reserve position → outflow (payout id; moves by a tag above bit 32).
    LineEntry[] reserveOutflows;
    /// Operations position → allocation.
    LineEntry[] operationsInflows;
    /// Operations position → expense.
    LineEntry[] operationsOutflows;
    mapping(uint32 period => Period) periods;
}

/// @dev slot 0: start 40, end 40, filingDeadline 40, cover 96 · slot 1: terms · slot 2: paid 96, recovered 96
///      · slots 3-7: the programme's totals at the end, all zero until closed.
struct Period {
    uint40 start;
    uint40 end;
    uint40 filingDeadline;
    uint96 cover;
    bytes32 terms;
    /// Paid for claims of this policy period, whenever paid: what co-insurers share.
    uint96 paid;
    uint96 recovered;
    Totals atEnd;
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
    uint96 granted;
    uint8 reason;
}

/// @dev slot 0: claim 32, previous 32, reserveStart 96, amount 96 · slot 1: recovered 96.
struct Payout {
    ClaimId claim;
    /// The payout of the same claim before this one; a claim is a list of payouts.
    PayoutId previous;
    uint96 reserveStart;
    uint96 amount;
    uint96 recovered;
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
}
