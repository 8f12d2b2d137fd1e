// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Roles} from "../access/Roles.sol";
import {FindingState, FindingStates, RecordKind} from "../books/Codes.sol";
import {
    ActorId,
    AttestationId,
    ConfirmationId,
    CorrectionId,
    FindingId,
    NO_PROGRAMME,
    PeriodNumber,
    ProgrammeId
} from "../books/Ids.sol";
import {LedgerStorage} from "../books/LedgerStorage.sol";
import {Books} from "../books/Records.sol";
import {Programmes} from "../programmes/Programmes.sol";
import {IAudit} from "./IAudit.sol";

abstract contract Audit is IAudit, Programmes {
    /// @inheritdoc IAudit
    function attest(
        bytes32 operation,
        ProgrammeId programme,
        PeriodNumber period,
        bytes32 document
    ) external returns (AttestationId id) {
        ActorId auditor = _auditing(operation, programme, period, document);
        id = AttestationId.wrap(_nextId(RecordKind.Attestation));
        emit Attested(id, programme, period, document, auditor, operation);
    }

    /// @inheritdoc IAudit
    function openFinding(
        bytes32 operation,
        ProgrammeId programme,
        PeriodNumber period,
        bytes32 document
    ) external returns (FindingId id) {
        ActorId auditor = _auditing(operation, programme, period, document);
        Books storage books = LedgerStorage.books();
        id = FindingId.wrap(_nextId(RecordKind.Finding));
        books.findings[id] = FindingStates.OPEN;
        emit FindingOpened(id, programme, period, document, auditor, operation);
    }

    /// @inheritdoc IAudit
    function answerFinding(FindingId id, bytes32 document) external {
        ActorId treasurer = _actingAs(Roles.TREASURER);
        _advance(id, FindingStates.ANSWERED, document);
        emit FindingAnswered(id, document, treasurer);
    }

    /// @inheritdoc IAudit
    function closeFinding(FindingId id, bytes32 document) external {
        ActorId auditor = _actingAs(Roles.AUDITOR);
        _advance(id, FindingStates.CLOSED, document);
        emit FindingClosed(id, document, auditor);
    }

    /// @inheritdoc IAudit
    function confirmChannelTotal(
        bytes32 operation,
        bytes32 channel,
        uint32 day,
        bytes3 currency,
        uint32 count,
        uint256 sum
    ) external returns (ConfirmationId id) {
        ActorId provider = _actingFor(Roles.PROVIDER, channel);
        _landOnce(operation);
        _requireDay(day);
        _requireCurrency(currency);
        _requireBounded(sum);
        id = ConfirmationId.wrap(_nextId(RecordKind.Confirmation));
        emit ChannelTotalConfirmed(id, channel, day, currency, count, sum, provider, operation);
    }

    /// @inheritdoc IAudit
    function noteCorrection(
        bytes32 operation,
        RecordKind kind,
        uint32 record,
        bytes32 document
    ) external returns (CorrectionId id) {
        ActorId treasurer = _actingAs(Roles.TREASURER);
        _landOnce(operation);
        if (record == 0 || record > _lastId(kind)) revert UnknownRecord(kind, record);
        _requireDigest(document);
        id = CorrectionId.wrap(_nextId(RecordKind.Correction));
        emit CorrectionNoted(id, kind, record, document, treasurer, operation);
    }

    /// @inheritdoc IAudit
    function noteHead(uint64 blockNumber, bytes32 blockHash) external {
        ActorId actor = _acting();
        bytes32 expected = blockhash(blockNumber);
        if (expected == 0 || expected != blockHash) revert HeadMismatch(expected, blockHash);
        emit HeadNoted(blockNumber, blockHash, actor);
    }

    function _auditing(
        bytes32 operation,
        ProgrammeId programme,
        PeriodNumber period,
        bytes32 document
    ) private returns (ActorId auditor) {
        auditor = _actingAs(Roles.AUDITOR);
        _landOnce(operation);
        // The whole ledger (0, 0) has no period; a programme is named without one, or with one of its own.
        bool named = PeriodNumber.unwrap(period) != 0;
        if (named) _period(programme, _programme(programme), period);
        else if (programme != NO_PROGRAMME) _programme(programme);
        _requireDigest(document);
    }

    /// @dev Open → Answered → Closed, or straight to Closed; nothing goes back.
    function _advance(FindingId id, FindingState to, bytes32 document) private {
        mapping(FindingId => FindingState) storage findings = LedgerStorage.books().findings;
        uint8 state = FindingState.unwrap(findings[id]);
        if (state == 0) revert UnknownFinding(id);
        if (state >= FindingState.unwrap(to)) revert WrongFindingState(id);
        _requireDigest(document);
        findings[id] = to;
    }
}
