/** Which donations of a batch own a part of its line: the last step from a claim back to the gifts. */
import { position } from "../amounts.ts";
import type { Fen, Position } from "../amounts.ts";
import { NoSuchLeaf } from "../donations/leaves.ts";
import { isEmpty, lengthOf, overlapOf } from "../lines/interval.ts";
import { claimsInterval } from "../lines/share.ts";
import type { Interval } from "./types.ts";

/** What one donation of a batch gave to a source. */
export interface Share {
  readonly index: number;
  readonly amount: Fen;
}

/** The fund positions that donation `index` owns. `starts` is leafStarts of the batch. Throws NoSuchLeaf. */
export const donationInterval = (startsAt: Position, starts: BigUint64Array, index: number): Interval => {
  const [start, end] = [starts[index], starts[index + 1]];
  if (start === undefined || end === undefined) throw new NoSuchLeaf(index, starts.length - 1);
  return { start: position(startsAt + start), end: position(startsAt + end) };
};

/** The last donation that begins at or before `offset`, which lies inside the batch. */
const donationAt = (starts: BigUint64Array, offset: bigint): number => {
  let [low, high] = [0, starts.length - 2];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0n) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
};

/**
 * The donations of a batch that gave the claims fen of the fund positions [start, end), in line order, and how much
 * each; they add up to what the positions hold for claims. A donation too small to own one of these fen is left
 * out. At most 3,000, as a batch has. `startsAt` and `starts` (leafStarts) are the batch's, `bps` its fund's.
 */
export const donationsOfSource = (
  source: { readonly fundStart: Position; readonly fundEnd: Position },
  startsAt: Position,
  starts: BigUint64Array,
  bps: number,
): readonly Share[] => {
  const claims = claimsInterval({ start: source.fundStart, end: source.fundEnd }, bps);
  const shares: Share[] = [];
  for (let index = donationAt(starts, source.fundStart - startsAt); index < starts.length - 1; index += 1) {
    const donation = donationInterval(startsAt, starts, index);
    if (donation.start >= source.fundEnd) break;
    const owned = overlapOf(claimsInterval(donation, bps), claims);
    if (!isEmpty(owned)) shares.push({ index, amount: lengthOf(owned) });
  }
  return shares;
};
