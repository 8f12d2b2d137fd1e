/** Traces as the audit holds them against what others say: every page of them, slice by slice. */
import { leafAt, leafStarts, type Leaf } from "../donations/leaves.ts";
import { encodeCode } from "../codes/code.ts";
import type { BatchRecord, ClaimRecord, LedgerState, PayoutRecord } from "../ledger/records.ts";
import { booksOf } from "../ledger/books.ts";
import { donationInterval } from "../trace/donors.ts";
import { maxSlices } from "../trace/limits.ts";
import type { Trace } from "../trace/requests.ts";
import { runSync } from "../trace/run.ts";
import { traceInterval } from "../trace/slices.ts";
import { claimSources, payoutSources } from "../trace/sources.ts";
import type { Hop, Interval, Slice, Source } from "../trace/types.ts";
import type { Check, Facts } from "./check.ts";
import { sampleOf } from "./sample.ts";
import type { Bytes32 } from "../ids.ts";

/** One donation of the rebuilt books. */
export interface Gift {
  readonly batch: BatchRecord;
  readonly index: number;
  readonly leaf: Leaf;
  readonly interval: Interval;
  /** Such as `D000-81A5`. */
  readonly code: string;
}

const pages = <Item>(
  page: (cursor: string | undefined) => Trace<{ readonly items: readonly Item[]; readonly next?: string }>,
  state: LedgerState,
): readonly Item[] => {
  const books = booksOf(state);
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const told = runSync(page(cursor), books);
    items.push(...told.items);
    cursor = told.next;
  } while (cursor !== undefined);
  return items;
};

/** All slices of a donation. */
export const slicesOfGift = (state: LedgerState, { batch, interval }: Gift): readonly Slice[] =>
  pages(function* page(cursor) {
    const { slices, ...rest } = yield* traceInterval(batch.fund, interval, cursor, maxSlices);
    return { items: slices, ...rest };
  }, state);

/** All that pays a claim now. */
export const sourcesOfClaim = (state: LedgerState, { payouts }: ClaimRecord): readonly Source[] =>
  pages(function* page(cursor) {
    const { sources, ...rest } = yield* claimSources(payouts.at(-1), cursor, maxSlices);
    return { items: sources, ...rest };
  }, state);

/** All that one payment took, whatever came back since. */
export const sourcesOfPayout = (state: LedgerState, payout: PayoutRecord): readonly Source[] =>
  pages(function* page(cursor) {
    const { sources, ...rest } = yield* payoutSources(payout, cursor, maxSlices);
    return { items: sources, ...rest };
  }, state);

const hopFacts = (hops: number, via: Hop | undefined): Facts => ({
  hops,
  via: via === undefined ? "none" : via.kind === "recovery" ? `recovery ${via.recovery}` : `move ${via.move}`,
});

/** A slice as plain figures, the same for every witness. */
export const sliceFacts = (slice: Slice): Facts => {
  const { place, amount } = slice;
  if (slice.place === "unallocated") return { place, amount, lineStart: slice.fundStart };
  const lineStart = "reserveStart" in slice ? slice.reserveStart : slice.operationsStart;
  return {
    place,
    amount,
    lineStart,
    programme: slice.programme,
    allocation: slice.allocation,
    ...("claim" in slice ? { claim: slice.claim, payout: slice.payout } : {}),
    ...("expense" in slice ? { expense: slice.expense } : {}),
    ...hopFacts(slice.hops, slice.via),
  };
};

export const sourceFacts = (source: Source): Facts => ({
  fund: source.fund,
  batch: source.batch,
  allocation: source.allocation,
  fundStart: source.fundStart,
  fundEnd: source.fundEnd,
  amount: source.amount,
  ...hopFacts(source.hops, source.via),
});

/** Holds two lists against each other, entry by entry; `entry` names one, such as `slice`. */
export const compareLists = (
  check: Check,
  subject: string,
  entry: string,
  expected: readonly Facts[],
  actual: readonly Facts[],
): void => {
  check.counted();
  check.equal(subject, `${entry}s`, expected.length, actual.length);
  for (const [index, facts] of expected.entries()) {
    const told = actual[index];
    if (told === undefined) return;
    for (const [fact, value] of Object.entries(facts)) {
      check.equal(subject, `${entry} ${index + 1}, ${fact}`, value, told[fact] ?? "nothing");
    }
  }
};

export const claimName = ({ claim }: Pick<ClaimRecord, "claim">): string =>
  `claim ${encodeCode({ kind: "claim", claim })}`;
export const giftName = ({ code }: Gift): string => `donation ${code}`;

const giftOf = (batch: BatchRecord, starts: BigUint64Array, index: number): Gift => ({
  batch,
  index,
  leaf: leafAt(batch.leaves, index),
  interval: donationInterval(batch.startsAt, starts, index),
  code: encodeCode({ kind: "donation", batch: batch.batch, index }),
});

/** The donations of these numbers, which count over all batches from 0 and ascend. */
function* giftsAt(state: LedgerState, numbers: readonly number[]): Generator<Gift> {
  let [next, first] = [0, 0];
  for (const batch of state.batches) {
    const end = first + batch.count;
    const before = next;
    while ((numbers[next] ?? end) < end) next += 1;
    const starts = next === before ? new BigUint64Array() : leafStarts(batch.leaves);
    for (const number of numbers.slice(before, next)) yield giftOf(batch, starts, number - first);
    first = end;
  }
}

/** The numbers of the `most` largest gifts. */
const largest = (state: LedgerState, most: number): readonly number[] => {
  const kept: { readonly at: number; readonly amount: bigint }[] = [];
  let first = 0;
  for (const { leaves } of state.batches) {
    const starts = leafStarts(leaves);
    for (let index = 0; index + 1 < starts.length; index += 1) {
      const amount = (starts[index + 1] ?? 0n) - (starts[index] ?? 0n);
      if (kept.length === most && amount <= (kept.at(-1)?.amount ?? 0n)) continue;
      const place = kept.findIndex((other) => amount > other.amount);
      kept.splice(place === -1 ? kept.length : place, 0, { at: first + index, amount });
      if (kept.length > most) kept.pop();
    }
    first += starts.length - 1;
  }
  return kept.map(({ at }) => at);
};

export interface Choice {
  readonly seed: Bytes32;
  /** How many are drawn. */
  readonly sample: number;
  /** How many of the largest are looked at beside them. */
  readonly largest: number;
}

const union = (one: readonly number[], other: readonly number[]): readonly number[] =>
  [...new Set([...one, ...other])].toSorted((first, second) => first - second);

/** Drawn donations and the largest, in recording order. */
export const chosenGifts = (state: LedgerState, choice: Choice): Generator<Gift> => {
  const total = state.batches.reduce((sum, { count }) => sum + count, 0);
  const drawn = sampleOf(choice.seed, "donation", total, choice.sample);
  const most = total <= choice.sample ? [] : largest(state, choice.largest);
  return giftsAt(state, union(drawn, most));
};

/** Drawn paid claims and the largest, in recording order. */
export const chosenClaims = (state: LedgerState, choice: Choice): readonly ClaimRecord[] => {
  const paid = state.claims.filter(({ payouts }) => payouts.length > 0);
  const drawn = sampleOf(choice.seed, "claim", paid.length, choice.sample);
  const amountOf = (at: number): bigint => paid[at]?.payouts.at(-1)?.amount ?? 0n;
  const most = paid
    .map((_, at) => at)
    .toSorted((one, other) => (amountOf(other) > amountOf(one) ? 1 : -1))
    .slice(0, choice.largest);
  return union(drawn, most).flatMap((at) => paid[at] ?? []);
};
