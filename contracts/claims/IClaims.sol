// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BenefitKind, ClaimState, Reason} from "../books/Codes.sol";
import {ActorId, ClaimId, PayoutId, PeriodNumber, ProgrammeId, RosterId} from "../books/Ids.sol";

/// @title Claims: filed, decided, paid whole and in queue order
/// @notice A paid claim takes the next interval of its programme's reserve line. The head of the queue waits, and
///         blocks, until the reserve holds its whole amount. Only a hold lets it be overtaken.
/// @notice Filer, adjudicator and payer of a claim are three different actors.
/// @notice An approval reserves cover: per insured person and policy period, approved and unpaid + paid - recovered
///         never exceeds it (law L6). A cancellation and a recovery release it.
/// @notice A grant is the claim of an aid programme: it names a paid claim, and all grants for it together never
///         exceed what was attested as remaining.
interface IClaims {
    /// @param roster The roster that proved membership.
    /// @param person Salted pseudonym, new for every programme and period.
    /// @param incidentFrom First second of the incident's day (Asia/Shanghai), or of its minute.
    /// @param evidence Salted commitment to the settlement slip.
    event ClaimFiled(
        ClaimId indexed claim,
        ProgrammeId indexed programme,
        PeriodNumber indexed policyPeriod,
        RosterId roster,
        bytes32 person,
        uint40 incidentFrom,
        bool toTheMinute,
        uint256 requested,
        BenefitKind benefit,
        bytes32 evidence,
        ActorId filer,
        bytes32 operation
    );

    /// @notice A grant is a claim from now on; its person is that of the claim it follows.
    /// @param aidOf The paid claim that it follows.
    event GrantFiled(
        ClaimId indexed claim,
        ProgrammeId indexed programme,
        ClaimId indexed aidOf,
        PeriodNumber policyPeriod,
        uint256 requested,
        BenefitKind benefit,
        bytes32 evidence,
        ActorId filer,
        bytes32 operation
    );

    event ClaimWithdrawn(ClaimId indexed claim, ProgrammeId indexed programme, ActorId coordinator);

    event ClaimRejected(
        ClaimId indexed claim,
        ProgrammeId indexed programme,
        Reason reason,
        ActorId adjudicator
    );

    /// @param remaining What the person still owes after all payers, attested as an upper bound.
    event ClaimApproved(
        ClaimId indexed claim,
        ProgrammeId indexed programme,
        uint256 amount,
        uint256 remaining,
        uint32 queueNumber,
        ActorId adjudicator
    );

    event ClaimHeld(ClaimId indexed claim, ProgrammeId indexed programme, Reason reason, ActorId adjudicator);

    event ClaimReleased(ClaimId indexed claim, ProgrammeId indexed programme, ActorId adjudicator);

    event ClaimCancelled(
        ClaimId indexed claim,
        ProgrammeId indexed programme,
        Reason reason,
        ActorId adjudicator
    );

    /// @param period Cash period, by block time.
    /// @param policyStart What had been paid for the policy period's claims before; its insurers share
    ///        [policyStart, policyStart + amount).
    /// @param paymentReference Salted commitment to the bank's or platform's payment number.
    event ClaimPaid(
        ClaimId indexed claim,
        PayoutId indexed payout,
        ProgrammeId indexed programme,
        PeriodNumber period,
        uint256 reserveStart,
        uint256 amount,
        uint256 policyStart,
        bytes32 paymentReference,
        ActorId payer
    );

    error UnknownClaim(ClaimId claim);
    error WrongClaimState(ClaimId claim, ClaimState expected, ClaimState actual);
    /// @notice One actor may not take two of the three parts in a claim.
    error SameActor(ClaimId claim, ActorId actor);
    /// @notice The filing deadline of the claim's policy period has passed.
    error FilingDeadlinePassed(uint256 deadline, uint256 now_);
    /// @notice No such line stands on the roster.
    error MembershipNotProven(RosterId roster, bytes32 person);
    /// @notice The incident does not touch the validity [from, to), or lies in the future.
    error IncidentOutsideValidity(uint256 from, uint256 to, uint256 incidentFrom);
    /// @notice A day starts at midnight in Asia/Shanghai, a minute on the minute.
    error InvalidIncidentTime(uint256 incidentFrom, bool toTheMinute);
    error ApprovedAboveRequested(uint256 requested, uint256 approved);
    /// @notice The person's cover in the policy period has less than that left.
    error CoverExceeded(uint256 left, uint256 amount);
    /// @notice Less than that is left of what was attested as remaining of the claim that a grant follows.
    error AidExceeded(uint256 left, uint256 amount);
    /// @notice Not one of the four reasons.
    error InvalidReason(Reason reason);
    /// @notice A claim comes back into the queue behind one with a lower and before one with a higher number.
    error InvalidQueuePlace(ClaimId after_, ClaimId claim);
    /// @notice Claims are paid in queue order.
    error NotQueueHead(ClaimId head, ClaimId claim);
    /// @notice The claim waits until the reserve holds it whole.
    error ReserveTooSmall(uint256 available, uint256 required);

    /// @notice Files a claim. Emits a {ClaimFiled} event.
    /// @param from Validity of the roster's line, first second. @param to One past the last.
    /// @param proof The line's siblings in the roster, lowest first; a root of one line has none.
    /// Requirements:
    /// - the roster exists;
    /// - not paused; the caller is a registered actor with the coordinator role of its programme;
    /// - `operation` is not zero and has not landed before;
    /// - at most 8 of the programme's periods are due to close;
    /// - the filing deadline of the roster's period has not passed;
    /// - the incident is a whole day (a minute where the period says so), not in the future, and touches [from, to),
    ///   which is not empty;
    /// - the proof leads from (person, from, to) to the roster's root;
    /// - `evidence` is not zero; `requested` is at least 1 and at most 2^64 - 1.
    function fileClaim(
        bytes32 operation,
        RosterId roster,
        bytes32 person,
        uint40 from,
        uint40 to,
        bytes32[] calldata proof,
        uint40 incidentFrom,
        uint256 requested,
        BenefitKind benefit,
        bytes32 evidence
    ) external returns (ClaimId claim);

    /// @notice Files a grant that follows a paid claim. Emits a {GrantFiled} event.
    /// Requirements:
    /// - not paused; the caller is a registered actor with the coordinator role of the programme;
    /// - `operation` is not zero and has not landed before;
    /// - `programme` exists and is an aid programme; at most 8 of its periods are due to close;
    /// - `policyPeriod` is declared, has begun, and its filing deadline has not passed;
    /// - the claim `aidOf` exists, is paid (whatever of it came back since), belongs to an insurance programme, and has
    ///   the programme's currency;
    /// - `evidence` is not zero; `requested` is at least 1 and at most 2^64 - 1.
    function fileGrant(
        bytes32 operation,
        ProgrammeId programme,
        PeriodNumber policyPeriod,
        ClaimId aidOf,
        uint256 requested,
        BenefitKind benefit,
        bytes32 evidence
    ) external returns (ClaimId claim);

    /// @notice Takes back a claim that is not decided. Emits a {ClaimWithdrawn} event.
    /// Requirements:
    /// - the claim exists;
    /// - not paused; the caller is a registered actor with the coordinator role of the claim's programme;
    /// - the claim is filed; at most 8 of the programme's periods are due to close.
    function withdrawClaim(ClaimId claim) external;

    /// @notice Approves a filed claim and puts it at the end of the queue. Emits a {ClaimApproved} event.
    /// @param remaining What the person still owes after all payers; 0 where none is attested.
    /// Requirements:
    /// - the claim exists;
    /// - not paused; the caller is a registered actor with the adjudicator role of the claim's programme;
    /// - the caller did not file it;
    /// - the claim is filed; at most 8 of the programme's periods are due to close;
    /// - `amount` is at least 1 and not more than requested; `remaining` is at most 2^64 - 1;
    /// - the person's cover in the policy period holds it, where the period has one;
    /// - for a grant: the claim that it follows is paid, and its attested remainder less earlier grants holds it.
    function approveClaim(ClaimId claim, uint256 amount, uint256 remaining) external;

    /// @notice Rejects a filed claim. Emits a {ClaimRejected} event.
    /// Requirements:
    /// - as for {approveClaim} up to the state; `reason` is one of the four.
    function rejectClaim(ClaimId claim, Reason reason) external;

    /// @notice Takes an approved claim out of the queue for a while; others overtake it. Emits a {ClaimHeld} event.
    /// Requirements:
    /// - the claim exists and is approved; otherwise as for {rejectClaim}.
    function holdClaim(ClaimId claim, Reason reason) external;

    /// @notice Puts a held claim back to its place by queue number. Emits a {ClaimReleased} event.
    /// @param after_ The claim in the queue that comes before it by queue number; none for the head.
    /// Requirements:
    /// - the claim exists and is on hold; otherwise as for {rejectClaim};
    /// - `after_` is the claim's place by queue number.
    function releaseClaim(ClaimId claim, ClaimId after_) external;

    /// @notice Cancels a claim after its approval and releases its cover. Emits a {ClaimCancelled} event.
    /// Requirements:
    /// - the claim exists and is approved or on hold; otherwise as for {rejectClaim}.
    function cancelClaim(ClaimId claim, Reason reason) external;

    /// @notice Pays the claim at the head of the queue. Emits a {ClaimPaid} event.
    /// Requirements:
    /// - the claim exists;
    /// - not paused; the caller is a registered actor with the payer role of the claim's programme;
    /// - the claim is approved; at most 8 of the programme's periods are due to close;
    /// - the caller neither filed nor approved it;
    /// - it is the head of the queue;
    /// - the reserve holds its whole amount;
    /// - `paymentReference` is not zero.
    function payClaim(ClaimId claim, bytes32 paymentReference) external returns (PayoutId payout);
}
