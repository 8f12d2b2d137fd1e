/** Law L5: no position of any line is spent twice or skipped. O(records). */
import type { LedgerState } from "../ledger/records.ts";
import type { LawCheck } from "../ports/views.ts";
import { Examination } from "./check.ts";

type Piece = readonly [start: bigint, amount: bigint];

const walk = <Item>(
  law: Examination,
  name: string,
  end: bigint,
  items: readonly Item[],
  pieceOf: (item: Item) => Piece,
): void => {
  let at = 0n;
  for (const [index, item] of items.entries()) {
    const [start, amount] = pieceOf(item);
    const expected = at;
    law.equal(() => `${name}, start of record ${index + 1}`, expected, start);
    at = start + amount;
  }
  law.equal(() => `${name}, end`, end, at);
};

/** L5: the records of every line follow each other without gap or overlap, up to the line's end. */
export const lawOfLines = (state: LedgerState): LawCheck => {
  const law = new Examination("L5");
  for (const { fund, donated, allocated, batches, allocations } of state.funds) {
    walk(law, `fund ${fund}, batches`, donated, batches, (batch) => [batch.startsAt, batch.sum]);
    walk(law, `fund ${fund}, allocations`, allocated, allocations, ({ fundStart, amount }) => [
      fundStart,
      amount,
    ]);
  }
  for (const { programme, totals, allocations, payouts, expenses } of state.programmes) {
    const name = `programme ${programme}`;
    walk(law, `${name}, reserve inflows`, totals.reserveIn, allocations, (allocation) => [
      allocation.reserveStart,
      allocation.claimsAmount,
    ]);
    walk(law, `${name}, operations inflows`, totals.operationsIn, allocations, (allocation) => [
      allocation.operationsStart,
      allocation.amount - allocation.claimsAmount,
    ]);
    walk(law, `${name}, payouts`, totals.reserveSpent, payouts, ({ reserveStart, amount }) => [
      reserveStart,
      amount,
    ]);
    walk(law, `${name}, expenses`, totals.expenses, expenses, ({ operationsStart, amount }) => [
      operationsStart,
      amount,
    ]);
    law.holds(() => `${name}: more paid than was in reserve`, totals.reserveSpent <= totals.reserveIn);
  }
  law.figure(`${state.funds.length * 2 + state.programmes.length * 4} lists of records`);
  return law.result();
};
