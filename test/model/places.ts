/** What the per-fen model knows of where money is, in the words of a trace, so that the two can be compared. */
import { fen } from "../../protocol/amounts.ts";
import type { Partition, Slice } from "../../protocol/trace/types.ts";
import type { Fen, Step } from "./fens.ts";
import type { PerFenModel } from "./per-fen.ts";

/** Fen in one place whose positions follow each other: the place and its ids as text, where they begin, how many. */
export interface Run {
  readonly place: string;
  readonly start: number;
  readonly amount: number;
}

/** One way to write down what may be told in several: sorted, and neighbours in the same place as one. */
export const mergedRuns = (runs: readonly Run[]): readonly Run[] => {
  const merged: { place: string; start: number; amount: number }[] = [];
  const sorted = runs.toSorted((one, other) =>
    one.place === other.place ? one.start - other.start : one.place < other.place ? -1 : 1,
  );
  for (const { place, start, amount } of sorted) {
    const last = merged.at(-1);
    if (last?.place === place && last.start + last.amount === start) last.amount += amount;
    else merged.push({ place, start, amount });
  }
  return merged;
};

export const pathText = (hops: number, via: Step | undefined): string =>
  `hops ${hops} via ${via === undefined ? "nothing" : `${via.kind} ${via.id}`}`;

type PlaceName = Slice["place"];

const nameAndRecords = (model: PerFenModel, one: Fen): readonly [PlaceName, string] => {
  const now = one.places.at(-1);
  if (now === undefined) return ["unallocated", ""];
  const taker = now.line.takers[now.position];
  if (now.line.lane === "operations")
    return taker === undefined ? ["operatingUnspent", ""] : ["operatingSpent", ` expense ${taker.id}`];
  if (taker === undefined) return ["inReserve", ""];
  return ["paid", ` claim ${model.payout(taker.id).claim} payout ${taker.id}`];
};

const runOfFen = (model: PerFenModel, one: Fen): Run => {
  const [name, records] = nameAndRecords(model, one);
  const now = one.places.at(-1);
  if (now === undefined) return { place: name, start: one.position, amount: 1 };
  const at = `${name} allocation ${one.allocation} programme ${now.line.programme}`;
  return { place: `${at}${records} ${pathText(now.hops, now.via)}`, start: now.position, amount: 1 };
};

/** Where the fund positions [start, end) are, fen by fen. */
export const modelRuns = (model: PerFenModel, fund: number, start: number, end: number): readonly Run[] =>
  mergedRuns(
    model
      .fund(fund)
      .fens.slice(start, end)
      .map((one) => runOfFen(model, one)),
  );

const stepOf = (via: Exclude<Slice, { place: "unallocated" }>["via"]): Step | undefined =>
  via === undefined
    ? undefined
    : via.kind === "recovery"
      ? { kind: "recovery", id: via.recovery }
      : { kind: "move", id: via.move };

const runOf = (slice: Slice): Run => {
  const amount = Number(slice.amount);
  if (slice.place === "unallocated") return { place: slice.place, start: Number(slice.fundStart), amount };
  const at = `${slice.place} allocation ${slice.allocation} programme ${slice.programme}`;
  const path = pathText(slice.hops, stepOf(slice.via));
  switch (slice.place) {
    case "paid": {
      const records = `claim ${slice.claim} payout ${slice.payout}`;
      return { place: `${at} ${records} ${path}`, start: Number(slice.reserveStart), amount };
    }
    case "inReserve":
      return { place: `${at} ${path}`, start: Number(slice.reserveStart), amount };
    case "operatingSpent":
      return {
        place: `${at} expense ${slice.expense} ${path}`,
        start: Number(slice.operationsStart),
        amount,
      };
    case "operatingUnspent":
      return { place: `${at} ${path}`, start: Number(slice.operationsStart), amount };
  }
};

/** The same of the slices of a trace, all pages of it. */
export const runsOf = (slices: readonly Slice[]): readonly Run[] => mergedRuns(slices.map(runOf));

/** The five parts of these fen, counted. */
export const partitionOfFens = (model: PerFenModel, fens: readonly Fen[]): Partition => {
  const counts = { unallocated: 0, paid: 0, inReserve: 0, operatingSpent: 0, operatingUnspent: 0 };
  for (const one of fens) counts[nameAndRecords(model, one)[0]] += 1;
  return {
    total: fen(fens.length),
    unallocated: fen(counts.unallocated),
    paid: fen(counts.paid),
    inReserve: fen(counts.inReserve),
    operatingSpent: fen(counts.operatingSpent),
    operatingUnspent: fen(counts.operatingUnspent),
  };
};

export const modelPartition = (model: PerFenModel, fund: number, start: number, end: number): Partition =>
  partitionOfFens(model, model.fund(fund).fens.slice(start, end));
