// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccess} from "../access/IAccess.sol";
import {IAllocations} from "../allocations/IAllocations.sol";
import {IAudit} from "../audit/IAudit.sol";
import {FindingState, FindingStates, RecordKind} from "../books/Codes.sol";
import {TotalsWords as At} from "../books/TotalsWords.sol";
import {IDonations} from "../donations/IDonations.sol";
import {IExpenses} from "../expenses/IExpenses.sol";
import {IFunds} from "../funds/IFunds.sol";
import {IInsurers} from "../insurers/IInsurers.sol";
import {IMoves} from "../moves/IMoves.sol";
import {IProgrammes} from "../programmes/IProgrammes.sol";
import {IRefunds} from "../refunds/IRefunds.sol";
import {IRosters} from "../rosters/IRosters.sol";
import {ClaimEvents} from "./ClaimEvents.sol";
import {Vm} from "./Vm.sol";

/// @title The books as the events alone tell them (law L7)
/// @notice Nothing here asks the ledger; what an event does not carry can not be known. Claims, payouts and
///         recoveries are in {ClaimEvents}.
contract EventBooks is ClaimEvents {
    mapping(uint256 fund => uint256) public donated;
    mapping(uint256 fund => uint256) public allocated;
    mapping(uint256 fund => uint256) private _restrictedTo;
    mapping(uint256 fund => uint256) private _fallbacks;
    mapping(uint256 programme => uint256) public fallbackTo;
    mapping(uint256 programme => uint256) public declared;
    mapping(uint256 programme => uint256) public periodsClosed;
    mapping(uint256 batch => mapping(uint256 index => uint256)) public refunded;
    mapping(uint256 refund => bool) public covered;
    mapping(uint256 finding => FindingState) public findings;
    uint256 public heads;

    /// @notice Takes in logs in their order; others than the ledger's are none of these.
    function fold(Vm.Log[] calldata logs) external {
        for (uint256 i = 0; i < logs.length; i++) {
            Vm.Log calldata log = logs[i];
            // A pause names nobody in its topics, and changes no record.
            if (log.topics.length == 1) continue;
            if (!_foldMoney(log) && !_foldClaim(log) && !_foldAudit(log)) _foldSetUp(log);
        }
    }

    function _foldMoney(Vm.Log calldata log) private returns (bool) {
        bytes32 event_ = log.topics[0];
        uint256 id = uint256(log.topics[1]);
        if (event_ == IDonations.BatchRecorded.selector) {
            _count(RecordKind.Batch, id);
            (, uint256 startsAt, , uint256 sum, , , , ) = abi.decode(
                log.data,
                (uint32, uint256, uint256, uint256, bytes32, uint32, bytes32, bytes)
            );
            require(startsAt == donated[_topic(log, 2)], "L7: a batch says where it starts");
            donated[_topic(log, 2)] += sum;
        } else if (event_ == IAllocations.PremiumAllocated.selector) {
            _foldAllocation(log);
        } else if (event_ == IExpenses.ExpenseRecorded.selector) {
            _count(RecordKind.Expense, id);
            (, uint256 amount) = abi.decode(log.data, (uint256, uint256));
            _totals[_topic(log, 2)][At.OPERATIONS_OUT] += amount;
        } else if (event_ == IMoves.SurplusMoved.selector) {
            _foldMove(log);
        } else if (event_ == IRefunds.DonationRefunded.selector) {
            _count(RecordKind.Refund, id);
            (, , uint256 amount) = abi.decode(log.data, (uint32, uint256, uint256));
            refunded[_topic(log, 2)][_topic(log, 3)] += amount;
        } else if (event_ == IRefunds.RefundCovered.selector) {
            covered[id] = true;
        } else {
            return false;
        }
        return true;
    }

    function _foldAllocation(Vm.Log calldata log) private {
        _count(RecordKind.Allocation, _topic(log, 1));
        (uint256 fund, uint256 programme) = (_topic(log, 2), _topic(log, 3));
        (uint256 fundStart, uint256 amount, , uint256 claimsAmount) = abi.decode(
            log.data,
            (uint256, uint256, uint256, uint256)
        );
        require(fundStart == allocated[fund], "L7: an allocation says where it starts");
        allocated[fund] += amount;
        _totals[programme][At.RESERVE_IN] += claimsAmount;
        _totals[programme][At.OPERATIONS_IN] += amount - claimsAmount;
        if (programme == _restrictedTo[fund]) fallbackTo[programme] = _fallbacks[fund];
    }

    function _foldMove(Vm.Log calldata log) private {
        _count(RecordKind.Move, _topic(log, 1));
        uint256[12] storage from = _totals[_topic(log, 2)];
        uint256[12] storage to = _totals[_topic(log, 3)];
        (, , uint256 reserve, , , uint256 operations) = abi.decode(
            log.data,
            (uint256, uint256, uint256, uint256, uint256, uint256)
        );
        from[At.RESERVE_SPENT] += reserve;
        from[At.MOVED_OUT] += reserve;
        from[At.OPERATIONS_OUT] += operations;
        from[At.OPERATIONS_MOVED_OUT] += operations;
        to[At.RESERVE_IN] += reserve;
        to[At.MOVED_IN] += reserve;
        to[At.OPERATIONS_IN] += operations;
        to[At.OPERATIONS_MOVED_IN] += operations;
    }

    function _foldAudit(Vm.Log calldata log) private returns (bool) {
        bytes32 event_ = log.topics[0];
        uint256 id = uint256(log.topics[1]);
        if (event_ == IAudit.Attested.selector) _count(RecordKind.Attestation, id);
        else if (event_ == IAudit.ChannelTotalConfirmed.selector) _count(RecordKind.Confirmation, id);
        else if (event_ == IAudit.CorrectionNoted.selector) _count(RecordKind.Correction, id);
        else if (event_ == IAudit.HeadNoted.selector) heads++;
        else if (event_ == IAudit.FindingAnswered.selector) findings[id] = FindingStates.ANSWERED;
        else if (event_ == IAudit.FindingClosed.selector) findings[id] = FindingStates.CLOSED;
        else if (event_ == IAudit.FindingOpened.selector) {
            _count(RecordKind.Finding, id);
            findings[id] = FindingStates.OPEN;
        } else {
            return false;
        }
        return true;
    }

    function _foldSetUp(Vm.Log calldata log) private {
        bytes32 event_ = log.topics[0];
        uint256 id = uint256(log.topics[1]);
        if (event_ == IAccess.ActorRegistered.selector) {
            _count(RecordKind.Actor, id);
            actorOf[address(uint160(_topic(log, 2)))] = id;
        } else if (event_ == IFunds.FundOpened.selector) {
            _count(RecordKind.Fund, id);
            _restrictedTo[id] = _topic(log, 2);
            (, , _fallbacks[id]) = abi.decode(log.data, (bytes3, uint16, uint256));
        } else if (event_ == IProgrammes.ProgrammeOpened.selector) {
            _count(RecordKind.Programme, id);
        } else if (event_ == IProgrammes.PeriodDeclared.selector) {
            declared[id] = _topic(log, 2);
            (, , , _policies[id][declared[id]].cover) = abi.decode(
                log.data,
                (uint40, uint40, uint40, uint256)
            );
        } else if (event_ == IRosters.RosterAppended.selector) {
            _count(RecordKind.Roster, id);
        } else if (event_ == IInsurers.InsurersDeclared.selector) {
            (_policies[id][_topic(log, 2)].shares) = abi.decode(log.data, (uint256));
        } else if (event_ == IProgrammes.PeriodClosed.selector) {
            _foldClose(log);
        }
    }

    /// @dev The events before it already tell all that a close record says.
    function _foldClose(Vm.Log calldata log) private {
        uint256 programme = _topic(log, 1);
        IProgrammes.CloseRecord memory record = abi.decode(log.data, (IProgrammes.CloseRecord));
        require(_topic(log, 2) == ++periodsClosed[programme], "L7: periods close in order");
        uint256[12] storage totals = _totals[programme];
        require(record.closing == totals[At.RESERVE_IN] - totals[At.RESERVE_SPENT], "L7: carried forward");
        require(record.approvedUnpaid == totals[At.APPROVED_UNPAID], "L7: of it promised");
        require(record.filedUndecided == totals[At.FILED_UNDECIDED], "L7: and undecided");
    }
}
