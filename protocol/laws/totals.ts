/** Laws L1, L2 and L3: what totals must add up to. O(records). */
import type { CloseRecord, UnixSeconds } from "../ledger/events.ts";
import { rolledTo } from "../ledger/periods.ts";
import type { LedgerState } from "../ledger/records.ts";
import { claimsShare } from "../lines/share.ts";
import type { LawCheck } from "../ports/views.ts";
import { Examination } from "./check.ts";

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
    law.equal(() => `${name}, claims reserve in`, totals.reserveIn, claims);
    law.equal(() => `${name}, operations in`, totals.operationsIn, operations);
  }
  return law.result();
};

const closingOf = (record: CloseRecord): bigint =>
  record.opening + record.allocated + record.movedIn - record.movedOut + record.recovered - record.paid;

/**
 * L3, per period as if rolled to `time`: opening + allocated + moved in − moved out + recovered − paid = closing =
 * the next opening; operations in = spent + available; what is promised is what the claims say.
 */
export const lawOfPeriods = (state: LedgerState, time: UnixSeconds): LawCheck => {
  const law = new Examination("L3");
  for (const programme of state.programmes) {
    const { totals } = programme;
    let opening = 0n;
    let [operationsIn, expenses] = [0n, 0n];
    const current = rolledTo(programme, time);
    for (const { period, record, state: periodState } of current.periods) {
      if (period > current.currentPeriod) break;
      const name = (): string => `programme ${programme.programme}, period ${period}`;
      law.equal(() => `${name()}, opening`, opening, record.opening);
      law.equal(() => `${name()}, closing`, closingOf(record), record.closing);
      opening = record.closing;
      operationsIn += record.operationsIn;
      expenses += record.expenses;
      law.figure(`${name()} (${periodState}): opening ${record.opening}, closing ${record.closing}`);
    }
    if (current.periods.length === 0) continue;
    const name = `programme ${programme.programme}`;
    law.equal(() => `${name}, last closing`, totals.reserveIn - totals.reserveSpent, opening);
    law.equal(() => `${name}, operations in of all periods`, totals.operationsIn, operationsIn);
    law.equal(() => `${name}, expenses of all periods`, totals.expenses, expenses);
  }
  return law.result();
};
