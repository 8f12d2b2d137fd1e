/** Law L5: no position of any line is spent twice or skipped. O(records). */
import type { LedgerState, PayoutRecord, ProgrammeRecord } from "../ledger/records.ts";
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

/** Several kinds of records that take turns on one line. */
const inTurn = (...lists: readonly (readonly Piece[])[]): readonly Piece[] =>
  lists
    .flat()
    .filter(([, amount]) => amount > 0n)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));

const walkReserve = (law: Examination, programme: ProgrammeRecord): void => {
  const { totals, allocations, recoveries, payouts, movesIn, movesOut } = programme;
  const name = `programme ${programme.programme}, reserve`;
  const inflows = inTurn(
    allocations.map(({ reserveStart, claimsAmount }) => [reserveStart, claimsAmount]),
    recoveries.map(({ reserveStart, amount }) => [reserveStart, amount]),
    movesIn.map(({ reserveTo, reserveAmount }) => [reserveTo, reserveAmount]),
  );
  const outflows = inTurn(
    payouts.map(({ reserveStart, amount }) => [reserveStart, amount]),
    movesOut.map(({ reserveFrom, reserveAmount }) => [reserveFrom, reserveAmount]),
  );
  walk(law, `${name} inflows`, totals.reserveIn, inflows, (piece) => piece);
  walk(law, `${name} outflows`, totals.reserveSpent, outflows, (piece) => piece);
  law.holds(() => `${name}: more spent than came in`, totals.reserveSpent <= totals.reserveIn);
};

const walkOperations = (law: Examination, programme: ProgrammeRecord): void => {
  const { totals, allocations, expenses, movesIn, movesOut } = programme;
  const name = `programme ${programme.programme}, operations`;
  const inflows = inTurn(
    allocations.map(({ operationsStart, amount, claimsAmount }) => [operationsStart, amount - claimsAmount]),
    movesIn.map(({ operationsTo, operationsAmount }) => [operationsTo, operationsAmount]),
  );
  const outflows = inTurn(
    expenses.map(({ operationsStart, amount }) => [operationsStart, amount]),
    movesOut.map(({ operationsFrom, operationsAmount }) => [operationsFrom, operationsAmount]),
  );
  walk(law, `${name} inflows`, totals.operationsIn, inflows, (piece) => piece);
  walk(law, `${name} outflows`, totals.operationsOut, outflows, (piece) => piece);
};

/** What came back of a payment is its front, part by part, and never more than the payment. */
const walkRecoveries = (law: Examination, payout: PayoutRecord): void => {
  const name = `payout ${payout.payout}`;
  const { reserveStart, amount, recovered, recoveries } = payout;
  walk(law, `${name}, recovered`, recovered, recoveries, (recovery) => [recovery.offset, recovery.amount]);
  law.holds(() => `${name}: ${recovered} came back of ${amount}`, recovered <= amount);
  for (const { recovery, offset, sourceStart } of recoveries)
    law.equal(() => `recovery ${recovery}, its source`, reserveStart + offset, sourceStart);
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
  for (const programme of state.programmes) {
    walkReserve(law, programme);
    walkOperations(law, programme);
  }
  for (const payout of state.payouts) walkRecoveries(law, payout);
  law.figure(`${state.funds.length * 2 + state.programmes.length * 4} lists of records`);
  return law.result();
};
