/** Programmes with their periods and totals, as their pages are made of them. */
import type { Kysely } from "kysely";
import type { ProgrammeId } from "../../protocol/ids.ts";
import { noTotals } from "../../protocol/ledger/totals.ts";
import type { ProgrammeRecord } from "../../protocol/ledger/records.ts";
import { closedPeriodOf, insurersOf, periodOf } from "./codecs/periods.ts";
import { contributionOf, programmeOf, totalsOf } from "./codecs/programmes.ts";
import type { ProgrammeFacts } from "./codecs/programmes.ts";
import { readRows } from "./read-rows.ts";
import type { Schema } from "./tables.ts";

/**
 * A programme's figures without the lists of its records. What each person holds of a period's cover is left out: it
 * is nobody's to read.
 */
export type ProgrammeFigures = ProgrammeFacts &
  Pick<ProgrammeRecord, "totals" | "atPeriodStart" | "periods" | "closed" | "contributions">;

/** The programmes of one id, or all, in the order of their ids. */
export const loadProgrammes = async (
  database: Kysely<Schema>,
  programme?: ProgrammeId,
): Promise<readonly ProgrammeFigures[]> => {
  const where = programme === undefined ? {} : { programme };
  const figures = new Map<number, ProgrammeFigures>();
  for (const row of await readRows(database, "programmes", ["programme"], where)) {
    const lists = { periods: [], closed: [], contributions: new Map() };
    const totals = { totals: noTotals, atPeriodStart: noTotals };
    figures.set(row.programme, { ...programmeOf(row), ...totals, ...lists });
  }
  for (const row of await readRows(database, "totals", ["programme"], where)) {
    const record = figures.get(row.programme);
    if (record === undefined) continue;
    if (row.moment === "now") record.totals = totalsOf(row);
    else record.atPeriodStart = totalsOf(row);
  }
  for (const row of await readRows(database, "periods", ["programme", "period"], where)) {
    figures.get(row.programme)?.periods.push(periodOf(row));
  }
  for (const row of await readRows(database, "insurers", ["programme", "period"], where)) {
    const period = figures.get(row.programme)?.periods[row.period - 1];
    if (period !== undefined) period.insurers = insurersOf(row);
  }
  for (const row of await readRows(database, "closes", ["programme", "period"], where)) {
    figures.get(row.programme)?.closed.push(closedPeriodOf(row));
  }
  for (const row of await readRows(database, "contributions", ["programme", "fund"], where)) {
    const contribution = contributionOf(row);
    figures.get(row.programme)?.contributions.set(contribution.fund, contribution);
  }
  return [...figures.values()];
};
