/** The settlement statement of one insurer of a policy period, and whether it agrees with the ledger's counters. */
import { addFen, fen } from "../../protocol/amounts.ts";
import type { PeriodNumber, ProgrammeId } from "../../protocol/ids.ts";
import { cashPeriodTotals, insurerTotals, statementPage } from "../../protocol/insurers/statement.ts";
import type { Flows } from "../../protocol/insurers/statement.ts";
import type { PageRequest } from "../../protocol/ports/read.ts";
import type { InsurerStatementView } from "../../protocol/ports/views.ts";
import { loadProgrammes } from "../index/load-programmes.ts";
import { insurersOf } from "./insurers.ts";
import { readCashPeriods, readMovements } from "./movements.ts";
import { programmeName } from "./reading.ts";
import type { Reading } from "./reading.ts";

const sumOf = (flows: readonly Flows[]): Flows => {
  const paid = addFen(...flows.map((own) => own.paid));
  const recovered = addFen(...flows.map((own) => own.recovered));
  return { paid, recovered, net: paid - recovered };
};

const same = (one: Flows, other: Flows): boolean =>
  one.paid === other.paid && one.recovered === other.recovered;

/**
 * Undefined for an unknown programme, period or ordinal. The totals are of the whole statement on every page: this
 * insurer's part and all insurers' from the period's counters, the cash periods from the payouts and recoveries
 * themselves; `reconciles` says that both are the same.
 */
export const readInsurerStatement = async (
  reading: Reading,
  programme: ProgrammeId,
  period: PeriodNumber,
  ordinal: number,
  page: PageRequest,
): Promise<InsurerStatementView | undefined> => {
  const [figures] = await loadProgrammes(reading.database, programme);
  const policy = figures?.periods[period - 1];
  const known = policy === undefined ? undefined : await insurersOf(reading, policy);
  const named = known?.insurers[ordinal - 1];
  if (figures === undefined || policy === undefined || known === undefined || named === undefined)
    return undefined;
  const insurer = { shares: known.shares, ordinal };
  const { before, movements, next } = await readMovements(reading, { programme, period }, page);
  const { lines } = statementPage(insurer, before, movements);
  const cashPeriods = cashPeriodTotals(insurer, await readCashPeriods(reading, { programme, period }));
  const totals = insurerTotals(known.shares, policy);
  const part = totals[ordinal - 1] ?? sumOf([]);
  const sum = sumOf(totals);
  const { paid, recovered } = policy;
  const ledger = { paid: fen(paid), recovered: fen(recovered), net: paid - recovered };
  return {
    programme,
    programmeName: await programmeName(reading, figures),
    currency: figures.currency,
    policyPeriod: period,
    ...named,
    lines,
    ...(next === undefined ? {} : { next }),
    cashPeriods,
    part,
    sum,
    ledger,
    reconciles:
      same(sum, ledger) &&
      same(sumOf(cashPeriods.map(({ gross }) => gross)), ledger) &&
      same(sumOf(cashPeriods.map((cash) => cash.part)), part),
  };
};
