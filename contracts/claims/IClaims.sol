// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BenefitKind, ClaimState} from "../books/Codes.sol";
import {ActorId, ClaimId, PayoutId, PeriodNumber, ProgrammeId} from "../books/Ids.sol";

/// @title Claims: filed, approved, paid whole and in queue order
/// @notice A paid claim takes the next interval of its programme's reserve line. The head of the queue waits, and
///         blocks, until the reserve holds its whole amount.
/// @notice Filer, adjudicator and payer of a claim are three different actors.
interface IClaims {
    /// @param person Salted pseudonym, new for every programme and period.
    /// @param incidentFrom First second of the incident's day (Asia/Shanghai), or of its minute.
    /// @param evidence Salted commitment to the settlement slip.
    event ClaimFiled(
        ClaimId indexed claim,
        ProgrammeId indexed programme,
        PeriodNumber indexed policyPeriod,
        bytes32 person,
        uint40 incidentFrom,
        bool toTheMinute,
        uint96 requested,
        BenefitKind benefit,
        bytes32 evidence,
        ActorId filer,
        bytes32 operation
    );

    /// @param remaining What the person still owes after all payers, attested as an upper bound.
    event ClaimApproved(
        ClaimId indexed claim,
        ProgrammeId indexed programme,
        uint96 amount,
        uint96 remaining,
        uint32 queueNumber,
        ActorId adjudicator
    );

    /// @param period Cash period, by block time.
    /// @param paymentReference Salted commitment to the bank's or platform's payment number.
    event ClaimPaid(
        ClaimId indexed claim,
        PayoutId indexed payout,
        ProgrammeId indexed programme,
        PeriodNumber period,
        uint96 reserveStart,
        uint96 amount,
        bytes32 paymentReference,
        ActorId payer
    );

    error UnknownClaim(ClaimId claim);
    error WrongClaimState(ClaimId claim, ClaimState expected, ClaimState actual);
    /// @notice One actor may not take two of the three parts in a claim.
    error SameActor(ClaimId claim, ActorId actor);
    /// @notice The filing deadline of the claim's policy period has passed.
    error FilingDeadlinePassed(uint40 deadline, uint40 now_);
    /// @notice The incident does not touch the policy period [start, end), or lies in the future.
    error IncidentOutsidePeriod(uint40 start, uint40 end, uint40 incidentFrom);
    /// @notice A day starts at midnight in Asia/Shanghai, a minute on the minute.
    error InvalidIncidentTime(uint40 incidentFrom, bool toTheMinute);
    error ApprovedAboveRequested(uint96 requested, uint96 approved);
    /// @notice Claims are paid in queue order.
    error NotQueueHead(ClaimId head, ClaimId claim);
    /// @notice The claim waits until the reserve holds it whole.
    error ReserveTooSmall(uint96 available, uint96 required);

    /// @notice Files a claim. Emits a {ClaimFiled} event.
    /// Requirements:
    /// - not paused; the caller is a registered actor with the coordinator role of the programme;
    /// - `operation` is not zero and has not landed before;
    /// - `programme` exists; at most 8 of its periods are due to close;
    /// - `policyPeriod` is declared, and its filing deadline has not passed;
    /// - the incident is a whole day or minute, not in the future, and touches the policy period;
    /// - `person` and `evidence` are not zero;
    /// - `requested` is at least 1 and at most 2^64 - 1.
    function fileClaim(
        bytes32 operation,
        ProgrammeId programme,
        PeriodNumber policyPeriod,
        bytes32 person,
        uint40 incidentFrom,
        bool toTheMinute,
        uint96 requested,
        BenefitKind benefit,
        bytes32 evidence
    ) external returns (ClaimId claim);

    /// @notice Approves a filed claim and puts it at the end of the queue. Emits a {ClaimApproved} event.
    /// @param remaining What the person still owes after all payers; 0 where none is attested.
    /// Requirements:
    /// - not paused; the caller is a registered actor with the adjudicator role of the claim's programme;
    /// - the claim exists and is filed; at most 8 of the programme's periods are due to close;
    /// - the caller did not file it;
    /// - `amount` is at least 1 and not more than requested.
    function approveClaim(ClaimId claim, uint96 amount, uint96 remaining) external;

    /// @notice Pays the claim at the head of the queue. Emits a {ClaimPaid} event.
    /// Requirements:
    /// - not paused; the caller is a registered actor with the payer role of the claim's programme;
    /// - the claim exists and is approved; at most 8 of the programme's periods are due to close;
    /// - the caller neither filed nor approved it;
    /// - it is the head of the queue;
    /// - the reserve holds its whole amount;
    /// - `paymentReference` is not zero.
    function payClaim(ClaimId claim, bytes32 paymentReference) external returns (PayoutId payout);
}
