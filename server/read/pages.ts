/** Pages of a list whose records are numbered in its order. */
import type { PageRequest } from "../../protocol/ports/read.ts";
import type { Page } from "../../protocol/ports/views.ts";
import { decodeCursor, encodeCursor } from "./cursors.ts";

const maxPage = 100;

export class InvalidPageLimit extends Error {
  readonly limit: number;
  constructor(limit: number) {
    super(`limit: expected a whole number from 1 to ${maxPage}, got ${limit}`);
    this.name = "InvalidPageLimit";
    this.limit = limit;
  }
}

/** Throws {@link InvalidPageLimit}. */
export const checkPageLimit = (limit: number): void => {
  if (!Number.isInteger(limit) || limit < 1 || limit > maxPage) throw new InvalidPageLimit(limit);
};

/**
 * One page of a list. `rowsAfter` answers, in the list's order, at most `count` rows that come behind number `after`; 0 is
 * before them all. Throws {@link InvalidPageLimit} and InvalidCursor.
 */
export const pageOf = async <Row>(
  list: string,
  page: PageRequest,
  rowsAfter: (after: number, count: number) => Promise<readonly Row[]>,
  numberOf: (row: Row) => number,
): Promise<Page<Row>> => {
  checkPageLimit(page.limit);
  const after = page.cursor === undefined ? 0 : decodeCursor(list, page.cursor).at;
  // One more than asked for tells whether there is a next page.
  const rows = await rowsAfter(after, page.limit + 1);
  const items = rows.slice(0, page.limit);
  const last = items.at(-1);
  if (rows.length <= page.limit || last === undefined) return { items };
  return { items, next: encodeCursor(list, { at: numberOf(last) }) };
};

/** The same page of other items, made together so that what they share is read once. */
export const mapPage = async <Row, Item>(
  page: Page<Row>,
  itemsOf: (rows: readonly Row[]) => readonly Item[] | Promise<readonly Item[]>,
): Promise<Page<Item>> => {
  const items = await itemsOf(page.items);
  return page.next === undefined ? { items } : { items, next: page.next };
};
