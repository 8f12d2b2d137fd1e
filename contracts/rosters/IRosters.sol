// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ActorId, PeriodNumber, ProgrammeId, RosterId} from "../books/Ids.sol";

/// @title Rosters: who is insured in a policy period, as Merkle roots
/// @notice A roster is appended in batches. A leaf is keccak256(keccak256(abi.encode(person, from, to))): a salted
///         pseudonym, new for every programme and period, and its validity [from, to) by the minute. A claim proves
///         its leaf; who else is on the roster stays unknown.
/// @notice Published, not enforced: count, premium and denominator. No contract can count the leaves of a root.
interface IRosters {
    /// @param root Of a tree as OpenZeppelin's MerkleProof verifies it: pairs sorted, leaves hashed twice.
    /// @param count Insured people in this batch.
    /// @param premiumPerHead Minor units for each of them.
    /// @param denominator How many people could have been enrolled; 0 where no such figure is published.
    event RosterAppended(
        RosterId indexed roster,
        ProgrammeId indexed programme,
        PeriodNumber indexed policyPeriod,
        bytes32 root,
        uint256 count,
        uint256 premiumPerHead,
        uint256 denominator,
        ActorId coordinator,
        bytes32 operation
    );

    error UnknownRoster(RosterId roster);
    /// @notice Nobody can be enrolled in a period that is over.
    error PeriodOver(uint256 end, uint256 now_);

    /// @notice Appends a batch of insured people to a policy period. Emits a {RosterAppended} event.
    /// Requirements:
    /// - not paused; the caller is a registered actor with the coordinator role of the programme;
    /// - `operation` is not zero and has not landed before;
    /// - `programme` exists and is an insurance programme;
    /// - `policyPeriod` is declared and not over;
    /// - `root` is not zero; `count` is at least 1; count, premium and denominator are at most 2^64 - 1.
    function appendRoster(
        bytes32 operation,
        ProgrammeId programme,
        PeriodNumber policyPeriod,
        bytes32 root,
        uint256 count,
        uint256 premiumPerHead,
        uint256 denominator
    ) external returns (RosterId roster);
}
