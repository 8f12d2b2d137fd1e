// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Co-insurers' parts of a policy period's total, by peeling (insurers/IInsurers.sol)
library Peeling {
    /// @param shares 16 bits an insurer, the first lowest, that sum to 10000.
    function parts(uint256 total, uint256 shares) internal pure returns (uint256[16] memory part) {
        uint256 left = total;
        uint256 sharesLeft = 10_000;
        for (uint256 i = 0; shares != 0; i++) {
            uint256 share = shares & type(uint16).max;
            part[i] = (left * share) / sharesLeft;
            left -= part[i];
            sharesLeft -= share;
            shares >>= 16;
        }
        require(left == 0, "the last insurer takes what is left");
    }
}
