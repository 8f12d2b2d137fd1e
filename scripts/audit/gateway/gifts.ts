/** What donations, their traces and the sources of claims must say. */
import { slicesOfGift, sourcesOfClaim, sourcesOfPayout, type Gift } from "../../../protocol/audit/traces.ts";
import { leafStarts } from "../../../protocol/donations/leaves.ts";
import { booksOf } from "../../../protocol/ledger/books.ts";
import type {
  BatchRecord,
  ClaimRecord,
  LedgerState,
  PayoutRecord,
} from "../../../protocol/ledger/records.ts";
import { claimsBetween } from "../../../protocol/lines/share.ts";
import { donationsOfSource } from "../../../protocol/trace/donors.ts";
import { partitionOf } from "../../../protocol/trace/partition.ts";
import { runSync } from "../../../protocol/trace/run.ts";
import type { Slice, Source } from "../../../protocol/trace/types.ts";
import { expectedBatch, expectedRefund } from "./flows.ts";
import type { Expected } from "./told.ts";
import { claimCode, donationCode, fundCode, money, moneys, place, programmeCode, via } from "./wire.ts";
import { fundNamedBy, programmeNamedBy, type AuditedBooks } from "./words.ts";

const fundOf = (state: LedgerState, { batch }: Gift) => {
  const fund = state.funds[batch.fund - 1];
  return { currency: fund?.currency ?? "", bps: fund?.claimsShareBps ?? 0 };
};

export const expectedDonation = (books: AuditedBooks, gift: Gift): Expected => {
  const { state } = books;
  const { batch, index, leaf, interval } = gift;
  const { currency, bps } = fundOf(state, gift);
  const refunds = (state.refundsOfBatch.get(batch.batch) ?? []).filter((refund) => refund.index === index);
  return {
    code: gift.code,
    amount: money(leaf.amount, currency),
    ...fundNamedBy(books, batch.fund, "fundName"),
    claimsShareBps: bps,
    claimsShare: money(claimsBetween(interval.start, interval.end, bps), currency),
    commitment: leaf.commitment,
    index,
    start: interval.start.toString(),
    end: interval.end.toString(),
    batch: expectedBatch(state, batch),
    refunds: refunds.map((refund) => expectedRefund(state, refund)),
  };
};

/** When a slice came to where it is, and the whole payment that it is part of. */
const settlementOf = ({ payouts, expenses }: LedgerState, slice: Slice) => {
  if (slice.place === "operatingSpent") {
    const expense = expenses[slice.expense - 1];
    return { settledAt: expense === undefined ? undefined : place(expense.place), claimAmountFen: undefined };
  }
  const payout = slice.place === "paid" ? payouts[slice.payout - 1] : undefined;
  if (payout === undefined) return { settledAt: undefined, claimAmountFen: undefined };
  return { settledAt: place(payout.place), claimAmountFen: payout.amount.toString() };
};

const sliceOf = (books: AuditedBooks, slice: Slice): Expected => {
  const { state } = books;
  const common = { place: slice.place, amountFen: slice.amount.toString(), ...settlementOf(state, slice) };
  if (slice.place === "unallocated")
    return {
      ...common,
      lineStart: slice.fundStart.toString(),
      allocation: undefined,
      allocatedAt: undefined,
    };
  const lineStart = "reserveStart" in slice ? slice.reserveStart : slice.operationsStart;
  const allocation = state.allocations[slice.allocation - 1];
  return {
    ...common,
    lineStart: lineStart.toString(),
    allocation: slice.allocation,
    allocatedAt: allocation === undefined ? undefined : place(allocation.place),
    programme: programmeCode(slice.programme),
    ...programmeNamedBy(books, slice.programme, "programmeName"),
    claim: "claim" in slice ? claimCode(slice.claim) : undefined,
    payout: "payout" in slice ? slice.payout : undefined,
    expense: "expense" in slice ? slice.expense : undefined,
    hops: slice.hops,
    via: via(state, slice.via),
  };
};

export const expectedPartition = (state: LedgerState, gift: Gift): Expected => {
  const partition = runSync(partitionOf(gift.batch.fund, gift.interval), booksOf(state));
  return moneys({ ...partition }, fundOf(state, gift).currency);
};

export const expectedSlices = (books: AuditedBooks, gift: Gift): readonly Expected[] =>
  slicesOfGift(books.state, gift).map((slice) => sliceOf(books, slice));

const starts = new WeakMap<BatchRecord, BigUint64Array>();

/** Counted once for a batch: many sources of many claims lie in it. */
const startsOf = (batch: BatchRecord): BigUint64Array => {
  const known = starts.get(batch) ?? leafStarts(batch.leaves);
  starts.set(batch, known);
  return known;
};

const sourceOf = (books: AuditedBooks, source: Source): Expected => {
  const { state } = books;
  const [batch, fund] = [state.batches[source.batch - 1], state.funds[source.fund - 1]];
  const common = {
    fund: fundCode(source.fund),
    ...fundNamedBy(books, source.fund, "fundName"),
    allocation: source.allocation,
    fundStart: source.fundStart.toString(),
    fundEnd: source.fundEnd.toString(),
    amountFen: source.amount.toString(),
    hops: source.hops,
    via: via(state, source.via),
  };
  if (batch === undefined || fund === undefined) return common;
  const gifts = donationsOfSource(source, batch.startsAt, startsOf(batch), fund.claimsShareBps);
  const [firstIndex, lastIndex] = [gifts[0]?.index ?? 0, gifts.at(-1)?.index ?? 0];
  return {
    ...common,
    batch: expectedBatch(state, batch),
    firstIndex,
    lastIndex,
    firstDonation: donationCode(batch.batch, firstIndex),
    donations: gifts.length,
  };
};

export interface ExpectedSources {
  readonly totalFen: string;
  readonly sources: readonly Expected[];
}

/** All that stands in a claim now. */
export const expectedSources = (books: AuditedBooks, claim: ClaimRecord): ExpectedSources => {
  const last = claim.payouts.at(-1);
  const total = last === undefined ? 0n : last.amount - last.recovered;
  const sources = sourcesOfClaim(books.state, claim);
  return { totalFen: total.toString(), sources: sources.map((source) => sourceOf(books, source)) };
};

/** All that one payment took, whatever came back since. */
export const expectedPayoutSources = (books: AuditedBooks, payout: PayoutRecord): ExpectedSources => ({
  totalFen: payout.amount.toString(),
  sources: sourcesOfPayout(books.state, payout).map((source) => sourceOf(books, source)),
});
