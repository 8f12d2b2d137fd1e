// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {NO_PROGRAMME, ProgrammeId} from "../books/Ids.sol";

/// @title Names of the roles, and the role id that access control stores
/// @notice role = keccak256(abi.encode(name, programme)); programme 0 for a role of the whole ledger; the provider's
///         is keccak256(abi.encode(name, channel)). Names are ASCII in a bytes32, so that anyone can recompute every role from the programme ids.
library Roles {
    /// Records donation batches.
    bytes32 internal constant RECORDER = "recorder";
    /// Opens funds and programmes, declares periods, allocates premiums, records expenses.
    bytes32 internal constant TREASURER = "treasurer";
    /// Attests and opens findings.
    bytes32 internal constant AUDITOR = "auditor";
    /// Pauses every verb that records; can never rewrite.
    bytes32 internal constant GUARDIAN = "guardian";
    /// Files claims of one programme.
    bytes32 internal constant COORDINATOR = "coordinator";
    /// Approves claims of one programme.
    bytes32 internal constant ADJUDICATOR = "adjudicator";
    /// Pays claims of one programme.
    bytes32 internal constant PAYER = "payer";

    /// A payment provider or bank, of one channel: confirms what it received.
    bytes32 internal constant PROVIDER = "provider";

    function ofLedger(bytes32 name) internal pure returns (bytes32) {
        return ofProgramme(name, NO_PROGRAMME);
    }

    function ofProgramme(bytes32 name, ProgrammeId programme) internal pure returns (bytes32) {
        return within(name, bytes32(uint256(ProgrammeId.unwrap(programme))));
    }

    /// @param scope A programme's id as a word, or a channel.
    function within(bytes32 name, bytes32 scope) internal pure returns (bytes32 role) {
        assembly ("memory-safe") {
            mstore(0x00, name)
            mstore(0x20, scope)
            role := keccak256(0x00, 0x40)
        }
    }
}
