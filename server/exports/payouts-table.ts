/** What a programme paid and what came back, in the order of the chain; `balance` is what is paid net with it. */
import { formatInstant } from "../../protocol/calendar.ts";
import { encodeCode } from "../../protocol/codes/code.ts";
import { decimal } from "../../protocol/exports/rows.ts";
import type { Cells } from "../../protocol/exports/rows.ts";
import type { ClaimId, ProgrammeId } from "../../protocol/ids.ts";
import type { EventPlace } from "../../protocol/ledger/events.ts";
import { payoutOf, recoveryOf } from "../index/codecs/lines.ts";
import type { ExportedProgramme } from "./claim-tables.ts";
import type { BlockRange, ReadAt } from "./export.ts";
import { pagesOf } from "./pages.ts";
import type { Table } from "./table.ts";

interface Movement {
  readonly kind: "payout" | "recovery" | "return";
  readonly record: number;
  readonly payout: number;
  readonly claim: ClaimId;
  readonly period: number;
  readonly place: EventPlace;
  /** Paid; what came back is negative. */
  readonly amount: bigint;
}

/** Records of one read. */
const recordsAtOnce = 500;

const columns = [
  "block",
  "time",
  "transaction",
  "kind",
  "claim",
  "payout",
  "recovery",
  "period",
  "amount",
  "balance",
  "currency",
] as const;

const before = (one: EventPlace, other: EventPlace): number =>
  one.blockNumber - other.blockNumber || one.logIndex - other.logIndex;

async function* payouts(readAt: ReadAt, programme: ProgrammeId, toBlock: number): AsyncGenerator<Movement> {
  const pages = pagesOf(readAt, {
    limit: recordsAtOnce,
    rowsAfter: (database, after) =>
      database
        .selectFrom("payouts")
        .selectAll()
        .where("programme", "=", programme)
        .where("payout", ">", after)
        .where("block_number", "<=", toBlock)
        .orderBy("payout")
        .limit(recordsAtOnce)
        .execute(),
    numberOf: ({ payout }) => payout,
  });
  for await (const rows of pages) {
    for (const { payout, claim, period, place, amount } of rows.map(payoutOf)) {
      yield { kind: "payout", record: payout, payout, claim, period, place, amount };
    }
  }
}

async function* recoveries(
  readAt: ReadAt,
  programme: ProgrammeId,
  toBlock: number,
): AsyncGenerator<Movement> {
  const pages = pagesOf(readAt, {
    limit: recordsAtOnce,
    rowsAfter: (database, after) =>
      database
        .selectFrom("recoveries")
        .selectAll()
        .where("programme", "=", programme)
        .where("recovery", ">", after)
        .where("block_number", "<=", toBlock)
        .orderBy("recovery")
        .limit(recordsAtOnce)
        .execute(),
    numberOf: ({ recovery }) => recovery,
  });
  for await (const rows of pages) {
    for (const { recovery, payout, claim, period, place, amount, returned } of rows.map(recoveryOf)) {
      const kind = returned ? "return" : "recovery";
      yield { kind, record: recovery, payout, claim, period, place, amount: 0n - amount };
    }
  }
}

/** Both, merged in the order of the chain, each with the balance behind it. */
async function* movements(
  readAt: ReadAt,
  programme: ProgrammeId,
  toBlock: number,
): AsyncGenerator<Movement & { readonly balance: bigint }> {
  const [paid, returned] = [payouts(readAt, programme, toBlock), recoveries(readAt, programme, toBlock)];
  let [one, other] = [await paid.next(), await returned.next()];
  let balance = 0n;
  while (one.done !== true || other.done !== true) {
    const isPayout =
      other.done === true || (one.done !== true && before(one.value.place, other.value.place) < 0);
    const { value } = isPayout ? one : other;
    if (value === undefined) return;
    balance += value.amount;
    yield { ...value, balance };
    if (isPayout) one = await paid.next();
    else other = await returned.next();
  }
}

const cellsOf = (
  { kind, record, payout, claim, period, place, amount, balance }: Movement & { readonly balance: bigint },
  currency: string,
): Cells<(typeof columns)[number]> => ({
  block: place.blockNumber,
  time: formatInstant(place.blockTime),
  transaction: place.transactionHash,
  kind,
  claim: encodeCode({ kind: "claim", claim }),
  payout,
  ...(kind === "payout" ? {} : { recovery: record }),
  period,
  amount: decimal(amount),
  balance: decimal(balance),
  currency,
});

export const payoutsTable = async (
  readAt: ReadAt,
  { fromBlock, to }: BlockRange,
  { programme, code, currency }: ExportedProgramme,
): Promise<Table<(typeof columns)[number]>> => {
  let [opening, closing] = [0n, 0n];
  for await (const { place, balance } of movements(readAt, programme, to.number)) {
    if (place.blockNumber < fromBlock) opening = balance;
    closing = balance;
  }
  return {
    facts: {
      kind: "payouts",
      subject: code,
      currency,
      opening: decimal(opening),
      closing: decimal(closing),
    },
    columns,
    rows: async function* () {
      let rows: Cells<(typeof columns)[number]>[] = [];
      for await (const movement of movements(readAt, programme, to.number)) {
        if (movement.place.blockNumber < fromBlock) continue;
        rows.push(cellsOf(movement, currency));
        if (rows.length < recordsAtOnce) continue;
        yield rows;
        rows = [];
      }
      yield rows;
    },
  };
};
