// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Roles} from "../access/Roles.sol";
import {ProgrammeKind, RecordKind} from "../books/Codes.sol";
import {ActorId, PeriodNumber, ProgrammeId, RosterId} from "../books/Ids.sol";
import {LedgerStorage} from "../books/LedgerStorage.sol";
import {Books, Programme, Roster} from "../books/Records.sol";
import {Programmes} from "../programmes/Programmes.sol";
import {IRosters} from "./IRosters.sol";

abstract contract Rosters is IRosters, Programmes {
    /// @inheritdoc IRosters
    function appendRoster(
        bytes32 operation,
        ProgrammeId programmeId,
        PeriodNumber policyPeriod,
        bytes32 root,
        uint256 count,
        uint256 premiumPerHead,
        uint256 denominator
    ) external returns (RosterId id) {
        ActorId coordinator = _actingAs(Roles.COORDINATOR, programmeId);
        _landOnce(operation);
        Programme storage programme = _programmeOf(programmeId, ProgrammeKind.Insurance);
        uint40 end = _period(programmeId, programme, policyPeriod).end;
        if (block.timestamp >= end) revert PeriodOver(end, block.timestamp);
        _requireDigest(root);
        _requireAmount(count);
        _requireBounded(premiumPerHead);
        _requireBounded(denominator);

        Books storage books = LedgerStorage.books();
        id = RosterId.wrap(_nextId(RecordKind.Roster));
        Roster storage roster = books.rosters[id];
        roster.programme = programmeId;
        roster.policyPeriod = policyPeriod;
        roster.root = root;
        emit RosterAppended(
            id,
            programmeId,
            policyPeriod,
            root,
            count,
            premiumPerHead,
            denominator,
            coordinator,
            operation
        );
    }

    function _roster(RosterId id) internal view returns (Roster storage roster) {
        roster = LedgerStorage.books().rosters[id];
        if (roster.root == 0) revert UnknownRoster(id);
    }
}
