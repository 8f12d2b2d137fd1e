// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

// Ids count from 1; 0 means "none" wherever a record may lack one.
type ActorId is uint32;
type FundId is uint32;
type BatchId is uint32;
type ProgrammeId is uint32;
type AllocationId is uint32;
type ExpenseId is uint32;
type ClaimId is uint32;
type PayoutId is uint32;
type RosterId is uint32;
type RecoveryId is uint32;
type MoveId is uint32;
type RefundId is uint32;
type AttestationId is uint32;
type FindingId is uint32;
type ConfirmationId is uint32;
type CorrectionId is uint32;
/// @dev The ordinal of a policy period inside its programme: 1 for the first, one past the last for the run-off.
type PeriodNumber is uint32;

using {sameActor as ==} for ActorId global;
using {sameProgramme as ==, otherProgramme as !=} for ProgrammeId global;
using {sameClaim as ==, otherClaim as !=} for ClaimId global;

function sameActor(ActorId a, ActorId b) pure returns (bool) {
    return ActorId.unwrap(a) == ActorId.unwrap(b);
}

function sameProgramme(ProgrammeId a, ProgrammeId b) pure returns (bool) {
    return ProgrammeId.unwrap(a) == ProgrammeId.unwrap(b);
}

function otherProgramme(ProgrammeId a, ProgrammeId b) pure returns (bool) {
    return ProgrammeId.unwrap(a) != ProgrammeId.unwrap(b);
}

function sameClaim(ClaimId a, ClaimId b) pure returns (bool) {
    return ClaimId.unwrap(a) == ClaimId.unwrap(b);
}

function otherClaim(ClaimId a, ClaimId b) pure returns (bool) {
    return ClaimId.unwrap(a) != ClaimId.unwrap(b);
}

ProgrammeId constant NO_PROGRAMME = ProgrammeId.wrap(0);
ClaimId constant NO_CLAIM = ClaimId.wrap(0);
PayoutId constant NO_PAYOUT = PayoutId.wrap(0);
