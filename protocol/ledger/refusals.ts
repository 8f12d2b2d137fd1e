/** What the reducer says of an event that cannot follow the events before it. */
import type { ClaimId, FundId, ProgrammeId } from "../ids.ts";
import type { EventPlace, LedgerEvent } from "./events.ts";
import type { ClaimRecord, FundRecord, LedgerState, ProgrammeRecord } from "./records.ts";

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

export const knownFund = (state: LedgerState, { event, place }: Examination, id: FundId): FundRecord => {
  const fund = state.funds[id - 1];
  if (fund === undefined) {
    throw new InconsistentEvent(event, place, "fund", `one of 1 to ${state.funds.length}`, id);
  }
  return fund;
};

export const knownProgramme = (
  state: LedgerState,
  { event, place }: Examination,
  id: ProgrammeId,
): ProgrammeRecord => {
  const programme = state.programmes[id - 1];
  if (programme === undefined) {
    throw new InconsistentEvent(event, place, "programme", `one of 1 to ${state.programmes.length}`, id);
  }
  return programme;
};

export const knownClaim = (state: LedgerState, { event, place }: Examination, id: ClaimId): ClaimRecord => {
  const claim = state.claims[id - 1];
  if (claim === undefined) {
    throw new InconsistentEvent(event, place, "claim", `one of 1 to ${state.claims.length}`, id);
  }
  return claim;
};

export const expectActor = (state: LedgerState, examination: Examination, actor: number): void =>
  expectThat(
    examination,
    actor >= 1 && actor <= state.actors.length,
    "actor",
    `one of 1 to ${state.actors.length}`,
    actor,
  );
