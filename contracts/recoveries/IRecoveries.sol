// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ActorId, ClaimId, PayoutId, PeriodNumber, ProgrammeId, RecoveryId} from "../books/Ids.sol";

/// @title Recoveries: money of a payout that comes back
/// @notice A recovery takes the front of the payout's interval that is not yet recovered, and is a new inflow at the
///         end of the same reserve line, whose source is that interval: the trace of its donors goes on through it.
/// @notice A bank return is a recovery of all that is left; its claim is approved again for that amount and keeps
///         its queue number. What was recovered before the return is not owed any more.
interface IRecoveries {
    /// @param offset First fen of the payout that came back: what was recovered of it before.
    /// @param reserveStart First position on the reserve line that it takes now.
    /// @param policyStart What had been recovered of the policy period's claims before; co-insurers share
    ///        [policyStart, policyStart + amount) as they share payments.
    /// @param returned A bank return: the claim is approved again.
    /// @param period Cash period, by block time.
    /// @param evidence Salted commitment to the voucher.
    event PayoutRecovered(
        RecoveryId indexed recovery,
        PayoutId indexed payout,
        ProgrammeId indexed programme,
        ClaimId claim,
        bool returned,
        PeriodNumber period,
        uint256 offset,
        uint256 reserveStart,
        uint256 amount,
        uint256 policyStart,
        bytes32 evidence,
        ActorId payer,
        bytes32 operation
    );

    error UnknownPayout(PayoutId payout);
    /// @notice The payout has less than that left; a bank return is exactly what is left.
    error WrongRecoveryAmount(uint256 left, uint256 amount);

    /// @notice Records money of a payout that came back. Emits a {PayoutRecovered} event.
    /// @param returned The bank returned all that is left; the claim is approved again for it.
    /// @param after_ For a return, the claim in the queue that comes before it by queue number; none for the head.
    /// Requirements:
    /// - the payout exists;
    /// - not paused; the caller is a registered actor with the payer role of the claim's programme;
    /// - `operation` is not zero and has not landed before; `evidence` is not zero;
    /// - `amount` is at least 1 and not more than the payout has left; a return is exactly that;
    /// - at most 8 of the programme's periods are due to close;
    /// - for a return, `after_` is the claim's place by queue number.
    function recoverPayout(
        bytes32 operation,
        PayoutId payout,
        uint256 amount,
        bool returned,
        ClaimId after_,
        bytes32 evidence
    ) external returns (RecoveryId recovery);
}
