/** What came into a fund and what was allocated of it: two sides of its line, whose positions are the running balance. */
import type { Kysely } from "kysely";
import { formatDay, formatInstant } from "../../protocol/calendar.ts";
import { encodeCode } from "../../protocol/codes/code.ts";
import { decodeLeaves } from "../../protocol/donations/leaves.ts";
import { decimal } from "../../protocol/exports/rows.ts";
import type { Cells } from "../../protocol/exports/rows.ts";
import type { FundId } from "../../protocol/ids.ts";
import { position } from "../../protocol/amounts.ts";
import { claimsBetween } from "../../protocol/lines/share.ts";
import { batchColumns, batchOf } from "../index/codecs/funds.ts";
import type { BatchFigures } from "../index/codecs/funds.ts";
import { allocationOf } from "../index/codecs/lines.ts";
import { positionOf } from "../index/columns.ts";
import type { Schema } from "../index/tables.ts";
import type { BlockRange, ReadAt } from "./export.ts";
import { pagesOf } from "./pages.ts";
import type { Table } from "./table.ts";

/** The fund whose table it is. */
export interface ExportedFund {
  readonly fund: FundId;
  readonly code: string;
  readonly currency: string;
  readonly claimsShareBps: number;
}

/** A batch holds up to 3,000 gifts. */
const batchesAtOnce = 1;
const allocationsAtOnce = 500;

const donatedUpTo = async (database: Kysely<Schema>, fund: FundId, block: number): Promise<bigint> => {
  const row = await database
    .selectFrom("batches")
    .select("ends_at")
    .where("fund", "=", fund)
    .where("block_number", "<=", block)
    .orderBy("batch", "desc")
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? 0n : positionOf(row.ends_at);
};

const allocatedUpTo = async (database: Kysely<Schema>, fund: FundId, block: number): Promise<bigint> => {
  const row = await database
    .selectFrom("allocations")
    .select("fund_end")
    .where("fund", "=", fund)
    .where("block_number", "<=", block)
    .orderBy("allocation", "desc")
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? 0n : positionOf(row.fund_end);
};

/** The balance of a line before the first block of a range, and behind its last. */
const balances = async (
  readAt: ReadAt,
  { fromBlock, to }: BlockRange,
  upTo: (database: Kysely<Schema>, block: number) => Promise<bigint>,
): Promise<{ readonly opening: string; readonly closing: string }> =>
  readAt(async (database) => ({
    opening: decimal(await upTo(database, fromBlock - 1)),
    closing: decimal(await upTo(database, to.number)),
  }));

const donationColumns = [
  "block",
  "time",
  "transaction",
  "donation",
  "batch",
  "channel",
  "day",
  "commitment",
  "amount",
  "claims_share",
  "balance",
  "currency",
] as const;
type DonationCells = Cells<(typeof donationColumns)[number]>;

/** Each gift of a batch where it stands on the line; `balance` is what the fund has received with it. */
const donationsOf = (
  { claimsShareBps, currency }: ExportedFund,
  batch: BatchFigures,
  leaves: Uint8Array,
): readonly DonationCells[] => {
  const common = {
    block: batch.place.blockNumber,
    time: formatInstant(batch.place.blockTime),
    transaction: batch.place.transactionHash,
    batch: encodeCode({ kind: "batch", batch: batch.batch }),
    channel: batch.channel,
    day: formatDay(batch.day),
    currency,
  };
  let start = batch.startsAt;
  return decodeLeaves(leaves).map(({ amount, commitment }, index) => {
    const end = position(start + amount);
    const share = claimsBetween(start, end, claimsShareBps);
    start = end;
    return {
      ...common,
      donation: encodeCode({ kind: "donation", batch: batch.batch, index }),
      commitment,
      amount: decimal(amount),
      claims_share: decimal(share),
      balance: decimal(end),
    };
  });
};

async function* donationRows(
  readAt: ReadAt,
  { fromBlock, to }: BlockRange,
  fund: ExportedFund,
): AsyncGenerator<readonly DonationCells[]> {
  const batches = pagesOf(readAt, {
    limit: batchesAtOnce,
    rowsAfter: (database, after) =>
      database
        .selectFrom("batches")
        .select([...batchColumns, "leaves"])
        .where("fund", "=", fund.fund)
        .where("batch", ">", after)
        .where("block_number", ">=", fromBlock)
        .where("block_number", "<=", to.number)
        .orderBy("batch")
        .limit(batchesAtOnce)
        .execute(),
    numberOf: ({ batch }) => batch,
  });
  for await (const rows of batches) {
    for (const { leaves, ...row } of rows) yield donationsOf(fund, batchOf(row), leaves);
  }
}

/** Every gift of a fund in the order of its line; never who gave it. */
export const donationsTable = async (
  readAt: ReadAt,
  range: BlockRange,
  fund: ExportedFund,
): Promise<Table<(typeof donationColumns)[number]>> => ({
  facts: {
    kind: "donations",
    subject: fund.code,
    currency: fund.currency,
    ...(await balances(readAt, range, (database, block) => donatedUpTo(database, fund.fund, block))),
  },
  columns: donationColumns,
  rows: () => donationRows(readAt, range, fund),
});

const allocationColumns = [
  "block",
  "time",
  "transaction",
  "allocation",
  "programme",
  "period",
  "amount",
  "to_claims",
  "to_operations",
  "balance",
  "currency",
] as const;
type AllocationCells = Cells<(typeof allocationColumns)[number]>;

async function* allocationRows(
  readAt: ReadAt,
  { fromBlock, to }: BlockRange,
  { fund, currency }: ExportedFund,
): AsyncGenerator<readonly AllocationCells[]> {
  const allocations = pagesOf(readAt, {
    limit: allocationsAtOnce,
    rowsAfter: (database, after) =>
      database
        .selectFrom("allocations")
        .selectAll()
        .where("fund", "=", fund)
        .where("allocation", ">", after)
        .where("block_number", ">=", fromBlock)
        .where("block_number", "<=", to.number)
        .orderBy("allocation")
        .limit(allocationsAtOnce)
        .execute(),
    numberOf: ({ allocation }) => allocation,
  });
  for await (const rows of allocations) {
    yield rows.map(allocationOf).map(({ place, amount, claimsAmount, fundStart, ...allocation }) => ({
      block: place.blockNumber,
      time: formatInstant(place.blockTime),
      transaction: place.transactionHash,
      allocation: allocation.allocation,
      programme: encodeCode({ kind: "programme", programme: allocation.programme }),
      period: allocation.period,
      amount: decimal(amount),
      to_claims: decimal(claimsAmount),
      to_operations: decimal(amount - claimsAmount),
      balance: decimal(fundStart + amount),
      currency,
    }));
  }
}

/** What was allocated of a fund, to which programme; `balance` is what was allocated with it. */
export const allocationsTable = async (
  readAt: ReadAt,
  range: BlockRange,
  fund: ExportedFund,
): Promise<Table<(typeof allocationColumns)[number]>> => ({
  facts: {
    kind: "allocations",
    subject: fund.code,
    currency: fund.currency,
    ...(await balances(readAt, range, (database, block) => allocatedUpTo(database, fund.fund, block))),
  },
  columns: allocationColumns,
  rows: () => allocationRows(readAt, range, fund),
});
