// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Access} from "../access/Access.sol";
import {Roles} from "../access/Roles.sol";
import {RecordKind} from "../books/Codes.sol";
import {BatchId, FundId, NO_PROGRAMME, ProgrammeId} from "../books/Ids.sol";
import {LedgerStorage} from "../books/LedgerStorage.sol";
import {Books, Fund} from "../books/Records.sol";
import {Share} from "../books/Share.sol";
import {MerkleSum} from "../donations/MerkleSum.sol";
import {IFunds} from "./IFunds.sol";

abstract contract Funds is IFunds, Access {
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
        id = FundId.wrap(_nextId(RecordKind.Fund));
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

    /// @dev The root that a batch of this chain and ledger has.
    function _batchRoot(
        FundId fund,
        BatchId batch,
        uint256 startsAt,
        uint256 count,
        uint256 sum,
        bytes32 treeRoot
    ) internal view returns (bytes32) {
        return
            MerkleSum.batchRoot(
                block.chainid,
                address(this),
                FundId.unwrap(fund),
                BatchId.unwrap(batch),
                startsAt,
                count,
                sum,
                treeRoot
            );
    }
}
