/** Law L4: each fen has exactly one present place and one path to it. O((donations + slices) log records). */
import { leafStarts } from "../donations/leaves.ts";
import type { ClaimId, FundId } from "../ids.ts";
import { booksOf, type TracedState } from "../ledger/books.ts";
import type { BatchRecord, ClaimRecord, LedgerState } from "../ledger/records.ts";
import type { LawCheck } from "../ports/views.ts";
import { donationInterval } from "../trace/donors.ts";
import { maxSlices } from "../trace/limits.ts";
import { partitionOf } from "../trace/partition.ts";
import type { Books, Trace } from "../trace/requests.ts";
import { runSync } from "../trace/run.ts";
import { traceInterval } from "../trace/slices.ts";
import { claimSources, payoutSources } from "../trace/sources.ts";
import type { SourcesPage } from "../trace/sources.ts";
import type { Interval, Partition, Place } from "../trace/types.ts";
import { Examination } from "./check.ts";

type Totals = Record<Place, bigint>;

const noTotals = (): Totals => ({
  unallocated: 0n,
  paid: 0n,
  inReserve: 0n,
  operatingSpent: 0n,
  operatingUnspent: 0n,
});

/** Walks all slices of an interval, adding up the places and what each claim was paid. */
const placesOf = (books: Books, fund: FundId, interval: Interval, paidTo: Map<ClaimId, bigint>): Totals => {
  const totals = noTotals();
  let cursor: string | undefined;
  do {
    const page = runSync(traceInterval(fund, interval, cursor, maxSlices), books);
    for (const slice of page.slices) {
      totals[slice.place] += slice.amount;
      if (slice.place === "paid") paidTo.set(slice.claim, (paidTo.get(slice.claim) ?? 0n) + slice.amount);
    }
    cursor = page.next;
  } while (cursor !== undefined);
  return totals;
};

const agrees = (totals: Totals, partition: Partition): boolean =>
  totals.unallocated === partition.unallocated &&
  totals.paid === partition.paid &&
  totals.inReserve === partition.inReserve &&
  totals.operatingSpent === partition.operatingSpent &&
  totals.operatingUnspent === partition.operatingUnspent;

const checkBatch = (
  law: Examination,
  books: Books,
  batch: BatchRecord,
  paidTo: Map<ClaimId, bigint>,
): void => {
  const starts = leafStarts(batch.leaves);
  for (let index = 0; index < batch.count; index += 1) {
    const interval = donationInterval(batch.startsAt, starts, index);
    const totals = placesOf(books, batch.fund, interval, paidTo);
    const sum =
      totals.unallocated + totals.paid + totals.inReserve + totals.operatingSpent + totals.operatingUnspent;
    const name = (): string => `batch ${batch.batch}, donation ${index}`;
    law.equal(() => `${name()}, its present places`, interval.end - interval.start, sum);
    const partition = runSync(partitionOf(batch.fund, interval), books);
    law.holds(() => `${name()}: its slices and its totals differ`, agrees(totals, partition));
  }
};

type SourcesOf = (cursor: string | undefined, limit: number) => Trace<SourcesPage>;

const sourcesTotal = (books: Books, sourcesOf: SourcesOf): bigint => {
  let total = 0n;
  let cursor: string | undefined;
  do {
    const page = runSync(sourcesOf(cursor, maxSlices), books);
    total = page.sources.reduce((sum, source) => sum + source.amount, total);
    cursor = page.next;
  } while (cursor !== undefined);
  return total;
};

/** Gross sources of every payment are what it was; net sources of a claim are what of it did not come back. */
const checkSources = (
  law: Examination,
  books: Books,
  { claim, payouts }: ClaimRecord,
  given: bigint,
): void => {
  const name = `claim ${claim}`;
  for (const payout of payouts) {
    const gross = sourcesTotal(books, (cursor, limit) => payoutSources(payout, cursor, limit));
    law.equal(() => `payout ${payout.payout}, its sources`, payout.amount, gross);
  }
  const paid = payouts.reduce<bigint>((sum, { amount, recovered }) => sum + amount - recovered, 0n);
  const net = sourcesTotal(books, (cursor, limit) => claimSources(payouts.at(-1), cursor, limit));
  law.equal(() => `${name}, its sources`, paid, net);
  law.equal(() => `${name}, what donations gave it`, paid, given);
};

/** What a part of the donations showed: whoever walks another part takes it over. */
export interface PlacesPart {
  readonly law: LawCheck;
  readonly given: ReadonlyMap<ClaimId, bigint>;
}

/** Law L4 over a part of the donations at a time, so that several can walk at once, each over its own copy of the books. */
export class PlacesLaw {
  readonly #law = new Examination("L4");
  readonly #books: Books;
  readonly #given = new Map<ClaimId, bigint>();

  constructor(state: TracedState) {
    this.#books = booksOf(state);
  }

  /** Follows every donation of a batch. */
  walk(batch: BatchRecord): void {
    checkBatch(this.#law, this.#books, batch, this.#given);
  }

  part(): PlacesPart {
    return { law: this.#law.result(), given: this.#given };
  }

  take({ law, given }: PlacesPart): void {
    this.#law.take(law);
    for (const [claim, amount] of given) this.#given.set(claim, (this.#given.get(claim) ?? 0n) + amount);
  }

  /** Once every batch was walked: what claims were paid is what donations say they gave. */
  result({ batches, claims, payouts }: Pick<LedgerState, "batches" | "claims" | "payouts">): LawCheck {
    for (const claim of claims)
      checkSources(this.#law, this.#books, claim, this.#given.get(claim.claim) ?? 0n);
    const donations = batches.reduce((sum, { count }) => sum + count, 0);
    this.#law.figure(`${donations} donations and ${payouts.length} payouts traced`);
    return this.#law.result();
  }
}

/**
 * L4: the present places of every donation add up to it; every payment's sources add up to what was paid and a claim's
 * to what of it did not come back, and so does what all donations say they gave it. Walks every donation: for large
 * books, run it beside the service.
 */
export const lawOfPlaces = (state: LedgerState): LawCheck => {
  const law = new PlacesLaw(state);
  for (const batch of state.batches) law.walk(batch);
  return law.result(state);
};
