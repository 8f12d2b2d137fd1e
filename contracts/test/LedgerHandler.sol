// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ledger} from "../Ledger.sol";
import {Roles} from "../access/Roles.sol";
import {BenefitKind, ExpenseKind, ProgrammeKind} from "../books/Codes.sol";
import {ClaimId, FundId, NO_PROGRAMME, PeriodNumber, ProgrammeId} from "../books/Ids.sol";
import {ILens} from "../lens/ILens.sol";
import {Lens} from "../lens/Lens.sol";
import {VM} from "./Vm.sol";

/// @title Every verb with bounded arguments, and what each must have done
/// @notice A verb here is one that the rules allow at its time, so a revert is a defect and fails the run. Where
///         the rules refuse, the refusal itself is checked. Ghosts are counted apart from the ledger.
contract LedgerHandler {
    uint256 public constant FUNDS = 4;
    uint256 public constant PROGRAMMES = 3;
    uint256 private constant SHANGHAI = 8 hours;

    struct GhostFund {
        uint256 donated;
        uint256 allocated;
        uint256 claimsAllocated;
    }

    struct GhostPeriod {
        uint256 allocated;
        uint256 paid;
        uint256 operationsIn;
        uint256 expenses;
    }

    struct GhostProgramme {
        uint256[] ends;
        uint256[] queue;
        uint256 queuePaid;
        uint256 approvedUnpaid;
        uint256 filedUndecided;
    }

    Ledger public immutable LEDGER;
    Lens public immutable LENS;

    /// Block time; it outlives the call that moves it.
    uint256 public time = 1_900_000_000;
    uint256 public batches;
    uint256 public claims;
    /// How often the ledger refused what it had to refuse.
    uint256 public refusals;
    mapping(uint256 fund => GhostFund) public funds;
    mapping(uint256 batch => bytes) public leavesOf;
    mapping(uint256 programme => mapping(uint256 period => GhostPeriod)) public periods;
    mapping(uint256 claim => uint256) public claimAmount;
    mapping(uint256 claim => uint256) public paidAmount;
    mapping(uint256 programme => GhostProgramme) private _programmes;
    uint256[] private _filed;
    uint256 private _nonce;

    address private constant RECORDER = address(0xA1);
    address private constant TREASURER = address(0xA2);
    address private constant COORDINATOR = address(0xA3);
    address private constant ADJUDICATOR = address(0xA4);
    address private constant PAYER = address(0xA5);

    modifier now_() {
        time += 1;
        VM.warp(time);
        _;
    }

    constructor() {
        VM.warp(time);
        LEDGER = new Ledger(address(this), 0, address(0));
        LENS = new Lens(LEDGER);
        LEDGER.registerChannel("alipay");
        _appoint(RECORDER, Roles.RECORDER, NO_PROGRAMME);
        _appoint(TREASURER, Roles.TREASURER, NO_PROGRAMME);
        for (uint32 i = 1; i <= PROGRAMMES; i++) {
            ProgrammeId id = ProgrammeId.wrap(i);
            LEDGER.grantRole(Roles.ofProgramme(Roles.COORDINATOR, id), COORDINATOR);
            LEDGER.grantRole(Roles.ofProgramme(Roles.ADJUDICATOR, id), ADJUDICATOR);
            LEDGER.grantRole(Roles.ofProgramme(Roles.PAYER, id), PAYER);
            VM.prank(TREASURER);
            LEDGER.openProgramme(_digest(), ProgrammeKind.Insurance, "CNY", 130_723, _digest());
        }
        LEDGER.registerActor(COORDINATOR);
        LEDGER.registerActor(ADJUDICATOR);
        LEDGER.registerActor(PAYER);
        _openFund(0, 0, 0);
        _openFund(3333, 0, 0);
        _openFund(9000, 0, 0);
        _openFund(10_000, 1, 2);
    }

    function programme(
        uint256 id
    ) external view returns (uint256 approvedUnpaid, uint256 filedUndecided, uint256[] memory waiting) {
        GhostProgramme storage ghost = _programmes[id];
        waiting = new uint256[](ghost.queue.length - ghost.queuePaid);
        for (uint256 i = 0; i < waiting.length; i++) waiting[i] = ghost.queue[ghost.queuePaid + i];
        return (ghost.approvedUnpaid, ghost.filedUndecided, waiting);
    }

    /// @notice The cash period that `time` is in: one past the periods that have ended.
    function periodOf(uint256 id) public view returns (uint256 period) {
        uint256[] storage ends = _programmes[id].ends;
        while (period < ends.length && ends[period] <= time) period++;
        period++;
    }

    function declaredOf(uint256 id) public view returns (uint256) {
        return _programmes[id].ends.length;
    }

    // The verbs.

    function wait(uint256 seconds_) external now_ {
        time += seconds_ % 3 days;
    }

    function record(uint256 fund, uint256 count, uint256 seed) external now_ {
        fund = _pick(fund, FUNDS);
        bytes memory leaves;
        uint256 sum;
        uint256 first = uint256(_digest()) >> 8;
        for (uint256 i = 0; i < _pick(count, 5); i++) {
            uint64 amount = uint64(_pick(uint256(keccak256(abi.encode(seed, i))), 1000));
            leaves = abi.encodePacked(leaves, amount, first + i);
            sum += amount;
        }
        FundId id = FundId.wrap(uint32(fund));
        bytes32 operation = keccak256(abi.encodePacked(id, bytes32("alipay"), uint32(20_300_101), leaves));
        uint96 startsAt = uint96(funds[fund].donated);
        VM.prank(RECORDER);
        LEDGER.recordDonations(operation, id, "alipay", 20_300_101, startsAt, leaves);
        leavesOf[++batches] = leaves;
        funds[fund].donated += sum;
    }

    function allocate(uint256 fund, uint256 to, uint256 amount, bool all) external now_ {
        fund = _pick(fund, FUNDS);
        to = fund == 4 ? 1 : _pick(to, PROGRAMMES);
        GhostFund storage ghost = funds[fund];
        uint256 left = ghost.donated - ghost.allocated;
        bool inRunOff = declaredOf(to) != 0 && periodOf(to) > declaredOf(to);
        bool refused = left == 0 || inRunOff;
        amount =
            refused
                ? 1
                : all
                    ? left
                    : _pick(amount, left);
        uint256 reserveBefore = _record(to).totals.reserveIn;
        uint256 operationsBefore = _record(to).totals.operationsIn;
        bytes32 operation = _digest();
        VM.prank(TREASURER);
        try
            LEDGER.allocatePremium(
                operation,
                FundId.wrap(uint32(fund)),
                ProgrammeId.wrap(uint32(to)),
                uint96(ghost.allocated),
                uint96(amount)
            )
        {
            require(!refused, "allocated from nothing or in run-off");
        } catch (bytes memory reason) {
            return _expectRefusal(refused, reason);
        }
        uint256 claimsAmount = _record(to).totals.reserveIn - reserveBefore;
        ghost.allocated += amount;
        ghost.claimsAllocated += claimsAmount;
        periods[to][periodOf(to)].allocated += claimsAmount;
        periods[to][periodOf(to)].operationsIn += _record(to).totals.operationsIn - operationsBefore;
    }

    function spend(uint256 id, uint256 amount) external now_ {
        id = _pick(id, PROGRAMMES);
        amount = _pick(amount, 300);
        uint96 startsAt = _record(id).totals.expenses;
        (bytes32 operation, bytes32 evidence) = (_digest(), _digest());
        VM.prank(TREASURER);
        LEDGER.recordExpense(
            operation,
            ProgrammeId.wrap(uint32(id)),
            ExpenseKind.Other,
            startsAt,
            uint96(amount),
            evidence
        );
        periods[id][periodOf(id)].expenses += amount;
    }

    function declare(uint256 id, uint256 length) external now_ {
        id = _pick(id, PROGRAMMES);
        uint256[] storage ends = _programmes[id].ends;
        // Never more than 8 can be due.
        if (ends.length + 1 > periodOf(id) + 3) return;
        uint256 start = ends.length == 0 ? time : ends[ends.length - 1];
        uint256 end = (start > time ? start : time) + _pick(length, 4 days);
        bytes32 terms = _digest();
        VM.prank(TREASURER);
        LEDGER.declarePeriod(
            ProgrammeId.wrap(uint32(id)),
            PeriodNumber.wrap(uint32(ends.length + 1)),
            uint40(start),
            uint40(end),
            uint40(end + 2 days),
            0,
            terms
        );
        ends.push(end);
    }

    function file(uint256 id, uint256 period, uint256 incident, uint256 amount) external now_ {
        id = _pick(id, PROGRAMMES);
        if (declaredOf(id) == 0) return;
        period = _pick(period, declaredOf(id));
        ILens.PeriodRecord memory terms = LENS.period(
            ProgrammeId.wrap(uint32(id)),
            PeriodNumber.wrap(uint32(period))
        );
        bool refused = terms.start > time || terms.filingDeadline < time;
        uint256 last = terms.end - 1 < time ? terms.end - 1 : time;
        incident = refused ? terms.start : terms.start + (incident % (last - terms.start + 1));
        amount = _pick(amount, 1500);
        (bytes32 operation, bytes32 person, bytes32 evidence) = (_digest(), _digest(), _digest());
        VM.prank(COORDINATOR);
        try
            LEDGER.fileClaim(
                operation,
                ProgrammeId.wrap(uint32(id)),
                PeriodNumber.wrap(uint32(period)),
                person,
                uint40(incident - ((incident + SHANGHAI) % 1 days)),
                false,
                uint96(amount),
                BenefitKind.Cash,
                evidence
            )
        returns (ClaimId) {
            // An incident's day may have begun before its period does.
            require(terms.filingDeadline >= time, "filed too late");
        } catch (bytes memory reason) {
            return _expectRefusal(refused, reason);
        }
        _filed.push(++claims);
        claimAmount[claims] = amount;
        _programmes[id].filedUndecided += amount;
    }

    function approve(uint256 which, uint256 amount) external now_ {
        if (_filed.length == 0) return;
        which %= _filed.length;
        uint256 claim = _filed[which];
        _filed[which] = _filed[_filed.length - 1];
        _filed.pop();
        uint256 requested = claimAmount[claim];
        amount = _pick(amount, requested);
        ClaimId id = ClaimId.wrap(uint32(claim));
        uint256 of_ = ProgrammeId.unwrap(LENS.claim(id).programme);
        VM.prank(ADJUDICATOR);
        LEDGER.approveClaim(id, uint96(amount), uint96(requested - amount));
        claimAmount[claim] = amount;
        _programmes[of_].queue.push(claim);
        _programmes[of_].filedUndecided -= requested;
        _programmes[of_].approvedUnpaid += amount;
    }

    function pay(uint256 id) external now_ {
        id = _pick(id, PROGRAMMES);
        GhostProgramme storage ghost = _programmes[id];
        if (ghost.queuePaid == ghost.queue.length) return;
        uint256 claim = ghost.queue[ghost.queuePaid];
        uint256 amount = claimAmount[claim];
        (uint96 available, , ) = LENS.reserveOf(ProgrammeId.wrap(uint32(id)));
        bytes32 paymentReference = _digest();
        VM.prank(PAYER);
        try LEDGER.payClaim(ClaimId.wrap(uint32(claim)), paymentReference) {
            require(amount <= available, "paid from nothing");
        } catch (bytes memory reason) {
            return _expectRefusal(amount > available, reason);
        }
        ghost.queuePaid++;
        ghost.approvedUnpaid -= amount;
        paidAmount[claim] = amount;
        periods[id][periodOf(id)].paid += amount;
    }

    function close(uint256 id, uint256 max) external now_ {
        id = _pick(id, PROGRAMMES);
        bool due = _record(id).currentPeriod < periodOf(id);
        try LEDGER.closePeriod(ProgrammeId.wrap(uint32(id)), uint32(_pick(max, 3))) {
            require(due, "closed before its end");
        } catch (bytes memory reason) {
            _expectRefusal(!due, reason);
        }
    }

    function _record(uint256 id) private view returns (ILens.ProgrammeRecord memory) {
        return LENS.programme(ProgrammeId.wrap(uint32(id)));
    }

    /// @dev A refusal that the rules do not ask for goes on to whoever called.
    function _expectRefusal(bool expected, bytes memory reason) private {
        refusals++;
        if (expected) return;
        assembly ("memory-safe") {
            revert(add(reason, 0x20), mload(reason))
        }
    }

    /// @return A number from 1 to `most`.
    function _pick(uint256 seed, uint256 most) private pure returns (uint256) {
        return (seed % most) + 1;
    }

    function _digest() private returns (bytes32) {
        return keccak256(abi.encode(++_nonce));
    }

    function _appoint(address account, bytes32 role, ProgrammeId programme_) private {
        LEDGER.registerActor(account);
        LEDGER.grantRole(Roles.ofProgramme(role, programme_), account);
    }

    function _openFund(uint16 bps, uint32 restrictedTo, uint32 fallbackTo) private {
        (bytes32 operation, bytes32 document) = (_digest(), _digest());
        VM.prank(TREASURER);
        LEDGER.openFund(
            operation,
            "CNY",
            bps,
            ProgrammeId.wrap(restrictedTo),
            ProgrammeId.wrap(fallbackTo),
            document
        );
    }
}
