// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {Roles} from "../access/Roles.sol";
import {BenefitKind, ClaimStates, ProgrammeKind, RecordKind} from "../books/Codes.sol";
import {ActorId, ClaimId, PeriodNumber, ProgrammeId, RosterId} from "../books/Ids.sol";
import {LedgerStorage} from "../books/LedgerStorage.sol";
import {Books, Claim, Period, Programme, Roster, Totals} from "../books/Records.sol";
import {Rosters} from "../rosters/Rosters.sol";
import {ClaimsBase} from "./ClaimsBase.sol";
import {TotalsWords as At} from "../books/TotalsWords.sol";
import {IClaims} from "./IClaims.sol";

/// @title Filing claims and grants, and taking them back
abstract contract Filing is ClaimsBase, Rosters {
    using At for Totals;
    uint256 private constant DAY_SECONDS = 86_400;
    uint256 private constant MINUTE_SECONDS = 60;
    /// Asia/Shanghai is UTC+8 all year round.
    uint256 private constant SHANGHAI_SECONDS = 8 * 3_600;

    /// @inheritdoc IClaims
    function fileClaim(
        bytes32 operation,
        RosterId rosterId,
        bytes32 person,
        uint40 from,
        uint40 to,
        bytes32[] calldata proof,
        uint40 incidentFrom,
        uint256 requested,
        BenefitKind benefit,
        bytes32 evidence
    ) external returns (ClaimId id) {
        Roster storage roster = _roster(rosterId);
        if (!MerkleProof.verifyCalldata(proof, roster.root, _leaf(person, from, to))) {
            revert MembershipNotProven(rosterId, person);
        }
        (ProgrammeId programmeId, PeriodNumber policyPeriod) = (roster.programme, roster.policyPeriod);
        Claim storage claim;
        (id, claim) = _file(operation, programmeId, policyPeriod, requested, benefit, evidence);
        bool toTheMinute = _programme(programmeId).periods[PeriodNumber.unwrap(policyPeriod)].toTheMinute;
        _requireIncident(incidentFrom, toTheMinute, from, to);
        claim.toTheMinute = toTheMinute;
        claim.incidentFrom = incidentFrom;
        claim.person = person;
        emit ClaimFiled(
            id,
            programmeId,
            policyPeriod,
            rosterId,
            person,
            incidentFrom,
            toTheMinute,
            requested,
            benefit,
            evidence,
            claim.filer,
            operation
        );
    }

    /// @inheritdoc IClaims
    function fileGrant(
        bytes32 operation,
        ProgrammeId programmeId,
        PeriodNumber policyPeriod,
        ClaimId aidOf,
        uint256 requested,
        BenefitKind benefit,
        bytes32 evidence
    ) external returns (ClaimId id) {
        Programme storage programme = _programmeOf(programmeId, ProgrammeKind.Aid);
        Claim storage aided = _claim(aidOf);
        _requireState(aidOf, aided, ClaimStates.PAID);
        // A grant cannot follow a grant: what the first attested as remaining would be granted again beside it.
        _programmeOf(aided.programme, ProgrammeKind.Insurance);
        _requireProgrammeCurrency(aided.programme, programme.currency);
        uint40 start = _period(programmeId, programme, policyPeriod).start;
        if (block.timestamp < start) revert PeriodNotBegun(start, block.timestamp);
        Claim storage claim;
        (id, claim) = _file(operation, programmeId, policyPeriod, requested, benefit, evidence);
        claim.person = aided.person;
        claim.aidOf = aidOf;
        emit GrantFiled(
            id,
            programmeId,
            aidOf,
            policyPeriod,
            requested,
            benefit,
            evidence,
            claim.filer,
            operation
        );
    }

    /// @inheritdoc IClaims
    function withdrawClaim(ClaimId id) external {
        Claim storage claim = _claim(id);
        ProgrammeId programmeId = claim.programme;
        ActorId coordinator = _actingAs(Roles.COORDINATOR, programmeId);
        _requireState(id, claim, ClaimStates.FILED);
        Programme storage programme = _programme(programmeId);
        _roll(programmeId, programme);
        claim.state = ClaimStates.WITHDRAWN;
        programme.totals.shrink(At.FILED_UNDECIDED, claim.requested);
        programme.openClaims--;
        emit ClaimWithdrawn(id, programmeId, coordinator);
    }

    /// @dev What claims and grants have in common.
    function _file(
        bytes32 operation,
        ProgrammeId programmeId,
        PeriodNumber policyPeriod,
        uint256 requested,
        BenefitKind benefit,
        bytes32 evidence
    ) private returns (ClaimId id, Claim storage claim) {
        ActorId filer = _actingAs(Roles.COORDINATOR, programmeId);
        _landOnce(operation);
        Programme storage programme = _programme(programmeId);
        _roll(programmeId, programme);
        uint40 deadline = _period(programmeId, programme, policyPeriod).filingDeadline;
        if (block.timestamp > deadline) revert FilingDeadlinePassed(deadline, block.timestamp);
        _requireDigest(evidence);
        _requireAmount(requested);

        Books storage books = LedgerStorage.books();
        id = ClaimId.wrap(_nextId(RecordKind.Claim));
        claim = books.claims[id];
        claim.programme = programmeId;
        claim.policyPeriod = PeriodNumber.unwrap(policyPeriod);
        claim.state = ClaimStates.FILED;
        claim.benefit = benefit;
        claim.filer = filer;
        claim.requested = uint96(requested);
        programme.totals.grow(At.FILED_UNDECIDED, requested);
        programme.openClaims++;
    }

    /// @dev keccak256(keccak256(abi.encode(person, from, to))): hashed twice, so that no inner node passes as a leaf.
    function _leaf(bytes32 person, uint40 from, uint40 to) private pure returns (bytes32 leaf) {
        assembly ("memory-safe") {
            let scratch := mload(0x40)
            mstore(scratch, person)
            mstore(add(scratch, 0x20), from)
            mstore(add(scratch, 0x40), to)
            mstore(0x00, keccak256(scratch, 0x60))
            leaf := keccak256(0x00, 0x20)
        }
    }

    /// @dev A day is insured when any part of it lies inside the validity; a minute when it begins inside.
    function _requireIncident(uint256 incident, bool toTheMinute, uint256 from, uint256 to) private view {
        uint256 length = DAY_SECONDS;
        if (toTheMinute) length = MINUTE_SECONDS;
        // No sum of two 40-bit times overflows. The offset is whole minutes and does not move their bounds.
        unchecked {
            if ((incident + SHANGHAI_SECONDS) % length != 0)
                revert InvalidIncidentTime(incident, toTheMinute);
            if (from >= to || incident >= to || incident + length <= from || incident > block.timestamp) {
                revert IncidentOutsideValidity(from, to, incident);
            }
        }
    }
}
