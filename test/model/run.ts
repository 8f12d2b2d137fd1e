/** One random history through reducer and traces, held against the per-fen model on its way and at its end. */
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import { applyEvent, emptyState } from "../../protocol/ledger/state.ts";
import { compareBooks } from "./compare.ts";
import { randomHistory } from "./history.ts";
import type { PerFenModel } from "./per-fen.ts";
import { tallyOf } from "./tally.ts";
import type { Tally } from "./tally.ts";

const longLength = 250;

/** How many steps the history of a seed has: from 20 to 60, and many more for one in a hundred. */
export const lengthOf = (seed: number): number => (seed % 100 === 0 ? longLength : 20 + ((seed * 7) % 41));

/** Throws Disagreement, or what the reducer refused, naming the seed. */
export const runHistory = (seed: number): Tally => {
  const state = emptyState();
  let applied = 0;
  const compare = (model: PerFenModel, now: UnixSeconds, moment: string): void => {
    for (const event of model.events.slice(applied)) applyEvent(state, event);
    applied = model.events.length;
    compareBooks(state, model, now, `seed ${seed}, ${moment}`);
  };
  const { model, endsAt } = randomHistory(seed, lengthOf(seed), (model, now) =>
    compare(model, now, `after ${model.events.length} events`),
  );
  compare(model, endsAt, "at its end");
  return tallyOf(model, endsAt);
};
