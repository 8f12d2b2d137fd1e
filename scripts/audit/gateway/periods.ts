/** What periods, their insurers and their rosters must say. */
import { fen, zeroFen } from "../../../protocol/amounts.ts";
import { formatInstant } from "../../../protocol/calendar.ts";
import { cumulativeParts, readShares } from "../../../protocol/insurers/split.ts";
import type { UnixSeconds } from "../../../protocol/ledger/events.ts";
import { rolledTo, type PeriodFigures } from "../../../protocol/ledger/periods.ts";
import type {
  LedgerState,
  PolicyPeriod,
  ProgrammeRecord,
  RosterRecord,
} from "../../../protocol/ledger/records.ts";
import type { Expected } from "./told.ts";
import { money, moneys, place, programmeCode } from "./wire.ts";

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

const insurersOf = ({ insurers, paid, recovered }: PolicyPeriod, currency: string): Expected => {
  if (insurers === undefined) return undefined;
  const shares = readShares(insurers.sharesBps);
  const [ofPaid, ofRecovered] = [cumulativeParts(paid, shares), cumulativeParts(recovered, shares)];
  return {
    document: insurers.document,
    insurers: insurers.sharesBps.map((shareBps, at) => ({
      ordinal: at + 1,
      shareBps,
      part: moneys({ paid: ofPaid[at] ?? 0n, recovered: ofRecovered[at] ?? 0n }, currency),
    })),
  };
};

const periodOf = (state: LedgerState, programme: ProgrammeRecord, figures: PeriodFigures): Expected => {
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
    enrolment: enrolmentOf(rostersOf(state, programme, period), currency),
    insurers: policy === undefined ? undefined : insurersOf(policy, currency),
  };
};

export const expectedPeriods = (
  state: LedgerState,
  programme: ProgrammeRecord,
  time: UnixSeconds,
): readonly Expected[] =>
  rolledTo(programme, time).periods.map((figures) => periodOf(state, programme, figures));

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
