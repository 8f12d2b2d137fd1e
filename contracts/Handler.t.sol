// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";
import {IAccess} from "./access/IAccess.sol";
import {IAllocations} from "./allocations/IAllocations.sol";
import {IAudit} from "./audit/IAudit.sol";
import {IBooks} from "./books/IBooks.sol";
import {IClaims} from "./claims/IClaims.sol";
import {IDonations} from "./donations/IDonations.sol";
import {IExpenses} from "./expenses/IExpenses.sol";
import {IInsurers} from "./insurers/IInsurers.sol";
import {IMoves} from "./moves/IMoves.sol";
import {IProgrammes} from "./programmes/IProgrammes.sol";
import {IRecoveries} from "./recoveries/IRecoveries.sol";
import {IRefunds} from "./refunds/IRefunds.sol";
import {IRosters} from "./rosters/IRosters.sol";
import {LedgerHandler} from "./test/LedgerHandler.sol";
import {RandomVerbs} from "./test/RandomVerbs.sol";

/// @title The handler is worth its name
/// @notice Laws that hold because nothing happens prove nothing. In one long history, always the same, every verb
///         lands and is refused where the rules refuse it.
contract HandlerTest {
    using RandomVerbs for LedgerHandler;

    uint256 private constant STEPS = 2000;

    function test_everyVerbLandsAndIsRefused() external {
        LedgerHandler handler = new LedgerHandler();
        for (uint256 step = 1; step <= STEPS; step++)
            handler.act(uint256(keccak256(abi.encode("step", step))));
        _requireLanded(handler);
        _requireRefused(handler);
        require(handler.bankReturns() >= 5, "too rare: bank returns");
        require(handler.moves() >= 5, "too rare: moves");
    }

    function _requireLanded(LedgerHandler handler) private view {
        bytes4[27] memory verbs = [
            IDonations.recordDonations.selector,
            IAllocations.allocatePremium.selector,
            IExpenses.recordExpense.selector,
            Multicall.multicall.selector,
            IRefunds.refundDonation.selector,
            IRefunds.coverRefund.selector,
            IProgrammes.declarePeriod.selector,
            IProgrammes.closePeriod.selector,
            IInsurers.declareInsurers.selector,
            IRosters.appendRoster.selector,
            IClaims.fileClaim.selector,
            IClaims.fileGrant.selector,
            IClaims.withdrawClaim.selector,
            IClaims.approveClaim.selector,
            IClaims.rejectClaim.selector,
            IClaims.holdClaim.selector,
            IClaims.releaseClaim.selector,
            IClaims.cancelClaim.selector,
            IClaims.payClaim.selector,
            IRecoveries.recoverPayout.selector,
            IMoves.moveSurplus.selector,
            IAudit.attest.selector,
            IAudit.openFinding.selector,
            IAudit.answerFinding.selector,
            IAudit.closeFinding.selector,
            IAudit.noteHead.selector,
            IAudit.noteCorrection.selector
        ];
        for (uint256 i = 0; i < verbs.length; i++) _require(handler.landed(verbs[i]), 5, "verb", i);
        _require(handler.landed(IAudit.confirmChannelTotal.selector), 5, "confirmations", 0);
        _require(handler.landed(IAccess.pause.selector), 5, "pauses", 0);
    }

    function _requireRefused(LedgerHandler handler) private view {
        bytes4[24] memory refusals = [
            IBooks.StalePosition.selector,
            IAllocations.FundRestricted.selector,
            IAllocations.UnallocatedTooSmall.selector,
            IProgrammes.InRunOff.selector,
            IProgrammes.NothingToClose.selector,
            IProgrammes.WrongProgrammeKind.selector,
            IRosters.PeriodOver.selector,
            IInsurers.InsurersFixed.selector,
            IInsurers.InvalidShares.selector,
            IClaims.FilingDeadlinePassed.selector,
            IClaims.IncidentOutsideValidity.selector,
            IClaims.WrongClaimState.selector,
            IClaims.SameActor.selector,
            IClaims.CoverExceeded.selector,
            IClaims.AidExceeded.selector,
            IClaims.InvalidQueuePlace.selector,
            IClaims.NotQueueHead.selector,
            IClaims.ReserveTooSmall.selector,
            IRecoveries.WrongRecoveryAmount.selector,
            IMoves.InvalidDestination.selector,
            IMoves.ProgrammeNotEnded.selector,
            IRefunds.RefundTooLarge.selector,
            IAudit.WrongFindingState.selector,
            IAudit.HeadMismatch.selector
        ];
        for (uint256 i = 0; i < refusals.length; i++)
            _require(handler.refusals(refusals[i]), 2, "refusal", i);
    }

    function _require(uint256 count, uint256 least, string memory what, uint256 place) private pure {
        bytes memory digits = new bytes(2);
        (digits[0], digits[1]) = (bytes1(uint8(48 + place / 10)), bytes1(uint8(48 + (place % 10))));
        require(count >= least, string.concat("too rare: ", what, " ", string(digits)));
    }
}
