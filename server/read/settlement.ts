/**
 * How long claims took and how many were rejected: statistics, so for closed groups of at least 11 claims alone. A cell
 * is a policy period of a programme. Its claims are of two kinds, paid and rejected, which share no claim; those that
 * were withdrawn, or cancelled before they were paid, are counted nowhere, so that no difference tells their number.
 */
import type { PeriodNumber, ProgrammeId } from "../../protocol/ids.ts";
import { programmeId } from "../../protocol/ids.ts";
import type { SettlementFigure, SettlementView } from "../../protocol/ports/views.ts";
import { mergeCells } from "../../protocol/statistics/cells.ts";
import type { Cell, Statistic } from "../../protocol/statistics/cells.ts";
import { mergeLedger } from "../../protocol/statistics/ledger.ts";
import type { ProgrammeCells } from "../../protocol/statistics/ledger.ts";
import { settlementTimes } from "../../protocol/statistics/percentiles.ts";
import type { SettledClaim } from "../../protocol/statistics/percentiles.ts";
import { periodOf } from "../index/codecs/periods.ts";
import { readRows } from "../index/read-rows.ts";
import { loadProgramme } from "./reading.ts";
import type { Reading } from "./reading.ts";

/** The claims of a policy period that are counted. */
interface Decided {
  readonly paid: SettledClaim[];
  rejected: number;
  /** Filed, approved or on hold, and never paid. A claim that its bank returned was paid once, and stays so. */
  open: number;
}

const figureOf = (payloads: readonly Decided[]): SettlementFigure => {
  const paid = payloads.flatMap((payload) => payload.paid);
  const rejected = payloads.reduce((sum, payload) => sum + payload.rejected, 0);
  return { ...settlementTimes(paid), paid: paid.length, rejected };
};

const decidedOf = async (
  { database }: Reading,
  programme: ProgrammeId,
): Promise<ReadonlyMap<number, Decided>> => {
  const rows = await database
    .selectFrom("claims")
    .select(["policy_period", "state", "block_time", "approved_at", "paid_at"])
    .where("programme", "=", programme)
    .execute();
  const periods = new Map<number, Decided>();
  for (const row of rows) {
    const own = periods.get(row.policy_period) ?? { paid: [], rejected: 0, open: 0 };
    periods.set(row.policy_period, own);
    const { block_time: filedAt, approved_at: approvedAt, paid_at: paidAt } = row;
    if (paidAt > 0) own.paid.push({ filedAt, approvedAt, paidAt });
    else if (row.state === "rejected") own.rejected += 1;
    else if (row.state !== "withdrawn" && row.state !== "cancelled") own.open += 1;
  }
  return periods;
};

/**
 * A policy period can change no more when nothing can be filed for it, by the time of the last block, and nothing of it
 * waits for a decision or its first payment.
 */
const cellsOf = async (
  reading: Reading,
  programme: ProgrammeId,
): Promise<readonly Cell<PeriodNumber, Decided>[]> => {
  const decided = await decidedOf(reading, programme);
  const rows = await readRows(reading.database, "periods", ["period"], { programme });
  return rows.map(periodOf).map(({ period, filingDeadline }) => {
    const payload = decided.get(period) ?? { paid: [], rejected: 0, open: 0 };
    const counts = [payload.paid.length, payload.rejected];
    return { key: period, counts, closed: reading.head.time > filingDeadline && payload.open === 0, payload };
  });
};

const ofProgramme = async (reading: Reading, programme: ProgrammeId): Promise<SettlementView> => {
  const { groups, rest, total } = mergeCells(await cellsOf(reading, programme), figureOf);
  return { programme, groups: rest.cells.length === 0 ? groups : [...groups, rest], total };
};

/** The same statistic, named by programmes instead of their periods. */
const named = (
  statistic: Statistic<unknown, SettlementFigure>,
  cells: readonly ProgrammeId[],
): Statistic<number, SettlementFigure> => ({ ...statistic, cells });

/**
 * No programme ever counts as ended, for a period can be declared after its last one: what a programme withholds is
 * merged with nothing, and the total is that of what the programmes publish themselves.
 */
const ofLedger = async (reading: Reading): Promise<SettlementView> => {
  const rows = await reading.database
    .selectFrom("programmes")
    .select("programme")
    .orderBy("programme")
    .execute();
  const programmes: ProgrammeCells<Decided>[] = [];
  for (const row of rows) {
    const programme = programmeId(row.programme);
    programmes.push({ programme, periods: await cellsOf(reading, programme), ended: false });
  }
  const merged = mergeLedger(programmes, figureOf);
  const groups = merged.programmes.map((own) => named(own.merged.total, [own.programme]));
  const published = merged.programmes.filter((own) => own.merged.total.state === "published");
  const cells = (published.length === 0 ? merged.programmes : published).map((own) => own.programme);
  return { groups, total: named(merged.total, cells) };
};

/** Undefined for an unknown programme. Walks all claims, so it is kept until the next block. */
export const readSettlement = async (
  reading: Reading,
  programme?: ProgrammeId,
): Promise<SettlementView | undefined> => {
  if (programme !== undefined && (await loadProgramme(reading, programme)) === undefined) return undefined;
  const make = (): Promise<SettlementView> =>
    programme === undefined ? ofLedger(reading) : ofProgramme(reading, programme);
  return reading.shared.settlements.of(reading.head, programme ?? 0, make);
};
