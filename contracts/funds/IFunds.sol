// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FundId, ProgrammeId} from "../books/Ids.sol";

/// @title Funds: one fund-raising promise each
/// @notice Currency, claims share and restriction are fixed when a fund is opened. Warning: there is no verb to
///         change them; a new promise is a new fund.
interface IFunds {
    /// @param document sha256 of the published document in RFC 8785 form, which carries the names.
    event FundOpened(
        FundId indexed fund,
        bytes3 currency,
        uint16 claimsShareBps,
        ProgrammeId indexed restrictedTo,
        ProgrammeId fallbackTo,
        bytes32 document,
        bytes32 operation
    );

    error UnknownFund(FundId fund);
    /// @notice A claims share is 0 to 10000 basis points.
    error InvalidShare(uint256 limit, uint256 actual);
    /// @notice A restricted fund names another programme as its fallback; a general fund names none.
    error InvalidFallback(ProgrammeId restrictedTo, ProgrammeId fallbackTo);

    /// @notice Opens a fund. Emits a {FundOpened} event.
    /// Requirements:
    /// - not paused; the caller is a registered actor with the treasurer role;
    /// - `operation` is not zero and has not landed before;
    /// - `currency` is three capital letters;
    /// - `claimsShareBps` is at most 10000;
    /// - `document` is not zero;
    /// - `restrictedTo` and `fallbackTo` are both 0, or two different programmes that exist in this currency.
    function openFund(
        bytes32 operation,
        bytes3 currency,
        uint16 claimsShareBps,
        ProgrammeId restrictedTo,
        ProgrammeId fallbackTo,
        bytes32 document
    ) external returns (FundId fund);
}
