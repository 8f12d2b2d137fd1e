/** The five places that the fen of an interval can be in, in totals. */
import { fen, position } from "../amounts.ts";
import type { Position } from "../amounts.ts";
import type { FundId, ProgrammeId } from "../ids.ts";
import { lengthOf, overlapOf, smaller } from "../lines/interval.ts";
import { partInside } from "./allocated.ts";
import { GapInBooks, checkInside, recordsAtATime } from "./limits.ts";
import { askAllocationsOfFund, askFundLine, askProgrammeLines } from "./ask.ts";
import type { ProgrammeLines, Trace } from "./requests.ts";
import type { Interval, Partition } from "./types.ts";

const origin = position(0n);

/** Operations money is spent as far as both it and the expenses reach; what expenses have beyond is an advance. */
export const operationsSpent = (lines: ProgrammeLines): Position =>
  smaller(lines.expenses, lines.operationsIn);

/**
 * Where the fen of [start, end) of a fund are now; the parts add up to `total`. O(allocations that meet the
 * interval), however many claims they paid. Throws OutsideLine, UnknownLine, GapInBooks.
 */
export function* partitionOf(fund: FundId, interval: Interval): Trace<Partition> {
  const line = yield* askFundLine(fund);
  checkInside(`fund ${fund}`, interval, line.donated);
  const known = new Map<ProgrammeId, ProgrammeLines>();
  const total = lengthOf(interval);
  let [paid, reserve, spent, operations] = [0n, 0n, 0n, 0n];
  const end = smaller(interval.end, line.allocated);
  let at = interval.start;
  while (at < end) {
    const query = { interval: { start: at, end }, limit: recordsAtATime };
    const allocations = yield* askAllocationsOfFund(fund, query);
    if (allocations.length === 0) throw new GapInBooks(`fund ${fund}`, at, undefined);
    for (const allocation of allocations) {
      const part = partInside(allocation, { start: at, end }, line.claimsShareBps);
      if (part.fund.start !== at) throw new GapInBooks(`fund ${fund}`, at, allocation.fundStart);
      const lines = known.get(allocation.programme) ?? (yield* askProgrammeLines(allocation.programme));
      known.set(allocation.programme, lines);
      paid += lengthOf(overlapOf(part.reserve, { start: origin, end: lines.reserveSpent }));
      reserve += lengthOf(part.reserve);
      spent += lengthOf(overlapOf(part.operations, { start: origin, end: operationsSpent(lines) }));
      operations += lengthOf(part.operations);
      at = part.fund.end;
    }
  }
  return {
    total,
    unallocated: fen(total - reserve - operations),
    paid: fen(paid),
    inReserve: fen(reserve - paid),
    operatingSpent: fen(spent),
    operatingUnspent: fen(operations - spent),
  };
}
