/** What the reducer says of an event that cannot follow the events before it. */
import { largestAmountFen } from "../amounts.ts";
import type { Bytes32, ClaimId, FundId, PeriodNumber, ProgrammeId } from "../ids.ts";
import type { EventPlace, LedgerEvent } from "./events.ts";
import type { ClaimRecord, FundRecord, LedgerState, PolicyPeriod, ProgrammeRecord } from "./records.ts";

type Fact = bigint | number | string | boolean;

/**
 * The event does not fit the books: an event is missing, repeated, out of order, or was not made by the ledger's
 * rules. The state is unchanged. Read the events again from the chain; if it stays, the chain is not this ledger's.
 */
export class InconsistentEvent extends Error {
  readonly eventType: LedgerEvent["type"];
  readonly place: EventPlace;
  readonly fact: string;
  readonly expected: string;
  readonly actual: string;
  constructor(event: LedgerEvent, place: EventPlace, fact: string, expected: Fact, actual: Fact) {
    super(
      `${event.type} in block ${place.blockNumber}, log ${place.logIndex}: ${fact} should be ${expected} and is ${actual}`,
    );
    this.name = "InconsistentEvent";
    this.eventType = event.type;
    this.place = place;
    this.fact = fact;
    this.expected = String(expected);
    this.actual = String(actual);
  }
}

/** One event under examination: every `expect…` throws {@link InconsistentEvent} where the books disagree. */
export interface Examination<Event extends LedgerEvent = LedgerEvent> {
  readonly event: Event;
  readonly place: EventPlace;
}

export const expectEqual = <Value extends Fact>(
  { event, place }: Examination,
  fact: string,
  expected: Value,
  actual: Value,
): void => {
  if (expected !== actual) throw new InconsistentEvent(event, place, fact, expected, actual);
};

export const expectThat = (
  { event, place }: Examination,
  holds: boolean,
  fact: string,
  expected: Fact,
  actual: Fact,
): void => {
  if (!holds) throw new InconsistentEvent(event, place, fact, expected, actual);
};

/** The record of an id, which counts from 1. */
export const known = <Record>(
  records: readonly Record[],
  { event, place }: Examination,
  fact: string,
  id: number,
): Record => {
  const record = records[id - 1];
  if (record === undefined)
    throw new InconsistentEvent(event, place, fact, `one of 1 to ${records.length}`, id);
  return record;
};

export const knownFund = (state: LedgerState, examination: Examination, id: FundId): FundRecord =>
  known(state.funds, examination, "fund", id);

export const knownProgramme = (
  state: LedgerState,
  examination: Examination,
  id: ProgrammeId,
): ProgrammeRecord => known(state.programmes, examination, "programme", id);

export const knownPeriod = (
  { periods }: ProgrammeRecord,
  examination: Examination,
  id: PeriodNumber,
): PolicyPeriod => known(periods, examination, "policy period", id);

export const knownClaim = (state: LedgerState, examination: Examination, id: ClaimId): ClaimRecord =>
  known(state.claims, examination, "claim", id);

export const expectActor = (state: LedgerState, examination: Examination, actor: number): void =>
  void known(state.actors, examination, "actor", actor);

const zeroDigest = `0x${"0".repeat(64)}`;

/** Documents, salted commitments and operations are never zero. */
export const expectDigest = (examination: Examination, fact: string, digest: Bytes32): void =>
  expectThat(examination, digest !== zeroDigest, fact, "not zero", digest);

/** What one record carries: 1 to 2^64 − 1 minor units. */
export const expectAmount = (examination: Examination, fact: string, amount: bigint): void => {
  expectThat(examination, amount >= 1n, fact, "at least 1", amount);
  expectBounded(examination, fact, amount);
};

/** Of figures that may be 0, and of those that are only published. */
export const expectBounded = (examination: Examination, fact: string, amount: bigint): void =>
  expectThat(examination, amount <= largestAmountFen, fact, `at most ${largestAmountFen}`, amount);

export const expectCurrency = (examination: Examination, currency: string): void =>
  expectThat(examination, /^[A-Z]{3}$/.test(currency), "currency", "three capital letters", currency);

/** A day as the contract knows it: a plausible YYYYMMDD, with 31 days in every month. */
export const expectDay = (examination: Examination, day: number): void => {
  const text = String(day);
  const isDay = /^[1-9][0-9]{3}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])$/.test(text);
  expectThat(examination, isDay, "day", "YYYYMMDD", text);
};
