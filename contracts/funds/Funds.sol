// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Access} from "../access/Access.sol";
import {Roles} from "../access/Roles.sol";
import {BooksBase} from "../books/BooksBase.sol";
import {FundId, NO_PROGRAMME, ProgrammeId} from "../books/Ids.sol";
import {LedgerStorage} from "../books/LedgerStorage.sol";
import {Books, Fund} from "../books/Records.sol";
import {Share} from "../books/Share.sol";
import {IFunds} from "./IFunds.sol";

abstract contract Funds is IFunds, Access, BooksBase {
    /// @inheritdoc IFunds
    function openFund(
        bytes32 operation,
        bytes3 currency,
        uint16 claimsShareBps,
        ProgrammeId restrictedTo,
        ProgrammeId fallbackTo,
        bytes32 document
    ) external returns (FundId id) {
        _actingAs(Roles.TREASURER);
        _landOnce(operation);
        _requireCurrency(currency);
        if (claimsShareBps > Share.WHOLE_BPS) revert InvalidShare(Share.WHOLE_BPS, claimsShareBps);
        _requireDigest(document);
        _requireRestriction(currency, restrictedTo, fallbackTo);

        Books storage books = LedgerStorage.books();
        id = FundId.wrap(++books.counters.funds);
        Fund storage fund = books.funds[id];
        fund.claimsShareBps = claimsShareBps;
        fund.currency = currency;
        fund.restrictedTo = restrictedTo;
        fund.fallbackTo = fallbackTo;
        emit FundOpened(id, currency, claimsShareBps, restrictedTo, fallbackTo, document, operation);
    }

    function _fund(FundId id) internal view returns (Fund storage fund) {
        fund = LedgerStorage.books().funds[id];
        if (fund.currency == 0) revert UnknownFund(id);
    }

    function _requireRestriction(
        bytes3 currency,
        ProgrammeId restrictedTo,
        ProgrammeId fallbackTo
    ) private view {
        if (restrictedTo == NO_PROGRAMME && fallbackTo == NO_PROGRAMME) return;
        if (restrictedTo == NO_PROGRAMME || restrictedTo == fallbackTo) {
            revert InvalidFallback(restrictedTo, fallbackTo);
        }
        _requireProgrammeCurrency(restrictedTo, currency);
        _requireProgrammeCurrency(fallbackTo, currency);
    }

    function _requireProgrammeCurrency(ProgrammeId programme, bytes3 currency) internal view {
        bytes3 expected = _programme(programme).currency;
        if (expected != currency) revert CurrencyMismatch(expected, currency);
    }
}
