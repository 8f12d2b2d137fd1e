/** Programmes and their periods, as if rolled to the reading's time, and what running them cost. */
import { fen, zeroFen } from "../../protocol/amounts.ts";
import { encodeCode } from "../../protocol/codes/code.ts";
import type { PeriodNumber, ProgrammeId } from "../../protocol/ids.ts";
import { rolledTo } from "../../protocol/ledger/periods.ts";
import type { PeriodFigures } from "../../protocol/ledger/periods.ts";
import type { ExpenseRecord } from "../../protocol/ledger/records.ts";
import { advanceOf, shortfallOf } from "../../protocol/ledger/state.ts";
import type { PageRequest } from "../../protocol/ports/read.ts";
import type {
  ExpenseView,
  FundInProgramme,
  Page,
  PeriodView,
  ProgrammePartition,
  ProgrammeView,
} from "../../protocol/ports/views.ts";
import { operationsSpent } from "../../protocol/trace/partition.ts";
import { loadProgrammes } from "../index/load.ts";
import type { ProgrammeFigures } from "../index/load.ts";
import { expenseOf } from "../index/records.ts";
import { mapPage, pageOf } from "./pages.ts";
import { loadFund, programmeName } from "./reading.ts";
import type { Reading } from "./reading.ts";

export const programmePartition = ({ programme, totals }: ProgrammeFigures): ProgrammePartition => {
  const { reserveIn, reserveSpent, operationsIn } = totals;
  const spent = operationsSpent({ programme, ...totals });
  return {
    allocated: fen(reserveIn + operationsIn),
    movedIn: zeroFen,
    movedOut: zeroFen,
    paid: fen(reserveSpent),
    inReserve: fen(reserveIn - reserveSpent),
    operatingSpent: fen(spent),
    operatingUnspent: fen(operationsIn - spent),
  };
};

const fundsOf = async (
  reading: Reading,
  { contributions }: ProgrammeFigures,
): Promise<readonly FundInProgramme[]> => {
  const funds: FundInProgramme[] = [];
  for (const contribution of contributions.values()) {
    const fund = await loadFund(reading, contribution.fund);
    if (fund !== undefined) funds.push({ ...contribution, claimsShareBps: fund.claimsShareBps });
  }
  return funds.toSorted((one, other) => one.fund - other.fund);
};

export const programmeView = async (reading: Reading, figures: ProgrammeFigures): Promise<ProgrammeView> => {
  const { programme, totals } = figures;
  const rolled = rolledTo(figures, reading.now);
  return {
    programme,
    code: encodeCode({ kind: "programme", programme }),
    name: await programmeName(reading, figures),
    kind: figures.kind,
    currency: figures.currency,
    region: figures.region,
    document: figures.document,
    openedAt: figures.place,
    partition: programmePartition(figures),
    funds: await fundsOf(reading, figures),
    advance: advanceOf(figures),
    approvedUnpaid: totals.approvedUnpaid,
    filedUndecided: totals.filedUndecided,
    shortfall: shortfallOf(figures),
    claims: {
      filed: figures.claimsFiled,
      approved: figures.claimsApproved,
      paid: totals.claimsPaid,
    },
    currentPeriod: rolled.currentPeriod,
    inRunOff: rolled.inRunOff,
  };
};

export const readProgrammes = async (reading: Reading): Promise<readonly ProgrammeView[]> => {
  const views: ProgrammeView[] = [];
  for (const figures of await loadProgrammes(reading.database)) {
    views.push(await programmeView(reading, figures));
  }
  return views;
};

export const readProgramme = async (
  reading: Reading,
  programme: ProgrammeId,
): Promise<ProgrammeView | undefined> => {
  const [figures] = await loadProgrammes(reading.database, programme);
  return figures === undefined ? undefined : programmeView(reading, figures);
};

const periodView = (programme: ProgrammeId, figures: PeriodFigures): PeriodView => {
  const { period, state, start, declared, record, claimsPaid } = figures;
  const common = { programme, period, state, start, record, claimsPaid };
  if (declared === undefined) return { ...common, cover: zeroFen };
  const { end, filingDeadline, cover, terms } = declared;
  return { ...common, end, filingDeadline, cover, terms };
};

/** None for an unknown programme. */
export const readPeriods = async (
  reading: Reading,
  programme: ProgrammeId,
): Promise<readonly PeriodView[]> => {
  const [figures] = await loadProgrammes(reading.database, programme);
  if (figures === undefined) return [];
  return rolledTo(figures, reading.now).periods.map((period) => periodView(programme, period));
};

export const readPeriod = async (
  reading: Reading,
  programme: ProgrammeId,
  period: PeriodNumber,
): Promise<PeriodView | undefined> => {
  const periods = await readPeriods(reading, programme);
  return periods.find((own) => own.period === period);
};

const expenseView = (expense: ExpenseRecord): ExpenseView => ({
  expense: expense.expense,
  programme: expense.programme,
  kind: expense.kind,
  amount: expense.amount,
  operationsStart: expense.operationsStart,
  period: expense.period,
  recordedAt: expense.place,
});

/** In the order in which they were recorded. */
export const readExpenses = async (
  { database }: Reading,
  programme: ProgrammeId,
  page: PageRequest,
): Promise<Page<ExpenseView>> => {
  const rows = await pageOf(
    "expenses",
    page,
    (after, count) =>
      database
        .selectFrom("expenses")
        .selectAll()
        .where("programme", "=", programme)
        .where("expense", ">", after)
        .orderBy("expense")
        .limit(count)
        .execute(),
    ({ expense }) => expense,
  );
  return mapPage(rows, (found) => found.map(expenseOf).map(expenseView));
};
