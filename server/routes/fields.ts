/** Reading the fields of a body: every refusal names the field and the reason. */
import { parseOccurredAt, dayStart } from "../../protocol/calendar.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import { DeskRefusal } from "../../protocol/ports/desk.ts";

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

/** A day, or a minute for day policies. */
export const incidentIn = (
  field: string,
  text: string,
): { readonly incidentFrom: UnixSeconds; readonly toTheMinute: boolean } => {
  const moment = inField(field, () => parseOccurredAt(text));
  return moment.precision === "day"
    ? { incidentFrom: dayStart(moment.day), toTheMinute: false }
    : { incidentFrom: moment.instant, toTheMinute: true };
};
