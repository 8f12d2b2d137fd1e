// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What the tests ask of the machine that runs them
interface Vm {
    struct Log {
        bytes32[] topics;
        bytes data;
        address emitter;
    }

    /// @notice Sets the block time, in seconds.
    function warp(uint256 time) external;
    /// @notice Sets the block number.
    function roll(uint256 number) external;
    /// @notice Replaces the code of an account.
    function etch(address account, bytes calldata code) external;
    /// @notice What blockhash answers for one of the last 256 blocks.
    function setBlockhash(uint256 number, bytes32 blockHash) external;
    /// @notice The next call is made by `sender`.
    function prank(address sender) external;
    /// @notice Keeps every log from now on.
    function recordLogs() external;
    /// @notice The logs kept so far; the next answer begins behind them.
    function getRecordedLogs() external returns (Log[] memory);
}

Vm constant VM = Vm(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);
