// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The promise: which fen of a fund line are claims fen
/// @notice c(x) = floor(x * bps / 10000) over cumulative positions. An interval [s, e) of the line gives exactly
///         c(e) - c(s) to claims and the rest to operating cost. Flooring per donation instead would lose a
///         fraction of a fen on every one of millions of small gifts.
library Share {
    uint256 internal constant WHOLE_BPS = 10_000;

    /// @param end A position of the fund line.
    /// @param bps The fund's claims share, 0 to 10000.
    /// @return How many of the positions [0, end) are claims fen.
    function claimsUpTo(uint256 end, uint256 bps) internal pure returns (uint256) {
        return (end * bps) / WHOLE_BPS;
    }

    /// @return The number of claims fen in [start, end).
    function claimsIn(uint256 start, uint256 end, uint256 bps) internal pure returns (uint256) {
        return claimsUpTo(end, bps) - claimsUpTo(start, bps);
    }

    /// @notice The fund position of the claims fen number `claimsPosition`, counted from 0: the smallest p with
    ///         c(p + 1) = claimsPosition + 1.
    /// @param bps Above 0: a fund without a claims share has no claims fen.
    function positionOfClaimsFen(uint256 claimsPosition, uint256 bps) internal pure returns (uint256) {
        return ((claimsPosition + 1) * WHOLE_BPS + bps - 1) / bps - 1;
    }
}
