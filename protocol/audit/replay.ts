/** The whole history played again by the ledger's rules, and what an event breaks that does not follow. */
import { InvalidLeaves } from "../donations/leaves.ts";
import type { LedgerEvent, RecordedEvent } from "../ledger/events.ts";
import type { LedgerState } from "../ledger/records.ts";
import { InconsistentEvent } from "../ledger/refusals.ts";
import { applyEvent, emptyState } from "../ledger/state.ts";
import type { Checks } from "./check.ts";
import type { CheckId } from "./checks.ts";
import { madeBy } from "./numbering.ts";

export interface Replay {
  readonly state: LedgerState;
  /** False where an event did not fit: the books are those before it. */
  readonly complete: boolean;
}

/** Where money stands on a line. */
const positions: readonly string[] = [
  "startsAt",
  "fundStart",
  "reserveStart",
  "operationsStart",
  "offset",
  "reserveFrom",
  "reserveTo",
  "operationsFrom",
  "operationsTo",
];
const ofQueue: readonly string[] = ["head of the queue", "queue number"];
const ofClaims: readonly string[] = ["payer", "adjudicator", "filer", "cover", "committed", "granted"];
const ofPeriods: readonly string[] = ["period", "block time in the open period", "fromPeriod", "toPeriod"];

/** The check that a fact of an event belongs to. */
const checkOfFact = (type: LedgerEvent["type"], fact: string): CheckId => {
  if (fact === "place") return "chain.logs";
  if (fact === "operation") return "records.operations";
  if (type === "PeriodClosed" || ofPeriods.includes(fact)) return "periods.closes";
  if (type === "InsurersDeclared" || fact === "policyStart") return "insurers.splits";
  if (type === "RosterAppended") return "rosters.counts";
  if (type === "BatchRecorded" && (fact === "count" || fact === "sum")) return "batches.leaves";
  if (fact === "claimsAmount") return "L2";
  if (positions.includes(fact)) return "L5";
  if (ofQueue.includes(fact) || (type === "ClaimPaid" && fact === "amount")) return "queue.order";
  if (ofClaims.includes(fact)) return "L6";
  return "replay";
};

/** The record that an event is about, as people name it. */
export const subjectOf = (event: LedgerEvent): string => {
  const made = madeBy(event);
  if (made !== undefined) return `${made.kind} ${made.id}`;
  if ("claim" in event) return `claim ${event.claim}`;
  if (event.type === "PeriodClosed" || event.type === "PeriodDeclared")
    return `programme ${event.programme}, period ${event.period}`;
  if (event.type === "InsurersDeclared")
    return `programme ${event.programme}, policy period ${event.policyPeriod}`;
  return event.type;
};

const tell = (checks: Checks, { event, place }: RecordedEvent, error: unknown): void => {
  const subject = subjectOf(event);
  if (error instanceof InvalidLeaves) {
    checks.of("batches.leaves").says(subject, error.defect, `${subject}: ${error.message}`, place);
  } else if (error instanceof InconsistentEvent) {
    const { fact, expected, actual } = error;
    checks.of(checkOfFact(event.type, fact)).differs(subject, fact, expected, actual, place);
  } else throw error;
};

/** The checks whose rules hold for what was replayed. */
const carriedByReplay = [
  "records.operations",
  "replay",
  "batches.leaves",
  "periods.closes",
  "insurers.splits",
  "rosters.counts",
  "queue.order",
] as const satisfies readonly CheckId[];

const count = (checks: Checks, state: LedgerState, events: number): void => {
  const insured = state.payouts.length + state.recoveries.length;
  const closes = state.programmes.reduce((sum, { closed }) => sum + closed.length, 0);
  checks.of("records.operations").counted(state.operations.size);
  checks.of("replay").counted(events);
  checks.of("batches.leaves").counted(state.batches.length);
  checks.of("periods.closes").counted(closes);
  checks.of("insurers.splits").counted(insured);
  checks.of("rosters.counts").counted(state.rosters.length);
  checks.of("queue.order").counted(state.payouts.length);
};

/** How many events are played between two words to whoever waits. */
const eventsBetween = 20_000;

/**
 * Plays the events again up to the first that does not follow, and names what it breaks. What comes behind it cannot
 * be told right from wrong: its books are missing.
 */
export const replay = (
  checks: Checks,
  events: readonly RecordedEvent[],
  onProgress: (done: number) => void,
): Replay => {
  const state = emptyState();
  for (const [index, recorded] of events.entries()) {
    try {
      applyEvent(state, recorded);
    } catch (error) {
      tell(checks, recorded, error);
      count(checks, state, index);
      const { blockNumber, logIndex } = recorded.place;
      const left = events.length - index - 1;
      const reason = `the replay ends at block ${blockNumber}, log ${logIndex}; ${left} events behind it are not checked`;
      for (const id of carriedByReplay) checks.of(id).unfinished(reason);
      return { state, complete: false };
    }
    if ((index + 1) % eventsBetween === 0) onProgress(index + 1);
  }
  count(checks, state, events.length);
  return { state, complete: true };
};
