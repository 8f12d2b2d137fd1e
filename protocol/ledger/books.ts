/** The state of the books as a trace reads it: sorted lists, searched by halving. */
import type { Fen, Position } from "../amounts.ts";
import type { Books } from "../trace/requests.ts";
import type { Interval } from "../trace/types.ts";
import type { LedgerState } from "./records.ts";

/** The first `limit` records of a line that share a fen with `interval`. Records are contiguous, some are empty. */
const overlapping = <Item>(
  items: readonly Item[],
  interval: Interval,
  limit: number,
  intervalOf: (item: Item) => readonly [start: Position, amount: Fen],
): readonly Item[] => {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    const [start, amount] = item === undefined ? [interval.end, 0n] : intervalOf(item);
    if (start + amount <= interval.start) low = middle + 1;
    else high = middle;
  }
  const found: Item[] = [];
  for (let index = low; index < items.length && found.length < limit; index += 1) {
    const item = items[index];
    if (item === undefined) break;
    const [start, amount] = intervalOf(item);
    if (start >= interval.end) break;
    if (amount > 0n) found.push(item);
  }
  return found;
};

/** The books in memory. They read the live state: after another event the same object answers with it. */
export const booksOf = (state: LedgerState): Books => ({
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
  allocationsOfReserve: (programme, interval, limit) =>
    overlapping(state.programmes[programme - 1]?.allocations ?? [], interval, limit, (allocation) => [
      allocation.reserveStart,
      allocation.claimsAmount,
    ]),
  batchesOfFund: (fund, interval, limit) =>
    overlapping(state.funds[fund - 1]?.batches ?? [], interval, limit, (batch) => [
      batch.startsAt,
      batch.sum,
    ]),
  payoutsOfReserve: (programme, interval, limit) =>
    overlapping(state.programmes[programme - 1]?.payouts ?? [], interval, limit, (payout) => [
      payout.reserveStart,
      payout.amount,
    ]),
  expensesOfOperations: (programme, interval, limit) =>
    overlapping(state.programmes[programme - 1]?.expenses ?? [], interval, limit, (expense) => [
      expense.operationsStart,
      expense.amount,
    ]),
});
