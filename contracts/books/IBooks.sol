// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ProgrammeId} from "./Ids.sol";

/// @title Refusals that several verbs share
interface IBooks {
    /// @notice This operation has landed before; nothing was written twice.
    error AlreadyRecorded(bytes32 operation);
    /// @notice An operation id is required and may not be zero.
    error ZeroOperation();
    /// @notice A digest or salted commitment is required and may not be zero.
    error ZeroDigest();
    /// @notice An amount must be at least one minor unit.
    error ZeroAmount();
    /// @notice One record carries at most 2^64 - 1 minor units, so that no line can overflow.
    error AmountTooLarge(uint256 limit, uint256 actual);
    /// @notice Another record took this place on the line first; ask for the line's end and sign again.
    error StalePosition(uint256 expected, uint256 actual);
    error UnknownProgramme(ProgrammeId programme);
    /// @notice A currency is three capital letters, ISO 4217.
    error InvalidCurrency(bytes3 currency);
    /// @notice Not a day YYYYMMDD with a month 1 to 12 and a day 1 to 31.
    error InvalidDay(uint32 day);
    error CurrencyMismatch(bytes3 expected, bytes3 actual);
}
