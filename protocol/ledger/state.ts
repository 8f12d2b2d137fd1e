/** The books rebuilt from events alone (law L7): the same figures that the contract keeps, and the history beside. */
import { fen, zeroFen } from "../amounts.ts";
import type { Fen } from "../amounts.ts";
import type { ClaimId } from "../ids.ts";
import {
  applyActorRegistered,
  applyChannelRegistered,
  applyRoleGranted,
  applyRoleRevoked,
} from "./access.ts";
import { applyClaimApproved, applyClaimFiled, applyClaimPaid } from "./claims.ts";
import type { EventPlace, LedgerEvent, RecordedEvent } from "./events.ts";
import { applyBatchRecorded, applyFundOpened } from "./funds.ts";
import { applyPeriodClosed, applyPeriodDeclared } from "./periods.ts";
import { applyExpenseRecorded, applyPremiumAllocated, applyProgrammeOpened } from "./programmes.ts";
import type { LedgerState, ProgrammeRecord } from "./records.ts";
import { InconsistentEvent } from "./refusals.ts";

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
  claims: [],
  payouts: [],
});

const isLater = (place: EventPlace, last: EventPlace): boolean =>
  place.blockNumber === last.blockNumber
    ? place.logIndex > last.logIndex && place.blockTime === last.blockTime
    : place.blockNumber > last.blockNumber && place.blockTime >= last.blockTime;

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
    case "ClaimFiled":
      return applyClaimFiled(state, { event, place });
    case "ClaimApproved":
      return applyClaimApproved(state, { event, place });
    case "ClaimPaid":
      return applyClaimPaid(state, { event, place });
    case "Paused":
      state.paused = true;
      return;
    case "Unpaused":
      state.paused = false;
      return;
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
  applyOne(state, event, place);
  state.last = place;
  return state;
};

/** Approved claims that wait to be paid, in queue order. */
export const queueOf = (programme: ProgrammeRecord): readonly ClaimId[] =>
  programme.queue.slice(programme.queuePaid);

/** Claims that are filed or approved and not yet paid. */
export const openClaimsOf = (programme: ProgrammeRecord): number =>
  programme.claimsFiled - programme.totals.claimsPaid;

/** What must be raised before the queue can be paid: max(0, approved and unpaid − in reserve). */
export const shortfallOf = ({ totals }: Pick<ProgrammeRecord, "totals">): Fen => {
  const missing = totals.approvedUnpaid - (totals.reserveIn - totals.reserveSpent);
  return missing > 0n ? fen(missing) : zeroFen;
};

/** Expenses beyond the operations money received. */
export const advanceOf = ({ totals }: Pick<ProgrammeRecord, "totals">): Fen =>
  totals.expenses > totals.operationsIn ? fen(totals.expenses - totals.operationsIn) : zeroFen;
