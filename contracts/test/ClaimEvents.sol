// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ClaimState, ClaimStates, Reason, RecordKind} from "../books/Codes.sol";
import {TotalsWords as At} from "../books/TotalsWords.sol";
import {IClaims} from "../claims/IClaims.sol";
import {IRecoveries} from "../recoveries/IRecoveries.sol";
import {Vm} from "./Vm.sol";

struct EventClaim {
    uint256 programme;
    uint256 period;
    bytes32 person;
    ClaimState state;
    uint256 requested;
    uint256 approved;
    uint256 queueNumber;
    uint256 filer;
    uint256 adjudicator;
    uint256 lastPayout;
    uint256 aidOf;
    uint256 remaining;
    uint256 granted;
    Reason reason;
}

struct EventPayout {
    uint256 claim;
    uint256 previous;
    uint256 start;
    uint256 amount;
    uint256 recovered;
}

struct EventPolicy {
    uint256 cover;
    uint256 shares;
    uint256 paid;
    uint256 recovered;
}

/// @title Claims, payouts and recoveries as the events alone tell them
abstract contract ClaimEvents {
    mapping(RecordKind kind => uint256) public counts;
    mapping(address account => uint256) public actorOf;
    mapping(uint256 programme => uint256) public openClaims;
    mapping(uint256 programme => uint256) public lastQueueNumber;
    mapping(uint256 programme => mapping(uint256 period => mapping(bytes32 person => uint256)))
        public committed;
    mapping(uint256 programme => mapping(uint256 period => EventPolicy)) internal _policies;
    mapping(uint256 programme => uint256[12]) internal _totals;
    mapping(uint256 claim => EventClaim) internal _claims;
    mapping(uint256 payout => EventPayout) internal _payouts;

    function totals(uint256 programme) external view returns (uint256[12] memory) {
        return _totals[programme];
    }

    function policy(uint256 programme, uint256 period) external view returns (EventPolicy memory) {
        return _policies[programme][period];
    }

    function claim(uint256 id) external view returns (EventClaim memory) {
        return _claims[id];
    }

    function payout(uint256 id) external view returns (EventPayout memory) {
        return _payouts[id];
    }

    function _foldClaim(Vm.Log calldata log) internal returns (bool) {
        bytes32 event_ = log.topics[0];
        EventClaim storage c = _claims[uint256(log.topics[1])];
        uint256[12] storage t = _totals[c.programme];
        if (event_ == IClaims.ClaimFiled.selector) {
            _foldFiled(log);
        } else if (event_ == IClaims.GrantFiled.selector) {
            _foldGrant(log);
        } else if (event_ == IClaims.ClaimWithdrawn.selector) {
            _end(c, ClaimStates.WITHDRAWN, At.FILED_UNDECIDED, c.requested);
        } else if (event_ == IClaims.ClaimRejected.selector) {
            (c.reason) = abi.decode(log.data, (Reason));
            _end(c, ClaimStates.REJECTED, At.FILED_UNDECIDED, c.requested);
        } else if (event_ == IClaims.ClaimApproved.selector) {
            _foldApproved(log);
        } else if (event_ == IClaims.ClaimHeld.selector) {
            (c.reason) = abi.decode(log.data, (Reason));
            c.state = ClaimStates.ON_HOLD;
            t[At.APPROVED_UNPAID] -= c.approved;
        } else if (event_ == IClaims.ClaimReleased.selector) {
            c.reason = Reason.wrap(0);
            c.state = ClaimStates.APPROVED;
            t[At.APPROVED_UNPAID] += c.approved;
        } else if (event_ == IClaims.ClaimCancelled.selector) {
            (c.reason) = abi.decode(log.data, (Reason));
            uint256 waiting = c.state == ClaimStates.APPROVED ? c.approved : 0;
            _end(c, ClaimStates.CANCELLED, At.APPROVED_UNPAID, waiting);
            _commit(c, c.approved, false);
        } else if (event_ == IClaims.ClaimPaid.selector) {
            _foldPaid(log);
        } else if (event_ == IRecoveries.PayoutRecovered.selector) {
            _foldRecovered(log);
        } else {
            return false;
        }
        return true;
    }

    function _topic(Vm.Log calldata log, uint256 place) internal pure returns (uint256) {
        return uint256(log.topics[place]);
    }

    /// @dev Ids of a kind come in order, without a gap.
    function _count(RecordKind kind, uint256 id) internal {
        require(id == ++counts[kind], "L7: ids count from 1 without a gap");
    }

    function _foldFiled(Vm.Log calldata log) private {
        EventClaim storage c = _file(log, _topic(log, 2));
        c.period = _topic(log, 3);
        (, c.person, , , c.requested, , , c.filer) = abi.decode(
            log.data,
            (uint32, bytes32, uint40, bool, uint256, uint8, bytes32, uint256)
        );
        _totals[c.programme][At.FILED_UNDECIDED] += c.requested;
    }

    function _foldGrant(Vm.Log calldata log) private {
        EventClaim storage c = _file(log, _topic(log, 2));
        c.aidOf = _topic(log, 3);
        c.person = _claims[c.aidOf].person;
        (c.period, c.requested, , , c.filer) = abi.decode(
            log.data,
            (uint256, uint256, uint8, bytes32, uint256)
        );
        _totals[c.programme][At.FILED_UNDECIDED] += c.requested;
    }

    function _file(Vm.Log calldata log, uint256 programme) private returns (EventClaim storage c) {
        _count(RecordKind.Claim, _topic(log, 1));
        c = _claims[_topic(log, 1)];
        c.programme = programme;
        c.state = ClaimStates.FILED;
        openClaims[programme]++;
    }

    function _foldApproved(Vm.Log calldata log) private {
        EventClaim storage c = _claims[_topic(log, 1)];
        (c.approved, c.remaining, c.queueNumber, c.adjudicator) = abi.decode(
            log.data,
            (uint256, uint256, uint256, uint256)
        );
        require(c.queueNumber == ++lastQueueNumber[c.programme], "L7: queue numbers count from 1");
        c.state = ClaimStates.APPROVED;
        uint256[12] storage t = _totals[c.programme];
        t[At.FILED_UNDECIDED] -= c.requested;
        t[At.APPROVED_UNPAID] += c.approved;
        _commit(c, c.approved, true);
    }

    function _foldPaid(Vm.Log calldata log) private {
        (uint256 claimId, uint256 id) = (_topic(log, 1), _topic(log, 2));
        _count(RecordKind.Payout, id);
        EventClaim storage c = _claims[claimId];
        (, uint256 start, uint256 amount, uint256 policyStart) = abi.decode(
            log.data,
            (uint256, uint256, uint256, uint256)
        );
        uint256[12] storage t = _totals[c.programme];
        EventPolicy storage p = _policies[c.programme][c.period];
        require(start == t[At.RESERVE_SPENT] && policyStart == p.paid, "L7: a payout says where it starts");
        _payouts[id] = EventPayout(claimId, c.lastPayout, start, amount, 0);
        c.lastPayout = id;
        _end(c, ClaimStates.PAID, At.APPROVED_UNPAID, amount);
        t[At.RESERVE_SPENT] += amount;
        p.paid += amount;
    }

    function _foldRecovered(Vm.Log calldata log) private {
        _count(RecordKind.Recovery, _topic(log, 1));
        EventPayout storage out = _payouts[_topic(log, 2)];
        EventClaim storage c = _claims[out.claim];
        (, bool returned, , uint256 offset, uint256 start, uint256 amount, uint256 policyStart) = abi.decode(
            log.data,
            (uint256, bool, uint256, uint256, uint256, uint256, uint256)
        );
        uint256[12] storage t = _totals[c.programme];
        EventPolicy storage p = _policies[c.programme][c.period];
        require(offset == out.recovered && start == t[At.RESERVE_IN], "L7: a recovery says where it starts");
        require(policyStart == p.recovered, "L7: also for the insurers");
        out.recovered += amount;
        t[At.RESERVE_IN] += amount;
        t[At.RECOVERED] += amount;
        p.recovered += amount;
        if (!returned) return _commit(c, amount, false);
        c.approved = amount;
        c.state = ClaimStates.APPROVED;
        t[At.APPROVED_UNPAID] += amount;
        openClaims[c.programme]++;
    }

    function _end(EventClaim storage c, ClaimState state, uint256 place, uint256 amount) private {
        c.state = state;
        _totals[c.programme][place] -= amount;
        openClaims[c.programme]--;
    }

    function _commit(EventClaim storage c, uint256 amount, bool more) private {
        uint256 before = committed[c.programme][c.period][c.person];
        committed[c.programme][c.period][c.person] = more ? before + amount : before - amount;
        if (c.aidOf == 0) return;
        EventClaim storage aided = _claims[c.aidOf];
        aided.granted = more ? aided.granted + amount : aided.granted - amount;
    }
}
