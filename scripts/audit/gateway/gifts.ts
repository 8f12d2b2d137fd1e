/** What donations, their traces and the sources of claims must say. */
import { slicesOfGift, sourcesOfClaim, type Gift } from "../../../protocol/audit/traces.ts";
import { booksOf } from "../../../protocol/ledger/books.ts";
import type { ClaimRecord, LedgerState } from "../../../protocol/ledger/records.ts";
import { claimsBetween } from "../../../protocol/lines/share.ts";
import { partitionOf } from "../../../protocol/trace/partition.ts";
import { runSync } from "../../../protocol/trace/run.ts";
import type { Slice } from "../../../protocol/trace/types.ts";
import { expectedBatch, expectedRefund } from "./flows.ts";
import type { Expected } from "./told.ts";
import { batchCode, claimCode, fundCode, money, moneys, programmeCode, via } from "./wire.ts";

const fundOf = (state: LedgerState, { batch }: Gift) => {
  const fund = state.funds[batch.fund - 1];
  return { currency: fund?.currency ?? "", bps: fund?.claimsShareBps ?? 0 };
};

export const expectedDonation = (state: LedgerState, gift: Gift): Expected => {
  const { batch, index, leaf, interval } = gift;
  const { currency, bps } = fundOf(state, gift);
  const refunds = (state.refundsOfBatch.get(batch.batch) ?? []).filter((refund) => refund.index === index);
  return {
    code: gift.code,
    amount: money(leaf.amount, currency),
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

const sliceOf = (slice: Slice): Expected => {
  const { place, amount } = slice;
  const common = { place, amountFen: amount.toString() };
  if (slice.place === "unallocated")
    return { ...common, lineStart: slice.fundStart.toString(), allocation: undefined };
  const lineStart = "reserveStart" in slice ? slice.reserveStart : slice.operationsStart;
  return {
    ...common,
    lineStart: lineStart.toString(),
    allocation: slice.allocation,
    programme: programmeCode(slice.programme),
    claim: "claim" in slice ? claimCode(slice.claim) : undefined,
    payout: "payout" in slice ? slice.payout : undefined,
    expense: "expense" in slice ? slice.expense : undefined,
    hops: slice.hops,
    via: via(slice.via),
  };
};

export const expectedPartition = (state: LedgerState, gift: Gift): Expected => {
  const partition = runSync(partitionOf(gift.batch.fund, gift.interval), booksOf(state));
  return moneys({ ...partition }, fundOf(state, gift).currency);
};

export const expectedSlices = (state: LedgerState, gift: Gift): readonly Expected[] =>
  slicesOfGift(state, gift).map(sliceOf);

export const expectedSources = (state: LedgerState, claim: ClaimRecord): readonly Expected[] =>
  sourcesOfClaim(state, claim).map((source) => ({
    fund: fundCode(source.fund),
    allocation: source.allocation,
    fundStart: source.fundStart.toString(),
    fundEnd: source.fundEnd.toString(),
    amountFen: source.amount.toString(),
    batch: { code: batchCode(source.batch) },
    hops: source.hops,
    via: via(source.via),
  }));
