/** Half-open intervals [start, end) of a money line. An interval is empty where its end is not past its start. */
import { after, fen, position } from "../amounts.ts";
import type { Fen, Position } from "../amounts.ts";
import type { Interval } from "../trace/types.ts";

/** The interval of `amount` fen that begins at `start`. */
export const intervalOf = (start: Position, amount: Fen): Interval => ({ start, end: after(start, amount) });

export const isEmpty = (interval: Interval): boolean => interval.end <= interval.start;

/** How many fen an interval holds; 0 where it is empty. */
export const lengthOf = (interval: Interval): Fen =>
  isEmpty(interval) ? fen(0n) : fen(interval.end - interval.start);

export const smaller = <Value extends bigint>(one: Value, other: Value): Value => (one < other ? one : other);
export const larger = <Value extends bigint>(one: Value, other: Value): Value => (one > other ? one : other);

/** What two intervals share; empty where they do not meet. */
export const overlapOf = (one: Interval, other: Interval): Interval => {
  const start = larger(one.start, other.start);
  return { start, end: larger(start, smaller(one.end, other.end)) };
};

/** Moves an interval to where another line keeps it: the place `from` of one line is the place `to` of the other. */
export const rebase = (interval: Interval, from: Position, to: Position): Interval => ({
  start: position(interval.start - from + to),
  end: position(interval.end - from + to),
});
