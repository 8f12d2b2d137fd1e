// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessControlDefaultAdminRules} from "@openzeppelin/contracts/access/extensions/AccessControlDefaultAdminRules.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {RecordKind} from "../books/Codes.sol";
import {ActorId, NO_PROGRAMME, ProgrammeId} from "../books/Ids.sol";
import {BooksBase} from "../books/BooksBase.sol";
import {Books} from "../books/Records.sol";
import {LedgerStorage} from "../books/LedgerStorage.sol";
import {IAccess} from "./IAccess.sol";
import {Roles} from "./Roles.sol";

/// @title Actors, roles and the pause
abstract contract Access is IAccess, BooksBase, AccessControlDefaultAdminRules, Pausable {
    /// @inheritdoc IAccess
    function registerActor(address account) external onlyRole(DEFAULT_ADMIN_ROLE) returns (ActorId actor) {
        if (account == address(0)) revert ZeroAccount();
        Books storage books = LedgerStorage.books();
        ActorId known = books.actorOf[account];
        if (ActorId.unwrap(known) != 0) revert ActorAlreadyRegistered(known);
        actor = ActorId.wrap(_nextId(RecordKind.Actor));
        books.actorOf[account] = actor;
        emit ActorRegistered(actor, account);
    }

    /// @inheritdoc IAccess
    function pause() external onlyRole(Roles.ofLedger(Roles.GUARDIAN)) {
        _pause();
    }

    /// @inheritdoc IAccess
    function unpause() external onlyRole(DEFAULT_ADMIN_ROLE) {
        _unpause();
    }

    /// @dev Every verb that records begins with one of these: not paused, and the caller is an actor with the
    ///      ledger-wide role `name`, with the role in a programme, or with the role for a channel.
    function _actingAs(bytes32 name) internal view returns (ActorId) {
        return _actingAs(name, NO_PROGRAMME);
    }

    function _actingAs(bytes32 name, ProgrammeId programme) internal view returns (ActorId) {
        return _actingFor(name, bytes32(uint256(ProgrammeId.unwrap(programme))));
    }

    /// @param scope The programme's id or the channel: role ids are hashed over one word either way.
    function _actingFor(bytes32 name, bytes32 scope) internal view returns (ActorId) {
        _checkRole(Roles.within(name, scope));
        return _acting();
    }

    /// @dev Any registered actor.
    function _acting() internal view returns (ActorId actor) {
        _requireNotPaused();
        actor = LedgerStorage.books().actorOf[_msgSender()];
        if (ActorId.unwrap(actor) == 0) revert UnknownActor(_msgSender());
    }
}
