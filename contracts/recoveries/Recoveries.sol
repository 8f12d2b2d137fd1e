// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Roles} from "../access/Roles.sol";
import {RecordKind} from "../books/Codes.sol";
import {ActorId, ClaimId, NO_CLAIM, PayoutId, PeriodNumber, ProgrammeId, RecoveryId} from "../books/Ids.sol";
import {Flow} from "../books/Flow.sol";
import {LedgerStorage} from "../books/LedgerStorage.sol";
import {Line, LineEntry} from "../books/Line.sol";
import {Books, Claim, Payout, Period, Programme, Recovery, Totals} from "../books/Records.sol";
import {TotalsWords as At} from "../books/TotalsWords.sol";
import {ClaimsBase} from "../claims/ClaimsBase.sol";
import {IRecoveries} from "./IRecoveries.sol";

abstract contract Recoveries is IRecoveries, ClaimsBase {
    using Line for LineEntry[];
    using At for Totals;

    /// @inheritdoc IRecoveries
    function recoverPayout(
        bytes32 operation,
        PayoutId payoutId,
        uint256 amount,
        bool returned,
        ClaimId after_,
        bytes32 evidence
    ) external returns (RecoveryId id) {
        Books storage books = LedgerStorage.books();
        Payout storage payout = books.payouts[payoutId];
        ClaimId claimId = payout.claim;
        if (claimId == NO_CLAIM) revert UnknownPayout(payoutId);
        Claim storage claim = books.claims[claimId];
        ProgrammeId programmeId = claim.programme;
        ActorId payer = _actingAs(Roles.PAYER, programmeId);
        _landOnce(operation);
        _requireDigest(evidence);
        _requireAmount(amount);
        uint256 offset = payout.recovered;
        uint256 left = payout.amount - offset;
        if (returned ? amount != left : amount > left) revert WrongRecoveryAmount(left, amount);
        Programme storage programme = _programme(programmeId);
        PeriodNumber cashPeriod = _roll(programmeId, programme);

        id = RecoveryId.wrap(_nextId(RecordKind.Recovery));
        uint256 reserveStart = programme.totals.read(At.RESERVE_IN);
        Recovery storage recovery = books.recoveries[id];
        recovery.payout = payoutId;
        recovery.offset = offset;
        recovery.amount = amount;
        recovery.reserveStart = reserveStart;
        payout.recovered = uint96(offset + amount);
        payout.recoveries.append(offset, amount, RecoveryId.unwrap(id));
        programme.reserveInflows.append(reserveStart, amount, Flow.RECOVERY | RecoveryId.unwrap(id));
        programme.totals.grow(At.RESERVE_IN, amount);
        programme.totals.grow(At.RECOVERED, amount);
        Period storage policy = programme.periods[claim.policyPeriod];
        uint256 policyStart = policy.recovered;
        policy.recovered = uint96(policyStart + amount);
        if (returned) {
            // Something was left, so this is the claim's last payout and the claim is paid. What comes back is owed
            // again: the cover that it holds does not change.
            claim.approved = uint96(amount);
            programme.openClaims++;
            _relink(programme, claimId, claim, after_);
        } else {
            _release(programme, claim, amount);
        }
        emit PayoutRecovered(
            id,
            payoutId,
            programmeId,
            claimId,
            returned,
            cashPeriod,
            offset,
            reserveStart,
            amount,
            policyStart,
            evidence,
            payer,
            operation
        );
    }
}
