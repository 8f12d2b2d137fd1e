/**
 * The promise of a fund: c(x) = floor(x × bps / 10000) of its first x fen go to claims, the rest to operating cost.
 * Only cumulative positions are ever rounded, so the shares of any cut of the line add up exactly.
 */
import { fen, position } from "../amounts.ts";
import type { Fen, Position } from "../amounts.ts";
import type { Interval } from "../trace/types.ts";

const wholeBps = 10_000n;

export class InvalidShare extends Error {
  readonly bps: number;
  constructor(bps: number) {
    super(`claims share: expected whole basis points from 0 to 10000, got ${bps}`);
    this.name = "InvalidShare";
    this.bps = bps;
  }
}

/** Asked for a claims fen of a fund that gives none to claims. */
export class NoSuchFen extends Error {
  readonly bps: number;
  constructor(bps: number) {
    super(`a fund of ${bps} basis points has no claims fen`);
    this.name = "NoSuchFen";
    this.bps = bps;
  }
}

const shareOf = (bps: number): bigint => {
  if (!Number.isInteger(bps) || bps < 0 || bps > 10_000) throw new InvalidShare(bps);
  return BigInt(bps);
};

/** c(x): what of the first `x` fen of the fund goes to claims. */
export const claimsShare = (x: Position, bps: number): Position => position((x * shareOf(bps)) / wholeBps);

/** x − c(x): what of the first `x` fen of the fund goes to operating cost. */
export const operationsShare = (x: Position, bps: number): Position => position(x - claimsShare(x, bps));

/** What of the fund positions [start, end) goes to claims. `start` ≤ `end`. */
export const claimsBetween = (start: Position, end: Position, bps: number): Fen =>
  fen(claimsShare(end, bps) - claimsShare(start, bps));

/** What of the fund positions [start, end) goes to operating cost. `start` ≤ `end`. */
export const operationsBetween = (start: Position, end: Position, bps: number): Fen =>
  fen(operationsShare(end, bps) - operationsShare(start, bps));

/** The claims fen of a fund counted from 0: which of them lie in the fund positions of `interval`. */
export const claimsInterval = (interval: Interval, bps: number): Interval => ({
  start: claimsShare(interval.start, bps),
  end: claimsShare(interval.end, bps),
});

/** The operating fen of a fund counted from 0: which of them lie in the fund positions of `interval`. */
export const operationsInterval = (interval: Interval, bps: number): Interval => ({
  start: operationsShare(interval.start, bps),
  end: operationsShare(interval.end, bps),
});

/** The fund position of the claims fen number `q` (from 0): the smallest p with c(p + 1) ≥ q + 1. */
export const fundPositionOfClaims = (q: Position, bps: number): Position => {
  const share = shareOf(bps);
  if (share === 0n) throw new NoSuchFen(bps);
  return position(((q + 1n) * wholeBps + share - 1n) / share - 1n);
};
