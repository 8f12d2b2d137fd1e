/**
 * Co-insurance: how the insurers of a policy period share what its claims are paid, by peeling over the period's own
 * cumulative total. Each insurer in turn takes its share of what is left, rounded down, and the last takes the rest.
 */
import { fen } from "../amounts.ts";
import type { Fen, Position } from "../amounts.ts";
import type { Brand } from "../ids.ts";
import { FieldReader } from "../terms/fields.ts";
import type { Fault } from "../terms/fields.ts";
import type { Interval } from "../trace/types.ts";

export const wholeBps = 10_000;
export const mostInsurers = 16;

/** Basis points of 1 to 16 insurers, each at least 1, of together 10,000. Their order is part of the promise. */
export type Shares = Brand<readonly number[], "Shares">;

export class InvalidShares extends Error {
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    super(`insurers: ${faults.map(({ field, reason }) => `${field}: ${reason}`).join("; ")}`);
    this.name = "InvalidShares";
    this.faults = faults;
  }
}

const sumOf = (shares: readonly number[]): number => shares.reduce((sum, bps) => sum + bps, 0);

const areShares = (shares: readonly number[]): shares is Shares => sumOf(shares) === wholeBps;

/**
 * The shares of a policy period's insurers from a document or an event: a list of whole basis points in the order of
 * the published document. Throws {@link InvalidShares} with every fault, each with its field and its reason.
 */
export const readShares = (value: unknown): Shares => {
  const reader = new FieldReader();
  const shares = reader.list("shares", value, mostInsurers, (field, bps) =>
    reader.whole(field, bps, 1, wholeBps),
  );
  if (reader.faults.length === 0) {
    if (areShares(shares)) return shares;
    reader.fault("shares", `expected a sum of ${wholeBps} basis points, got ${sumOf(shares)}`);
  }
  throw new InvalidShares(reader.faults);
};

/**
 * a_j(x), what each insurer bears of the first `x` fen of a policy period: r_0 = x, a_j = floor(r_j × s_j / sum of the
 * shares from j on), r_{j+1} = r_j − a_j. No a_j ever falls as x grows, and together they are x. With j insurers before
 * it, a_j is less than 1 fen below x × s_j / 10000 and less than j fen above; the first is never above. What is rounded
 * off falls to those who stand later.
 */
export const cumulativeParts = (x: Position, shares: Shares): readonly Fen[] => {
  let left: bigint = x;
  let leftBps = BigInt(wholeBps);
  return shares.map((bps) => {
    const part = (left * BigInt(bps)) / leftBps;
    left -= part;
    leftBps -= BigInt(bps);
    return fen(part);
  });
};

/**
 * What each insurer bears of the fen [start, end) of a policy period, counted over all that its claims were paid (or,
 * for recoveries, over all that came back): a_j(end) − a_j(start). Never negative, and together end − start. Throws
 * InvalidAmount where `end` is before `start`.
 */
export const partsOf = ({ start, end }: Interval, shares: Shares): readonly Fen[] => {
  const before = cumulativeParts(start, shares);
  return cumulativeParts(end, shares).map((part, at) => fen(part - (before[at] ?? 0n)));
};
