// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ActorId} from "../books/Ids.sol";
import {LedgerHandler} from "./LedgerHandler.sol";
import {RandomVerbs} from "./RandomVerbs.sol";
import {StoredBooks} from "./StoredBooks.sol";
import {VM} from "./Vm.sol";

/// @title Random histories of the books, and questions to what the ledger stores
abstract contract BooksInvariants {
    using RandomVerbs for LedgerHandler;

    /// Random histories begin behind this many verbs, always the same, so that there is something to act on.
    uint256 internal constant BEFORE = 100;

    LedgerHandler internal handler;
    address internal ledger;
    bytes private _ledgerCode;
    bytes private _storedCode;

    function setUp() public virtual {
        handler = new LedgerHandler();
        ledger = address(handler.LEDGER());
        _ledgerCode = ledger.code;
        _storedCode = address(new StoredBooks()).code;
        for (uint256 step = 1; step <= BEFORE; step++) _act(step);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev The ledger's storage under code that answers everything about it, and then the ledger again.
    modifier inStorage() {
        VM.etch(ledger, _storedCode);
        _;
        VM.etch(ledger, _ledgerCode);
    }

    /// @dev Step `step` of the one long history.
    function _act(uint256 step) internal {
        handler.act(uint256(keccak256(abi.encode("step", step))));
    }

    function _stored() internal view returns (StoredBooks) {
        return StoredBooks(ledger);
    }

    function _actor(ActorId id) internal pure returns (uint256) {
        return ActorId.unwrap(id);
    }
}
