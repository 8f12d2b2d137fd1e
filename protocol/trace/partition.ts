/** The five places that the fen of an interval can be in, in totals. */
import { fen } from "../amounts.ts";
import type { FundId, ProgrammeId } from "../ids.ts";
import { intervalOf, isEmpty, lengthOf, overlapOf, rebase, smaller } from "../lines/interval.ts";
import { partInside } from "./allocated.ts";
import { askAllocationsOfFund, askFundLine } from "./ask.ts";
import type { Lane } from "./cursor.ts";
import { askDepartures, hasDepartures, linesOf, nameOf, takenEnd } from "./lanes.ts";
import type { KnownLines } from "./lanes.ts";
import { GapInBooks, checkInside, recordsAtATime } from "./limits.ts";
import type { FundLine, Trace } from "./requests.ts";
import type { Interval, Partition } from "./types.ts";

/** Intervals of one lane of each programme. */
type Wave = Map<ProgrammeId, Interval[]>;

const add = (wave: Wave, programme: ProgrammeId, interval: Interval): void => {
  if (isEmpty(interval)) return;
  const intervals = wave.get(programme) ?? [];
  const last = intervals.at(-1);
  if (last?.end === interval.start)
    intervals[intervals.length - 1] = { start: last.start, end: interval.end };
  else intervals.push(interval);
  wave.set(programme, intervals);
};

/** In line order, neighbours as one: what came back in many parts is looked at as few. */
const joined = (programme: ProgrammeId, intervals: readonly Interval[]): readonly Interval[] => {
  const wave: Wave = new Map();
  const ordered = intervals.toSorted((one, other) => (one.start < other.start ? -1 : 1));
  for (const interval of ordered) add(wave, programme, interval);
  return wave.get(programme) ?? [];
};

/** What the allocations of an interval of a fund put on the reserve and operations lines. */
function* allocatedWaves(
  { fund, allocated, claimsShareBps }: FundLine,
  interval: Interval,
): Trace<{ readonly claims: Wave; readonly operations: Wave }> {
  const [claims, operations]: [Wave, Wave] = [new Map(), new Map()];
  const end = smaller(interval.end, allocated);
  let at = interval.start;
  while (at < end) {
    const query = { interval: { start: at, end }, limit: recordsAtATime };
    const allocations = yield* askAllocationsOfFund(fund, query);
    if (allocations.length === 0) throw new GapInBooks(`fund ${fund}`, at, undefined);
    for (const allocation of allocations) {
      const part = partInside(allocation, { start: at, end }, claimsShareBps);
      if (part.fund.start !== at) throw new GapInBooks(`fund ${fund}`, at, allocation.fundStart);
      add(claims, allocation.programme, part.reserve);
      add(operations, allocation.programme, part.operations);
      at = part.fund.end;
    }
  }
  return { claims, operations };
}

/** Adds to `wave` what of an interval went on, and answers how much that is. */
function* departed(lane: Lane, programme: ProgrammeId, interval: Interval, wave: Wave): Trace<bigint> {
  let [at, amount] = [interval.start, 0n];
  while (at < interval.end) {
    const query = { interval: { start: at, end: interval.end }, limit: recordsAtATime };
    const hops = yield* askDepartures(lane)(programme, query);
    for (const hop of hops) {
      const part = overlapOf(intervalOf(hop.fromStart, hop.amount), query.interval);
      if (part.start < at || isEmpty(part)) throw new GapInBooks(nameOf(lane, programme), at, hop.fromStart);
      add(wave, hop.to, rebase(part, hop.fromStart, hop.toStart));
      amount += lengthOf(part);
      at = part.end;
    }
    if (hops.length < recordsAtATime) break;
  }
  return amount;
}

/** Follows intervals of a lane to where their fen are: taken and not gone on, or still there. */
function* placesIn(
  lane: Lane,
  first: Wave,
  known: KnownLines,
): Trace<{ readonly taken: bigint; readonly left: bigint }> {
  let [taken, left] = [0n, 0n];
  let wave = first;
  while (wave.size > 0) {
    const next: Wave = new Map();
    for (const [programme, intervals] of wave) {
      const lines = yield* linesOf(known, programme);
      for (const interval of joined(programme, intervals)) {
        const spent = { start: interval.start, end: smaller(interval.end, takenEnd(lane, lines)) };
        left += lengthOf(interval) - lengthOf(spent);
        taken += lengthOf(spent);
        if (!isEmpty(spent) && hasDepartures(lane, lines))
          taken -= yield* departed(lane, programme, spent, next);
      }
    }
    wave = next;
  }
  return { taken, left };
}

/**
 * Where the fen of [start, end) of a fund are now, through recoveries and moves; the parts add up to `total`.
 * O(allocations, recoveries and moves that meet the interval), however many claims they paid. Throws OutsideLine,
 * UnknownLine, GapInBooks.
 */
export function* partitionOf(fund: FundId, interval: Interval): Trace<Partition> {
  const line = yield* askFundLine(fund);
  checkInside(`fund ${fund}`, interval, line.donated);
  const waves = yield* allocatedWaves(line, interval);
  const known: KnownLines = new Map();
  const claims = yield* placesIn("claims", waves.claims, known);
  const operations = yield* placesIn("operations", waves.operations, known);
  const total = lengthOf(interval);
  const allocated = claims.taken + claims.left + operations.taken + operations.left;
  return {
    total,
    unallocated: fen(total - allocated),
    paid: fen(claims.taken),
    inReserve: fen(claims.left),
    operatingSpent: fen(operations.taken),
    operatingUnspent: fen(operations.left),
  };
}
