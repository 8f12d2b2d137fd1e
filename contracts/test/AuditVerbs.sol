// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {IAudit} from "../audit/IAudit.sol";
import {RecordKind} from "../books/Codes.sol";
import {FindingId, PeriodNumber, ProgrammeId} from "../books/Ids.sol";
import {MoneyVerbs} from "./MoneyVerbs.sol";
import {VM} from "./Vm.sol";

/// @title What auditors and providers record, and the pause
abstract contract AuditVerbs is MoneyVerbs {
    uint256 public attestations;
    uint256 public confirmations;
    uint256 public corrections;
    /// Of each finding: 1 open, 2 answered, 3 closed.
    uint256[] public findings;
    uint256 private _height = 1000;

    function attest(uint256 id, uint256 period) external now_ {
        (ProgrammeId programme_, PeriodNumber number) = _subject(id, period);
        bytes memory call = abi.encodeCall(LEDGER.attest, (_digest(), programme_, number, _digest()));
        _requireNext(_attempt(AUDITOR, call, 0), ++attestations);
    }

    function find(uint256 id, uint256 period) external now_ {
        (ProgrammeId programme_, PeriodNumber number) = _subject(id, period);
        bytes memory call = abi.encodeCall(LEDGER.openFinding, (_digest(), programme_, number, _digest()));
        findings.push(1);
        _requireNext(_attempt(AUDITOR, call, 0), findings.length);
    }

    function answer(uint256 which) external now_ {
        which = _pick(which, findings.length + 1);
        FindingId id = FindingId.wrap(uint32(which));
        bytes4 refusal = _findingRefusal(which, 2);
        _attempt(TREASURER, abi.encodeCall(LEDGER.answerFinding, (id, _digest())), refusal);
        if (refusal == 0) findings[which - 1] = 2;
    }

    function settle(uint256 which) external now_ {
        which = _pick(which, findings.length + 1);
        FindingId id = FindingId.wrap(uint32(which));
        bytes4 refusal = _findingRefusal(which, 3);
        _attempt(AUDITOR, abi.encodeCall(LEDGER.closeFinding, (id, _digest())), refusal);
        if (refusal == 0) findings[which - 1] = 3;
    }

    function confirm(uint32 count, uint64 sum) external now_ {
        bytes memory call = abi.encodeCall(
            LEDGER.confirmChannelTotal,
            (_digest(), CHANNEL, 20_300_101, "CNY", count, sum)
        );
        _requireNext(_attempt(PROVIDER, call, 0), ++confirmations);
    }

    function correct(uint256 kind, uint256 which) external now_ {
        (RecordKind of_, uint256 last) = kind % 2 == 0
            ? (RecordKind.Batch, batches)
            : (RecordKind.Claim, claims);
        which = _pick(which, last + 1);
        bytes4 refusal = which > last ? IAudit.UnknownRecord.selector : bytes4(0);
        bytes memory call = abi.encodeCall(LEDGER.noteCorrection, (_digest(), of_, uint32(which), _digest()));
        bytes memory given = _attempt(TREASURER, call, refusal);
        if (given.length != 0) _requireNext(given, ++corrections);
    }

    function noteHead(uint256 behind, bool wrong) external now_ {
        behind = _pick(behind, 256);
        bytes32 head = _digest();
        VM.roll(++_height);
        VM.setBlockhash(_height - behind, head);
        if (wrong) head = ~head;
        _attempt(
            _officer(behind),
            abi.encodeCall(LEDGER.noteHead, (uint64(_height - behind), head)),
            wrong ? IAudit.HeadMismatch.selector : bytes4(0)
        );
    }

    /// @notice During a pause nothing is recorded; what time has decided is still written.
    function pauseForAWhile(uint256 id) external now_ {
        id = _pick(id, PROGRAMMES);
        _attempt(GUARDIAN, abi.encodeCall(LEDGER.pause, ()), 0);
        bytes memory call = _expense(id, _programmes[id].operationsOut, 1);
        _attempt(TREASURER, call, Pausable.EnforcedPause.selector);
        if (EVENTS.periodsClosed(id) + 1 < periodOf(id)) {
            _attempt(TREASURER, abi.encodeCall(LEDGER.closePeriod, (ProgrammeId.wrap(uint32(id)), 1)), 0);
        }
        _attempt(address(this), abi.encodeCall(LEDGER.unpause, ()), 0);
    }

    /// @dev The whole ledger, a programme, or one of its periods.
    function _subject(uint256 id, uint256 period) private view returns (ProgrammeId, PeriodNumber) {
        id %= PROGRAMMES + 1;
        period = id == 0 ? 0 : period % (_programmes[id].declared + 1);
        return (ProgrammeId.wrap(uint32(id)), PeriodNumber.wrap(uint32(period)));
    }

    function _findingRefusal(uint256 which, uint256 to) private view returns (bytes4) {
        if (which > findings.length) return IAudit.UnknownFinding.selector;
        return findings[which - 1] >= to ? IAudit.WrongFindingState.selector : bytes4(0);
    }
}
