/**
 * Days and moments of Asia/Shanghai, which is +08:00 all year. Settlement days, incident days and the times on
 * receipts are of this zone wherever the reader sits.
 */
import type { DayNumber, UnixSeconds } from "./ledger/events.ts";

const offsetSeconds = 8 * 3600;
const daySeconds = 24 * 3600;

// Their messages do not repeat the text: where columns are mixed up, it is a number of somebody.

export class InvalidDay extends Error {
  readonly text: string;
  constructor(text: string) {
    super("expected a real day from 1970 on as YYYY-MM-DD");
    this.name = "InvalidDay";
    this.text = text;
  }
}

export class InvalidMoment extends Error {
  readonly text: string;
  readonly reason: string;
  constructor(text: string, reason: string) {
    super(reason);
    this.name = "InvalidMoment";
    this.text = text;
    this.reason = reason;
  }
}

/** When something happened: to the second, or where its source has no more, to the day. `text` is canonical. */
export type OccurredAt =
  | {
      readonly precision: "second";
      readonly instant: UnixSeconds;
      readonly day: DayNumber;
      readonly text: string;
    }
  | { readonly precision: "day"; readonly day: DayNumber; readonly text: string };

const pad = (value: number, digits = 2): string => String(value).padStart(digits, "0");

/** A local date as if its clock were UTC, so that the platform's calendar arithmetic applies. */
const shifted = (instant: UnixSeconds): Date => {
  const date = new Date((instant + offsetSeconds) * 1000);
  if (!Number.isInteger(instant) || instant < -offsetSeconds || !(date.getUTCFullYear() <= 9999)) {
    throw new InvalidMoment(String(instant), "expected whole seconds since 1970 in a year up to 9999");
  }
  return date;
};

/** The day in Asia/Shanghai of a moment. Throws {@link InvalidMoment} before 1970 or past 9999. */
export const dayOf = (instant: UnixSeconds): DayNumber => {
  const date = shifted(instant);
  return date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
};

/** The first second of a day. Throws {@link InvalidDay} for a number that is no real day. */
export const dayStart = (day: DayNumber): UnixSeconds => {
  const [year, month, date] = [Math.floor(day / 10_000), Math.floor(day / 100) % 100, day % 100];
  const start = Date.UTC(year, month - 1, date) / 1000 - offsetSeconds;
  if (!Number.isInteger(day) || year < 1970 || year > 9999 || dayOf(start) !== day)
    throw new InvalidDay(String(day));
  return start;
};

/** The first second of the day after. */
export const dayEnd = (day: DayNumber): UnixSeconds => dayStart(day) + daySeconds;

/** Reads `YYYY-MM-DD` or `YYYYMMDD` of a real calendar day. Throws {@link InvalidDay}. */
export const parseDay = (text: string): DayNumber => {
  const match =
    /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text) ?? /^([0-9]{4})([0-9]{2})([0-9]{2})$/.exec(text);
  if (match === null) throw new InvalidDay(text);
  const day = Number(`${match[1]}${match[2]}${match[3]}`);
  try {
    dayStart(day);
  } catch {
    throw new InvalidDay(text);
  }
  return day;
};

/** `YYYY-MM-DD`. Throws {@link InvalidDay} for a number that is no real day. */
export const formatDay = (day: DayNumber): string => {
  dayStart(day);
  return `${pad(Math.floor(day / 10_000), 4)}-${pad(Math.floor(day / 100) % 100)}-${pad(day % 100)}`;
};

/** RFC 3339 to the second in Asia/Shanghai, such as `2019-11-30T08:15:00+08:00`. */
export const formatInstant = (instant: UnixSeconds): string =>
  shifted(instant).toISOString().slice(0, 19) + "+08:00";

/**
 * Reads the time of a donation: RFC 3339 to the second with the offset +08:00, or `YYYY-MM-DD` where the source
 * has only a day. Throws {@link InvalidMoment} (with what to write instead) or {@link InvalidDay}.
 */
export const parseOccurredAt = (text: string): OccurredAt => {
  if (/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return { precision: "day", day: parseDay(text), text };
  const match = /^([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})\+08:00$/.exec(text);
  if (match?.[1] === undefined) {
    throw new InvalidMoment(
      text,
      "expected YYYY-MM-DDThh:mm:ss+08:00, or YYYY-MM-DD where only the day is known",
    );
  }
  const [hour, minute, second] = [Number(match[2]), Number(match[3]), Number(match[4])];
  if (hour > 23 || minute > 59 || second > 59) {
    throw new InvalidMoment(text, "has no such time of day; hours end at 23, minutes and seconds at 59");
  }
  const day = parseDay(match[1]);
  return { precision: "second", instant: dayStart(day) + hour * 3600 + minute * 60 + second, day, text };
};
