/** The books rebuilt from events alone (law L7): the same figures that the contract keeps, and the history beside. */
import { fen, zeroFen } from "../amounts.ts";
import type { Fen } from "../amounts.ts";
import type { ClaimId } from "../ids.ts";
import {
  applyActorRegistered,
  applyChannelRegistered,
  applyRoleGranted,
  applyRoleRevoked,
  expectNotPaused,
} from "./access.ts";
import * as audit from "./audit.ts";
import * as decisions from "./decisions.ts";
import type { EventPlace, LedgerEvent, RecordedEvent } from "./events.ts";
import { applyClaimFiled, applyClaimWithdrawn, applyGrantFiled } from "./filing.ts";
import { applyBatchRecorded, applyFundOpened } from "./funds.ts";
import { applySurplusMoved } from "./moves.ts";
import { applyClaimPaid, applyPayoutRecovered } from "./payments.ts";
import { applyPeriodClosed, applyPeriodDeclared } from "./periods.ts";
import { applyExpenseRecorded, applyPremiumAllocated, applyProgrammeOpened } from "./programmes.ts";
import { waitingIn } from "./queue.ts";
import type { LedgerState, ProgrammeRecord } from "./records.ts";
import { applyDonationRefunded, applyRefundCovered } from "./refunds.ts";
import { InconsistentEvent } from "./refusals.ts";
import { applyInsurersDeclared, applyRosterAppended } from "./rosters.ts";

export { openClaimsOf } from "./claims.ts";

/** The books before the first event. */
export const emptyState = (): LedgerState => ({
  last: undefined,
  paused: false,
  actors: [],
  roles: new Map(),
  channels: new Set(),
  operations: new Set(),
  funds: [],
  programmes: [],
  batches: [],
  allocations: [],
  expenses: [],
  rosters: [],
  claims: [],
  payouts: [],
  recoveries: [],
  moves: [],
  refunds: [],
  refundsOfBatch: new Map(),
  attestations: [],
  findings: [],
  confirmations: [],
  corrections: [],
  headNotes: [],
});

const isLater = (place: EventPlace, last: EventPlace): boolean =>
  place.blockNumber === last.blockNumber
    ? place.logIndex > last.logIndex && place.blockTime === last.blockTime
    : place.blockNumber > last.blockNumber && place.blockTime >= last.blockTime;

type EventOf<Type extends LedgerEvent["type"]> = Extract<LedgerEvent, { readonly type: Type }>;
type ClaimEvent = Extract<LedgerEvent, { readonly claim: ClaimId }>;
type AuditEvent = EventOf<
  | "Attested"
  | "FindingOpened"
  | "FindingAnswered"
  | "FindingClosed"
  | "ChannelTotalConfirmed"
  | "CorrectionNoted"
  | "HeadNoted"
>;

const applyToClaim = (state: LedgerState, event: ClaimEvent, place: EventPlace): void => {
  switch (event.type) {
    case "ClaimFiled":
      return applyClaimFiled(state, { event, place });
    case "GrantFiled":
      return applyGrantFiled(state, { event, place });
    case "ClaimWithdrawn":
      return applyClaimWithdrawn(state, { event, place });
    case "ClaimApproved":
      return decisions.applyClaimApproved(state, { event, place });
    case "ClaimRejected":
      return decisions.applyClaimRejected(state, { event, place });
    case "ClaimHeld":
      return decisions.applyClaimHeld(state, { event, place });
    case "ClaimReleased":
      return decisions.applyClaimReleased(state, { event, place });
    case "ClaimCancelled":
      return decisions.applyClaimCancelled(state, { event, place });
    case "ClaimPaid":
      return applyClaimPaid(state, { event, place });
    case "PayoutRecovered":
      return applyPayoutRecovered(state, { event, place });
  }
};

const applyAudit = (state: LedgerState, event: AuditEvent, place: EventPlace): void => {
  switch (event.type) {
    case "Attested":
      return audit.applyAttested(state, { event, place });
    case "FindingOpened":
      return audit.applyFindingOpened(state, { event, place });
    case "FindingAnswered":
      return audit.applyFindingAnswered(state, { event, place });
    case "FindingClosed":
      return audit.applyFindingClosed(state, { event, place });
    case "ChannelTotalConfirmed":
      return audit.applyChannelTotalConfirmed(state, { event, place });
    case "CorrectionNoted":
      return audit.applyCorrectionNoted(state, { event, place });
    case "HeadNoted":
      return audit.applyHeadNoted(state, { event, place });
  }
};

const applyOne = (state: LedgerState, event: LedgerEvent, place: EventPlace): void => {
  switch (event.type) {
    case "ActorRegistered":
      return applyActorRegistered(state, { event, place });
    case "RoleGranted":
      return applyRoleGranted(state, { event, place });
    case "RoleRevoked":
      return applyRoleRevoked(state, { event, place });
    case "ChannelRegistered":
      return applyChannelRegistered(state, { event, place });
    case "FundOpened":
      return applyFundOpened(state, { event, place });
    case "BatchRecorded":
      return applyBatchRecorded(state, { event, place });
    case "ProgrammeOpened":
      return applyProgrammeOpened(state, { event, place });
    case "PeriodDeclared":
      return applyPeriodDeclared(state, { event, place });
    case "PeriodClosed":
      return applyPeriodClosed(state, { event, place });
    case "PremiumAllocated":
      return applyPremiumAllocated(state, { event, place });
    case "ExpenseRecorded":
      return applyExpenseRecorded(state, { event, place });
    case "SurplusMoved":
      return applySurplusMoved(state, { event, place });
    case "RosterAppended":
      return applyRosterAppended(state, { event, place });
    case "InsurersDeclared":
      return applyInsurersDeclared(state, { event, place });
    case "DonationRefunded":
      return applyDonationRefunded(state, { event, place });
    case "RefundCovered":
      return applyRefundCovered(state, { event, place });
    case "Paused":
      state.paused = true;
      return;
    case "Unpaused":
      state.paused = false;
      return;
    case "Attested":
    case "FindingOpened":
    case "FindingAnswered":
    case "FindingClosed":
    case "ChannelTotalConfirmed":
    case "CorrectionNoted":
    case "HeadNoted":
      return applyAudit(state, event, place);
    default:
      return applyToClaim(state, event, place);
  }
};

/**
 * Takes the next event of the chain into the books and returns them. The state is changed in place, so that ten
 * million donations stay cheap; its owner is the one caller. An event that does not fit throws
 * {@link InconsistentEvent} (or InvalidLeaves) and changes nothing.
 */
export const applyEvent = (state: LedgerState, { event, place }: RecordedEvent): LedgerState => {
  if (state.last !== undefined && !isLater(place, state.last)) {
    const { blockNumber, logIndex } = state.last;
    const expected = `after block ${blockNumber}, log ${logIndex}`;
    throw new InconsistentEvent(
      event,
      place,
      "place",
      expected,
      `block ${place.blockNumber}, log ${place.logIndex}`,
    );
  }
  expectNotPaused(state, { event, place });
  applyOne(state, event, place);
  state.last = place;
  return state;
};

/** Approved claims that wait to be paid, in queue order. */
export const queueOf = ({ queue }: Pick<ProgrammeRecord, "queue">): readonly ClaimId[] => waitingIn(queue);

/** What must be raised before the queue can be paid: max(0, approved and not on hold − in reserve). */
export const shortfallOf = ({ totals }: Pick<ProgrammeRecord, "totals">): Fen => {
  const missing = totals.approvedUnpaid - (totals.reserveIn - totals.reserveSpent);
  return missing > 0n ? fen(missing) : zeroFen;
};

/** Expenses beyond the operations money received. */
export const advanceOf = ({ totals }: Pick<ProgrammeRecord, "totals">): Fen =>
  totals.operationsOut > totals.operationsIn ? fen(totals.operationsOut - totals.operationsIn) : zeroFen;
