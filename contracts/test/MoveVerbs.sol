// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ClaimStates} from "../books/Codes.sol";
import {ProgrammeId} from "../books/Ids.sol";
import {IMoves} from "../moves/IMoves.sol";
import {DecisionVerbs} from "./DecisionVerbs.sol";
import {FilingVerbs} from "./FilingVerbs.sol";
import {GhostProgramme} from "./Ghosts.sol";
import {VM} from "./Vm.sol";

/// @title The end of a programme
abstract contract MoveVerbs is DecisionVerbs, FilingVerbs {
    uint256 public moves;

    function move(uint256 from, uint256 to) external now_ {
        _move(_pick(from, PROGRAMMES), _pick(to, PROGRAMMES));
    }

    /// @notice Waits for the last deadline, settles what is open, and moves what is left.
    function windUp(uint256 from, uint256 to) external now_ {
        from = _pick(from, PROGRAMMES);
        GhostProgramme storage ghost = _programmes[from];
        // Seldom: it ends the periods of every other programme too.
        if (ghost.declared == 0 || to % 3 != 0) return;
        uint256 deadline = _policies[from][ghost.declared].deadline;
        if (time <= deadline) time = deadline + 1;
        VM.warp(time);
        for (uint256 id = 1; id <= claims; id++) {
            if (_claims[id].programme != from) continue;
            if (_claims[id].state == ClaimStates.FILED) _withdraw(id, id);
            if (_claims[id].state == ClaimStates.APPROVED || _claims[id].state == ClaimStates.ON_HOLD)
                _cancel(id, 1);
        }
        _move(from, ghost.fallbackTo != 0 ? ghost.fallbackTo : _pick(to >> 8, PROGRAMMES));
    }

    function _move(uint256 from, uint256 to) private {
        GhostProgramme storage source = _programmes[from];
        uint256 reserve = source.reserveIn - source.reserveSpent;
        uint256 operations =
            source.operationsIn > source.operationsOut ? source.operationsIn - source.operationsOut : 0;
        bytes memory answer = _attempt(
            TREASURER,
            abi.encodeCall(
                LEDGER.moveSurplus,
                (_digest(), ProgrammeId.wrap(uint32(from)), ProgrammeId.wrap(uint32(to)))
            ),
            _moveRefusal(from, to, reserve + operations)
        );
        if (answer.length == 0) return;
        _requireNext(answer, ++moves);
        source.reserveSpent += reserve;
        source.operationsOut += operations;
        _programmes[to].reserveIn += reserve;
        _programmes[to].operationsIn += operations;
        _flow(from).movedOut += reserve;
        _flow(from).operationsMovedOut += operations;
        _flow(to).movedIn += reserve;
        _flow(to).operationsMovedIn += operations;
    }

    function _moveRefusal(uint256 from, uint256 to, uint256 left) private view returns (bytes4) {
        GhostProgramme storage source = _programmes[from];
        if (from == to || (source.fallbackTo != 0 && source.fallbackTo != to)) {
            return IMoves.InvalidDestination.selector;
        }
        bool late = inRunOff(from) && time > _policies[from][source.declared].deadline;
        if (!late || source.openClaims != 0) return IMoves.ProgrammeNotEnded.selector;
        return left == 0 ? IMoves.NothingToMove.selector : bytes4(0);
    }
}
