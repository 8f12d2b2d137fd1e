// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {GhostRoster} from "./Ghosts.sol";

/// @title Merkle roots and proofs of small rosters, built the plain way: level by level, pairs sorted
library RosterTree {
    function root(GhostRoster memory roster) internal pure returns (bytes32) {
        bytes32[] memory level = _leaves(roster);
        while (level.length > 1) level = _above(level);
        return level[0];
    }

    /// @return siblings Of line `index`, lowest first.
    function proofOf(
        GhostRoster memory roster,
        uint256 index
    ) internal pure returns (bytes32[] memory siblings) {
        bytes32[] memory level = _leaves(roster);
        while (level.length > 1) {
            if ((index ^ 1) < level.length) siblings = _with(siblings, level[index ^ 1]);
            level = _above(level);
            index /= 2;
        }
    }

    function _leaves(GhostRoster memory roster) private pure returns (bytes32[] memory leaves) {
        leaves = new bytes32[](roster.people.length);
        for (uint256 i = 0; i < leaves.length; i++) {
            bytes memory line = abi.encode(roster.people[i], roster.froms[i], roster.tos[i]);
            leaves[i] = keccak256(bytes.concat(keccak256(line)));
        }
    }

    /// @dev An odd last node moves up.
    function _above(bytes32[] memory level) private pure returns (bytes32[] memory above) {
        above = new bytes32[]((level.length + 1) / 2);
        for (uint256 i = 0; i < above.length; i++) {
            above[i] =
                2 * i + 1 == level.length
                    ? level[2 * i]
                    : Hashes.commutativeKeccak256(level[2 * i], level[2 * i + 1]);
        }
    }

    function _with(bytes32[] memory list, bytes32 last) private pure returns (bytes32[] memory longer) {
        longer = new bytes32[](list.length + 1);
        for (uint256 i = 0; i < list.length; i++) longer[i] = list[i];
        longer[list.length] = last;
    }
}
