/** Random histories, read through the index, with what the reducer and the per-fen model know of them. */
import type { LedgerState } from "../../../protocol/ledger/records.ts";
import { applyEvent, emptyState } from "../../../protocol/ledger/state.ts";
import { randomHistory } from "../../model/history.ts";
import type { PerFenModel } from "../../model/per-fen.ts";
import { InventedChain } from "../index/invented-chain.ts";
import { OpenedRead } from "./opened.ts";

export interface Books {
  readonly opened: OpenedRead;
  readonly state: LedgerState;
  readonly model: PerFenModel;
  readonly endsAt: number;
}

export const openHistory = async (seed: number, length: number): Promise<Books> => {
  const { model, endsAt } = randomHistory(seed, length);
  const chain = new InventedChain();
  chain.grow(model.events);
  const opened = await OpenedRead.open(chain.identity, chain);
  opened.time = endsAt;
  return { opened, model, endsAt, state: model.events.reduce(applyEvent, emptyState()) };
};

/** Opens them all, and closes them after the tests of the suite. */
export const histories = (seeds: readonly number[], length: number): readonly Books[] => {
  const all: Books[] = [];
  before(async () => {
    for (const seed of seeds) all.push(await openHistory(seed, length));
  });
  after(async () => {
    for (const { opened } of all) await opened.close();
  });
  return all;
};

/** What a promise is refused with; undefined where it is not. */
export const refusalOf = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
  } catch (error) {
    return error;
  }
  return undefined;
};

/** Fails the test where a record is missing. */
export const there = <Value>(value: Value | undefined): Value => {
  if (value === undefined) throw new RangeError("a record is missing");
  return value;
};
