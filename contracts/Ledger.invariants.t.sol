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
import {BooksInvariants} from "./test/BooksInvariants.sol";
import {ClaimLaws} from "./test/ClaimLaws.sol";
import {EventLaws} from "./test/EventLaws.sol";
import {LensLaws} from "./test/LensLaws.sol";
import {LineLaws} from "./test/LineLaws.sol";

/// @title The laws of the books, held after every verb of random histories
/// @notice The laws themselves are named functions in test/LineLaws.sol (L1, L2, L3, L5), test/ClaimLaws.sol (L6) and
///         test/EventLaws.sol (L7), test/LensLaws.sol (L4, and what the lens says of L3 and L6).
/// @notice States that no history may reach:
///         - a fund has more allocated than donated;
///         - a programme's reserve has paid or moved out more than came in;
///         - a claim is paid and was never approved, or has a payout and no adjudicator;
///         - a claim is approved for more than was requested;
///         - a claim is filed and approved, approved and paid, or filed and paid by one actor;
///         - a claim is payable and not in its programme's queue, or in the queue and not payable: held, cancelled,
///           paid, rejected, withdrawn, filed;
///         - a claim stands in the queue behind one with a higher number, or twice, or in another programme's queue;
///         - two claims of a programme have one queue number, or a claim that was never approved has one;
///         - what is promised and paid to a person in a policy period, less what was recovered, exceeds the cover;
///         - grants for a claim exceed what was attested as remaining of it;
///         - more of a payout was recovered than it paid;
///         - a claim that is payable again after a bank return has anything left of its last payout;
///         - a period is closed before its end, its figures change after its end, or it was closed out of order;
///         - an ended programme has open claims when its surplus leaves, or its surplus goes elsewhere than to its
///           fallback;
///         - an insurer bears a negative part of a payout, or the parts do not add up to it;
///         - more of a donation was refunded than was given;
///         - a finding is answered after it was closed, or open again;
///         - a record exists without an event, or an event tells what is not stored.
contract LedgerInvariants is LineLaws, ClaimLaws, EventLaws, LensLaws {
    function setUp() public override(BooksInvariants, LensLaws) {
        LensLaws.setUp();
    }

    uint256 private constant STEPS = 2000;

    /// @notice Laws that hold because nothing happens prove nothing. In one long history, always the same, every verb
    ///         lands and is refused where the rules refuse it.
    /// @dev A failure is played again with a trace of every instruction: about 12 MB a step. Where memory runs out
    ///      instead, make `STEPS` a few hundred, or print the counts and run it with -vv.
    function test_everyVerbLandsAndIsRefused() external {
        for (uint256 step = BEFORE + 1; step <= STEPS; step++) {
            _act(step);
            if (step % 100 == 0) _requireLaws();
        }
        _requireLanded();
        _requireRefused();
        require(handler.bankReturns() >= 5, "too rare: bank returns");
        require(handler.moves() >= 5, "too rare: moves");
    }

    function _requireLaws() private {
        this.invariant_L1_donatedIsAllocatedPlusUnallocated();
        this.invariant_L2_theClaimsShareIsWithinOneFenOfItsPromise();
        this.invariant_L3_everyPeriodReconcilesAndCarriesForward();
        this.invariant_L3_theLensAnswersAsIfRolled();
        this.invariant_L4_everyFenHasExactlyOnePlace();
        this.invariant_L4_theSourcesOfAPayoutAddUpToIt();
        this.invariant_L5_linesHaveNoGapAndNoOverlap();
        this.invariant_L6_noPersonGetsMoreThanTheirCover();
        this.invariant_L6_paidIsApprovedAndDoneByThreeActors();
        this.invariant_L6_theQueueHoldsWhatIsPayableInOrder();
        this.invariant_L6_insurersBearWhatTheirPeriodPaid();
        this.invariant_L6_theLensSharesWhatInsurersBear();
        this.invariant_L7_theEventsTellTheWholeState();
    }

    function _requireLanded() private view {
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

    function _requireRefused() private view {
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
