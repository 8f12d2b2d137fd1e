/**
 * Where each fen of a fund's interval is now, slice by slice. The order is fixed: the fund's line, allocation by
 * allocation; within one, first what went to claims along the reserve line, then what went to operating cost along
 * the operations line; what is not yet allocated comes last.
 *
 * A line of a programme is told by a sub-generator of its own (`reserveSlices`, `operationsSlices`). Money that moves
 * on to another programme's line is told by the same one, called for that line.
 */
import type { Fen, Position } from "../amounts.ts";
import type { FundId, ProgrammeId } from "../ids.ts";
import { intervalOf, isEmpty, lengthOf, overlapOf, smaller } from "../lines/interval.ts";
import { InvalidCursor } from "../ports/read.ts";
import { partInside } from "./allocated.ts";
import type { AllocatedPart } from "./allocated.ts";
import { decodeTraceCursor, encodeTraceCursor } from "./cursor.ts";
import type { TracePoint } from "./cursor.ts";
import { GapInBooks, checkInside, checkLimit } from "./limits.ts";
import { operationsSpent } from "./partition.ts";
import {
  askAllocationsOfFund,
  askExpensesOfOperations,
  askFundLine,
  askPayoutsOfReserve,
  askProgrammeLines,
} from "./ask.ts";
import type { ProgrammeLines, Trace } from "./requests.ts";
import type { Interval, Slice } from "./types.ts";

export interface TracePage {
  readonly slices: readonly Slice[];
  /** Absent on the last page. */
  readonly next?: string;
}

/** A part of a programme's line told up to `reached`. */
interface Told {
  readonly slices: readonly Slice[];
  readonly reached: Position;
}

interface SpentPart<Spender> {
  readonly spender: Spender;
  readonly part: Interval;
}

/** Cuts what spenders took of [start, spentEnd) into their parts. Throws GapInBooks where a position has none. */
const spentParts = <Spender extends { readonly amount: Fen }>(
  line: string,
  spent: Interval,
  spenders: readonly Spender[],
  limit: number,
  startOf: (spender: Spender) => Position,
): readonly SpentPart<Spender>[] => {
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

function* reserveSlices(
  part: AllocatedPart,
  interval: Interval,
  lines: ProgrammeLines,
  limit: number,
): Trace<Told> {
  const { allocation, programme } = part.allocation;
  const spent = { start: interval.start, end: smaller(interval.end, lines.reserveSpent) };
  const payouts = isEmpty(spent) ? [] : yield* askPayoutsOfReserve(programme, { interval: spent, limit });
  const name = `reserve of programme ${programme}`;
  const parts = isEmpty(spent)
    ? []
    : spentParts(name, spent, payouts, limit, (payout) => payout.reserveStart);
  const slices: Slice[] = parts.map(({ spender, part: { start, end } }) => ({
    place: "paid",
    amount: lengthOf({ start, end }),
    allocation,
    programme,
    reserveStart: start,
    claim: spender.claim,
    payout: spender.payout,
  }));
  const reached = parts.at(-1)?.part.end ?? interval.start;
  const rest = { start: reached, end: interval.end };
  if (reached < lines.reserveSpent || isEmpty(rest) || slices.length >= limit) return { slices, reached };
  slices.push({ place: "inReserve", amount: lengthOf(rest), allocation, programme, reserveStart: reached });
  return { slices, reached: interval.end };
}

function* operationsSlices(
  part: AllocatedPart,
  interval: Interval,
  lines: ProgrammeLines,
  limit: number,
): Trace<Told> {
  const { allocation, programme } = part.allocation;
  const spent = { start: interval.start, end: smaller(interval.end, operationsSpent(lines)) };
  const expenses = isEmpty(spent)
    ? []
    : yield* askExpensesOfOperations(programme, { interval: spent, limit });
  const name = `operations of programme ${programme}`;
  const parts = isEmpty(spent)
    ? []
    : spentParts(name, spent, expenses, limit, (expense) => expense.operationsStart);
  const slices: Slice[] = parts.map(({ spender, part: { start, end } }) => ({
    place: "operatingSpent",
    amount: lengthOf({ start, end }),
    allocation,
    programme,
    operationsStart: start,
    expense: spender.expense,
  }));
  const reached = parts.at(-1)?.part.end ?? interval.start;
  const rest = { start: reached, end: interval.end };
  if (reached < operationsSpent(lines) || isEmpty(rest) || slices.length >= limit) return { slices, reached };
  slices.push({
    place: "operatingUnspent",
    amount: lengthOf(rest),
    allocation,
    programme,
    operationsStart: reached,
  });
  return { slices, reached: interval.end };
}

/** Where in a lane to go on. A cursor that points outside the lane was not made for this trace. */
const resume = (lane: Interval, from: Position | undefined, cursor: string | undefined): Interval => {
  if (from === undefined) return lane;
  if (from < lane.start || from > lane.end) throw new InvalidCursor(cursor ?? "");
  return { start: from, end: lane.end };
};

/** The slices of one allocation from `point` on, and the point where the next page goes on, if not told to its end. */
function* allocationSlices(
  part: AllocatedPart,
  point: TracePoint,
  lines: ProgrammeLines,
  limit: number,
  cursor: string | undefined,
): Trace<{ readonly slices: readonly Slice[]; readonly unfinished?: TracePoint }> {
  const slices: Slice[] = [];
  if (point.lane === "claims") {
    const told = yield* reserveSlices(part, resume(part.reserve, point.line, cursor), lines, limit);
    slices.push(...told.slices);
    if (told.reached < part.reserve.end) {
      return { slices, unfinished: { fund: part.fund.start, lane: "claims", line: told.reached } };
    }
  }
  const operations = point.lane === "claims" ? part.operations : resume(part.operations, point.line, cursor);
  if (isEmpty(operations)) return { slices };
  if (slices.length >= limit) {
    return { slices, unfinished: { fund: part.fund.start, lane: "operations", line: operations.start } };
  }
  const told = yield* operationsSlices(part, operations, lines, limit - slices.length);
  slices.push(...told.slices);
  if (told.reached >= part.operations.end) return { slices };
  return { slices, unfinished: { fund: part.fund.start, lane: "operations", line: told.reached } };
}

/**
 * One page of at most `limit` (1 to 50) slices of the fund positions [start, end), from `cursor` on. All pages
 * together add up to the interval. Throws OutsideLine, UnknownLine, InvalidLimit, InvalidCursor, GapInBooks.
 */
export function* traceInterval(
  fund: FundId,
  interval: Interval,
  cursor: string | undefined,
  limit: number,
): Trace<TracePage> {
  checkLimit(limit);
  const line = yield* askFundLine(fund);
  checkInside(`fund ${fund}`, interval, line.donated);
  let point: TracePoint =
    cursor === undefined
      ? { fund: interval.start, lane: "claims", line: undefined }
      : decodeTraceCursor(cursor);
  if (point.fund < interval.start || point.fund > interval.end) throw new InvalidCursor(cursor ?? "");
  const known = new Map<ProgrammeId, ProgrammeLines>();
  const slices: Slice[] = [];
  const allocatedEnd = smaller(interval.end, line.allocated);
  while (point.fund < allocatedEnd && slices.length < limit) {
    const rest: Interval = { start: point.fund, end: allocatedEnd };
    const query = { interval: rest, limit: limit - slices.length };
    const allocations = yield* askAllocationsOfFund(fund, query);
    if (allocations.length === 0) throw new GapInBooks(`fund ${fund}`, point.fund, undefined);
    for (const allocation of allocations) {
      if (slices.length >= limit) break;
      const part = partInside(allocation, { start: point.fund, end: allocatedEnd }, line.claimsShareBps);
      if (part.fund.start !== point.fund)
        throw new GapInBooks(`fund ${fund}`, point.fund, allocation.fundStart);
      const lines = known.get(allocation.programme) ?? (yield* askProgrammeLines(allocation.programme));
      known.set(allocation.programme, lines);
      const told = yield* allocationSlices(part, point, lines, limit - slices.length, cursor);
      slices.push(...told.slices);
      if (told.unfinished !== undefined) return { slices, next: encodeTraceCursor(told.unfinished) };
      point = { fund: part.fund.end, lane: "claims", line: undefined };
    }
  }
  if (point.fund >= interval.end) return { slices };
  if (slices.length >= limit) return { slices, next: encodeTraceCursor(point) };
  const unallocated = { start: point.fund, end: interval.end };
  return {
    slices: [...slices, { place: "unallocated", amount: lengthOf(unallocated), fundStart: point.fund }],
  };
}
