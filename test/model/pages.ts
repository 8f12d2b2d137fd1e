/** Reads all pages of a trace over any books, as a patient reader would. */
import type { FundId } from "../../protocol/ids.ts";
import type { AsyncBooks, Books, Trace } from "../../protocol/trace/requests.ts";
import { runAsync, runSync } from "../../protocol/trace/run.ts";
import { traceInterval } from "../../protocol/trace/slices.ts";
import { claimSources, payoutSources } from "../../protocol/trace/sources.ts";
import type { PaidFromReserve } from "../../protocol/trace/sources.ts";
import type { Interval, Slice, Source } from "../../protocol/trace/types.ts";

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

/** A trace of which `cursor` chooses the page. */
export type Paged<Item> = (cursor: string | undefined) => Trace<Page<Item>>;

export const slicesOf = (fund: FundId, interval: Interval, limit: number): Paged<Slice> =>
  function* page(cursor) {
    const { slices, next } = yield* traceInterval(fund, interval, cursor, limit);
    return { items: slices, next };
  };

export const grossSources = (payout: PaidFromReserve, limit: number): Paged<Source> =>
  function* page(cursor) {
    const { sources, next } = yield* payoutSources(payout, cursor, limit);
    return { items: sources, next };
  };

export const netSources = (last: PaidFromReserve | undefined, limit: number): Paged<Source> =>
  function* page(cursor) {
    const { sources, next } = yield* claimSources(last, cursor, limit);
    return { items: sources, next };
  };

export const readAll = <Item>(paged: Paged<Item>, books: Books): readonly Item[] => {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = runSync(paged(cursor), books);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return items;
};

export const readAllLater = async <Item>(paged: Paged<Item>, books: AsyncBooks): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await runAsync(paged(cursor), books);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return items;
};
