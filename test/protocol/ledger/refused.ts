/** Tables of events that cannot follow: each is refused for the fact that was falsified, and nothing changes. */
import { expect } from "chai";
import type { LedgerEvent } from "../../../protocol/ledger/events.ts";
import type { LedgerState } from "../../../protocol/ledger/records.ts";
import { InconsistentEvent } from "../../../protocol/ledger/refusals.ts";
import type { Bookkeeper } from "../books.ts";

/** What distinguishes two states. */
export const snapshot = (state: LedgerState): string =>
  JSON.stringify(state, (_, value: unknown) => {
    if (typeof value === "bigint") return `${value}n`;
    if (value instanceof Map || value instanceof Set) return [...value.entries()];
    return value;
  });

/** The fact that an event is refused for; undefined where it is accepted. */
export const refusedFor = (keeper: Bookkeeper, event: LedgerEvent): string | undefined => {
  const before = snapshot(keeper.state);
  try {
    keeper.record(event);
    return undefined;
  } catch (error) {
    if (!(error instanceof InconsistentEvent)) throw error;
    expect(snapshot(keeper.state), `after ${error.message}`).to.equal(before);
    return error.fact;
  }
};

export type Refusal = readonly [name: string, fact: string, change: (keeper: Bookkeeper) => LedgerEvent];

/** One test for each refusal, in books of its own. */
export const refuses = (prepare: () => Bookkeeper, refusals: readonly Refusal[]): void => {
  for (const [name, fact, change] of refusals) {
    it(name, () => {
      const keeper = prepare();
      expect(refusedFor(keeper, change(keeper))).to.equal(fact);
    });
  }
};
