/** Reading the fields of a body: every refusal names the field and the reason. */
import { parseDay, parseOccurredAt, dayStart } from "../../protocol/calendar.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import { DeskRefusal } from "../../protocol/ports/desk.ts";
import { InvalidTerms, readTerms } from "../../protocol/terms/read.ts";
import type { Terms } from "../../protocol/terms/types.ts";
import { ProblemError } from "../problems.ts";

/** Runs a parser; what it throws is a refusal of `field`. */
export const inField = <Result>(field: string, parse: () => Result): Result => {
  try {
    return parse();
  } catch (error) {
    throw new DeskRefusal(field, error instanceof Error ? error.message : String(error));
  }
};

export const requireCurrency = (field: string, expected: string, actual: string): void => {
  if (expected !== actual) throw new DeskRefusal(field, `expected ${expected}, got ${actual}`);
};

/** A moment to the second in RFC 3339 with +08:00. */
export const instantIn = (field: string, text: string): UnixSeconds => {
  const moment = inField(field, () => parseOccurredAt(text));
  if (moment.precision === "day") {
    throw new DeskRefusal(field, "expected a time to the second, such as 2019-01-01T00:00:00+08:00");
  }
  return moment.instant;
};

/** A moment in RFC 3339 with any offset, in milliseconds since 1970. */
export const momentIn = (field: string, text: string): number => {
  const [, day] =
    /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):\d{2}:\d{2}(?:\.\d{1,3})?(?:Z|[+-]\d{2}:\d{2})$/.exec(text) ?? [];
  const ms = Date.parse(text);
  if (day === undefined || Number.isNaN(ms)) {
    throw new DeskRefusal(field, "expected a time with its offset, such as 2031-01-01T00:00:00+08:00");
  }
  inField(field, () => parseDay(day));
  return ms;
};

/**
 * A whole minute in RFC 3339 with +08:00, of a person: unlike elsewhere the refusal does not repeat what was written,
 * which could be anything.
 */
export const minuteOfPerson = (field: string, text: string): UnixSeconds => {
  try {
    const moment = parseOccurredAt(text);
    if (moment.precision === "second" && moment.instant % 60 === 0) return moment.instant;
  } catch {
    // Refused below, whatever is wrong with it.
  }
  throw new DeskRefusal(field, "expected a time on the minute, such as 2019-01-01T00:00:00+08:00");
};

/** When it happened: a day, or a minute for a policy period that records minutes. */
export const incidentIn = (field: string, text: string, toTheMinute: boolean): UnixSeconds => {
  const moment = inField(field, () => parseOccurredAt(text));
  if (moment.precision === "day" && !toTheMinute) return dayStart(moment.day);
  if (moment.precision === "second" && toTheMinute) return moment.instant;
  throw new DeskRefusal(
    field,
    toTheMinute
      ? "expected a time on the minute, such as 2019-01-01T08:15:00+08:00: this policy period records minutes"
      : "expected a day, such as 2019-01-01: this policy period records days",
  );
};

/** Terms as a plan publishes them; every fault is named. */
export const termsIn = (json: unknown): Terms => {
  try {
    return readTerms(json);
  } catch (error) {
    if (!(error instanceof InvalidTerms)) throw error;
    const errors = error.faults.map(({ field, reason }) => ({
      field: field === "" ? "terms" : `terms.${field}`,
      reason,
    }));
    const detail = errors.map(({ field, reason }) => `${field}: ${reason}`).join("; ");
    throw new ProblemError("unprocessable", detail, { errors });
  }
};
