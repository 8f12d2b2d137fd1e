/**
 * Where each fen of a fund's interval is now, slice by slice. The order is fixed: the fund's line, allocation by
 * allocation; within one, first what went to claims along the reserve line, then what went to operating cost along
 * the operations line; what is not yet allocated comes last. Fen that a recovery or a move carried on are told in their
 * turn, with the place where they are now.
 */
import { after } from "../amounts.ts";
import type { Position } from "../amounts.ts";
import type { FundId } from "../ids.ts";
import { isEmpty, lengthOf, smaller } from "../lines/interval.ts";
import { InvalidCursor } from "../ports/read.ts";
import { partInside } from "./allocated.ts";
import type { AllocatedPart } from "./allocated.ts";
import { askAllocationsOfFund, askFundLine } from "./ask.ts";
import { decodeTraceCursor, encodeTraceCursor } from "./cursor.ts";
import type { Lane, TracePoint } from "./cursor.ts";
import { askArrivals, askDepartures, hasDepartures, linesOf, nameOf, slicesOfStretch } from "./lanes.ts";
import type { KnownLines } from "./lanes.ts";
import { GapInBooks, checkInside, checkLimit } from "./limits.ts";
import type { FundLine, Trace } from "./requests.ts";
import type { Interval, Path, Slice } from "./types.ts";
import { cutAtHops, expectDeep, newPage, roomOf, walk } from "./walk.ts";
import type { Page, Rules, Stretch, Task } from "./walk.ts";

export interface TracePage {
  /** Empty only where a page is at its last hop before it can tell anything. */
  readonly slices: readonly Slice[];
  /** Absent on the last page. */
  readonly next?: string;
}

/** A trace under way. */
interface Tracing {
  readonly page: Page<Slice>;
  readonly known: KnownLines;
  readonly cursor: string;
}

const pathOf = ({ allocation }: AllocatedPart, { hops, via }: Stretch): Path => ({
  allocation: allocation.allocation,
  hops,
  ...(via === undefined ? {} : { via }),
});

const rulesOf = (lane: Lane, part: AllocatedPart, known: KnownLines): Rules<Slice> => ({
  *cut(stretch, limit) {
    const lines = yield* linesOf(known, stretch.programme);
    if (!hasDepartures(lane, lines)) return [{ stretch, stays: true }];
    const name = nameOf(lane, stretch.programme);
    return yield* cutAtHops(name, stretch, limit, "onward", askDepartures(lane));
  },
  *tell(stretch, limit) {
    const lines = yield* linesOf(known, stretch.programme);
    return yield* slicesOfStretch(lane, pathOf(part, stretch), stretch, lines, limit);
  },
});

/** Where in a lane a cursor's way goes on. A way that the books do not have was not made for this trace. */
function* deepTasks(
  lane: Lane,
  rest: Interval,
  point: TracePoint,
  { cursor }: Tracing,
): Trace<readonly Task[]> {
  const { deep } = point;
  if (deep === undefined) return [];
  const reached = after(rest.start, lengthOf(deep.interval));
  if (reached > rest.end) throw new InvalidCursor(cursor);
  const via = yield* expectDeep(cursor, deep, "onward", askArrivals(lane));
  return [{ stretch: { ...deep, via }, stays: false }];
}

/** Tells one lane of an allocation from `point` on. Answers where the next page goes on, if it is not told to its end. */
function* laneSlices(
  lane: Lane,
  part: AllocatedPart,
  point: TracePoint,
  tracing: Tracing,
): Trace<TracePoint | undefined> {
  const { programme } = part.allocation;
  const whole = lane === "claims" ? part.reserve : part.operations;
  const start: Position = point.lane === lane ? (point.line ?? whole.start) : whole.start;
  if (start < whole.start || start > whole.end) throw new InvalidCursor(tracing.cursor);
  const rest = { start, end: whole.end };
  const deep = point.lane === lane ? yield* deepTasks(lane, rest, point, tracing) : [];
  const followed = deep.reduce((at, { stretch }) => after(at, lengthOf(stretch.interval)), start);
  const open = { programme, interval: { start: followed, end: whole.end }, hops: 0 };
  const tasks = isEmpty(open.interval) ? [...deep] : [{ stretch: open, stays: false }, ...deep];
  const stop = yield* walk(start, tasks, tracing.page, rulesOf(lane, part, tracing.known));
  if (stop === undefined) return undefined;
  const { at: line, ...way } = stop;
  return { fund: part.fund.start, lane, line, ...way };
}

/** Tells one allocation from `point` on. */
function* allocationSlices(
  part: AllocatedPart,
  point: TracePoint,
  tracing: Tracing,
): Trace<TracePoint | undefined> {
  if (point.lane === "claims") {
    const stop = yield* laneSlices("claims", part, point, tracing);
    if (stop !== undefined) return stop;
  }
  return yield* laneSlices("operations", part, point, tracing);
}

/** Tells the allocated part of an interval from `point` on. Answers where the telling stopped or ended. */
function* allocatedSlices(
  fund: FundLine,
  end: Position,
  from: TracePoint,
  tracing: Tracing,
): Trace<{ readonly point: TracePoint; readonly isFull: boolean }> {
  const name = `fund ${fund.fund}`;
  let point = from;
  while (point.fund < end) {
    const room = roomOf(tracing.page);
    if (room === 0) return { point, isFull: true };
    const query = { interval: { start: point.fund, end }, limit: room };
    const allocations = yield* askAllocationsOfFund(fund.fund, query);
    if (allocations.length === 0) throw new GapInBooks(name, point.fund, undefined);
    for (const allocation of allocations) {
      const part = partInside(allocation, { start: point.fund, end }, fund.claimsShareBps);
      if (part.fund.start !== point.fund) throw new GapInBooks(name, point.fund, allocation.fundStart);
      const stop = yield* allocationSlices(part, point, tracing);
      if (stop !== undefined) return { point: stop, isFull: true };
      point = { fund: part.fund.end, lane: "claims" };
    }
  }
  return { point, isFull: false };
}

/**
 * One page of at most `limit` (1 to 50) slices of the fund positions [start, end), from `cursor` on. All pages
 * together add up to the interval. A page follows at most 1,000 recoveries and moves. Throws OutsideLine, UnknownLine,
 * InvalidLimit, InvalidCursor, GapInBooks.
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
  const from: TracePoint =
    cursor === undefined ? { fund: interval.start, lane: "claims" } : decodeTraceCursor(cursor);
  if (from.fund < interval.start || from.fund > interval.end) throw new InvalidCursor(cursor ?? "");
  const page = newPage<Slice>(limit);
  const tracing = { page, known: new Map(), cursor: cursor ?? "" };
  const { point, isFull } = yield* allocatedSlices(
    line,
    smaller(interval.end, line.allocated),
    from,
    tracing,
  );
  const slices = page.items;
  if (!isFull && point.fund >= interval.end) return { slices };
  if (isFull || roomOf(page) === 0) return { slices, next: encodeTraceCursor(point) };
  const unallocated = { start: point.fund, end: interval.end };
  slices.push({ place: "unallocated", amount: lengthOf(unallocated), fundStart: point.fund });
  return { slices };
}
