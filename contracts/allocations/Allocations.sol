// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Roles} from "../access/Roles.sol";
import {ActorId, AllocationId, FundId, NO_PROGRAMME, PeriodNumber, ProgrammeId} from "../books/Ids.sol";
import {LedgerStorage} from "../books/LedgerStorage.sol";
import {Line, LineEntry} from "../books/Line.sol";
import {Allocation, Books, Fund, Programme} from "../books/Records.sol";
import {Share} from "../books/Share.sol";
import {Funds} from "../funds/Funds.sol";
import {Programmes} from "../programmes/Programmes.sol";
import {IAllocations} from "./IAllocations.sol";

abstract contract Allocations is IAllocations, Funds, Programmes {
    using Line for LineEntry[];

    /// @inheritdoc IAllocations
    function allocatePremium(
        bytes32 operation,
        FundId fundId,
        ProgrammeId programmeId,
        uint96 startsAt,
        uint96 amount
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

        id = AllocationId.wrap(++LedgerStorage.books().counters.allocations);
        uint96 claimsAmount = uint96(Share.claimsIn(startsAt, startsAt + amount, fund.claimsShareBps));
        Allocation memory allocation = Allocation(
            fundId,
            programmeId,
            startsAt,
            amount,
            programme.totals.reserveIn,
            programme.totals.operationsIn
        );
        _append(AllocationId.unwrap(id), allocation, claimsAmount, fund, programme);
        emit PremiumAllocated(
            id,
            fundId,
            programmeId,
            startsAt,
            amount,
            allocation.reserveStart,
            claimsAmount,
            allocation.operationsStart,
            period,
            treasurer,
            operation
        );
    }

    function _append(
        uint32 id,
        Allocation memory allocation,
        uint96 claimsAmount,
        Fund storage fund,
        Programme storage programme
    ) private {
        uint96 operationsAmount = allocation.amount - claimsAmount;
        LedgerStorage.books().allocations[id] = allocation;
        fund.allocations.append(allocation.fundStart, allocation.amount, id);
        programme.reserveInflows.append(allocation.reserveStart, claimsAmount, id);
        programme.operationsInflows.append(allocation.operationsStart, operationsAmount, id);
        fund.allocated = allocation.fundStart + allocation.amount;
        programme.totals.reserveIn = allocation.reserveStart + claimsAmount;
        programme.totals.operationsIn = allocation.operationsStart + operationsAmount;
    }

    function _acceptRestriction(Fund storage fund, ProgrammeId id, Programme storage programme) private {
        ProgrammeId restrictedTo = fund.restrictedTo;
        if (restrictedTo == NO_PROGRAMME) return;
        if (restrictedTo != id) revert FundRestricted(restrictedTo, id);
        ProgrammeId expected = programme.fallbackTo;
        ProgrammeId actual = fund.fallbackTo;
        if (expected == NO_PROGRAMME) programme.fallbackTo = actual;
        else if (expected != actual) revert FallbackMismatch(expected, actual);
    }
}
