// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ProgrammeId} from "./Ids.sol";
import {Programme} from "./Records.sol";
import {LedgerStorage} from "./LedgerStorage.sol";
import {IBooks} from "./IBooks.sol";

/// @title Requirements that several verbs share
abstract contract BooksBase is IBooks {
    /// @dev Remembers `operation` for ever; a second landing reverts.
    function _landOnce(bytes32 operation) internal {
        if (operation == 0) revert ZeroOperation();
        mapping(bytes32 operation => bool) storage operations = LedgerStorage.books().operations;
        if (operations[operation]) revert AlreadyRecorded(operation);
        operations[operation] = true;
    }

    function _requireDigest(bytes32 digest) internal pure {
        if (digest == 0) revert ZeroDigest();
    }

    function _requireAmount(uint256 amount) internal pure {
        if (amount == 0) revert ZeroAmount();
        if (amount > type(uint64).max) revert AmountTooLarge(type(uint64).max, amount);
    }

    function _requirePosition(uint96 lineEnd, uint96 startsAt) internal pure {
        if (lineEnd != startsAt) revert StalePosition(lineEnd, startsAt);
    }

    function _requireCurrency(bytes3 currency) internal pure {
        for (uint256 i = 0; i < 3; i++) {
            if (currency[i] < "A" || currency[i] > "Z") revert InvalidCurrency(currency);
        }
    }

    function _programme(ProgrammeId id) internal view returns (Programme storage programme) {
        programme = LedgerStorage.books().programmes[id];
        // Every opened programme is in a period; the word is one that verbs read anyway.
        if (programme.currentPeriod == 0) revert UnknownProgramme(id);
    }
}
