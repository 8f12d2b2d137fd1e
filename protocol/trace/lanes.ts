/** The two lines that a programme's money stands on, as a trace walks them onward. */
import type { Fen, Position } from "../amounts.ts";
import type { ProgrammeId } from "../ids.ts";
import { intervalOf, isEmpty, lengthOf, overlapOf, smaller } from "../lines/interval.ts";
import {
  askArrivalsOfOperations,
  askArrivalsOfReserve,
  askDeparturesOfOperations,
  askDeparturesOfReserve,
  askExpensesOfOperations,
  askPayoutsOfReserve,
  askProgrammeLines,
} from "./ask.ts";
import type { Lane } from "./cursor.ts";
import { GapInBooks } from "./limits.ts";
import type { ProgrammeLines, Trace } from "./requests.ts";
import type { Interval, Path, Slice } from "./types.ts";
import type { AskHops, Stretch } from "./walk.ts";

/** What is known of the programmes that a walk has met. */
export type KnownLines = Map<ProgrammeId, ProgrammeLines>;

export function* linesOf(known: KnownLines, programme: ProgrammeId): Trace<ProgrammeLines> {
  const lines = known.get(programme) ?? (yield* askProgrammeLines(programme));
  known.set(programme, lines);
  return lines;
}

export const nameOf = (lane: Lane, programme: ProgrammeId): string =>
  `${lane === "claims" ? "reserve" : "operations"} of programme ${programme}`;

/**
 * The front of the line that payouts or expenses and moves have taken. What expenses take past the end of the operations
 * line is an advance.
 */
export const takenEnd = (lane: Lane, lines: ProgrammeLines): Position =>
  lane === "claims" ? lines.reserveSpent : smaller(lines.operationsOut, lines.operationsIn);

/** Whether anything that was taken went on to another place. */
export const hasDepartures = (lane: Lane, lines: ProgrammeLines): boolean =>
  lane === "claims" ? lines.recovered + lines.movedOut > 0n : lines.operationsMovedOut > 0n;

export const askDepartures = (lane: Lane): AskHops =>
  lane === "claims" ? askDeparturesOfReserve : askDeparturesOfOperations;

export const askArrivals = (lane: Lane): AskHops =>
  lane === "claims" ? askArrivalsOfReserve : askArrivalsOfOperations;

/** Cuts what spenders took of an interval into their parts. Throws GapInBooks where a position has none. */
const spentParts = <Spender extends { readonly amount: Fen }>(
  line: string,
  spent: Interval,
  spenders: readonly Spender[],
  limit: number,
  startOf: (spender: Spender) => Position,
): readonly { readonly spender: Spender; readonly part: Interval }[] => {
  let at = spent.start;
  const parts = spenders.map((spender) => {
    const part = overlapOf(intervalOf(startOf(spender), spender.amount), spent);
    if (part.start !== at || isEmpty(part)) throw new GapInBooks(line, at, startOf(spender));
    at = part.end;
    return { spender, part };
  });
  if (parts.length < limit && at < spent.end) throw new GapInBooks(line, at, undefined);
  return parts;
};

interface Told {
  readonly items: readonly Slice[];
  readonly reached: Position;
}

function* paidSlices(path: Path, programme: ProgrammeId, spent: Interval, limit: number): Trace<Told> {
  const payouts = yield* askPayoutsOfReserve(programme, { interval: spent, limit });
  const name = nameOf("claims", programme);
  const parts = spentParts(name, spent, payouts, limit, (payout) => payout.reserveStart);
  const items = parts.map(({ spender: { claim, payout }, part }): Slice => {
    const where = { programme, reserveStart: part.start };
    return { place: "paid", amount: lengthOf(part), ...path, ...where, claim, payout };
  });
  return { items, reached: parts.at(-1)?.part.end ?? spent.start };
}

function* expenseSlices(path: Path, programme: ProgrammeId, spent: Interval, limit: number): Trace<Told> {
  const expenses = yield* askExpensesOfOperations(programme, { interval: spent, limit });
  const name = nameOf("operations", programme);
  const parts = spentParts(name, spent, expenses, limit, (expense) => expense.operationsStart);
  const items = parts.map(({ spender: { expense }, part }): Slice => {
    const where = { programme, operationsStart: part.start };
    return { place: "operatingSpent", amount: lengthOf(part), ...path, ...where, expense };
  });
  return { items, reached: parts.at(-1)?.part.end ?? spent.start };
}

/** The slices of a stretch of which nothing went on. */
export function* slicesOfStretch(
  lane: Lane,
  path: Path,
  { programme, interval }: Stretch,
  lines: ProgrammeLines,
  limit: number,
): Trace<Told> {
  const spent = { start: interval.start, end: smaller(interval.end, takenEnd(lane, lines)) };
  if (!isEmpty(spent)) {
    return lane === "claims"
      ? yield* paidSlices(path, programme, spent, limit)
      : yield* expenseSlices(path, programme, spent, limit);
  }
  const rest = { amount: lengthOf(interval), ...path, programme };
  const item: Slice =
    lane === "claims"
      ? { place: "inReserve", ...rest, reserveStart: interval.start }
      : { place: "operatingUnspent", ...rest, operationsStart: interval.start };
  return { items: [item], reached: interval.end };
}
