/** Slices and sources in few words, so that hand-written expectations stay readable. */
import { position } from "../../../protocol/amounts.ts";
import { fundId, programmeId } from "../../../protocol/ids.ts";
import { booksOf } from "../../../protocol/ledger/books.ts";
import { partitionOf } from "../../../protocol/trace/partition.ts";
import type { Trace } from "../../../protocol/trace/requests.ts";
import { runSync } from "../../../protocol/trace/run.ts";
import type { SourcesPage } from "../../../protocol/trace/sources.ts";
import type { Hop, Interval, Partition, Slice, Source } from "../../../protocol/trace/types.ts";
import type { Bookkeeper } from "../books.ts";
import { allSlices, allSources } from "../pages.ts";

export const line = (start: bigint | number, end: bigint | number): Interval => ({
  start: position(start),
  end: position(end),
});

const viaOf = (via: Hop | undefined): string => {
  if (via === undefined) return "";
  return via.kind === "recovery" ? `, recovery ${via.recovery}` : `, move ${via.move}`;
};

const wayOf = ({ hops, via }: { readonly hops: number; readonly via?: Hop }): string =>
  hops === 0 && via === undefined ? "" : ` after ${hops}${viaOf(via)}`;

/** Such as `200 paid claim 3 at 1:5000 after 1, recovery 1`: programme and position on its line. */
export const toldSlice = (slice: Slice): string => {
  const { amount, place } = slice;
  switch (slice.place) {
    case "unallocated":
      return `${amount} ${place} at ${slice.fundStart}`;
    case "paid": {
      const where = `${slice.programme}:${slice.reserveStart}`;
      return `${amount} paid claim ${slice.claim} at ${where}${wayOf(slice)}`;
    }
    case "inReserve":
      return `${amount} ${place} at ${slice.programme}:${slice.reserveStart}${wayOf(slice)}`;
    case "operatingSpent": {
      const where = `${slice.programme}:${slice.operationsStart}`;
      return `${amount} expense ${slice.expense} at ${where}${wayOf(slice)}`;
    }
    case "operatingUnspent":
      return `${amount} ${place} at ${slice.programme}:${slice.operationsStart}${wayOf(slice)}`;
  }
};

/** Such as `900 of batch 2 [1, 1000) by 1`: the fund positions and the allocation. */
export const toldSource = (source: Source): string => {
  const { amount, batch, fundStart, fundEnd, allocation } = source;
  return `${amount} of batch ${batch} [${fundStart}, ${fundEnd}) by ${allocation}${wayOf(source)}`;
};

export const slicesOf = (keeper: Bookkeeper, start: number, end: number, limit = 50): readonly string[] =>
  allSlices(booksOf(keeper.state), fundId(1), line(start, end), limit).map(toldSlice);

export const partitionFrom = (keeper: Bookkeeper, start: number, end: number): Partition =>
  runSync(partitionOf(fundId(1), line(start, end)), booksOf(keeper.state));

export const reserveFrom = (
  keeper: Bookkeeper,
  programme: number,
  start: number,
  end: number,
): readonly string[] =>
  allSources(booksOf(keeper.state), programmeId(programme), line(start, end)).map(toldSource);

/** All pages of sources, one by one. */
export const sourcesOf = (
  keeper: Bookkeeper,
  pageOf: (cursor: string | undefined, limit: number) => Trace<SourcesPage>,
  limit = 50,
): readonly string[] => {
  const told: string[] = [];
  let cursor: string | undefined;
  do {
    const page = runSync(pageOf(cursor, limit), booksOf(keeper.state));
    told.push(...page.sources.map(toldSource));
    cursor = page.next;
  } while (cursor !== undefined);
  return told;
};
