// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Roles} from "../access/Roles.sol";
import {ProgrammeKind, RecordKind} from "../books/Codes.sol";
import {PeriodNumber, ProgrammeId} from "../books/Ids.sol";
import {LedgerStorage} from "../books/LedgerStorage.sol";
import {Books, Period, Programme} from "../books/Records.sol";
import {Periods} from "./Periods.sol";
import {IProgrammes} from "./IProgrammes.sol";

/// @title Opening programmes and declaring periods
abstract contract Programmes is Periods {
    /// @inheritdoc IProgrammes
    function openProgramme(
        bytes32 operation,
        ProgrammeKind kind,
        bytes3 currency,
        uint32 region,
        bytes32 document
    ) external returns (ProgrammeId id) {
        _actingAs(Roles.TREASURER);
        _landOnce(operation);
        _requireCurrency(currency);
        _requireDigest(document);

        Books storage books = LedgerStorage.books();
        id = ProgrammeId.wrap(_nextId(RecordKind.Programme));
        Programme storage programme = books.programmes[id];
        programme.kind = kind;
        programme.currency = currency;
        programme.region = region;
        programme.currentPeriod = 1;
        emit ProgrammeOpened(id, kind, currency, region, document, operation);
    }

    /// @inheritdoc IProgrammes
    function declarePeriod(
        ProgrammeId id,
        PeriodNumber number,
        uint40 start,
        uint40 end,
        uint40 filingDeadline,
        uint256 cover,
        bool toTheMinute,
        bytes32 terms
    ) external {
        _actingAs(Roles.TREASURER);
        Programme storage programme = _programme(id);
        _roll(id, programme);
        uint32 declared = programme.declaredPeriods;
        uint32 next = PeriodNumber.unwrap(number);
        if (next != declared + 1) revert UnexpectedPeriod(PeriodNumber.wrap(declared + 1), number);
        // Both 0 where none is declared yet.
        (uint40 previousEnd, uint40 previousDeadline) = (
            programme.periods[declared].end,
            programme.periods[declared].filingDeadline
        );
        if (declared != 0 && start != previousEnd) revert PeriodNotContiguous(previousEnd, start);
        if (
            end <= start ||
            end <= block.timestamp ||
            filingDeadline < end ||
            filingDeadline < previousDeadline
        ) {
            revert InvalidPeriodTimes(start, end, filingDeadline);
        }
        _requireBounded(cover);
        _requireDigest(terms);

        Period storage period = programme.periods[next];
        period.start = start;
        period.end = end;
        period.filingDeadline = filingDeadline;
        period.cover = uint96(cover);
        period.toTheMinute = toTheMinute;
        period.terms = terms;
        programme.declaredPeriods = next;
        if (programme.currentPeriod == next) programme.currentEnd = end;
        emit PeriodDeclared(id, number, start, end, filingDeadline, cover, toTheMinute, terms);
    }
}
