/** Who is insured, in numbers: the rosters of a policy period. */
import { fen, zeroFen } from "../../protocol/amounts.ts";
import type { PeriodNumber, ProgrammeId } from "../../protocol/ids.ts";
import type { PageRequest } from "../../protocol/ports/read.ts";
import type { EnrolmentView, Page, RosterView } from "../../protocol/ports/views.ts";
import { rosterOf } from "../index/codecs/periods.ts";
import { fenOf } from "../index/columns.ts";
import { mapPage, pageOf } from "./pages.ts";
import type { Reading } from "./reading.ts";

export const nobodyEnrolled: EnrolmentView = { people: 0, premiums: zeroFen, rosters: 0 };

/** By policy period; a period without a roster has none. */
export type Enrolments = ReadonlyMap<number, EnrolmentView>;

/** The enrolment of every policy period of a programme. The latest published denominator stands for the period. */
export const enrolmentsOf = async ({ database }: Reading, programme: ProgrammeId): Promise<Enrolments> => {
  const rows = await database
    .selectFrom("rosters")
    .select(["policy_period", "count", "premium_per_head", "denominator"])
    .where("programme", "=", programme)
    .orderBy("roster")
    .execute();
  const enrolments = new Map<number, EnrolmentView>();
  for (const row of rows) {
    const before = enrolments.get(row.policy_period) ?? nobodyEnrolled;
    enrolments.set(row.policy_period, {
      ...before,
      people: before.people + row.count,
      premiums: fen(before.premiums + BigInt(row.count) * fenOf(row.premium_per_head)),
      ...(row.denominator === 0 ? {} : { denominator: row.denominator }),
      rosters: before.rosters + 1,
    });
  }
  return enrolments;
};

/** In the order in which they were appended. */
export const readRosters = async (
  { database }: Reading,
  programme: ProgrammeId,
  period: PeriodNumber,
  page: PageRequest,
): Promise<Page<RosterView>> => {
  const rows = await pageOf(
    "rosters",
    page,
    (after, count) =>
      database
        .selectFrom("rosters")
        .selectAll()
        .where("programme", "=", programme)
        .where("policy_period", "=", period)
        .where("roster", ">", after)
        .orderBy("roster")
        .limit(count)
        .execute(),
    ({ roster }) => roster,
  );
  return mapPage(rows, (found) =>
    found.map(rosterOf).map(({ place, denominator, coordinator: _coordinator, ...roster }): RosterView => ({
      ...roster,
      ...(denominator === 0 ? {} : { denominator }),
      appendedAt: place,
    })),
  );
};
