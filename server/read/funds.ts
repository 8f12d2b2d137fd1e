/** Funds, the batches on their lines and what was allocated from them. */
import { addFen, position } from "../../protocol/amounts.ts";
import type { Fen } from "../../protocol/amounts.ts";
import { encodeCode } from "../../protocol/codes/code.ts";
import { fundId } from "../../protocol/ids.ts";
import type { FundId, ProgrammeId } from "../../protocol/ids.ts";
import type { AllocationRecord } from "../../protocol/ledger/records.ts";
import type { PageRequest } from "../../protocol/ports/read.ts";
import type { AllocationView, BatchView, FundView, Page } from "../../protocol/ports/views.ts";
import { partitionOf } from "../../protocol/trace/partition.ts";
import { runAsync } from "../../protocol/trace/run.ts";
import type { Partition } from "../../protocol/trace/types.ts";
import { indexBooks } from "../index/books.ts";
import { fenOf } from "../index/columns.ts";
import { batchColumns } from "../index/load.ts";
import { allocationOf, batchOf, fundOf } from "../index/records.ts";
import type { BatchFigures } from "../index/records.ts";
import type { RowOf } from "../index/tables.ts";
import { mapPage, pageOf } from "./pages.ts";
import { fundName } from "./reading.ts";
import type { Reading } from "./reading.ts";

/** The channel that bank interest comes in by. */
const interestChannel = "interest";

export const batchView = (batch: BatchFigures): BatchView => ({
  batch: batch.batch,
  fund: batch.fund,
  channel: batch.channel,
  day: batch.day,
  startsAt: batch.startsAt,
  count: batch.count,
  sum: batch.sum,
  root: batch.root,
  recordedAt: batch.place,
});

const allocationView = (allocation: AllocationRecord): AllocationView => ({
  allocation: allocation.allocation,
  fund: allocation.fund,
  programme: allocation.programme,
  amount: allocation.amount,
  claimsAmount: allocation.claimsAmount,
  fundStart: allocation.fundStart,
  reserveStart: allocation.reserveStart,
  operationsStart: allocation.operationsStart,
  period: allocation.period,
  allocatedAt: allocation.place,
});

const interestOf = async ({ database }: Reading, fund: FundId): Promise<Fen> => {
  const rows = await database
    .selectFrom("batches")
    .select("sum")
    .where("fund", "=", fund)
    .where("channel", "=", interestChannel)
    .execute();
  return addFen(...rows.map(({ sum }) => fenOf(sum)));
};

/** Where all money of a fund is. It walks every allocation of the fund, so it is kept until the next block. */
const fundPartition = (reading: Reading, row: RowOf<"funds">): Promise<Partition> => {
  const { fund, donated } = fundOf(row);
  const whole = { start: position(0n), end: donated };
  return reading.shared.fundPartitions.of(reading.head, fund, () =>
    runAsync(partitionOf(fund, whole), indexBooks(reading.database)),
  );
};

const fundView = async (reading: Reading, row: RowOf<"funds">): Promise<FundView> => {
  const fund = fundOf(row);
  return {
    fund: fund.fund,
    code: encodeCode({ kind: "fund", fund: fund.fund }),
    name: await fundName(reading, fund),
    currency: fund.currency,
    claimsShareBps: fund.claimsShareBps,
    ...(fund.restrictedTo === 0 ? {} : { restrictedTo: fund.restrictedTo }),
    ...(fund.fallbackTo === 0 ? {} : { fallbackTo: fund.fallbackTo }),
    document: fund.document,
    openedAt: fund.place,
    donations: fund.donations,
    batches: row.batches,
    partition: await fundPartition(reading, row),
    interest: await interestOf(reading, fund.fund),
  };
};

export const readFunds = async (reading: Reading): Promise<readonly FundView[]> => {
  const rows = await reading.database.selectFrom("funds").selectAll().orderBy("fund").execute();
  const views: FundView[] = [];
  for (const row of rows) views.push(await fundView(reading, row));
  return views;
};

export const readFund = async (reading: Reading, fund: FundId): Promise<FundView | undefined> => {
  const row = await reading.database
    .selectFrom("funds")
    .selectAll()
    .where("fund", "=", fundId(fund))
    .executeTakeFirst();
  return row === undefined ? undefined : fundView(reading, row);
};

/** In the order of the fund's line. */
export const readBatches = async (
  { database }: Reading,
  fund: FundId,
  page: PageRequest,
): Promise<Page<BatchView>> => {
  const rows = await pageOf(
    "batches",
    page,
    (after, count) =>
      database
        .selectFrom("batches")
        .select(batchColumns)
        .where("fund", "=", fund)
        .where("batch", ">", after)
        .orderBy("batch")
        .limit(count)
        .execute(),
    ({ batch }) => batch,
  );
  return mapPage(rows, (found) => found.map(batchOf).map(batchView));
};

/** In the order in which they were recorded. */
export const readAllocations = async (
  { database }: Reading,
  filter: { readonly fund?: FundId; readonly programme?: ProgrammeId },
  page: PageRequest,
): Promise<Page<AllocationView>> => {
  const rows = await pageOf(
    "allocations",
    page,
    (after, count) => {
      let query = database.selectFrom("allocations").selectAll().where("allocation", ">", after);
      if (filter.fund !== undefined) query = query.where("fund", "=", filter.fund);
      if (filter.programme !== undefined) query = query.where("programme", "=", filter.programme);
      return query.orderBy("allocation").limit(count).execute();
    },
    ({ allocation }) => allocation,
  );
  return mapPage(rows, (found) => found.map(allocationOf).map(allocationView));
};
