/** The limits of a trace, and what it says when it is asked for something the books do not have. */
import type { Position } from "../amounts.ts";
import type { Interval } from "./types.ts";

/** The most slices or sources of one page. */
export const maxSlices = 50;
/** The most recoveries and moves that one page follows; a cursor goes on in the middle of a longer way. */
export const maxHops = 1000;
/** How many records a total reads at a time. */
export const recordsAtATime = 500;

export class InvalidLimit extends Error {
  readonly limit: number;
  constructor(limit: number) {
    super(`limit: expected a whole number from 1 to ${maxSlices}, got ${limit}`);
    this.name = "InvalidLimit";
    this.limit = limit;
  }
}

/** Asked for positions that the line does not have. */
export class OutsideLine extends Error {
  readonly line: string;
  readonly interval: Interval;
  readonly lineEnd: Position;
  constructor(line: string, interval: Interval, lineEnd: Position) {
    super(`${line}: [${interval.start}, ${interval.end}) is not inside its line [0, ${lineEnd})`);
    this.name = "OutsideLine";
    this.line = line;
    this.interval = interval;
    this.lineEnd = lineEnd;
  }
}

/** The books hold no record for a position that they count as spent, allocated or donated (law L5). */
export class GapInBooks extends Error {
  readonly line: string;
  readonly expected: Position;
  readonly actual: Position | undefined;
  constructor(line: string, expected: Position, actual: Position | undefined) {
    super(
      `${line}: no record covers position ${expected}, the next begins at ${actual ?? "none"}; rebuild the index`,
    );
    this.name = "GapInBooks";
    this.line = line;
    this.expected = expected;
    this.actual = actual;
  }
}

export const checkLimit = (limit: number): void => {
  if (!Number.isInteger(limit) || limit < 1 || limit > maxSlices) throw new InvalidLimit(limit);
};

/** Throws {@link OutsideLine} unless `interval` lies on the line [0, lineEnd). */
export const checkInside = (line: string, interval: Interval, lineEnd: Position): void => {
  if (interval.start < 0n || interval.end < interval.start || interval.end > lineEnd) {
    throw new OutsideLine(line, interval, lineEnd);
  }
};
