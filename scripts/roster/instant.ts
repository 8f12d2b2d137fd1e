/** Days as moments: a day begins at its midnight in Asia/Shanghai. */
import { dayStart } from "../../protocol/calendar.ts";
import type { OccurredAt } from "../../protocol/calendar.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";

export const instantOf = (moment: OccurredAt): UnixSeconds =>
  moment.precision === "day" ? dayStart(moment.day) : moment.instant;
