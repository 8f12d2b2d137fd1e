/**
 * The books as a trace reads them, over the index. A line's records are contiguous, so those that overlap an interval
 * are the ones whose end lies past its start, in the order of their ends, until one begins past its end: a walk along
 * an index of at most `limit` entries, however long the line is.
 */
import type { Kysely } from "kysely";
import type { Position } from "../../protocol/amounts.ts";
import { batchId, claimId, expenseId, fundId, payoutId, programmeId } from "../../protocol/ids.ts";
import type { AsyncBooks, TracedAllocation } from "../../protocol/trace/requests.ts";
import type { Interval } from "../../protocol/trace/types.ts";
import { allocationId } from "../../protocol/ids.ts";
import { amountText, fenOf, positionOf } from "./columns.ts";
import type { RowOf, Schema } from "./tables.ts";

const before = <Item>(
  items: readonly Item[],
  end: Position,
  startOf: (item: Item) => Position,
): readonly Item[] => {
  const cut = items.findIndex((item) => startOf(item) >= end);
  return cut === -1 ? items : items.slice(0, cut);
};

const allocationColumns = [
  "allocation",
  "fund",
  "programme",
  "fund_start",
  "amount",
  "reserve_start",
  "claims_amount",
  "operations_start",
] as const;

const tracedAllocation = (
  row: Pick<RowOf<"allocations">, (typeof allocationColumns)[number]>,
): TracedAllocation => ({
  allocation: allocationId(row.allocation),
  fund: fundId(row.fund),
  programme: programmeId(row.programme),
  fundStart: positionOf(row.fund_start),
  amount: fenOf(row.amount),
  reserveStart: positionOf(row.reserve_start),
  claimsAmount: fenOf(row.claims_amount),
  operationsStart: positionOf(row.operations_start),
});

const allocationsOf = async (
  database: Kysely<Schema>,
  line: { readonly fund: number } | { readonly programme: number },
  interval: Interval,
  limit: number,
): Promise<readonly TracedAllocation[]> => {
  const query = database.selectFrom("allocations").select(allocationColumns).limit(limit);
  const start = amountText(interval.start);
  if ("fund" in line) {
    const rows = await query
      .where("fund", "=", line.fund)
      .where("fund_end", ">", start)
      .orderBy("fund_end")
      .execute();
    return before(rows.map(tracedAllocation), interval.end, ({ fundStart }) => fundStart);
  }
  const rows = await query
    .where("programme", "=", line.programme)
    .where("reserve_end", ">", start)
    .orderBy("reserve_end")
    .execute();
  return before(rows.map(tracedAllocation), interval.end, ({ reserveStart }) => reserveStart);
};

/** Books of one moment, where `database` is a transaction. */
export const indexBooks = (database: Kysely<Schema>): AsyncBooks => ({
  fundLine: async (fund) => {
    const row = await database
      .selectFrom("funds")
      .select(["claims_share_bps", "donated", "allocated"])
      .where("fund", "=", fund)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const { claims_share_bps: claimsShareBps, donated, allocated } = row;
    return { fund, claimsShareBps, donated: positionOf(donated), allocated: positionOf(allocated) };
  },
  programmeLines: async (programme) => {
    const row = await database
      .selectFrom("totals")
      .select(["reserve_in", "reserve_spent", "operations_in", "expenses"])
      .where("programme", "=", programme)
      .where("moment", "=", "now")
      .executeTakeFirst();
    if (row === undefined) return undefined;
    return {
      programme,
      reserveIn: positionOf(row.reserve_in),
      reserveSpent: positionOf(row.reserve_spent),
      operationsIn: positionOf(row.operations_in),
      expenses: positionOf(row.expenses),
    };
  },
  allocationsOfFund: (fund, interval, limit) => allocationsOf(database, { fund }, interval, limit),
  allocationsOfReserve: (programme, interval, limit) =>
    allocationsOf(database, { programme }, interval, limit),
  batchesOfFund: async (fund, interval, limit) => {
    const rows = await database
      .selectFrom("batches")
      .select(["batch", "starts_at", "sum"])
      .where("fund", "=", fund)
      .where("ends_at", ">", amountText(interval.start))
      .orderBy("ends_at")
      .limit(limit)
      .execute();
    const batches = rows.map((row) => ({
      batch: batchId(row.batch),
      startsAt: positionOf(row.starts_at),
      sum: fenOf(row.sum),
    }));
    return before(batches, interval.end, ({ startsAt }) => startsAt);
  },
  payoutsOfReserve: async (programme, interval, limit) => {
    const rows = await database
      .selectFrom("payouts")
      .select(["payout", "claim", "reserve_start", "amount"])
      .where("programme", "=", programme)
      .where("reserve_end", ">", amountText(interval.start))
      .orderBy("reserve_end")
      .limit(limit)
      .execute();
    const payouts = rows.map((row) => ({
      payout: payoutId(row.payout),
      claim: claimId(row.claim),
      reserveStart: positionOf(row.reserve_start),
      amount: fenOf(row.amount),
    }));
    return before(payouts, interval.end, ({ reserveStart }) => reserveStart);
  },
  expensesOfOperations: async (programme, interval, limit) => {
    const rows = await database
      .selectFrom("expenses")
      .select(["expense", "operations_start", "amount"])
      .where("programme", "=", programme)
      .where("operations_end", ">", amountText(interval.start))
      .orderBy("operations_end")
      .limit(limit)
      .execute();
    const expenses = rows.map((row) => ({
      expense: expenseId(row.expense),
      operationsStart: positionOf(row.operations_start),
      amount: fenOf(row.amount),
    }));
    return before(expenses, interval.end, ({ operationsStart }) => operationsStart);
  },
});
