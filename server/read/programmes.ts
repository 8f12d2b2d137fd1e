/** Programmes, as if rolled to the reading's time, and what running them cost. */
import { fen } from "../../protocol/amounts.ts";
import { encodeCode } from "../../protocol/codes/code.ts";
import type { ProgrammeId } from "../../protocol/ids.ts";
import { rolledTo } from "../../protocol/ledger/periods.ts";
import type { ExpenseRecord } from "../../protocol/ledger/records.ts";
import { advanceOf, shortfallOf } from "../../protocol/ledger/state.ts";
import type { PageRequest } from "../../protocol/ports/read.ts";
import type {
  ClaimCounts,
  ExpenseView,
  FundInProgramme,
  Page,
  ProgrammePartition,
  ProgrammeView,
} from "../../protocol/ports/views.ts";
import { expenseOf } from "../index/codecs/lines.ts";
import { loadProgrammes } from "../index/load-programmes.ts";
import type { ProgrammeFigures } from "../index/load-programmes.ts";
import { mapPage, pageOf } from "./pages.ts";
import { loadFund, programmeName } from "./reading.ts";
import type { Reading } from "./reading.ts";

/** What went on to another programme is nowhere here any more; what came back from a claim is in the reserve again. */
export const programmePartition = ({ totals }: ProgrammeFigures): ProgrammePartition => {
  const { reserveIn, reserveSpent, operationsIn, operationsOut } = totals;
  const { recovered, movedIn, movedOut, operationsMovedIn, operationsMovedOut } = totals;
  const unspent = operationsIn > operationsOut ? operationsIn - operationsOut : 0n;
  return {
    allocated: fen(reserveIn - recovered - movedIn + operationsIn - operationsMovedIn),
    movedIn: fen(movedIn + operationsMovedIn),
    movedOut: fen(movedOut + operationsMovedOut),
    paid: fen(reserveSpent - movedOut - recovered),
    inReserve: fen(reserveIn - reserveSpent),
    operatingSpent: fen(operationsIn - operationsMovedOut - unspent),
    operatingUnspent: fen(unspent),
  };
};

/** Open and paid claims only: how many were decided otherwise is no public figure. */
const countsOf = ({ claims: { filed, approved, onHold, paid } }: ProgrammeFigures): ClaimCounts => ({
  filed,
  approved,
  onHold,
  paid,
});

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
    claims: countsOf(figures),
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
