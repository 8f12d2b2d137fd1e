/**
 * The books as a trace reads them, over the index. The records of a list never overlap, so those that share a fen with
 * an interval are among the ones whose end lies past its start, up to the first whose end reaches its end: one range of
 * an index over the ends, however long the line is.
 */
import { sql } from "kysely";
import type { Kysely, RawBuilder } from "kysely";
import {
  allocationId,
  batchId,
  claimId,
  expenseId,
  fundId,
  payoutId,
  programmeId,
} from "../../protocol/ids.ts";
import type { FundId, ProgrammeId } from "../../protocol/ids.ts";
import type {
  AsyncBooks,
  FundLine,
  ProgrammeLines,
  TracedAllocation,
  TracedHop,
} from "../../protocol/trace/requests.ts";
import type { Interval } from "../../protocol/trace/types.ts";
import { hopOf } from "./codecs/hops.ts";
import type { LineName } from "./codecs/hops.ts";
import { totalsOf } from "./codecs/programmes.ts";
import { amountText, fenOf, positionOf } from "./columns.ts";
import type { RowOf, Schema } from "./tables.ts";

/** Sorts after every position. */
const pastEveryLine = "9".repeat(amountText(0n).length);

type Line =
  | readonly ["allocations", "fund", "fund_start", "fund_end"]
  | readonly ["allocations", "programme", "reserve_start", "reserve_end"]
  | readonly ["batches", "fund", "starts_at", "ends_at"]
  | readonly ["payouts", "programme", "reserve_start", "reserve_end"]
  | readonly ["expenses", "programme", "operations_start", "operations_end"]
  | readonly ["hops", "to_programme", "to_start", "to_end", LineName]
  | readonly ["hops", "from_programme", "from_start", "from_end", LineName];

/**
 * The records of a line that share a fen with `interval`. The end of an empty record is null and never meets it. The
 * first record that reaches the interval's end can lie behind it: between two records of a list there may be others'.
 */
const overlapping = (
  [table, owner, start, end, name]: Line,
  id: number,
  interval: Interval,
): RawBuilder<boolean> => {
  const ofLine = sql`${sql.ref(owner)} = ${id}`;
  const own = name === undefined ? ofLine : sql`${sql.ref("line")} = ${name} and ${ofLine}`;
  const reachesEnd = sql`select min(${sql.ref(end)}) from ${sql.table(table)}
    where ${own} and ${sql.ref(end)} >= ${amountText(interval.end)}`;
  return sql<boolean>`${own} and ${sql.ref(end)} > ${amountText(interval.start)}
    and ${sql.ref(end)} <= coalesce((${reachesEnd}), ${pastEveryLine})
    and ${sql.ref(start)} < ${amountText(interval.end)}`;
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

const readFundLine = async (database: Kysely<Schema>, fund: FundId): Promise<FundLine | undefined> => {
  const row = await database
    .selectFrom("funds")
    .select(["claims_share_bps", "donated", "allocated"])
    .where("fund", "=", fund)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { claims_share_bps: claimsShareBps, donated, allocated } = row;
  return { fund, claimsShareBps, donated: positionOf(donated), allocated: positionOf(allocated) };
};

const readProgrammeLines = async (
  database: Kysely<Schema>,
  programme: ProgrammeId,
): Promise<ProgrammeLines | undefined> => {
  const row = await database
    .selectFrom("totals")
    .selectAll()
    .where("programme", "=", programme)
    .where("moment", "=", "now")
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return { programme, ...totalsOf(row) };
};

const arrivals = ["hops", "to_programme", "to_start", "to_end"] as const;
const departures = ["hops", "from_programme", "from_start", "from_end"] as const;

const readHops = async (
  database: Kysely<Schema>,
  line: Extract<Line, readonly ["hops", ...unknown[]]>,
  programme: ProgrammeId,
  interval: Interval,
  limit: number,
): Promise<readonly TracedHop[]> => {
  const rows = await database
    .selectFrom("hops")
    .selectAll()
    .where(overlapping(line, programme, interval))
    .orderBy(line[3])
    .limit(limit)
    .execute();
  return rows.map(hopOf);
};

/** Asks once for each key. */
const once = <Key, Answer>(ask: (key: Key) => Promise<Answer>): ((key: Key) => Promise<Answer>) => {
  const answers = new Map<Key, Promise<Answer>>();
  return (key) => {
    const answer = answers.get(key) ?? ask(key);
    answers.set(key, answer);
    return answer;
  };
};

/** Books of one moment: `database` is a transaction. Lines are read once and then remembered. */
export const indexBooks = (database: Kysely<Schema>): AsyncBooks => ({
  fundLine: once((fund) => readFundLine(database, fund)),
  programmeLines: once((programme) => readProgrammeLines(database, programme)),
  allocationsOfFund: async (fund, interval, limit) => {
    const rows = await database
      .selectFrom("allocations")
      .select(allocationColumns)
      .where(overlapping(["allocations", "fund", "fund_start", "fund_end"], fund, interval))
      .orderBy("fund_end")
      .limit(limit)
      .execute();
    return rows.map(tracedAllocation);
  },
  allocationsOfReserve: async (programme, interval, limit) => {
    const rows = await database
      .selectFrom("allocations")
      .select(allocationColumns)
      .where(overlapping(["allocations", "programme", "reserve_start", "reserve_end"], programme, interval))
      .orderBy("reserve_end")
      .limit(limit)
      .execute();
    return rows.map(tracedAllocation);
  },
  batchesOfFund: async (fund, interval, limit) => {
    const rows = await database
      .selectFrom("batches")
      .select(["batch", "starts_at", "sum"])
      .where(overlapping(["batches", "fund", "starts_at", "ends_at"], fund, interval))
      .orderBy("ends_at")
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      batch: batchId(row.batch),
      startsAt: positionOf(row.starts_at),
      sum: fenOf(row.sum),
    }));
  },
  payoutsOfReserve: async (programme, interval, limit) => {
    const rows = await database
      .selectFrom("payouts")
      .select(["payout", "claim", "reserve_start", "amount"])
      .where(overlapping(["payouts", "programme", "reserve_start", "reserve_end"], programme, interval))
      .orderBy("reserve_end")
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      payout: payoutId(row.payout),
      claim: claimId(row.claim),
      reserveStart: positionOf(row.reserve_start),
      amount: fenOf(row.amount),
    }));
  },
  expensesOfOperations: async (programme, interval, limit) => {
    const rows = await database
      .selectFrom("expenses")
      .select(["expense", "operations_start", "amount"])
      .where(
        overlapping(["expenses", "programme", "operations_start", "operations_end"], programme, interval),
      )
      .orderBy("operations_end")
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      expense: expenseId(row.expense),
      operationsStart: positionOf(row.operations_start),
      amount: fenOf(row.amount),
    }));
  },
  arrivalsOfReserve: (programme, interval, limit) =>
    readHops(database, [...arrivals, "reserve"], programme, interval, limit),
  arrivalsOfOperations: (programme, interval, limit) =>
    readHops(database, [...arrivals, "operations"], programme, interval, limit),
  departuresOfReserve: (programme, interval, limit) =>
    readHops(database, [...departures, "reserve"], programme, interval, limit),
  departuresOfOperations: (programme, interval, limit) =>
    readHops(database, [...departures, "operations"], programme, interval, limit),
});
