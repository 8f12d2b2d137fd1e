// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ledger} from "../Ledger.sol";
import {Roles} from "../access/Roles.sol";
import {ProgrammeKind} from "../books/Codes.sol";
import {NO_PROGRAMME, ProgrammeId} from "../books/Ids.sol";
import {AuditVerbs} from "./AuditVerbs.sol";
import {EventBooks} from "./EventBooks.sol";
import {MoveVerbs} from "./MoveVerbs.sol";
import {PaymentVerbs} from "./PaymentVerbs.sol";
import {PeriodVerbs} from "./PeriodVerbs.sol";
import {VM} from "./Vm.sol";

/// @title Every verb of the ledger with bounded arguments, and what each must have done
contract LedgerHandler is AuditVerbs, PeriodVerbs, PaymentVerbs, MoveVerbs {
    constructor() {
        VM.warp(time);
        VM.recordLogs();
        LEDGER = new Ledger(address(this), 0, address(0));
        EVENTS = new EventBooks();
        LEDGER.registerChannel(CHANNEL);
        _appoint(RECORDER, Roles.ofLedger(Roles.RECORDER));
        _appoint(TREASURER, Roles.ofLedger(Roles.TREASURER));
        _appoint(AUDITOR, Roles.ofLedger(Roles.AUDITOR));
        _appoint(GUARDIAN, Roles.ofLedger(Roles.GUARDIAN));
        _appoint(PROVIDER, Roles.within(Roles.PROVIDER, CHANNEL));
        for (uint256 i = 0; i < OFFICERS; i++) LEDGER.registerActor(_officer(i));
        for (uint32 id = 1; id <= PROGRAMMES; id++) _open(ProgrammeId.wrap(id));
        for (uint256 id = 1; id < FUNDS; id++) _openFund(_bps(id), 0, 0);
        _openFund(_bps(FUNDS), 1, 2);
        EVENTS.fold(VM.getRecordedLogs());
    }

    function _appoint(address account, bytes32 role) private {
        LEDGER.registerActor(account);
        LEDGER.grantRole(role, account);
    }

    function _open(ProgrammeId id) private {
        bool aid = ProgrammeId.unwrap(id) == AID;
        ProgrammeKind kind = aid ? ProgrammeKind.Aid : ProgrammeKind.Insurance;
        VM.prank(TREASURER);
        LEDGER.openProgramme(_digest(), kind, "CNY", 130_723, _digest());
        for (uint256 i = 0; i < OFFICERS; i++) {
            LEDGER.grantRole(Roles.ofProgramme(Roles.COORDINATOR, id), _officer(i));
            LEDGER.grantRole(Roles.ofProgramme(Roles.ADJUDICATOR, id), _officer(i));
            LEDGER.grantRole(Roles.ofProgramme(Roles.PAYER, id), _officer(i));
        }
    }

    function _openFund(uint16 bps, uint32 restrictedTo, uint32 fallbackTo) private {
        VM.prank(TREASURER);
        LEDGER.openFund(
            _digest(),
            "CNY",
            bps,
            ProgrammeId.wrap(restrictedTo),
            ProgrammeId.wrap(fallbackTo),
            _digest()
        );
    }
}
