// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Share} from "../books/Share.sol";

/// @title The promise's arithmetic, one function at a time
contract ShareHarness {
    function claimsUpTo(uint256 end, uint256 bps) external pure returns (uint256) {
        return Share.claimsUpTo(end, bps);
    }

    function claimsIn(uint256 start, uint256 end, uint256 bps) external pure returns (uint256) {
        return Share.claimsIn(start, end, bps);
    }

    function positionOfClaimsFen(uint256 claimsPosition, uint256 bps) external pure returns (uint256) {
        return Share.positionOfClaimsFen(claimsPosition, bps);
    }

    /// @notice The claims shares of gifts of 1, 2, … `last` fen, one after the other from position 0.
    function claimsOfGrowingGifts(uint256 last, uint256 bps) external pure returns (uint256[] memory claims) {
        claims = new uint256[](last);
        uint256 start;
        for (uint256 amount = 1; amount <= last; amount++) {
            claims[amount - 1] = Share.claimsIn(start, start + amount, bps);
            start += amount;
        }
    }
}
