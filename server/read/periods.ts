/** A programme's policy periods as if rolled to the reading's time: their money, who is insured and who insures. */
import { fen, zeroFen } from "../../protocol/amounts.ts";
import type { PeriodNumber, ProgrammeId } from "../../protocol/ids.ts";
import { rolledTo } from "../../protocol/ledger/periods.ts";
import type { PeriodFigures } from "../../protocol/ledger/periods.ts";
import type { PeriodView } from "../../protocol/ports/views.ts";
import { loadProgrammes } from "../index/load-programmes.ts";
import type { ProgrammeFigures } from "../index/load-programmes.ts";
import { insurersView } from "./insurers.ts";
import type { Reading } from "./reading.ts";
import { enrolmentsOf, nobodyEnrolled } from "./rosters.ts";
import type { Enrolments } from "./rosters.ts";

const periodView = async (
  reading: Reading,
  { programme, periods }: ProgrammeFigures,
  enrolments: Enrolments,
  figures: PeriodFigures,
): Promise<PeriodView> => {
  const { period, state, start, declared, record, claimsPaid } = figures;
  const enrolment = enrolments.get(period) ?? nobodyEnrolled;
  const common = { programme, period, state, start, record, claimsPaid, enrolment };
  const policy = declared === undefined ? undefined : periods[period - 1];
  if (policy === undefined) {
    return { ...common, cover: zeroFen, toTheMinute: false, policyPaid: zeroFen, policyRecovered: zeroFen };
  }
  const { end, filingDeadline, cover, toTheMinute, terms } = policy;
  const insurers = await insurersView(reading, policy);
  return {
    ...common,
    end,
    filingDeadline,
    cover,
    toTheMinute,
    terms,
    policyPaid: fen(policy.paid),
    policyRecovered: fen(policy.recovered),
    ...(insurers === undefined ? {} : { insurers }),
  };
};

/** None for an unknown programme. */
export const readPeriods = async (
  reading: Reading,
  programme: ProgrammeId,
): Promise<readonly PeriodView[]> => {
  const [figures] = await loadProgrammes(reading.database, programme);
  if (figures === undefined) return [];
  const enrolments = await enrolmentsOf(reading, programme);
  const { periods } = rolledTo(figures, reading.now);
  return Promise.all(periods.map((period) => periodView(reading, figures, enrolments, period)));
};

export const readPeriod = async (
  reading: Reading,
  programme: ProgrammeId,
  period: PeriodNumber,
): Promise<PeriodView | undefined> => {
  const periods = await readPeriods(reading, programme);
  return periods.find((own) => own.period === period);
};
