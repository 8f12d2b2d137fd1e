// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RecordKind} from "../books/Codes.sol";
import {
    ActorId,
    AttestationId,
    ConfirmationId,
    CorrectionId,
    FindingId,
    PeriodNumber,
    ProgrammeId
} from "../books/Ids.sol";

/// @title Audit on the chain: attestations, findings, confirmed totals, correction notes, head notes
/// @notice What they say stands in published documents; the chain carries digests. A subject is a programme and a
///         period of it, a programme (period 0), or the whole ledger (both 0).
interface IAudit {
    event Attested(
        AttestationId indexed attestation,
        ProgrammeId indexed programme,
        PeriodNumber indexed period,
        bytes32 document,
        ActorId auditor,
        bytes32 operation
    );

    event FindingOpened(
        FindingId indexed finding,
        ProgrammeId indexed programme,
        PeriodNumber indexed period,
        bytes32 document,
        ActorId auditor,
        bytes32 operation
    );

    event FindingAnswered(FindingId indexed finding, bytes32 document, ActorId treasurer);

    event FindingClosed(FindingId indexed finding, bytes32 document, ActorId auditor);

    /// @param day Settlement day in Asia/Shanghai, YYYYMMDD. @param count Payments received.
    /// @param sum Gross, before fees and refunds, in minor units of `currency`.
    event ChannelTotalConfirmed(
        ConfirmationId indexed confirmation,
        bytes32 indexed channel,
        uint32 indexed day,
        bytes3 currency,
        uint32 count,
        uint256 sum,
        ActorId provider,
        bytes32 operation
    );

    event CorrectionNoted(
        CorrectionId indexed correction,
        RecordKind indexed kind,
        uint32 indexed record,
        bytes32 document,
        ActorId treasurer,
        bytes32 operation
    );

    event HeadNoted(uint64 indexed blockNumber, bytes32 blockHash, ActorId indexed actor);

    error UnknownFinding(FindingId finding);
    /// @notice An answer needs an open finding; closing one that is not closed yet.
    error WrongFindingState(FindingId finding);
    error UnknownRecord(RecordKind kind, uint32 record);
    /// @notice The chain has another hash at this height, or does not know it any more (256 blocks).
    error HeadMismatch(bytes32 expected, bytes32 actual);

    /// @notice Attests to a subject. Emits an {Attested} event.
    /// Requirements:
    /// - not paused; the caller is a registered actor with the auditor role;
    /// - `operation` is not zero and has not landed before;
    /// - the subject exists; `document` is not zero.
    function attest(
        bytes32 operation,
        ProgrammeId programme,
        PeriodNumber period,
        bytes32 document
    ) external returns (AttestationId attestation);

    /// @notice Opens a finding about a subject. Emits a {FindingOpened} event.
    /// Requirements:
    /// - as for {attest}.
    function openFinding(
        bytes32 operation,
        ProgrammeId programme,
        PeriodNumber period,
        bytes32 document
    ) external returns (FindingId finding);

    /// @notice The foundation answers. Emits a {FindingAnswered} event.
    /// Requirements:
    /// - not paused; the caller is a registered actor with the treasurer role;
    /// - the finding exists and is open; `document` is not zero.
    function answerFinding(FindingId finding, bytes32 document) external;

    /// @notice An auditor closes a finding, answered or not. Emits a {FindingClosed} event.
    /// Requirements:
    /// - not paused; the caller is a registered actor with the auditor role;
    /// - the finding exists and is not closed; `document` is not zero.
    function closeFinding(FindingId finding, bytes32 document) external;

    /// @notice The provider or bank confirms with its own key what it received on a day. A later confirmation of the
    ///         same day stands beside the earlier one. Emits a {ChannelTotalConfirmed} event.
    /// Requirements:
    /// - not paused; the caller is a registered actor with the provider role of `channel`;
    /// - `operation` is not zero and has not landed before;
    /// - `day` is a day; `currency` is three capital letters; `sum` is at most 2^64 - 1.
    function confirmChannelTotal(
        bytes32 operation,
        bytes32 channel,
        uint32 day,
        bytes3 currency,
        uint32 count,
        uint256 sum
    ) external returns (ConfirmationId confirmation);

    /// @notice Publishes a correction note that names the record it corrects; the record stays. Emits a
    ///         {CorrectionNoted} event.
    /// Requirements:
    /// - not paused; the caller is a registered actor with the treasurer role;
    /// - `operation` is not zero and has not landed before;
    /// - the record exists; `document` is not zero.
    function noteCorrection(
        bytes32 operation,
        RecordKind kind,
        uint32 record,
        bytes32 document
    ) external returns (CorrectionId correction);

    /// @notice Binds the caller's signature to this chain: the transaction is valid only where the block at that
    ///         height has that hash. Emits a {HeadNoted} event.
    /// Requirements:
    /// - not paused; the caller is a registered actor;
    /// - the chain has `blockHash` at `blockNumber`, one of the last 256 blocks.
    function noteHead(uint64 blockNumber, bytes32 blockHash) external;
}
