/** What an allocation made of the part of it that a trace asks about. */
import { intervalOf, overlapOf, rebase } from "../lines/interval.ts";
import { claimsInterval, claimsShare, operationsInterval, operationsShare } from "../lines/share.ts";
import type { TracedAllocation } from "./requests.ts";
import type { Interval } from "./types.ts";

/** Where the part of an allocation that lies in `interval` stands on the three lines. */
export interface AllocatedPart {
  readonly allocation: TracedAllocation;
  readonly fund: Interval;
  readonly reserve: Interval;
  readonly operations: Interval;
}

/** The part of an allocation inside the fund positions of `interval`. */
export const partInside = (allocation: TracedAllocation, interval: Interval, bps: number): AllocatedPart => {
  const { fundStart, amount, reserveStart, operationsStart } = allocation;
  const fund = overlapOf(intervalOf(fundStart, amount), interval);
  return {
    allocation,
    fund,
    reserve: rebase(claimsInterval(fund, bps), claimsShare(fundStart, bps), reserveStart),
    operations: rebase(operationsInterval(fund, bps), operationsShare(fundStart, bps), operationsStart),
  };
};

/** The claims fen of the fund, counted from 0, that stand in the reserve positions of `interval`. */
export const claimsInside = (allocation: TracedAllocation, interval: Interval, bps: number): Interval => {
  const { fundStart, reserveStart, claimsAmount } = allocation;
  const reserve = overlapOf(intervalOf(reserveStart, claimsAmount), interval);
  return rebase(reserve, reserveStart, claimsShare(fundStart, bps));
};
