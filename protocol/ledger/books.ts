/** The state of the books as a trace reads it: sorted lists, searched by halving. */
import type { Position } from "../amounts.ts";
import { overlapping } from "../lines/ordered.ts";
import type { Books, TracedHop } from "../trace/requests.ts";
import type { Interval } from "../trace/types.ts";
import type { LedgerState, MoveRecord, ProgrammeRecord, RecoveryRecord } from "./records.ts";

const recoveryHop = (record: RecoveryRecord): TracedHop => ({
  via: { kind: "recovery", recovery: record.recovery },
  amount: record.amount,
  from: record.programme,
  fromStart: record.sourceStart,
  to: record.programme,
  toStart: record.reserveStart,
});

const reserveMoveHop = (record: MoveRecord): TracedHop => ({
  via: { kind: "move", move: record.move },
  amount: record.reserveAmount,
  from: record.from,
  fromStart: record.reserveFrom,
  to: record.to,
  toStart: record.reserveTo,
});

const operationsMoveHop = (record: MoveRecord): TracedHop => ({
  via: { kind: "move", move: record.move },
  amount: record.operationsAmount,
  from: record.from,
  fromStart: record.operationsFrom,
  to: record.to,
  toStart: record.operationsTo,
});

/** The first `limit` of two lists that are each in the order of one line. */
const merged = (
  one: readonly TracedHop[],
  other: readonly TracedHop[],
  limit: number,
  startOf: (hop: TracedHop) => Position,
): readonly TracedHop[] =>
  [...one, ...other].toSorted((a, b) => (startOf(a) < startOf(b) ? -1 : 1)).slice(0, limit);

const arrivals = (programme: ProgrammeRecord, interval: Interval, limit: number): readonly TracedHop[] => {
  const recoveries = overlapping(programme.recoveries, interval, limit, ({ reserveStart, amount }) => [
    reserveStart,
    amount,
  ]);
  const moves = overlapping(programme.movesIn, interval, limit, ({ reserveTo, reserveAmount }) => [
    reserveTo,
    reserveAmount,
  ]);
  return merged(recoveries.map(recoveryHop), moves.map(reserveMoveHop), limit, ({ toStart }) => toStart);
};

const departures = (programme: ProgrammeRecord, interval: Interval, limit: number): readonly TracedHop[] => {
  const recoveries = overlapping(programme.recoveriesBySource, interval, limit, ({ sourceStart, amount }) => [
    sourceStart,
    amount,
  ]);
  const moves = overlapping(programme.movesOut, interval, limit, ({ reserveFrom, reserveAmount }) => [
    reserveFrom,
    reserveAmount,
  ]);
  return merged(recoveries.map(recoveryHop), moves.map(reserveMoveHop), limit, ({ fromStart }) => fromStart);
};

/** The lists of a programme's records that a trace reads. */
const linesIn = (programmeOf: (id: number) => ProgrammeRecord | undefined) =>
  ({
    allocationsOfReserve: (programme, interval, limit) =>
      overlapping(programmeOf(programme)?.allocations ?? [], interval, limit, (allocation) => [
        allocation.reserveStart,
        allocation.claimsAmount,
      ]),
    payoutsOfReserve: (programme, interval, limit) =>
      overlapping(programmeOf(programme)?.payouts ?? [], interval, limit, (payout) => [
        payout.reserveStart,
        payout.amount,
      ]),
    expensesOfOperations: (programme, interval, limit) =>
      overlapping(programmeOf(programme)?.expenses ?? [], interval, limit, (expense) => [
        expense.operationsStart,
        expense.amount,
      ]),
    arrivalsOfReserve: (programme, interval, limit) => {
      const record = programmeOf(programme);
      return record === undefined ? [] : arrivals(record, interval, limit);
    },
    departuresOfReserve: (programme, interval, limit) => {
      const record = programmeOf(programme);
      return record === undefined ? [] : departures(record, interval, limit);
    },
    arrivalsOfOperations: (programme, interval, limit) =>
      overlapping(programmeOf(programme)?.movesIn ?? [], interval, limit, (move) => [
        move.operationsTo,
        move.operationsAmount,
      ]).map(operationsMoveHop),
    departuresOfOperations: (programme, interval, limit) =>
      overlapping(programmeOf(programme)?.movesOut ?? [], interval, limit, (move) => [
        move.operationsFrom,
        move.operationsAmount,
      ]).map(operationsMoveHop),
  }) satisfies Partial<Books>;

/** What of the state a trace reads. */
export type TracedState = Pick<LedgerState, "funds" | "programmes">;

/** The books in memory. They read the live state: after another event the same object answers with it. */
export const booksOf = (state: TracedState): Books => ({
  fundLine: (fund) => state.funds[fund - 1],
  programmeLines: (programme) => {
    const record = state.programmes[programme - 1];
    return record === undefined ? undefined : { programme, ...record.totals };
  },
  allocationsOfFund: (fund, interval, limit) =>
    overlapping(state.funds[fund - 1]?.allocations ?? [], interval, limit, (allocation) => [
      allocation.fundStart,
      allocation.amount,
    ]),
  batchesOfFund: (fund, interval, limit) =>
    overlapping(state.funds[fund - 1]?.batches ?? [], interval, limit, (batch) => [
      batch.startsAt,
      batch.sum,
    ]),
  ...linesIn((id) => state.programmes[id - 1]),
});
