/** Laws L1, L2 and L3: what totals must add up to. O(records). */
import type { CloseRecord, UnixSeconds } from "../ledger/events.ts";
import { rolledTo } from "../ledger/periods.ts";
import type { LedgerState, ProgrammeRecord } from "../ledger/records.ts";
import { closeRecordOf, noTotals, programmePartition } from "../ledger/totals.ts";
import { claimsShare } from "../lines/share.ts";
import type { LawCheck } from "../ports/views.ts";
import { Examination } from "./check.ts";
import { checkPolicyPeriods } from "./insurers.ts";

const sumOf = <Item>(items: readonly Item[], amountOf: (item: Item) => bigint): bigint =>
  items.reduce((sum, item) => sum + amountOf(item), 0n);

/** L1: donated = allocated + unallocated, per fund, and both are what their records add up to. */
export const lawOfFunds = (state: LedgerState): LawCheck => {
  const law = new Examination("L1");
  for (const fund of state.funds) {
    const unallocated = fund.donated - fund.allocated;
    const batches = sumOf(fund.batches, (batch) => batch.sum);
    const allocations = sumOf(fund.allocations, (allocation) => allocation.amount);
    law.equal(() => `fund ${fund.fund}, sum of its batches`, fund.donated, batches);
    law.equal(() => `fund ${fund.fund}, sum of its allocations`, fund.allocated, allocations);
    law.holds(() => `fund ${fund.fund}: ${-unallocated} allocated that was never donated`, unallocated >= 0n);
    law.figure(
      `fund ${fund.fund}: donated ${fund.donated} = allocated ${fund.allocated} + unallocated ${unallocated}`,
    );
  }
  return law.result();
};

/** L2: claims share + operating share = allocated, and the claims share is the promise to within 1 fen. */
export const lawOfShares = (state: LedgerState): LawCheck => {
  const law = new Examination("L2");
  for (const fund of state.funds) {
    let [end, claims] = [0n, 0n];
    for (const allocation of fund.allocations) {
      end += allocation.amount;
      claims += allocation.claimsAmount;
      const short = end * BigInt(fund.claimsShareBps) - claims * 10_000n;
      const name = (): string => `fund ${fund.fund} after allocation ${allocation.allocation}`;
      law.holds(
        () => `${name()}: claims ${claims} of ${end} is not the promise`,
        short >= 0n && short < 10_000n,
      );
      const operations = allocation.amount - allocation.claimsAmount;
      law.holds(() => `${name()}: an operating share of ${operations}`, operations >= 0n);
    }
    law.equal(
      () => `fund ${fund.fund}, claims share`,
      claimsShare(fund.allocated, fund.claimsShareBps),
      claims,
    );
    law.figure(
      `fund ${fund.fund} at ${fund.claimsShareBps} basis points: allocated ${end} = claims ${claims} + operations ${end - claims}`,
    );
  }
  for (const programme of state.programmes) {
    const { allocations, totals } = programme;
    const name = `programme ${programme.programme}`;
    const claims = sumOf(allocations, (allocation) => allocation.claimsAmount);
    const operations = sumOf(allocations, (allocation) => allocation.amount - allocation.claimsAmount);
    const fresh = totals.reserveIn - totals.movedIn - totals.recovered;
    law.equal(() => `${name}, claims reserve allocated`, fresh, claims);
    const freshOperations = totals.operationsIn - totals.operationsMovedIn;
    law.equal(() => `${name}, operations allocated`, freshOperations, operations);
  }
  return law.result();
};

const closingOf = (record: CloseRecord): bigint =>
  record.opening + record.allocated + record.movedIn - record.movedOut + record.recovered - record.paid;

/** What a programme's totals hold in all must be what its records add up to. */
const checkRecords = (law: Examination, programme: ProgrammeRecord): void => {
  const { totals, payouts, recoveries, expenses, movesIn, movesOut } = programme;
  const name = `programme ${programme.programme}`;
  const spent = sumOf(expenses, ({ amount }) => amount);
  const sums: readonly (readonly [what: string, expected: bigint, actual: bigint])[] = [
    ["paid", sumOf(payouts, ({ amount }) => amount), totals.reserveSpent - totals.movedOut],
    ["recovered", sumOf(recoveries, ({ amount }) => amount), totals.recovered],
    ["moved in", sumOf(movesIn, ({ reserveAmount }) => reserveAmount), totals.movedIn],
    ["moved out", sumOf(movesOut, ({ reserveAmount }) => reserveAmount), totals.movedOut],
    ["expenses", spent, totals.operationsOut - totals.operationsMovedOut],
    [
      "operations moved in",
      sumOf(movesIn, ({ operationsAmount }) => operationsAmount),
      totals.operationsMovedIn,
    ],
    [
      "operations moved out",
      sumOf(movesOut, ({ operationsAmount }) => operationsAmount),
      totals.operationsMovedOut,
    ],
  ];
  for (const [what, expected, actual] of sums) law.equal(() => `${name}, ${what}`, expected, actual);
  const { allocated, movedIn, movedOut, ...places } = programmePartition(totals);
  const here = places.paid + places.inReserve + places.operatingSpent + places.operatingUnspent;
  law.equal(() => `${name}, where its money is`, allocated + movedIn - movedOut, here);
};

/** The figures of the operations line over all periods. */
const operationsFields = ["operationsIn", "operationsMovedIn", "operationsMovedOut", "expenses"] as const;

const checkPeriods = (law: Examination, programme: ProgrammeRecord, time: UnixSeconds): void => {
  const { totals } = programme;
  let opening = 0n;
  const operations = { operationsIn: 0n, operationsMovedIn: 0n, operationsMovedOut: 0n, expenses: 0n };
  const current = rolledTo(programme, time);
  for (const { period, record, state } of current.periods) {
    if (period > current.currentPeriod) break;
    const name = (): string => `programme ${programme.programme}, period ${period}`;
    const expected = opening;
    law.equal(() => `${name()}, opening`, expected, record.opening);
    law.equal(() => `${name()}, closing`, closingOf(record), record.closing);
    opening = record.closing;
    for (const field of operationsFields) operations[field] += record[field];
    law.figure(`${name()} (${state}): opening ${record.opening}, closing ${record.closing}`);
  }
  if (current.periods.length === 0) return;
  const name = `programme ${programme.programme}`;
  law.equal(() => `${name}, last closing`, totals.reserveIn - totals.reserveSpent, opening);
  const all = closeRecordOf(noTotals, totals);
  for (const field of operationsFields)
    law.equal(() => `${name}, ${field} of all periods`, all[field], operations[field]);
};

/**
 * L3, per period as if rolled to `time`: opening + allocated + moved in − moved out + recovered − paid = closing =
 * the next opening; operations in = spent + available; what one programme moved out another moved in; the totals are
 * those of the records, and insurers share every fen of what their policy period paid.
 */
export const lawOfPeriods = (state: LedgerState, time: UnixSeconds): LawCheck => {
  const law = new Examination("L3");
  for (const programme of state.programmes) {
    checkPeriods(law, programme, time);
    checkRecords(law, programme);
    checkPolicyPeriods(law, state, programme);
  }
  const [reserve, operations] = [
    sumOf(state.programmes, ({ totals }) => totals.movedIn - totals.movedOut),
    sumOf(state.programmes, ({ totals }) => totals.operationsMovedIn - totals.operationsMovedOut),
  ];
  law.equal(() => "reserve money moved in beyond what was moved out", 0n, reserve);
  law.equal(() => "operations money moved in beyond what was moved out", 0n, operations);
  return law.result();
};
