/** Times of one thing done many times. */
export interface Spread {
  readonly count: number;
  /** The smallest time that half of them, and 99 % of them, did not exceed. */
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
}

/** Nearest-rank percentiles of one or more figures. Throws RangeError for none. */
export const spreadOf = (values: readonly number[]): Spread => {
  const sorted = values.toSorted((one, other) => one - other);
  const rank = (share: number): number => {
    const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
    if (value === undefined) throw new RangeError("a spread needs one figure or more");
    return value;
  };
  return { count: sorted.length, p50: rank(0.5), p99: rank(0.99), most: rank(1) };
};
