// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RecordKind} from "./Codes.sol";
import {ProgrammeId} from "./Ids.sol";
import {Books, Programme} from "./Records.sol";
import {LedgerStorage} from "./LedgerStorage.sol";
import {IBooks} from "./IBooks.sol";

/// @title Requirements that several verbs share
abstract contract BooksBase is IBooks {
    /// @dev The next id of a kind; ids count from 1, and the ledger stops at the last id of 32 bits. The counters
    ///      stand in the order of RecordKind, eight to a slot.
    function _nextId(RecordKind kind) internal returns (uint32 id) {
        Books storage books = LedgerStorage.books();
        assembly ("memory-safe") {
            let slot := add(books.slot, shr(3, kind))
            let shift := shl(5, and(kind, 7))
            let word := add(sload(slot), shl(shift, 1))
            id := and(shr(shift, word), 0xffffffff)
            if iszero(id) {
                revert(0, 0)
            }
            sstore(slot, word)
        }
    }

    function _lastId(RecordKind kind) internal view returns (uint32 id) {
        Books storage books = LedgerStorage.books();
        assembly ("memory-safe") {
            id := and(shr(shl(5, and(kind, 7)), sload(add(books.slot, shr(3, kind)))), 0xffffffff)
        }
    }

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
        _requireBounded(amount);
    }

    /// @dev For figures that may be 0, and for those that are only published: readers need not take any number.
    function _requireBounded(uint256 amount) internal pure {
        if (amount > type(uint64).max) revert AmountTooLarge(type(uint64).max, amount);
    }

    function _requirePosition(uint256 lineEnd, uint256 startsAt) internal pure {
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

    function _requireProgrammeCurrency(ProgrammeId programme, bytes3 currency) internal view {
        bytes3 expected = _programme(programme).currency;
        if (expected != currency) revert CurrencyMismatch(expected, currency);
    }

    function _requireDay(uint32 day) internal pure {
        uint256 month = (day / 100) % 100;
        uint256 dayOfMonth = day % 100;
        bool plausible =
            day >= 1000_00_00 &&
                day <= 9999_12_31 &&
                month >= 1 &&
                month <= 12 &&
                dayOfMonth >= 1 &&
                dayOfMonth <= 31;
        if (!plausible) revert InvalidDay(day);
    }
}
