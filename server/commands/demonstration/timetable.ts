/** When what happens in the demonstration: two policy years, seen from their first gift to the last autumn. */
import { dayStart } from "../../../protocol/calendar.ts";
import type { DayNumber, UnixSeconds } from "../../../protocol/ledger/events.ts";

/** Year and month as YYYYMM. */
export type Month = number;

export const monthsBetween = (first: Month, last: Month): readonly Month[] => {
  const months: Month[] = [];
  for (let month = first; month <= last; month = month % 100 === 12 ? month + 89 : month + 1)
    months.push(month);
  return months;
};

export const dayIn = (month: Month, day: number): DayNumber => month * 100 + day;

/** A time of day in Shanghai. */
export const at = (day: DayNumber, hour: number, minute = 0): UnixSeconds =>
  dayStart(day) + hour * 3600 + minute * 60;

/** The first day of the demonstration: programmes and the general fund are opened, gifts begin. */
export const opening: DayNumber = 20171201;

/** When the clock of the demonstration starts. */
export const openingTime: UnixSeconds = at(opening, 9);

export const periods = [
  { start: at(20180101, 0), end: at(20190101, 0) },
  { start: at(20190101, 0), end: at(20200101, 0) },
  // The clock runs on from the last autumn: without a following year it would be in run-off six weeks later.
  { start: at(20200101, 0), end: at(20210101, 0) },
] as const;

/** The first morning of the second policy year, when the first is closed. */
export const closing: UnixSeconds = at(20190101, 9);

const settlementsOf = (month: Month): readonly DayNumber[] =>
  [7, 14, 21, 28].map((day) => dayIn(month, day)).filter((day) => day <= lastSettlement);

const lastSettlement: DayNumber = 20191121;

/** Days on which the channels settle; at 22:00 the gifts since the settlement before are recorded. */
export const settlements: readonly DayNumber[] = monthsBetween(201712, 201911).flatMap(settlementsOf);
export const settlementHour = 22;

/** The days on which premiums are allocated, and what Kangbao gets of each, in whole yuan. */
export const rounds: readonly { readonly day: DayNumber; readonly kangbaoYuan: number }[] = [
  { day: 20171229, kangbaoYuan: 200_000 },
  { day: 20180329, kangbaoYuan: 300_000 },
  { day: 20180629, kangbaoYuan: 300_000 },
  { day: 20180929, kangbaoYuan: 300_000 },
  { day: 20181229, kangbaoYuan: 385_600 },
  { day: 20190329, kangbaoYuan: 350_000 },
  { day: 20190629, kangbaoYuan: 300_000 },
  { day: 20190929, kangbaoYuan: 300_000 },
  { day: 20191108, kangbaoYuan: 250_000 },
];

/** The restricted fund that makes good what Chicheng lacks: opened, settled with the channels, allocated. */
export const appeal = {
  opened: at(20191009, 10),
  settlements: [20191014, 20191021, 20191028, 20191107, 20191114, 20191121],
  allocations: [at(20191029, 11), at(20191108, 11)],
} as const;

/** One group of claims: filed together, decided together, paid together. */
export interface ClaimsGroup {
  readonly filed: UnixSeconds;
  readonly approved: UnixSeconds;
  readonly paid: UnixSeconds;
}

const groupOf = (month: Month, next: Month): ClaimsGroup => ({
  filed: at(dayIn(month, 22), 10),
  approved: at(dayIn(month, 27), 10),
  paid: at(dayIn(next, 2), 10),
});

const claimMonths = monthsBetween(201802, 201911);

/** Monthly from February 2018; the last one is paid within its own month. */
export const claimsGroups: readonly ClaimsGroup[] = [
  ...claimMonths.slice(0, -1).map((month, index) => groupOf(month, claimMonths[index + 1] ?? month)),
  { filed: at(20191112, 10), approved: at(20191115, 10), paid: at(20191118, 10) },
];

/** Claims that are still undecided when the demonstration's clock begins to run by itself. */
export const undecidedFiled: UnixSeconds = at(20191119, 10);

/** The first group after the claims of Chicheng rose, and the one in which they outgrow its reserve. */
export const chichengRises: UnixSeconds = at(20190822, 10);
export const chichengShort: UnixSeconds = at(20190922, 10);

export const yangyuanRises: UnixSeconds = at(20190322, 10);

export const expenseMonths = monthsBetween(201801, 201911);
export const expenseTime = (month: Month): UnixSeconds => at(dayIn(month, 5), 15);
/** The first month in which Guyuan spends, before any money was allocated to it. */
export const advanceMonth: Month = 201802;
