/** A programme's policy periods as of the newest block: what each began with, what came and went, what it left. */
import type { Kysely } from "kysely";
import { formatInstant } from "../../protocol/calendar.ts";
import { decimal } from "../../protocol/exports/rows.ts";
import type { Cells } from "../../protocol/exports/rows.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import { rolledTo } from "../../protocol/ledger/periods.ts";
import type { PeriodFigures } from "../../protocol/ledger/periods.ts";
import { loadProgrammes } from "../index/load-programmes.ts";
import type { Schema } from "../index/tables.ts";
import type { ExportedProgramme } from "./claim-tables.ts";
import type { Table } from "./table.ts";

const columns = [
  "period",
  "state",
  "start",
  "end",
  "opening",
  "allocated",
  "moved_in",
  "moved_out",
  "recovered",
  "paid",
  "closing",
  "approved_unpaid",
  "filed_undecided",
  "operations_in",
  "operations_moved_in",
  "operations_moved_out",
  "expenses",
  "claims_paid",
  "currency",
] as const;

const cellsOf = (
  { period, state, start, declared, record, claimsPaid }: PeriodFigures,
  currency: string,
): Cells<(typeof columns)[number]> => ({
  period,
  state,
  start: formatInstant(start),
  ...(declared === undefined ? {} : { end: formatInstant(declared.end) }),
  opening: decimal(record.opening),
  allocated: decimal(record.allocated),
  moved_in: decimal(record.movedIn),
  moved_out: decimal(record.movedOut),
  recovered: decimal(record.recovered),
  paid: decimal(record.paid),
  closing: decimal(record.closing),
  approved_unpaid: decimal(record.approvedUnpaid),
  filed_undecided: decimal(record.filedUndecided),
  operations_in: decimal(record.operationsIn),
  operations_moved_in: decimal(record.operationsMovedIn),
  operations_moved_out: decimal(record.operationsMovedOut),
  expenses: decimal(record.expenses),
  claims_paid: claimsPaid,
  currency,
});

/** Periods are few: they are read at once, and rolled to the time of the block that they are of. */
export const periodsTable = async (
  database: Kysely<Schema>,
  blockTime: UnixSeconds,
  { programme, code, currency }: ExportedProgramme,
): Promise<Table<(typeof columns)[number]>> => {
  const [figures] = await loadProgrammes(database, programme);
  const { periods } = figures === undefined ? { periods: [] } : rolledTo(figures, blockTime);
  const rows = periods.map((period) => cellsOf(period, currency));
  return { facts: { kind: "periods", subject: code, currency }, columns, rows: () => [rows] };
};
