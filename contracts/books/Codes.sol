// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

// Coarse public codes. The ledger carries no free text.

enum ProgrammeKind {
    Insurance,
    Aid
}

enum BenefitKind {
    Cash,
    Service,
    Device
}

enum ExpenseKind {
    Administration,
    ChannelFee,
    FieldWork,
    FundRaising,
    Audit,
    Other
}

/// @dev In the order of Counters: the value is the place of the kind's counter.
enum RecordKind {
    Actor,
    Fund,
    Programme,
    Batch,
    Allocation,
    Expense,
    Claim,
    Payout,
    Roster,
    Recovery,
    Move,
    Refund,
    Attestation,
    Finding,
    Confirmation,
    Correction
}

// The codes below are numbers with names instead of enums: the compiler checks an enum's range wherever it is read,
// which costs the ledger more code than it has room for.

/// @notice Where a claim stands.
type ClaimState is uint8;
/// @notice Why a claim is rejected, held or cancelled: four coarse codes, none of them medical.
type Reason is uint8;
type FindingState is uint8;

using {sameState as ==, otherState as !=} for ClaimState global;

function sameState(ClaimState a, ClaimState b) pure returns (bool) {
    return ClaimState.unwrap(a) == ClaimState.unwrap(b);
}

function otherState(ClaimState a, ClaimState b) pure returns (bool) {
    return ClaimState.unwrap(a) != ClaimState.unwrap(b);
}

library ClaimStates {
    /// The state of a claim that does not exist.
    ClaimState internal constant NONE = ClaimState.wrap(0);
    ClaimState internal constant FILED = ClaimState.wrap(1);
    ClaimState internal constant APPROVED = ClaimState.wrap(2);
    ClaimState internal constant PAID = ClaimState.wrap(3);
    ClaimState internal constant REJECTED = ClaimState.wrap(4);
    ClaimState internal constant WITHDRAWN = ClaimState.wrap(5);
    ClaimState internal constant CANCELLED = ClaimState.wrap(6);
    ClaimState internal constant ON_HOLD = ClaimState.wrap(7);
}

library Reasons {
    /// No reason: refused by the verbs that need one.
    Reason internal constant NONE = Reason.wrap(0);
    /// Evidence is missing or does not agree.
    Reason internal constant EVIDENCE = Reason.wrap(1);
    /// The terms do not grant it.
    Reason internal constant TERMS = Reason.wrap(2);
    /// It was claimed, or paid by another payer, already.
    Reason internal constant DUPLICATE = Reason.wrap(3);
    /// Anything else, such as an account that cannot be paid.
    Reason internal constant OTHER = Reason.wrap(4);
}

library FindingStates {
    FindingState internal constant NONE = FindingState.wrap(0);
    FindingState internal constant OPEN = FindingState.wrap(1);
    FindingState internal constant ANSWERED = FindingState.wrap(2);
    FindingState internal constant CLOSED = FindingState.wrap(3);
}
