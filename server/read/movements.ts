/**
 * What moves the insurers' balances of a policy period, page by page. A page begins where its two counters stand, so
 * that no earlier movement is read.
 */
import { position } from "../../protocol/amounts.ts";
import type { Position } from "../../protocol/amounts.ts";
import { periodNumber } from "../../protocol/ids.ts";
import type { PeriodNumber, ProgrammeId } from "../../protocol/ids.ts";
import { countersAfter, noCounters } from "../../protocol/insurers/movements.ts";
import type { CashPeriodSpan, Counters, Movement } from "../../protocol/insurers/movements.ts";
import type { EventPlace } from "../../protocol/ledger/events.ts";
import type { PayoutRecord, RecoveryRecord } from "../../protocol/ledger/records.ts";
import { InvalidCursor } from "../../protocol/ports/read.ts";
import type { PageRequest } from "../../protocol/ports/read.ts";
import { payoutOf, recoveryOf } from "../index/codecs/lines.ts";
import { amountText, placeOf, positionOf } from "../index/columns.ts";
import { decodeCursor, encodeCursor } from "./cursors.ts";
import { checkPageLimit } from "./pages.ts";
import type { Reading } from "./reading.ts";

const list = "statement";

/** A policy period of a programme. */
export interface Policy {
  readonly programme: ProgrammeId;
  readonly period: PeriodNumber;
}

export interface MovementPage {
  readonly before: Counters;
  readonly movements: readonly Movement[];
  readonly next?: string;
}

const byPlace = (one: EventPlace, other: EventPlace): number =>
  one.blockNumber - other.blockNumber || one.logIndex - other.logIndex;

const movedBy = ({ payout, claim, period, amount, policyStart, place }: PayoutRecord | RecoveryRecord) => ({
  payout,
  claim,
  cashPeriod: period,
  amount,
  before: policyStart,
  at: place,
});

/** At most `count` movements behind the counters, in the order of recording. */
const readBehind = async (
  { database }: Reading,
  { programme, period }: Policy,
  { paid, recovered }: Counters,
  count: number,
): Promise<readonly Movement[]> => {
  const payouts = await database
    .selectFrom("payouts")
    .selectAll()
    .where("programme", "=", programme)
    .where("policy_period", "=", period)
    .where("policy_end", ">", amountText(paid))
    .orderBy("policy_end")
    .limit(count)
    .execute();
  const recoveries = await database
    .selectFrom("recoveries")
    .selectAll()
    .where("programme", "=", programme)
    .where("policy_period", "=", period)
    .where("policy_end", ">", amountText(recovered))
    .orderBy("policy_end")
    .limit(count)
    .execute();
  const movements: readonly Movement[] = [
    ...payouts.map(payoutOf).map((record) => ({ kind: "payout", ...movedBy(record) }) as const),
    ...recoveries
      .map(recoveryOf)
      .map((record) => ({ kind: "recovery", recovery: record.recovery, ...movedBy(record) }) as const),
  ];
  return movements.toSorted((one, other) => byPlace(one.at, other.at)).slice(0, count);
};

/** Where the movement stands that brought a counter to where it is; undefined for one that is 0. */
const reachedBy = async (
  { database }: Reading,
  table: "payouts" | "recoveries",
  { programme, period }: Policy,
  counter: Position,
  cursor: string,
): Promise<EventPlace | undefined> => {
  if (counter === 0n) return undefined;
  const row = await database
    .selectFrom(table)
    .select(["block_number", "log_index", "block_time", "transaction_hash"])
    .where("programme", "=", programme)
    .where("policy_period", "=", period)
    .where("policy_end", "=", amountText(counter))
    .executeTakeFirst();
  if (row === undefined) throw new InvalidCursor(cursor);
  return placeOf(row);
};

const countersIn = (cursor: string): Counters => {
  const { inner = "" } = decodeCursor(list, cursor);
  const [, paid, recovered] = /^(0|[1-9][0-9]{0,27}) (0|[1-9][0-9]{0,27})$/.exec(inner) ?? [];
  if (paid === undefined || recovered === undefined) throw new InvalidCursor(cursor);
  return { paid: position(BigInt(paid)), recovered: position(BigInt(recovered)) };
};

/** A cursor's counters stand where they stood together once: no movement behind them is older than one before them. */
const expectTogether = async (
  reading: Reading,
  policy: Policy,
  { paid, recovered }: Counters,
  first: Movement | undefined,
  cursor: string,
): Promise<void> => {
  const reached = [
    await reachedBy(reading, "payouts", policy, paid, cursor),
    await reachedBy(reading, "recoveries", policy, recovered, cursor),
  ];
  for (const place of reached) {
    if (place !== undefined && first !== undefined && byPlace(place, first.at) > 0) {
      throw new InvalidCursor(cursor);
    }
  }
};

/** Throws InvalidPageLimit and InvalidCursor. */
export const readMovements = async (
  reading: Reading,
  policy: Policy,
  { limit, cursor }: PageRequest,
): Promise<MovementPage> => {
  checkPageLimit(limit);
  const before = cursor === undefined ? noCounters : countersIn(cursor);
  const found = await readBehind(reading, policy, before, limit + 1);
  if (cursor !== undefined) await expectTogether(reading, policy, before, found[0], cursor);
  const movements = found.slice(0, limit);
  if (found.length <= limit) return { before, movements };
  const { paid, recovered } = movements.reduce(countersAfter, before);
  return { before, movements, next: encodeCursor(list, { at: 0, inner: `${paid} ${recovered}` }) };
};

type Span = readonly [from: Position, to: Position];

const spansIn = async (
  { database }: Reading,
  table: "payouts" | "recoveries",
  { programme, period }: Policy,
): Promise<ReadonlyMap<number, Span>> => {
  const rows = await database
    .selectFrom(table)
    .select(({ fn }) => ["period", fn.min("policy_start").as("from"), fn.max("policy_end").as("to")])
    .where("programme", "=", programme)
    .where("policy_period", "=", period)
    .groupBy("period")
    .execute();
  return new Map(rows.map(({ period: cash, from, to }) => [cash, [positionOf(from), positionOf(to)]]));
};

/** What each cash period moved of the policy period's counters, from the records themselves, in order. */
export const readCashPeriods = async (
  reading: Reading,
  policy: Policy,
): Promise<readonly CashPeriodSpan[]> => {
  const paid = await spansIn(reading, "payouts", policy);
  const recovered = await spansIn(reading, "recoveries", policy);
  const periods = [...new Set([...paid.keys(), ...recovered.keys()])].toSorted((one, other) => one - other);
  let before = noCounters;
  return periods.map((period) => {
    const after = {
      paid: paid.get(period)?.[1] ?? before.paid,
      recovered: recovered.get(period)?.[1] ?? before.recovered,
    };
    const start = {
      paid: paid.get(period)?.[0] ?? before.paid,
      recovered: recovered.get(period)?.[0] ?? before.recovered,
    };
    before = after;
    return { cashPeriod: periodNumber(period), before: start, after };
  });
};
