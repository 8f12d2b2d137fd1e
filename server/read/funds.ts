/** Funds, where their money is, and what was allocated from them. */
import { addFen, fen, subtractFen } from "../../protocol/amounts.ts";
import type { Fen } from "../../protocol/amounts.ts";
import { encodeCode } from "../../protocol/codes/code.ts";
import { fundId } from "../../protocol/ids.ts";
import type { FundId, ProgrammeId } from "../../protocol/ids.ts";
import type { AllocationRecord } from "../../protocol/ledger/records.ts";
import type { PageRequest } from "../../protocol/ports/read.ts";
import type { AllocationView, FundView, Page } from "../../protocol/ports/views.ts";
import type { Partition } from "../../protocol/trace/types.ts";
import { fundOf } from "../index/codecs/funds.ts";
import type { FundFigures } from "../index/codecs/funds.ts";
import { allocationOf } from "../index/codecs/lines.ts";
import { fenOf } from "../index/columns.ts";
import type { RowOf } from "../index/tables.ts";
import { mapPage, pageOf } from "./pages.ts";
import { fundName } from "./reading.ts";
import type { Reading } from "./reading.ts";
import { refundedOf } from "./refunds.ts";

/** The channel that bank interest comes in by. */
const interestChannel = "interest";

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

/**
 * Where all money of a fund is, through every recovery and move. What it allocated is either still held by a programme
 * or paid, and likewise what it gave for operating cost: no trace is walked.
 */
const fundPartition = async ({ database }: Reading, fund: FundFigures): Promise<Partition> => {
  const rows = await database
    .selectFrom("holdings")
    .select(["in_reserve", "operating_unspent"])
    .where("fund", "=", fund.fund)
    .execute();
  const { donated, allocated, claimsAllocated } = fund;
  const inReserve = addFen(...rows.map((row) => fenOf(row.in_reserve)));
  const operatingUnspent = addFen(...rows.map((row) => fenOf(row.operating_unspent)));
  return {
    total: fen(donated),
    unallocated: fen(donated - allocated),
    paid: subtractFen(claimsAllocated, inReserve),
    inReserve,
    operatingSpent: fen(allocated - claimsAllocated - operatingUnspent),
    operatingUnspent,
  };
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
    partition: await fundPartition(reading, fund),
    interest: await interestOf(reading, fund.fund),
    ...(await refundedOf(reading, fund.fund)),
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
