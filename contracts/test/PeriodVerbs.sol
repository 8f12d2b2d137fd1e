// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ClaimStates} from "../books/Codes.sol";
import {PeriodNumber, ProgrammeId} from "../books/Ids.sol";
import {IInsurers} from "../insurers/IInsurers.sol";
import {IProgrammes} from "../programmes/IProgrammes.sol";
import {IRosters} from "../rosters/IRosters.sol";
import {GhostPolicy, GhostRoster} from "./Ghosts.sol";
import {HandlerBase} from "./HandlerBase.sol";
import {RosterTree} from "./RosterTree.sol";

/// @title Time, policy periods, insurers and rosters
abstract contract PeriodVerbs is HandlerBase {
    using RosterTree for GhostRoster;

    /// So few people that they claim again and again, until their cover is used up.
    uint256 private constant PEOPLE = 3;

    function wait(uint256 seconds_) external now_ {
        time += seconds_ % 8 hours;
    }

    function declare(uint256 id, uint256 length, uint256 cover, uint256 grace) external now_ {
        id = _pick(id, PROGRAMMES);
        uint256 declared = _programmes[id].declared;
        // Never more than 8 can be due.
        if (declared + 1 > periodOf(id) + 3) return;
        GhostPolicy storage before = _policies[id][declared];
        GhostPolicy storage next = _policies[id][declared + 1];
        next.start = declared == 0 ? time : before.end;
        next.end = (next.start > time ? next.start : time) + _pick(length, 4 days);
        uint256 deadline = next.end + (grace % 2 days);
        next.deadline = deadline < before.deadline ? before.deadline : deadline;
        next.cover = cover % 3 == 0 ? 0 : _pick(cover, 2500);
        _programmes[id].declared = declared + 1;
        _attempt(
            TREASURER,
            abi.encodeCall(
                LEDGER.declarePeriod,
                (
                    ProgrammeId.wrap(uint32(id)),
                    PeriodNumber.wrap(uint32(declared + 1)),
                    uint40(next.start),
                    uint40(next.end),
                    uint40(next.deadline),
                    next.cover,
                    id == MINUTES,
                    _digest()
                )
            ),
            0
        );
    }

    function close(uint256 id, uint256 max, address anyone) external now_ {
        id = _pick(id, PROGRAMMES);
        bool due = EVENTS.periodsClosed(id) + 1 < periodOf(id);
        _attempt(
            anyone,
            abi.encodeCall(LEDGER.closePeriod, (ProgrammeId.wrap(uint32(id)), uint32(_pick(max, 3)))),
            due ? bytes4(0) : IProgrammes.NothingToClose.selector
        );
    }

    function insure(uint256 id, uint256 period, uint256 insurers, uint256 seed) external now_ {
        id = _pick(id, PROGRAMMES);
        if (_programmes[id].declared == 0) return;
        period = _pick(period, _programmes[id].declared);
        GhostPolicy storage policy_ = _policies[id][period];
        uint256 shares = _shares(insurers % 7 == 0 ? 16 : _pick(insurers, 4), seed);
        bool tooMany = seed % 8 == 0;
        bytes4 refusal;
        if (policy_.shares != 0 || policy_.paid != 0) refusal = IInsurers.InsurersFixed.selector;
        else if (tooMany) refusal = IInsurers.InvalidShares.selector;
        _attempt(
            TREASURER,
            abi.encodeCall(
                LEDGER.declareInsurers,
                (
                    ProgrammeId.wrap(uint32(id)),
                    PeriodNumber.wrap(uint32(period)),
                    tooMany ? shares + 1 : shares,
                    _digest()
                )
            ),
            refusal
        );
        if (refusal == 0) policy_.shares = shares;
    }

    /// @dev Validity begins within the period, lasts up to two days and may run past the period's end.
    function enrol(uint256 id, uint256 period, uint256 count, uint256 seed) external now_ {
        id = _pick(id, PROGRAMMES);
        if (_programmes[id].declared == 0) return;
        // Mostly the present period: an earlier one is over.
        uint256 present = periodOf(id) > _programmes[id].declared ? _programmes[id].declared : periodOf(id);
        period = period % 8 == 0 ? _pick(period, _programmes[id].declared) : present;
        GhostPolicy storage policy_ = _policies[id][period];
        GhostRoster storage roster = _rosters[rosters + 1];
        delete roster.people;
        delete roster.froms;
        delete roster.tos;
        (roster.programme, roster.period) = (id, period);
        for (uint256 i = 0; i < _pick(count, 5); i++) {
            seed = uint256(keccak256(abi.encode(seed)));
            roster.people.push(keccak256(abi.encode(id, period, seed % PEOPLE)));
            uint256 from = policy_.start + ((seed >> 16) % (policy_.end - policy_.start));
            from -= from % 60;
            roster.froms.push(from);
            roster.tos.push(from + 60 * _pick(seed >> 64, 2 days / 60));
        }
        bytes4 refusal;
        if (id == AID) refusal = IProgrammes.WrongProgrammeKind.selector;
        else if (time >= policy_.end) refusal = IRosters.PeriodOver.selector;
        bytes memory answer = _attempt(_officer(seed), _roster(id, period, roster), refusal);
        if (answer.length != 0) _requireNext(answer, ++rosters);
    }

    function _roster(uint256 id, uint256 period, GhostRoster memory roster) private returns (bytes memory) {
        return
            abi.encodeCall(
                LEDGER.appendRoster,
                (
                    _digest(),
                    ProgrammeId.wrap(uint32(id)),
                    PeriodNumber.wrap(uint32(period)),
                    roster.root(),
                    roster.people.length,
                    3000,
                    1_000_000
                )
            );
    }

    /// @return shares 16 bits each, that sum to 10000.
    function _shares(uint256 count, uint256 seed) private pure returns (uint256 shares) {
        uint256 left = 10_000;
        for (uint256 i = 0; i + 1 < count; i++) {
            seed = uint256(keccak256(abi.encode(seed)));
            // At least 1 each, so that something is left for those behind.
            uint256 share = _pick(seed, left - (count - 1 - i));
            shares |= share << (16 * i);
            left -= share;
        }
        shares |= left << (16 * (count - 1));
    }
}
