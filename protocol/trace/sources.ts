/** Which donations paid a claim: from the reserve line back through allocations to the batches of a fund. */
import { position } from "../amounts.ts";
import type { Position } from "../amounts.ts";
import type { FundId, ProgrammeId } from "../ids.ts";
import { intervalOf, isEmpty, lengthOf, overlapOf } from "../lines/interval.ts";
import { claimsInterval, fundPositionOfClaims } from "../lines/share.ts";
import { InvalidCursor } from "../ports/read.ts";
import { claimsInside } from "./allocated.ts";
import { decodeSourcesCursor, encodeSourcesCursor } from "./cursor.ts";
import { GapInBooks, checkInside, checkLimit } from "./limits.ts";
import { askAllocationsOfReserve, askBatchesOfFund, askFundLine, askProgrammeLines } from "./ask.ts";
import type { FundLine, Trace, TracedAllocation } from "./requests.ts";
import type { Interval, Source } from "./types.ts";

export interface SourcesPage {
  readonly sources: readonly Source[];
  /** Absent on the last page. */
  readonly next?: string;
}

/** The fund positions from the first to one past the last of the claims fen of `claims`, which is not empty. */
const fundPositions = (claims: Interval, bps: number): Interval => ({
  start: fundPositionOfClaims(claims.start, bps),
  end: position(fundPositionOfClaims(position(claims.end - 1n), bps) + 1n),
});

/** The batches that own the claims fen `claims` of a fund, the first `limit` of them, in line order. */
function* batchSources(
  allocation: TracedAllocation,
  claims: Interval,
  bps: number,
  limit: number,
): Trace<readonly Source[]> {
  const { fund } = allocation;
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
      sources.push({
        fund,
        batch,
        allocation: allocation.allocation,
        fundStart,
        fundEnd,
        amount: lengthOf(owned),
      });
      at = owned.end;
    }
  }
  return sources;
}

/**
 * One page of at most `limit` (1 to 50) sources of the reserve positions `interval` of a programme (a payout's own,
 * or any other), from `cursor` on, one for each (allocation, batch), in the order of the line. All pages together
 * add up to the interval. Throws OutsideLine, UnknownLine, InvalidLimit, InvalidCursor, GapInBooks.
 */
export function* claimSources(
  programme: ProgrammeId,
  interval: Interval,
  cursor: string | undefined,
  limit: number,
): Trace<SourcesPage> {
  checkLimit(limit);
  const lines = yield* askProgrammeLines(programme);
  const name = `reserve of programme ${programme}`;
  checkInside(name, interval, lines.reserveIn);
  let at: Position = cursor === undefined ? interval.start : decodeSourcesCursor(cursor);
  if (at < interval.start || at > interval.end) throw new InvalidCursor(cursor ?? "");
  const funds = new Map<FundId, FundLine>();
  const sources: Source[] = [];
  while (at < interval.end && sources.length < limit) {
    const query = { interval: { start: at, end: interval.end }, limit: limit - sources.length };
    const allocations = yield* askAllocationsOfReserve(programme, query);
    if (allocations.length === 0) throw new GapInBooks(name, at, undefined);
    for (const allocation of allocations) {
      if (sources.length >= limit) break;
      const reserve = overlapOf(intervalOf(allocation.reserveStart, allocation.claimsAmount), query.interval);
      if (reserve.start !== at || isEmpty(reserve)) throw new GapInBooks(name, at, allocation.reserveStart);
      const line = funds.get(allocation.fund) ?? (yield* askFundLine(allocation.fund));
      funds.set(allocation.fund, line);
      const claims = claimsInside(allocation, reserve, line.claimsShareBps);
      const found = yield* batchSources(allocation, claims, line.claimsShareBps, limit - sources.length);
      sources.push(...found);
      at = position(at + found.reduce<bigint>((sum, source) => sum + source.amount, 0n));
    }
  }
  return at < interval.end ? { sources, next: encodeSourcesCursor(at) } : { sources };
}
