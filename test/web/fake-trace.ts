/** Traces over invented books, found by walking every record: slow, and nothing to get wrong. */
import { encodeCode } from "../../protocol/codes/code.ts";
import { addFen, fen, position } from "../../protocol/amounts.ts";
import { batchId, claimId, expenseId, moveId, payoutId, recoveryId } from "../../protocol/ids.ts";
import type { FundId, ProgrammeId } from "../../protocol/ids.ts";
import type { BatchView, ClaimSources, TracedSlice, TracedSource } from "../../protocol/ports/views.ts";
import { places, type Partition, type Slice } from "../../protocol/trace/types.ts";
import type { AuditedBooks } from "./audited-books.ts";
import {
  hexOf,
  type FakeAllocation,
  type FakeBatch,
  type FakeExpense,
  type FakeFund,
  type FakeMove,
  type FakePayout,
  type FakeRecovery,
} from "./invented-records.ts";

export const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
export const most = (a: bigint, b: bigint): bigint => (a > b ? a : b);
export const sum = (amounts: readonly bigint[]): bigint =>
  amounts.reduce((total, amount) => total + amount, 0n);

interface Interval {
  readonly start: bigint;
  readonly end: bigint;
}

/** How money came to where it is: from which allocation, and by which steps since. */
interface Way {
  readonly allocation: FakeAllocation;
  readonly hops: number;
  readonly last?: FakeRecovery | FakeMove;
}

interface Piece<Taken> extends Interval {
  readonly taken: Taken | undefined;
}

/** [start, end) cut by what was taken of the line, in the line's order; what nobody took is left. */
const cut = <Taken>(
  { start, end }: Interval,
  taken: readonly (Interval & { readonly by: Taken })[],
): readonly Piece<Taken>[] => {
  const pieces: Piece<Taken>[] = [];
  let from = start;
  for (const one of taken) {
    const [low, high] = [most(from, one.start), least(end, one.end)];
    if (low >= high) continue;
    if (from < low) pieces.push({ start: from, end: low, taken: undefined });
    pieces.push({ start: low, end: high, taken: one.by });
    from = high;
  }
  if (from < end) pieces.push({ start: from, end, taken: undefined });
  return pieces;
};

const taking = <By>(by: By, start: bigint, amount: bigint): Interval & { readonly by: By } => ({
  start,
  end: start + amount,
  by,
});

const inOrder = <Item extends Interval>(items: readonly Item[]): readonly Item[] =>
  [...items].sort((a, b) => (a.start < b.start ? -1 : Number(a.start > b.start)));

const isMove = (one: object): one is FakeMove => "move" in one;
const isExpense = (one: object): one is FakeExpense => "expense" in one;

const viaOf = ({ last }: Way) => {
  if (last === undefined) return {};
  return {
    via: isMove(last)
      ? ({ kind: "move", move: moveId(last.move) } as const)
      : ({ kind: "recovery", recovery: recoveryId(last.recovery) } as const),
  };
};

const viaFacts = ({ last }: Way): Pick<TracedSlice, "viaCode" | "viaAt"> => {
  if (last === undefined) return {};
  const code = isMove(last)
    ? encodeCode({ kind: "programme", programme: last.from })
    : encodeCode({ kind: "claim", claim: claimId(last.payout.claim.claim) });
  return { viaCode: code, viaAt: last.at };
};

export const fakeTrace = (books: AuditedBooks) => {
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
    confirmation: books.confirmationOf(batch.channel, batch.day),
  });

  const programmeName = (id: ProgrammeId): { zh: string; en: string } => books.programmeOf(id).name;
  const fundOf = (id: FundId): FakeFund | undefined => books.funds.find((one) => one.fund === id);

  const reserveTaken = (programme: ProgrammeId) =>
    inOrder([
      ...books.payouts
        .filter(({ claim }) => claim.programme === programme)
        .map((payout) => taking<FakePayout | FakeMove>(payout, payout.reserveStart, payout.amount)),
      ...books.moves
        .filter(({ from }) => from === programme)
        .map((move) => taking<FakePayout | FakeMove>(move, move.reserveFrom, move.reserveAmount)),
    ]);

  const commonOf = (way: Way, programme: ProgrammeId) => ({
    programmeName: programmeName(programme),
    allocatedAt: way.allocation.at,
    ...viaFacts(way),
  });

  const baseOf = (way: Way, programme: ProgrammeId, { start, end }: Interval) => ({
    amount: fen(end - start),
    allocation: way.allocation.allocation,
    programme,
    hops: way.hops,
    ...viaOf(way),
  });

  /** Positions of a payout: where they came back they go on, unless all is asked for that it took. */
  const paidSlices = (
    payout: FakePayout,
    part: Interval,
    way: Way,
    gross: number,
  ): readonly TracedSlice[] => {
    const { claim } = payout;
    const back = books.recoveries
      .filter((one) => one.payout === payout)
      .map((one) => taking(one, payout.reserveStart + one.offset, one.amount));
    return cut(part, payout.payout === gross ? [] : back).flatMap((piece): readonly TracedSlice[] => {
      if (piece.taken !== undefined) {
        const shift = piece.taken.reserveStart - payout.reserveStart - piece.taken.offset;
        const moved = { start: piece.start + shift, end: piece.end + shift };
        return reserveSlices(
          claim.programme,
          moved,
          { ...way, hops: way.hops + 1, last: piece.taken },
          gross,
        );
      }
      const base = { ...baseOf(way, claim.programme, piece), reserveStart: position(piece.start) };
      return [
        {
          slice: { place: "paid", ...base, claim: claimId(claim.claim), payout: payoutId(payout.payout) },
          ...commonOf(way, claim.programme),
          claimCode: encodeCode({ kind: "claim", claim: claimId(claim.claim) }),
          claimAmount: fen(payout.amount),
          settledAt: payout.at,
        },
      ];
    });
  };

  const reserveSlices = (
    programme: ProgrammeId,
    part: Interval,
    way: Way,
    gross: number,
  ): readonly TracedSlice[] =>
    cut(part, reserveTaken(programme)).flatMap((piece): readonly TracedSlice[] => {
      const { taken } = piece;
      if (taken === undefined) {
        const base = { ...baseOf(way, programme, piece), reserveStart: position(piece.start) };
        return [{ slice: { place: "inReserve", ...base }, ...commonOf(way, programme) }];
      }
      if (!isMove(taken)) return paidSlices(taken, piece, way, gross);
      const shift = taken.reserveTo - taken.reserveFrom;
      const moved = { start: piece.start + shift, end: piece.end + shift };
      return reserveSlices(taken.to, moved, { ...way, hops: way.hops + 1, last: taken }, gross);
    });

  const operationsSlices = (programme: ProgrammeId, part: Interval, way: Way): readonly TracedSlice[] => {
    const taken = inOrder([
      ...books.expenses
        .filter((one) => one.programme === programme)
        .map((one) => taking<FakeExpense | FakeMove>(one, one.start, one.amount)),
      ...books.moves
        .filter(({ from }) => from === programme)
        .map((one) => taking<FakeExpense | FakeMove>(one, one.operationsFrom, one.operationsAmount)),
    ]);
    return cut(part, taken).flatMap((piece): readonly TracedSlice[] => {
      const by = piece.taken;
      if (by !== undefined && !isExpense(by)) {
        const shift = by.operationsTo - by.operationsFrom;
        const moved = { start: piece.start + shift, end: piece.end + shift };
        return operationsSlices(by.to, moved, { ...way, hops: way.hops + 1, last: by });
      }
      const base = { ...baseOf(way, programme, piece), operationsStart: position(piece.start) };
      const slice: Slice =
        by === undefined
          ? { place: "operatingUnspent", ...base }
          : { place: "operatingSpent", ...base, expense: expenseId(by.expense) };
      return [{ slice, ...commonOf(way, programme) }];
    });
  };

  const traceInterval = (fund: FundId, start: bigint, end: bigint, gross = 0): readonly TracedSlice[] => {
    const slices: TracedSlice[] = [];
    let from = start;
    for (const allocation of books.allocations.filter((one) => one.fund === fund)) {
      const low = most(from, allocation.fundStart);
      const high = least(end, allocation.fundStart + allocation.amount);
      if (low >= high) continue;
      const way: Way = { allocation, hops: 0 };
      slices.push(
        ...reserveSlices(allocation.programme, books.reservePart(allocation, low, high), way, gross),
        ...operationsSlices(allocation.programme, books.operationsPart(allocation, low, high), way),
      );
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

  return { batchView, programmeName, fundOf, traceInterval, partitionOf };
};

interface Giver {
  readonly batch: FakeBatch;
  readonly index: number;
  readonly interval: Interval;
  readonly traced: TracedSlice & { readonly slice: { readonly place: "paid" } };
}

type Trace = ReturnType<typeof fakeTrace>;

const isSameSource = (one: Giver, other: Giver): boolean =>
  one.batch === other.batch &&
  one.traced.slice.allocation === other.traced.slice.allocation &&
  one.traced.viaCode === other.traced.viaCode &&
  one.traced.viaAt === other.traced.viaAt;

const sourceOf = (givers: readonly Giver[], trace: Trace): readonly TracedSource[] => {
  const [first, last] = [givers[0], givers.at(-1)];
  if (first === undefined || last === undefined) return [];
  const { batch, index, traced } = first;
  const { slice, viaCode, viaAt } = traced;
  const base = {
    fund: batch.fund,
    batch: batchId(batch.batch),
    allocation: slice.allocation,
    fundStart: position(first.interval.start),
    fundEnd: position(last.interval.end),
    amount: addFen(...givers.map((giver) => giver.traced.slice.amount)),
    hops: slice.hops,
    ...(slice.via === undefined ? {} : { via: slice.via }),
  };
  return [
    {
      source: base,
      fundName: trace.fundOf(batch.fund)?.name ?? { zh: "?", en: "?" },
      batch: trace.batchView(batch),
      firstIndex: index,
      lastIndex: last.index,
      firstCode: encodeCode({ kind: "donation", batch: batchId(batch.batch), index }),
      donations: new Set(givers.map((giver) => giver.index)).size,
      ...(viaCode === undefined ? {} : { viaCode }),
      ...(viaAt === undefined ? {} : { viaAt }),
    },
  ];
};

/** Who paid, found by tracing every gift: net what stands in a claim, or gross all that one payment took. */
export const fakeSources =
  (books: AuditedBooks, trace: Trace) =>
  (wanted: { readonly claim: number } | { readonly payout: number }): Omit<ClaimSources, "next"> => {
    const gross = "payout" in wanted ? wanted.payout : 0;
    const givers = books.batches.flatMap((batch) => {
      let start = batch.startsAt;
      return batch.gifts.flatMap((gift, index) => {
        const interval = { start, end: start + gift };
        start += gift;
        return trace
          .traceInterval(batch.fund, interval.start, interval.end, gross)
          .flatMap((traced): readonly Giver[] => {
            const { slice } = traced;
            if (slice.place !== "paid") return [];
            const isWanted = "payout" in wanted ? slice.payout === gross : slice.claim === wanted.claim;
            return isWanted ? [{ batch, index, interval, traced: { ...traced, slice } }] : [];
          });
      });
    });
    const ordered = givers.sort((a, b) =>
      a.traced.slice.reserveStart < b.traced.slice.reserveStart ? -1 : 1,
    );
    const runs: Giver[][] = [];
    for (const giver of ordered) {
      const run = runs.at(-1);
      const before = run?.at(-1);
      if (run !== undefined && before !== undefined && isSameSource(before, giver)) run.push(giver);
      else runs.push([giver]);
    }
    return {
      total: addFen(...givers.map((giver) => giver.traced.slice.amount)),
      sources: runs.flatMap((run) => sourceOf(run, trace)),
    };
  };
