// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Roles} from "../access/Roles.sol";
import {RecordKind} from "../books/Codes.sol";
import {ActorId, AllocationId, FundId, NO_PROGRAMME, PeriodNumber, ProgrammeId} from "../books/Ids.sol";
import {LedgerStorage} from "../books/LedgerStorage.sol";
import {Line, LineEntry} from "../books/Line.sol";
import {Allocation, Fund, Programme, Totals} from "../books/Records.sol";
import {TotalsWords as At} from "../books/TotalsWords.sol";
import {Share} from "../books/Share.sol";
import {Funds} from "../funds/Funds.sol";
import {Programmes} from "../programmes/Programmes.sol";
import {IAllocations} from "./IAllocations.sol";

abstract contract Allocations is IAllocations, Funds, Programmes {
    using Line for LineEntry[];
    using At for Totals;

    /// @inheritdoc IAllocations
    function allocatePremium(
        bytes32 operation,
        FundId fundId,
        ProgrammeId programmeId,
        uint256 startsAt,
        uint256 amount
    ) external returns (AllocationId id) {
        ActorId treasurer = _actingAs(Roles.TREASURER);
        _landOnce(operation);
        Fund storage fund = _fund(fundId);
        Programme storage programme = _programme(programmeId);
        _requireProgrammeCurrency(programmeId, fund.currency);
        _acceptRestriction(fund, programmeId, programme);
        PeriodNumber period = _roll(programmeId, programme);
        if (_inRunOff(programme)) revert InRunOff(programmeId);
        _requirePosition(fund.allocated, startsAt);
        _requireAmount(amount);
        if (amount > fund.donated - startsAt) revert UnallocatedTooSmall(fund.donated - startsAt, amount);

        id = AllocationId.wrap(_nextId(RecordKind.Allocation));
        uint256 claimsAmount = Share.claimsIn(startsAt, startsAt + amount, fund.claimsShareBps);
        uint256 reserveStart = programme.totals.read(At.RESERVE_IN);
        uint256 operationsStart = programme.totals.read(At.OPERATIONS_IN);
        Allocation storage allocation = LedgerStorage.books().allocations[AllocationId.unwrap(id)];
        allocation.fund = fundId;
        allocation.programme = programmeId;
        allocation.fundStart = uint96(startsAt);
        allocation.amount = uint96(amount);
        allocation.reserveStart = uint96(reserveStart);
        allocation.operationsStart = uint96(operationsStart);
        fund.allocations.append(startsAt, amount, AllocationId.unwrap(id));
        programme.reserveInflows.append(reserveStart, claimsAmount, AllocationId.unwrap(id));
        programme.operationsInflows.append(operationsStart, amount - claimsAmount, AllocationId.unwrap(id));
        fund.allocated = uint96(startsAt + amount);
        programme.totals.grow(At.RESERVE_IN, claimsAmount);
        programme.totals.grow(At.OPERATIONS_IN, amount - claimsAmount);
        emit PremiumAllocated(
            id,
            fundId,
            programmeId,
            startsAt,
            amount,
            reserveStart,
            claimsAmount,
            operationsStart,
            period,
            treasurer,
            operation
        );
    }

    function _acceptRestriction(Fund storage fund, ProgrammeId id, Programme storage programme) private {
        ProgrammeId restrictedTo = fund.restrictedTo;
        if (restrictedTo == NO_PROGRAMME) return;
        ProgrammeId actual = fund.fallbackTo;
        if (restrictedTo != id) {
            // What came too late for its programme goes where that programme's surplus goes.
            Programme storage ended = _programme(restrictedTo);
            _roll(restrictedTo, ended);
            if (actual != id || !_inRunOff(ended)) revert FundRestricted(restrictedTo, id);
            return;
        }
        ProgrammeId expected = programme.fallbackTo;
        if (expected == NO_PROGRAMME) programme.fallbackTo = actual;
        else if (expected != actual) revert FallbackMismatch(expected, actual);
    }
}
