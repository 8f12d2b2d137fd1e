/** What periods, their insurers and their rosters must say. */
import { fen, zeroFen } from "../../../protocol/amounts.ts";
import { formatInstant } from "../../../protocol/calendar.ts";
import { rolledTo, type PeriodFigures } from "../../../protocol/ledger/periods.ts";
import type { LedgerState, ProgrammeRecord, RosterRecord } from "../../../protocol/ledger/records.ts";
import { expectedInsurers } from "./insurers.ts";
import type { Expected } from "./told.ts";
import { money, moneys, place, programmeCode } from "./wire.ts";
import type { AuditedBooks } from "./words.ts";

export const rostersOf = (
  { rosters }: LedgerState,
  { programme }: ProgrammeRecord,
  period: number,
): readonly RosterRecord[] =>
  rosters.filter((roster) => roster.programme === programme && roster.policyPeriod === period);

const enrolmentOf = (rosters: readonly RosterRecord[], currency: string): Expected => {
  const premiums = rosters.reduce(
    (sum, { count, premiumPerHead }) => sum + BigInt(count) * premiumPerHead,
    0n,
  );
  // The latest published denominator stands for the period.
  const denominator = rosters.findLast((roster) => roster.denominator !== 0)?.denominator;
  return {
    people: rosters.reduce((sum, { count }) => sum + count, 0),
    premiums: money(premiums, currency),
    denominator,
    rosters: rosters.length,
  };
};

const periodOf = (books: AuditedBooks, programme: ProgrammeRecord, figures: PeriodFigures): Expected => {
  const { currency } = programme;
  const { period, state: stands, start, record, claimsPaid } = figures;
  const policy = figures.declared === undefined ? undefined : programme.periods[period - 1];
  return {
    programme: programmeCode(programme.programme),
    period,
    state: stands,
    start: formatInstant(start),
    end: policy === undefined ? undefined : formatInstant(policy.end),
    filingDeadline: policy === undefined ? undefined : formatInstant(policy.filingDeadline),
    cover: money(policy?.cover ?? zeroFen, currency),
    toTheMinute: policy?.toTheMinute ?? false,
    terms: policy?.terms,
    record: moneys({ ...record }, currency),
    claimsPaid,
    policyPaid: money(fen(policy?.paid ?? 0n), currency),
    policyRecovered: money(fen(policy?.recovered ?? 0n), currency),
    enrolment: enrolmentOf(rostersOf(books.state, programme, period), currency),
    insurers: policy === undefined ? undefined : expectedInsurers(books, policy, currency),
  };
};

export const expectedPeriods = (books: AuditedBooks, programme: ProgrammeRecord): readonly Expected[] =>
  rolledTo(programme, books.time).periods.map((figures) => periodOf(books, programme, figures));

export const expectedRosters = (
  state: LedgerState,
  programme: ProgrammeRecord,
  period: number,
): readonly Expected[] =>
  rostersOf(state, programme, period).map((roster) => ({
    roster: roster.roster,
    programme: programmeCode(roster.programme),
    policyPeriod: roster.policyPeriod,
    root: roster.root,
    count: roster.count,
    premiumPerHead: money(roster.premiumPerHead, programme.currency),
    denominator: roster.denominator === 0 ? undefined : roster.denominator,
    appendedAt: place(roster.place),
  }));
