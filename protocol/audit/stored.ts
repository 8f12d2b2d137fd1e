/** What the ledger's storage must hold, by the names that the lens gives it: from single events, and from rebuilt books. */
import { position } from "../amounts.ts";
import { cumulativeParts, readShares } from "../insurers/split.ts";
import type { LedgerEvent, RecordKind } from "../ledger/events.ts";
import { waitingIn } from "../ledger/queue.ts";
import type {
  ClaimRecord,
  FundRecord,
  LedgerState,
  PayoutRecord,
  PolicyPeriod,
  ProgrammeRecord,
} from "../ledger/records.ts";
import { openClaimsOf } from "../ledger/state.ts";
import type { Facts } from "./check.ts";

/** Kinds of records that can be asked for by one number. */
export type StoredKind =
  | "fund"
  | "programme"
  | "batch"
  | "allocation"
  | "expense"
  | "roster"
  | "claim"
  | "payout"
  | "recovery"
  | "move"
  | "finding"
  | "refund";

/** The ledger's storage as one node tells it at one block. Undefined: the ledger has no such record. */
export interface StoredBooks {
  counters(): Promise<Readonly<Record<RecordKind, number>>>;
  record(kind: StoredKind, id: number): Promise<Facts | undefined>;
  period(programme: number, period: number): Promise<Facts | undefined>;
  /** What of a donation was repaid. */
  refunded(batch: number, index: number): Promise<bigint>;
}

/** A record whose storage never changes after its event. */
export interface LoggedRecord {
  readonly kind: StoredKind;
  readonly id: number;
  readonly facts: Facts;
}

/** What an event put into storage for good; undefined where it is no record, or one that goes on changing. */
export const loggedRecord = (event: LedgerEvent): LoggedRecord | undefined => {
  switch (event.type) {
    case "BatchRecorded": {
      const { batch: id, startsAt, sum, count, fund, day, root } = event;
      return { kind: "batch", id, facts: { startsAt, sum, count, fund, day, root } };
    }
    case "PremiumAllocated": {
      const { allocation: id, fund, programme, fundStart, amount, reserveStart, operationsStart } = event;
      const facts = { fund, programme, fundStart, amount, reserveStart, operationsStart };
      return { kind: "allocation", id, facts };
    }
    case "ExpenseRecorded": {
      const { expense: id, programme, operationsStart, amount } = event;
      return { kind: "expense", id, facts: { programme, operationsStart, amount } };
    }
    case "RosterAppended": {
      const { roster: id, programme, policyPeriod, root } = event;
      return { kind: "roster", id, facts: { programme, policyPeriod, root } };
    }
    case "ClaimFiled": {
      const { claim: id, programme, policyPeriod, person, incidentFrom, requested, benefit, filer } = event;
      const facts = { programme, policyPeriod, person, incidentFrom, requested, benefit, filer };
      return { kind: "claim", id, facts };
    }
    case "GrantFiled": {
      const { claim: id, programme, aidOf, policyPeriod, requested, benefit, filer } = event;
      return { kind: "claim", id, facts: { programme, aidOf, policyPeriod, requested, benefit, filer } };
    }
    case "ClaimPaid": {
      const { payout: id, claim, reserveStart, amount } = event;
      return { kind: "payout", id, facts: { claim, reserveStart, amount } };
    }
    case "PayoutRecovered": {
      const { recovery: id, payout, offset, amount, reserveStart } = event;
      return { kind: "recovery", id, facts: { payout, offset, amount, reserveStart } };
    }
    case "SurplusMoved": {
      const { type: _type, move: id, fromPeriod: _from, toPeriod: _to, treasurer: _by, ...moved } = event;
      const { operation: _operation, ...facts } = moved;
      return { kind: "move", id, facts };
    }
    default:
      return undefined;
  }
};

export const fundFacts = (fund: FundRecord): Facts => ({
  donated: fund.donated,
  allocated: fund.allocated,
  claimsShareBps: fund.claimsShareBps,
  currency: fund.currency,
  restrictedTo: fund.restrictedTo,
  fallbackTo: fund.fallbackTo,
});

export const programmeFacts = (programme: ProgrammeRecord): Facts => {
  // Payments are counted by readers only.
  const { claimsPaid: _claimsPaid, ...totals } = programme.totals;
  const queue = waitingIn(programme.queue);
  return {
    ...totals,
    queueHead: queue[0] ?? 0,
    queueTail: queue.at(-1) ?? 0,
    lastQueueNumber: programme.lastQueueNumber,
    openClaims: openClaimsOf(programme),
    declaredPeriods: programme.periods.length,
    currentPeriod: programme.closed.length + 1,
    currentEnd: programme.periods[programme.closed.length]?.end ?? 0,
    kind: programme.kind,
    currency: programme.currency,
    region: programme.region,
    fallbackTo: programme.fallbackTo,
  };
};

/** What each insurer bears of the first `total` fen of its policy period, as one text: `1,000 · 500`. */
const partsText = (total: bigint, sharesBps: readonly number[]): string =>
  sharesBps.length === 0 ? "" : cumulativeParts(position(total), readShares(sharesBps)).join(" · ");

const closedFacts = (programme: ProgrammeRecord, { period }: PolicyPeriod): Facts => {
  const closed = programme.closed[period - 1];
  return closed === undefined ? {} : { closed: true, ...closed.record };
};

export const periodFacts = (programme: ProgrammeRecord, period: PolicyPeriod): Facts => {
  const { start, end, filingDeadline, cover, toTheMinute, terms, paid, recovered, insurers } = period;
  const sharesBps = insurers?.sharesBps ?? [];
  return {
    start,
    end,
    filingDeadline,
    cover,
    toTheMinute,
    terms,
    paidForPolicy: paid,
    recoveredForPolicy: recovered,
    insurerShares: sharesBps.join(" · "),
    insurerPartsPaid: partsText(paid, sharesBps),
    insurerPartsRecovered: partsText(recovered, sharesBps),
    ...closedFacts(programme, period),
  };
};

/** `queue`: the claims of the programme that wait, in order. */
const linksOf = ({ claim, state }: ClaimRecord, queue: readonly number[]): Facts => {
  // Outside the queue the links mean nothing.
  if (state !== "approved") return {};
  const at = queue.indexOf(claim);
  return { previous: queue[at - 1] ?? 0, next: queue[at + 1] ?? 0 };
};

export const claimFacts = (state: LedgerState, claim: ClaimRecord): Facts => {
  const { approval } = claim;
  const programme = state.programmes[claim.programme - 1];
  return {
    programme: claim.programme,
    policyPeriod: claim.policyPeriod,
    state: claim.state,
    benefit: claim.benefit,
    toTheMinute: claim.toTheMinute,
    incidentFrom: claim.incidentFrom,
    filer: claim.filer,
    adjudicator: approval?.adjudicator ?? 0,
    queueNumber: approval?.queueNumber ?? 0,
    lastPayout: claim.payouts.at(-1)?.payout ?? 0,
    requested: claim.requested,
    approved: approval?.amount ?? 0n,
    person: claim.person,
    aidOf: claim.aidOf,
    remaining: approval?.remaining ?? 0n,
    granted: claim.granted,
    reason: claim.reason ?? "none",
    ...linksOf(claim, programme === undefined ? [] : waitingIn(programme.queue)),
  };
};

export const payoutFacts = (
  state: LedgerState,
  { claim, payout, reserveStart, amount, recovered }: PayoutRecord,
): Facts => {
  const payouts = state.claims[claim - 1]?.payouts ?? [];
  const at = payouts.findIndex((one) => one.payout === payout);
  return { claim, previous: payouts[at - 1]?.payout ?? 0, reserveStart, amount, recovered };
};
