// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What the tests ask of the machine that runs them
interface Vm {
    /// @notice Sets the block time, in seconds.
    function warp(uint256 time) external;
    /// @notice The next call is made by `sender`.
    function prank(address sender) external;
}

Vm constant VM = Vm(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);
