/** From a log of the ledger to an event of the protocol. How each event is laid out stands in decode/. */
import { decodeChannel } from "../protocol/donations/channel.ts";
import { actorId, address, bytes32 } from "../protocol/ids.ts";
import type { LedgerEvent } from "../protocol/ledger/events.ts";
import * as audit from "./decode/audit.ts";
import * as claims from "./decode/claims.ts";
import { decodeWithAbi, type RawLog } from "./decode/log.ts";
import * as money from "./decode/money.ts";

export { UnreadableLog, type RawLog } from "./decode/log.ts";

/**
 * The event in `log`, or undefined for events of access control that the books do not depend on (transfers of
 * the default admin, role admins).
 * @throws {UnreadableLog} for a log that the ledger's ABI does not know.
 */
export const decodeLedgerLog = (log: RawLog): LedgerEvent | undefined => {
  const decoded = decodeWithAbi(log);
  switch (decoded.eventName) {
    case "ActorRegistered":
      return {
        type: "ActorRegistered",
        actor: actorId(decoded.args.actor),
        account: address(decoded.args.account),
      };
    case "RoleGranted":
    case "RoleRevoked":
      return {
        type: decoded.eventName,
        role: bytes32(decoded.args.role),
        account: address(decoded.args.account),
      };
    case "ChannelRegistered":
      return { type: "ChannelRegistered", channel: decodeChannel(bytes32(decoded.args.channel)) };
    case "Paused":
    case "Unpaused":
      return { type: decoded.eventName };
    case "FundOpened":
      return money.fundOpened(decoded.args);
    case "BatchRecorded":
      return money.batchRecorded(decoded.args);
    case "ProgrammeOpened":
      return money.programmeOpened(decoded.args);
    case "PeriodDeclared":
      return money.periodDeclared(decoded.args);
    case "PeriodClosed":
      return money.periodClosed(decoded.args);
    case "PremiumAllocated":
      return money.premiumAllocated(decoded.args);
    case "ExpenseRecorded":
      return money.expenseRecorded(decoded.args);
    case "SurplusMoved":
      return money.surplusMoved(decoded.args);
    case "RosterAppended":
      return claims.rosterAppended(decoded.args);
    case "InsurersDeclared":
      return claims.insurersDeclared(decoded.args);
    case "ClaimFiled":
      return claims.claimFiled(decoded.args);
    case "GrantFiled":
      return claims.grantFiled(decoded.args);
    case "ClaimWithdrawn":
      return claims.claimWithdrawn(decoded.args);
    case "ClaimApproved":
      return claims.claimApproved(decoded.args);
    case "ClaimRejected":
    case "ClaimHeld":
    case "ClaimCancelled":
      return claims.claimReasoned(decoded.eventName, decoded.args);
    case "ClaimReleased":
      return claims.claimReleased(decoded.args);
    case "ClaimPaid":
      return claims.claimPaid(decoded.args);
    case "PayoutRecovered":
      return claims.payoutRecovered(decoded.args);
    case "DonationRefunded":
      return audit.donationRefunded(decoded.args);
    case "RefundCovered":
      return audit.refundCovered(decoded.args);
    case "Attested":
      return audit.attested(decoded.args);
    case "FindingOpened":
      return audit.findingOpened(decoded.args);
    case "FindingAnswered":
      return audit.findingAnswered(decoded.args);
    case "FindingClosed":
      return audit.findingClosed(decoded.args);
    case "ChannelTotalConfirmed":
      return audit.channelTotalConfirmed(decoded.args);
    case "CorrectionNoted":
      return audit.correctionNoted(decoded.args);
    case "HeadNoted":
      return audit.headNoted(decoded.args);
    case "RoleAdminChanged":
    case "DefaultAdminTransferScheduled":
    case "DefaultAdminTransferCanceled":
    case "DefaultAdminDelayChangeScheduled":
    case "DefaultAdminDelayChangeCanceled":
      return undefined;
  }
};
