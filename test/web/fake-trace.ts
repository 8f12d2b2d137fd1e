/** Traces over invented books, found by walking every record: slow, and nothing to get wrong. */
import { encodeCode } from "../../protocol/codes/code.ts";
import { addFen, fen, position } from "../../protocol/amounts.ts";
import { batchId, claimId, expenseId, payoutId } from "../../protocol/ids.ts";
import type { FundId, ProgrammeId } from "../../protocol/ids.ts";
import type { BatchView, TracedSlice, TracedSource } from "../../protocol/ports/views.ts";
import { places, type Partition, type Slice } from "../../protocol/trace/types.ts";
import {
  hexOf,
  type FakeAllocation,
  type FakeBatch,
  type FakeClaim,
  type InventedBooks,
} from "./invented-books.ts";

export const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
export const most = (a: bigint, b: bigint): bigint => (a > b ? a : b);
export const sum = (amounts: readonly bigint[]): bigint =>
  amounts.reduce((total, amount) => total + amount, 0n);

export const fakeTrace = (books: InventedBooks) => {
  const batchView = (batch: FakeBatch): BatchView => ({
    batch: batchId(batch.batch),
    fund: batch.fund,
    channel: batch.channel,
    day: batch.day,
    startsAt: position(batch.startsAt),
    count: batch.gifts.length,
    sum: fen(sum(batch.gifts)),
    root: hexOf(9000 + batch.batch),
    recordedAt: batch.at,
  });

  const programmeName = (id: ProgrammeId): { zh: string; en: string } =>
    books.programmes.find((one) => one.programme === id)?.name ?? { zh: "?", en: "?" };
  const fundOf = (id: FundId) => books.funds.find((one) => one.fund === id);

  const cut = (
    start: bigint,
    end: bigint,
    records: readonly { readonly start: bigint; readonly end: bigint }[],
  ): readonly { start: bigint; end: bigint; record: number | undefined }[] => {
    const pieces: { start: bigint; end: bigint; record: number | undefined }[] = [];
    let from = start;
    records.forEach((record, at) => {
      const low = most(from, record.start);
      const high = least(end, record.end);
      if (low < high) {
        pieces.push({ start: low, end: high, record: at });
        from = high;
      }
    });
    if (from < end) pieces.push({ start: from, end, record: undefined });
    return pieces;
  };

  const paidOf = (programme: ProgrammeId): readonly FakeClaim[] =>
    books.claims
      .filter((claim) => claim.programme === programme && claim.paid !== undefined)
      .sort((a, b) => Number((a.paid?.reserveStart ?? 0n) - (b.paid?.reserveStart ?? 0n)));

  const claimsSlices = (allocation: FakeAllocation, start: bigint, end: bigint): readonly TracedSlice[] => {
    const { programme, allocation: id } = allocation;
    const part = books.reservePart(allocation, start, end);
    const paid = paidOf(programme);
    const runs = paid.map((claim) => {
      const from = claim.paid?.reserveStart ?? 0n;
      return { start: from, end: from + (claim.approved?.amount ?? 0n) };
    });
    return cut(part.start, part.end, runs).map(({ start, end, record }): TracedSlice => {
      const amount = fen(end - start);
      const common = { programmeName: programmeName(programme), allocatedAt: allocation.at };
      const claim = record === undefined ? undefined : paid[record];
      const base = { amount, allocation: id, programme, reserveStart: position(start) };
      if (claim?.paid === undefined) return { slice: { place: "inReserve", ...base }, ...common };
      return {
        slice: { place: "paid", ...base, claim: claimId(claim.claim), payout: payoutId(claim.paid.payout) },
        ...common,
        claimCode: encodeCode({ kind: "claim", claim: claimId(claim.claim) }),
        claimAmount: fen(claim.approved?.amount ?? 0n),
        settledAt: claim.paid.at,
      };
    });
  };

  const operationsSlices = (
    allocation: FakeAllocation,
    start: bigint,
    end: bigint,
  ): readonly TracedSlice[] => {
    const { programme, allocation: id } = allocation;
    const part = books.operationsPart(allocation, start, end);
    const expenses = books.expenses.filter((expense) => expense.programme === programme);
    const runs = expenses.map((expense) => ({ start: expense.start, end: expense.start + expense.amount }));
    return cut(part.start, part.end, runs).map(({ start, end, record }): TracedSlice => {
      const base = { amount: fen(end - start), allocation: id, programme, operationsStart: position(start) };
      const expense = record === undefined ? undefined : expenses[record];
      const slice: Slice =
        expense === undefined
          ? { place: "operatingUnspent", ...base }
          : { place: "operatingSpent", ...base, expense: expenseId(expense.expense) };
      return { slice, programmeName: programmeName(programme), allocatedAt: allocation.at };
    });
  };

  const traceInterval = (fund: FundId, start: bigint, end: bigint): readonly TracedSlice[] => {
    const slices: TracedSlice[] = [];
    let from = start;
    for (const allocation of books.allocations.filter((one) => one.fund === fund)) {
      const low = most(from, allocation.fundStart);
      const high = least(end, allocation.fundStart + allocation.amount);
      if (low >= high) continue;
      slices.push(...claimsSlices(allocation, low, high), ...operationsSlices(allocation, low, high));
      from = high;
    }
    if (from < end) {
      slices.push({ slice: { place: "unallocated", amount: fen(end - from), fundStart: position(from) } });
    }
    return slices;
  };

  const partitionOf = (slices: readonly TracedSlice[]): Partition => {
    const total = (place: Slice["place"]) =>
      addFen(...slices.filter(({ slice }) => slice.place === place).map(({ slice }) => slice.amount));
    const parts = Object.fromEntries(places.map((place) => [place, total(place)])) as Record<
      Slice["place"],
      ReturnType<typeof total>
    >;
    return { total: addFen(...Object.values(parts)), ...parts };
  };

  const sourcesOf = (claim: FakeClaim): readonly TracedSource[] =>
    books.allocations
      .filter((allocation) => allocation.programme === claim.programme)
      .flatMap((allocation) =>
        books.batches
          .filter((batch) => batch.fund === allocation.fund)
          .flatMap((batch) => sourceOf(claim, allocation, batch)),
      );

  const sourceOf = (
    claim: FakeClaim,
    allocation: FakeAllocation,
    batch: FakeBatch,
  ): readonly TracedSource[] => {
    const from = claim.paid?.reserveStart ?? 0n;
    const to = from + (claim.approved?.amount ?? 0n);
    let start = batch.startsAt;
    const givers = batch.gifts.flatMap((gift, index) => {
      const low = most(start, allocation.fundStart);
      const high = least(start + gift, allocation.fundStart + allocation.amount);
      start += gift;
      if (low >= high) return [];
      const part = books.reservePart(allocation, low, high);
      const amount = least(part.end, to) - most(part.start, from);
      return amount > 0n ? [{ index, amount, low, high }] : [];
    });
    const [first] = givers;
    const last = givers.at(-1);
    if (first === undefined || last === undefined) return [];
    return [
      {
        source: {
          fund: batch.fund,
          batch: batchId(batch.batch),
          allocation: allocation.allocation,
          fundStart: position(first.low),
          fundEnd: position(last.high),
          amount: fen(sum(givers.map((giver) => giver.amount))),
        },
        fundName: fundOf(batch.fund)?.name ?? { zh: "?", en: "?" },
        batch: batchView(batch),
        firstIndex: first.index,
        lastIndex: last.index,
        firstCode: encodeCode({ kind: "donation", batch: batchId(batch.batch), index: first.index }),
        donations: givers.length,
      },
    ];
  };

  return { batchView, programmeName, fundOf, traceInterval, partitionOf, sourcesOf };
};
