/** How long claims took, as nearest-rank percentiles: each figure is the time that a claim really took. */
import type { UnixSeconds } from "../ledger/events.ts";

/**
 * The block times of a paid claim: its filing, its first approval and its first payment. A bank return and the payment
 * after it change nothing, so that a published figure stays what it was.
 */
export interface SettledClaim {
  readonly filedAt: UnixSeconds;
  readonly approvedAt: UnixSeconds;
  readonly paidAt: UnixSeconds;
}

/** In seconds. The p-th percentile is the smallest time that at least p % of the claims did not exceed. */
export type Percentiles =
  | { readonly state: "noData" }
  | {
      readonly state: "data";
      readonly count: number;
      readonly p50: number;
      readonly p90: number;
      readonly p99: number;
    };

export interface SettlementTimes {
  readonly filedToApproved: Percentiles;
  readonly approvedToPaid: Percentiles;
  readonly filedToPaid: Percentiles;
}

export class InvalidTimes extends Error {
  readonly values: readonly number[];
  readonly reason: string;
  constructor(values: readonly number[], reason: string) {
    super(`times ${values.join(", ")}: ${reason}`);
    this.name = "InvalidTimes";
    this.values = values;
    this.reason = reason;
  }
}

/** The value at rank ceil(percent × count / 100) of values that ascend, of which there is at least one. */
const atRank = (ascending: readonly number[], percent: number): number => {
  const value = ascending[Math.ceil((percent * ascending.length) / 100) - 1];
  if (value === undefined) throw new InvalidTimes(ascending, `have no percentile ${percent}`);
  return value;
};

/** The percentiles of durations in seconds, in any order; "no data" where there is none. */
export const percentilesOf = (seconds: readonly number[]): Percentiles => {
  if (seconds.length === 0) return { state: "noData" };
  const ascending = [...seconds].sort((one, other) => one - other);
  const [p50, p90, p99] = [atRank(ascending, 50), atRank(ascending, 90), atRank(ascending, 99)];
  return { state: "data", count: ascending.length, p50, p90, p99 };
};

/**
 * All three are taken over the same claims, those that were paid: with different claims in each, the difference of two
 * counts would be a figure of its own (how many were approved and never paid). The percentiles of filed → paid are not
 * the sums of the other two. Throws {@link InvalidTimes} where a claim is approved before it is filed or paid before it
 * is approved. Publish only for the groups of claims that mergeCells gives.
 */
export const settlementTimes = (claims: readonly SettledClaim[]): SettlementTimes => {
  for (const { filedAt, approvedAt, paidAt } of claims) {
    if (filedAt <= approvedAt && approvedAt <= paidAt) continue;
    throw new InvalidTimes([filedAt, approvedAt, paidAt], "expected filed, approved and paid in this order");
  }
  return {
    filedToApproved: percentilesOf(claims.map(({ filedAt, approvedAt }) => approvedAt - filedAt)),
    approvedToPaid: percentilesOf(claims.map(({ approvedAt, paidAt }) => paidAt - approvedAt)),
    filedToPaid: percentilesOf(claims.map(({ filedAt, paidAt }) => paidAt - filedAt)),
  };
};
