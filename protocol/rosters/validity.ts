/** From when to when a person is insured: [from, to), by the minute, so that a day policy may cross midnight. */
import { dayEnd, dayStart } from "../calendar.ts";
import type { DayNumber, UnixSeconds } from "../ledger/events.ts";

export interface Validity {
  /** The first second that is insured. */
  readonly from: UnixSeconds;
  /** The first second that is not insured any more. */
  readonly to: UnixSeconds;
}

/** The leaf holds both ends as u40. */
export const largestInstant = 2 ** 40 - 1;

export class InvalidValidity extends Error {
  readonly from: number;
  readonly to: number;
  readonly reason: string;
  constructor(from: number, to: number, reason: string) {
    super(`validity from ${from} to ${to}: ${reason}`);
    this.name = "InvalidValidity";
    this.from = from;
    this.to = to;
    this.reason = reason;
  }
}

const isMinute = (instant: number): boolean =>
  Number.isInteger(instant) && instant >= 0 && instant <= largestInstant && instant % 60 === 0;

/** Throws {@link InvalidValidity} where an end is no whole minute of u40 seconds, or the end is not past the start. */
export const validity = (from: UnixSeconds, to: UnixSeconds): Validity => {
  if (!isMinute(from) || !isMinute(to)) {
    throw new InvalidValidity(from, to, "expected whole minutes since 1970, in seconds below 2^40");
  }
  if (to <= from) throw new InvalidValidity(from, to, "ends before it has begun; `to` is past `from`");
  return { from, to };
};

/** Whether a moment is insured: from ≤ instant < to. */
export const coversInstant = ({ from, to }: Validity, instant: UnixSeconds): boolean =>
  from <= instant && instant < to;

/** Whether any part of a day of Asia/Shanghai is insured. Throws InvalidDay for a number that is no real day. */
export const coversDay = ({ from, to }: Validity, day: DayNumber): boolean =>
  dayStart(day) < to && from < dayEnd(day);

/** Whether two validities have a minute in common; where one ends another may begin. */
export const overlaps = (one: Validity, other: Validity): boolean =>
  one.from < other.to && other.from < one.to;
