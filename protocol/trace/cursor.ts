/**
 * Cursors say where the next page begins, in positions alone, so that any gateway can go on from another's page.
 * A trace of a fund: `t1.<lane>.<fund position>.<line position>`; sources of a claim: `s1.<reserve position>`.
 */
import { largestPosition, position } from "../amounts.ts";
import type { Position } from "../amounts.ts";
import { InvalidCursor } from "../ports/read.ts";

/** The two lines that an allocation feeds, in the order in which a trace walks them. */
export type Lane = "claims" | "operations";

export interface TracePoint {
  /** The first fund position of the allocation (or of the traced interval in it) that is not told to its end. */
  readonly fund: Position;
  readonly lane: Lane;
  /** Where on the programme's line to go on; undefined for the first position of the lane. */
  readonly line: Position | undefined;
}

const readPosition = (cursor: string, digits: string | undefined): Position => {
  if (digits === undefined) throw new InvalidCursor(cursor);
  const value = BigInt(digits);
  if (value > largestPosition) throw new InvalidCursor(cursor);
  return position(value);
};

export const encodeTraceCursor = (point: TracePoint): string =>
  `t1.${point.lane === "claims" ? "c" : "o"}.${point.fund}.${point.line ?? ""}`;

/** Throws {@link InvalidCursor}. */
export const decodeTraceCursor = (cursor: string): TracePoint => {
  const match = /^t1\.([co])\.(0|[1-9][0-9]{0,28})\.(0|[1-9][0-9]{0,28}|)$/.exec(cursor);
  if (match === null) throw new InvalidCursor(cursor);
  return {
    fund: readPosition(cursor, match[2]),
    lane: match[1] === "c" ? "claims" : "operations",
    line: match[3] === "" ? undefined : readPosition(cursor, match[3]),
  };
};

export const encodeSourcesCursor = (reserve: Position): string => `s1.${reserve}`;

/** Throws {@link InvalidCursor}. */
export const decodeSourcesCursor = (cursor: string): Position =>
  readPosition(cursor, /^s1\.(0|[1-9][0-9]{0,28})$/.exec(cursor)?.[1]);
