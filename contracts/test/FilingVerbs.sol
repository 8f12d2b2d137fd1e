// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BenefitKind, ClaimStates} from "../books/Codes.sol";
import {ClaimId, PeriodNumber, ProgrammeId, RosterId} from "../books/Ids.sol";
import {IClaims} from "../claims/IClaims.sol";
import {IProgrammes} from "../programmes/IProgrammes.sol";
import {GhostClaim, GhostPolicy, GhostRoster} from "./Ghosts.sol";
import {HandlerBase} from "./HandlerBase.sol";
import {RosterTree} from "./RosterTree.sol";

/// @title Filing claims and grants, and taking them back
abstract contract FilingVerbs is HandlerBase {
    using RosterTree for GhostRoster;

    function file(uint256 which, uint256 line, uint256 incident, uint256 amount) external now_ {
        if (rosters == 0) return;
        // One in eight from any roster, whatever its deadline.
        which = which % 8 == 0 ? _pick(which, rosters) : _rosterInTime(which >> 8);
        GhostRoster memory roster = _rosters[which];
        line %= roster.people.length;
        amount = _pick(amount, 1500);
        GhostPolicy storage policy_ = _policies[roster.programme][roster.period];
        bool touches;
        (incident, touches) = _incident(
            roster.programme == MINUTES ? 60 : 1 days,
            roster.froms[line],
            roster.tos[line],
            incident
        );
        bytes4 refusal;
        if (time > policy_.deadline) refusal = IClaims.FilingDeadlinePassed.selector;
        else if (!touches) refusal = IClaims.IncidentOutsideValidity.selector;
        address filer = _officer(incident ^ amount);
        bytes memory answer = _attempt(filer, _filing(which, roster, line, incident, amount), refusal);
        if (answer.length == 0) return;
        _filed(answer, filer, roster.programme, roster.period, amount);
        _claims[claims].person = roster.people[line];
    }

    function grant(uint256 period, uint256 which, uint256 amount) external now_ {
        if (claims == 0 || _programmes[AID].declared == 0) return;
        period = _pick(period, _programmes[AID].declared);
        uint256 paid = _paidInsurance(which);
        // One in eight, or where none is paid, follows any claim, grants too.
        uint256 aidOf = paid == 0 || which % 8 == 0 ? _pick(which, claims) : paid;
        amount = _pick(amount, 600);
        bytes4 refusal;
        if (_claims[aidOf].state != ClaimStates.PAID) refusal = IClaims.WrongClaimState.selector;
        else if (_claims[aidOf].programme == AID) refusal = IProgrammes.WrongProgrammeKind.selector;
        else if (time < _policies[AID][period].start) refusal = IProgrammes.PeriodNotBegun.selector;
        else if (time > _policies[AID][period].deadline) refusal = IClaims.FilingDeadlinePassed.selector;
        address filer = _officer(which ^ amount);
        bytes memory call = abi.encodeCall(
            LEDGER.fileGrant,
            (
                _digest(),
                ProgrammeId.wrap(uint32(AID)),
                PeriodNumber.wrap(uint32(period)),
                ClaimId.wrap(uint32(aidOf)),
                amount,
                BenefitKind.Cash,
                _digest()
            )
        );
        bytes memory answer = _attempt(filer, call, refusal);
        if (answer.length == 0) return;
        _filed(answer, filer, AID, period, amount);
        _claims[claims].person = _claims[aidOf].person;
        _claims[claims].aidOf = aidOf;
    }

    /// @return A paid claim of an insurance programme, 0 if there is none.
    function _paidInsurance(uint256 seed) private view returns (uint256) {
        for (uint256 i = 0; i < claims; i++) {
            uint256 id = (((seed % claims) + i) % claims) + 1;
            if (_claims[id].state == ClaimStates.PAID && _claims[id].programme != AID) return id;
        }
        return 0;
    }

    function withdraw(uint256 which) external now_ {
        uint256 id = _claimIn(ClaimStates.FILED, which);
        if (id != 0) _withdraw(id, which);
    }

    function _withdraw(uint256 id, uint256 seed) internal {
        GhostClaim storage claim_ = _claims[id];
        _attempt(_officer(seed), abi.encodeCall(LEDGER.withdrawClaim, (ClaimId.wrap(uint32(id)))), 0);
        claim_.state = ClaimStates.WITHDRAWN;
        _programmes[claim_.programme].filedUndecided -= claim_.requested;
        _programmes[claim_.programme].openClaims--;
    }

    /// @return which A roster whose period's filing deadline has not passed, or any if there is none.
    function _rosterInTime(uint256 seed) private view returns (uint256 which) {
        for (uint256 i = 0; i < rosters; i++) {
            which = (((seed % rosters) + i) % rosters) + 1;
            GhostRoster storage roster = _rosters[which];
            if (time <= _policies[roster.programme][roster.period].deadline) break;
        }
    }

    function _filing(
        uint256 which,
        GhostRoster memory roster,
        uint256 line,
        uint256 incident,
        uint256 amount
    ) private returns (bytes memory) {
        return
            abi.encodeCall(
                LEDGER.fileClaim,
                (
                    _digest(),
                    RosterId.wrap(uint32(which)),
                    roster.people[line],
                    uint40(roster.froms[line]),
                    uint40(roster.tos[line]),
                    roster.proofOf(line),
                    uint40(incident),
                    amount,
                    BenefitKind(amount % 3),
                    _digest()
                )
            );
    }

    function _filed(bytes memory answer, address filer, uint256 id, uint256 period, uint256 amount) private {
        _requireNext(answer, ++claims);
        GhostClaim storage claim_ = _claims[claims];
        claim_.programme = id;
        claim_.period = period;
        claim_.state = ClaimStates.FILED;
        claim_.requested = amount;
        claim_.filer = filer;
        _programmes[id].filedUndecided += amount;
        _programmes[id].openClaims++;
    }

    /// @dev A day or minute that touches [from, to) and is not in the future; one in eight lies one unit outside.
    function _incident(
        uint256 unit,
        uint256 from,
        uint256 to,
        uint256 seed
    ) private view returns (uint256 incident, bool touches) {
        uint256 first = _unitStart(from, unit);
        uint256 last = _unitStart(to - 1, unit);
        if (seed % 16 == 0) return (first - unit, false);
        if (seed % 16 == 1) return (last + unit, false);
        uint256 today = _unitStart(time, unit);
        if (today < first) return (first, false);
        if (today < last) last = today;
        return (first + unit * (seed % ((last - first) / unit + 1)), true);
    }

    function _unitStart(uint256 moment, uint256 unit) private pure returns (uint256) {
        return moment - ((moment + SHANGHAI) % unit);
    }
}
