/**
 * What moves an insurer's balance in a policy period: payouts of the period's claims, and money of those payouts that
 * came back. Both are counted from 0 over the whole policy period, whichever cash period they fall in.
 */
import { after, position } from "../amounts.ts";
import type { Fen, Position } from "../amounts.ts";
import type { ClaimId, PayoutId, PeriodNumber, RecoveryId } from "../ids.ts";
import type { EventPlace } from "../ledger/events.ts";

interface Moved {
  readonly payout: PayoutId;
  readonly claim: ClaimId;
  /** By block time; the policy period is the claim's. */
  readonly cashPeriod: PeriodNumber;
  /** Gross, of all insurers together. */
  readonly amount: Fen;
  /** What had been paid (for a recovery: recovered) of the policy period before: the event's `policyStart`. */
  readonly before: Position;
  readonly at: EventPlace;
}

/** In recording order. A bank return is a recovery, and the next payment of its claim another payout. */
export type Movement =
  | ({ readonly kind: "payout" } & Moved)
  | ({ readonly kind: "recovery"; readonly recovery: RecoveryId } & Moved);

/** The two counters of a policy period at one moment. `recovered` is never above `paid`. */
export interface Counters {
  readonly paid: Position;
  readonly recovered: Position;
}

export const noCounters: Counters = { paid: position(0n), recovered: position(0n) };

/** A movement that cannot follow those before it: one is missing, out of order or counted twice. */
export class InconsistentMovement extends Error {
  /** Its place in the list given, from 0. */
  readonly at: number;
  readonly field: string;
  readonly expected: string;
  readonly actual: string;
  constructor(at: number, field: string, expected: string, actual: string) {
    super(`movement ${at}: ${field}: expected ${expected}, got ${actual}`);
    this.name = "InconsistentMovement";
    this.at = at;
    this.field = field;
    this.expected = expected;
    this.actual = actual;
  }
}

const counterOf = (counters: Counters, { kind }: Movement): Position => {
  switch (kind) {
    case "payout":
      return counters.paid;
    case "recovery":
      return counters.recovered;
  }
};

/** The counters after a movement, which must begin where its counter stands. `at` is its place in the list. */
export const countersAfter = (counters: Counters, movement: Movement, at: number): Counters => {
  const expected = counterOf(counters, movement);
  if (movement.before !== expected) {
    throw new InconsistentMovement(at, `${movement.kind} before`, String(expected), String(movement.before));
  }
  const end = after(movement.before, movement.amount);
  if (movement.kind === "payout") return { ...counters, paid: end };
  if (end > counters.paid) {
    throw new InconsistentMovement(at, "recovered", `at most ${counters.paid} paid`, String(end));
  }
  return { ...counters, recovered: end };
};

const isLater = (one: EventPlace, other: EventPlace): boolean =>
  one.blockNumber === other.blockNumber ? one.logIndex > other.logIndex : one.blockNumber > other.blockNumber;

/** Movements stand in recording order, so their cash periods never go back. Throws {@link InconsistentMovement}. */
export const expectRecordingOrder = (movements: readonly Movement[]): void => {
  movements.forEach((movement, at) => {
    const previous = movements[at - 1];
    if (previous === undefined) return;
    const { blockNumber, logIndex } = movement.at;
    if (!isLater(movement.at, previous.at)) {
      const expected = `after block ${previous.at.blockNumber}, log ${previous.at.logIndex}`;
      throw new InconsistentMovement(at, "place", expected, `block ${blockNumber}, log ${logIndex}`);
    }
    if (movement.cashPeriod < previous.cashPeriod) {
      const expected = `${previous.cashPeriod} or later`;
      throw new InconsistentMovement(at, "cash period", expected, String(movement.cashPeriod));
    }
  });
};

/** What of the two counters one cash period moved; the end of one is the start of the next. */
export interface CashPeriodSpan {
  readonly cashPeriod: PeriodNumber;
  readonly before: Counters;
  readonly after: Counters;
}

/**
 * The spans of the cash periods that have movements, from the counters `before` the first movement on. For pages an
 * index can keep these instead of the lines. Throws {@link InconsistentMovement}.
 */
export const cashPeriodSpans = (
  movements: readonly Movement[],
  before: Counters = noCounters,
): readonly CashPeriodSpan[] => {
  expectRecordingOrder(movements);
  const spans: CashPeriodSpan[] = [];
  let counters = before;
  movements.forEach((movement, at) => {
    const next = countersAfter(counters, movement, at);
    const open = spans.at(-1);
    if (open?.cashPeriod === movement.cashPeriod) spans[spans.length - 1] = { ...open, after: next };
    else spans.push({ cashPeriod: movement.cashPeriod, before: counters, after: next });
    counters = next;
  });
  return spans;
};
