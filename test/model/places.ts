/** What the per-fen model knows, in the words of a trace, so that the two can be compared. */
import type { Partition, Slice, Source } from "../../protocol/trace/types.ts";
import type { FenCell, PerFenModel } from "./per-fen.ts";

/** A run of neighbouring fen in one place: the place and its ids as text, where it begins, how long it is. */
export interface Run {
  readonly place: string;
  readonly start: number;
  readonly amount: number;
}

const placeOf = (model: PerFenModel, cell: FenCell): string => {
  if (cell.lane === undefined) return "unallocated";
  const at = `allocation ${cell.allocation} programme ${cell.programme}`;
  if (cell.lane === "claims") {
    return cell.payout === 0 ? `inReserve ${at}` : `paid ${at} claim ${cell.claim} payout ${cell.payout}`;
  }
  const expense = model.programme(cell.programme).expenses[cell.linePosition];
  return expense === undefined ? `operatingUnspent ${at}` : `operatingSpent ${at} expense ${expense}`;
};

/** The order of a trace: by allocation, claims before operations, along the line; the unallocated last. */
const laneOrder = (cell: FenCell): number => (cell.lane === "claims" ? 0 : 1);
const traceOrder = (one: FenCell, other: FenCell): number =>
  (one.allocation || Number.MAX_SAFE_INTEGER) - (other.allocation || Number.MAX_SAFE_INTEGER) ||
  laneOrder(one) - laneOrder(other) ||
  one.linePosition - other.linePosition ||
  one.fundPosition - other.fundPosition;

/** The runs of the fund positions [start, end), fen by fen. */
export const modelRuns = (model: PerFenModel, fund: number, start: number, end: number): readonly Run[] => {
  const runs: { place: string; start: number; amount: number }[] = [];
  for (const cell of model.fund(fund).cells.slice(start, end).sort(traceOrder)) {
    const place = placeOf(model, cell);
    const last = runs.at(-1);
    if (last?.place === place) last.amount += 1;
    else
      runs.push({ place, start: cell.lane === undefined ? cell.fundPosition : cell.linePosition, amount: 1 });
  }
  return runs;
};

export const runOf = (slice: Slice): Run => {
  const amount = Number(slice.amount);
  if (slice.place === "unallocated") return { place: slice.place, start: Number(slice.fundStart), amount };
  const at = `${slice.place} allocation ${slice.allocation} programme ${slice.programme}`;
  switch (slice.place) {
    case "paid":
      return {
        place: `${at} claim ${slice.claim} payout ${slice.payout}`,
        start: Number(slice.reserveStart),
        amount,
      };
    case "inReserve":
      return { place: at, start: Number(slice.reserveStart), amount };
    case "operatingSpent":
      return { place: `${at} expense ${slice.expense}`, start: Number(slice.operationsStart), amount };
    case "operatingUnspent":
      return { place: at, start: Number(slice.operationsStart), amount };
  }
};

/** The five parts, counted. */
export const modelPartition = (model: PerFenModel, fund: number, start: number, end: number): Partition => {
  const cells = model.fund(fund).cells.slice(start, end);
  const count = (place: string): bigint =>
    BigInt(cells.filter((cell) => placeOf(model, cell).split(" ")[0] === place).length);
  return {
    total: BigInt(cells.length),
    unallocated: count("unallocated"),
    paid: count("paid"),
    inReserve: count("inReserve"),
    operatingSpent: count("operatingSpent"),
    operatingUnspent: count("operatingUnspent"),
  } as Partition;
};

export interface ModelSource {
  readonly fund: number;
  readonly batch: number;
  readonly allocation: number;
  readonly fundStart: number;
  readonly fundEnd: number;
  readonly amount: number;
  /** What each donation of the batch gave, by index. */
  readonly donors: readonly { readonly index: number; readonly amount: number }[];
}

/** Where the fen [start, end) of a programme's reserve came from, fen by fen. */
export const modelSources = (
  model: PerFenModel,
  programme: number,
  start: number,
  end: number,
): readonly ModelSource[] => {
  const groups: FenCell[][] = [];
  for (const cell of model.programme(programme).reserve.slice(start, end)) {
    const last = groups.at(-1);
    const head = last?.[0];
    if (last !== undefined && head?.allocation === cell.allocation && head.batch === cell.batch)
      last.push(cell);
    else groups.push([cell]);
  }
  return groups.map((cells) => {
    const [first, last] = [cells[0], cells.at(-1)];
    if (first === undefined || last === undefined) throw new RangeError("an empty group");
    const donors = [...new Set(cells.map((cell) => cell.leaf))].map((index) => ({
      index,
      amount: cells.filter((cell) => cell.leaf === index).length,
    }));
    const { fund, batch, allocation } = first;
    const places = { fundStart: first.fundPosition, fundEnd: last.fundPosition + 1 };
    return { fund, batch, allocation, ...places, amount: cells.length, donors };
  });
};

export const sourceFigures = (source: Source): Omit<ModelSource, "donors"> => ({
  fund: source.fund,
  batch: source.batch,
  allocation: source.allocation,
  fundStart: Number(source.fundStart),
  fundEnd: Number(source.fundEnd),
  amount: Number(source.amount),
});
