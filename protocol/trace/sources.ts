/**
 * Which donations paid a claim: from the reserve line back, through recoveries and moves, to allocations and to the
 * batches of a fund.
 */
import { after, position } from "../amounts.ts";
import type { Fen, Position } from "../amounts.ts";
import type { FundId, ProgrammeId } from "../ids.ts";
import { intervalOf, isEmpty, lengthOf, overlapOf } from "../lines/interval.ts";
import { claimsInterval, fundPositionOfClaims } from "../lines/share.ts";
import { InvalidCursor } from "../ports/read.ts";
import { claimsInside } from "./allocated.ts";
import {
  askAllocationsOfReserve,
  askArrivalsOfReserve,
  askBatchesOfFund,
  askDeparturesOfReserve,
  askFundLine,
} from "./ask.ts";
import { decodeSourcesCursor, encodeSourcesCursor } from "./cursor.ts";
import type { SourcesPoint } from "./cursor.ts";
import { linesOf, nameOf } from "./lanes.ts";
import type { KnownLines } from "./lanes.ts";
import { GapInBooks, checkInside, checkLimit } from "./limits.ts";
import type { FundLine, Trace, TracedAllocation } from "./requests.ts";
import type { Interval, Path, Source } from "./types.ts";
import { cutAtHops, expectDeep, newPage, walk } from "./walk.ts";
import type { Rules, Stretch, Task } from "./walk.ts";

export interface SourcesPage {
  /** Empty only where there are none, or where a page is at its last hop before it can tell anything. */
  readonly sources: readonly Source[];
  /** Absent on the last page. */
  readonly next?: string;
}

/** What a source follows from of a payout. */
export interface PaidFromReserve {
  readonly programme: ProgrammeId;
  readonly reserveStart: Position;
  readonly amount: Fen;
  /** Its front that came back. */
  readonly recovered: Fen;
}

/** The fund positions from the first to one past the last of the claims fen of `claims`, which is not empty. */
const fundPositions = (claims: Interval, bps: number): Interval => ({
  start: fundPositionOfClaims(claims.start, bps),
  end: position(fundPositionOfClaims(position(claims.end - 1n), bps) + 1n),
});

/** The batches that own the claims fen `claims` of a fund, the first `limit` of them, in line order. */
function* batchSources(
  fund: FundId,
  path: Path,
  claims: Interval,
  bps: number,
  limit: number,
): Trace<readonly Source[]> {
  const sources: Source[] = [];
  let at = claims.start;
  while (at < claims.end && sources.length < limit) {
    const rest: Interval = { start: at, end: claims.end };
    const query = { interval: fundPositions(rest, bps), limit: limit - sources.length };
    const batches = yield* askBatchesOfFund(fund, query);
    if (batches.length === 0)
      throw new GapInBooks(`batches of fund ${fund}`, query.interval.start, undefined);
    for (const { batch, startsAt, sum } of batches) {
      const owned = overlapOf(claimsInterval(intervalOf(startsAt, sum), bps), rest);
      // A small batch can lie between two claims fen and own none of them.
      if (isEmpty(owned)) continue;
      if (owned.start !== at) throw new GapInBooks(`batches of fund ${fund}`, query.interval.start, startsAt);
      const { start: fundStart, end: fundEnd } = fundPositions(owned, bps);
      sources.push({ fund, batch, ...path, fundStart, fundEnd, amount: lengthOf(owned) });
      at = owned.end;
    }
  }
  return sources;
}

const pathOf = ({ allocation }: TracedAllocation, { hops, via }: Stretch): Path => ({
  allocation,
  hops,
  ...(via === undefined ? {} : { via }),
});

/** The sources of a stretch that allocations brought, the first `limit` of them. */
function* allocatedSources(
  stretch: Stretch,
  limit: number,
  funds: Map<FundId, FundLine>,
): Trace<{ readonly items: readonly Source[]; readonly reached: Position }> {
  const { programme, interval } = stretch;
  const name = nameOf("claims", programme);
  const items: Source[] = [];
  const allocations = yield* askAllocationsOfReserve(programme, { interval, limit });
  if (allocations.length === 0) throw new GapInBooks(name, interval.start, undefined);
  let at = interval.start;
  for (const allocation of allocations) {
    if (items.length >= limit) break;
    const { fund, reserveStart, claimsAmount } = allocation;
    const reserve = overlapOf(intervalOf(reserveStart, claimsAmount), interval);
    if (reserve.start !== at || isEmpty(reserve)) throw new GapInBooks(name, at, reserveStart);
    const line = funds.get(fund) ?? (yield* askFundLine(fund));
    funds.set(fund, line);
    const claims = claimsInside(allocation, reserve, line.claimsShareBps);
    const path = pathOf(allocation, stretch);
    const found = yield* batchSources(fund, path, claims, line.claimsShareBps, limit - items.length);
    items.push(...found);
    at = found.reduce((place, { amount }) => after(place, amount), at);
  }
  return { items, reached: at };
}

const rulesOf = (known: KnownLines): Rules<Source> => {
  const funds = new Map<FundId, FundLine>();
  return {
    *cut(stretch, limit) {
      const { recovered, movedIn } = yield* linesOf(known, stretch.programme);
      if (recovered + movedIn === 0n) return [{ stretch, stays: true }];
      const name = nameOf("claims", stretch.programme);
      return yield* cutAtHops(name, stretch, limit, "back", askArrivalsOfReserve);
    },
    tell: (stretch, limit) => allocatedSources(stretch, limit, funds),
  };
};

/** Where a cursor's way goes on. A way that the books do not have was not made for this interval. */
function* deepTasks(
  programme: ProgrammeId,
  { reserve, deep }: SourcesPoint,
  end: Position,
  cursor: string,
): Trace<readonly Task[]> {
  if (deep === undefined) return [];
  if (after(reserve, lengthOf(deep.interval)) > end) throw new InvalidCursor(cursor);
  yield* expectDeep(cursor, deep, "back", askDeparturesOfReserve);
  const here = { start: reserve, end: after(reserve, lengthOf(deep.interval)) };
  const [latest] = yield* askArrivalsOfReserve(programme, { interval: here, limit: 1 });
  if (latest === undefined || latest.toStart > reserve) throw new InvalidCursor(cursor);
  return [{ stretch: { ...deep, via: latest.via }, stays: false }];
}

/**
 * One page of at most `limit` (1 to 50) sources of the reserve positions `interval` of a programme, from `cursor` on,
 * one for each (allocation, batch) and way, in the order of the line. All pages together add up to the interval. A page
 * follows at most 1,000 recoveries and moves. Throws OutsideLine, UnknownLine, InvalidLimit, InvalidCursor, GapInBooks.
 */
export function* reserveSources(
  programme: ProgrammeId,
  interval: Interval,
  cursor: string | undefined,
  limit: number,
): Trace<SourcesPage> {
  checkLimit(limit);
  const known: KnownLines = new Map();
  const lines = yield* linesOf(known, programme);
  checkInside(nameOf("claims", programme), interval, lines.reserveIn);
  const from: SourcesPoint = cursor === undefined ? { reserve: interval.start } : decodeSourcesCursor(cursor);
  if (from.reserve < interval.start || from.reserve > interval.end) throw new InvalidCursor(cursor ?? "");
  const deep = yield* deepTasks(programme, from, interval.end, cursor ?? "");
  const followed = deep.reduce((at, { stretch }) => after(at, lengthOf(stretch.interval)), from.reserve);
  const open = { programme, interval: { start: followed, end: interval.end }, hops: 0 };
  const tasks = isEmpty(open.interval) ? [...deep] : [{ stretch: open, stays: false }, ...deep];
  const page = newPage<Source>(limit);
  const stop = yield* walk(from.reserve, tasks, page, rulesOf(known));
  if (stop === undefined) return { sources: page.items };
  const { at: reserve, ...way } = stop;
  return { sources: page.items, next: encodeSourcesCursor({ reserve, ...way }) };
}

/** All that a payout took, whatever came back since: its gross sources. Pages as {@link reserveSources}. */
export const payoutSources = (
  { programme, reserveStart, amount }: PaidFromReserve,
  cursor: string | undefined,
  limit: number,
): Trace<SourcesPage> => reserveSources(programme, intervalOf(reserveStart, amount), cursor, limit);

/**
 * What stands in a claim now, not recovered: its net sources. Only the last of its payouts can have any; a claim without
 * a payout has none. Pages as {@link reserveSources}.
 */
export function* claimSources(
  last: PaidFromReserve | undefined,
  cursor: string | undefined,
  limit: number,
): Trace<SourcesPage> {
  if (last === undefined) {
    checkLimit(limit);
    if (cursor !== undefined) throw new InvalidCursor(cursor);
    return { sources: [] };
  }
  const { start, end } = intervalOf(last.reserveStart, last.amount);
  const net = { start: after(start, last.recovered), end };
  return yield* reserveSources(last.programme, net, cursor, limit);
}
