/** Long lists as one export reads them: a page to each read, so that none holds a transaction for the whole. */
import type { Kysely } from "kysely";
import type { Schema } from "../index/tables.ts";
import type { ReadAt } from "./export.ts";

export interface Paged<Row> {
  /** Rows of one read. */
  readonly limit: number;
  /** At most `limit` rows numbered above `after`, in order. */
  readonly rowsAfter: (database: Kysely<Schema>, after: number) => Promise<readonly Row[]>;
  readonly numberOf: (row: Row) => number;
}

/** The rows of a list whose records are numbered in its order, page by page; no page is empty. */
export async function* pagesOf<Row>(
  readAt: ReadAt,
  { limit, rowsAfter, numberOf }: Paged<Row>,
): AsyncGenerator<readonly Row[]> {
  let after = 0;
  for (;;) {
    const rows = await readAt((database) => rowsAfter(database, after));
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    if (rows.length < limit) return;
    after = numberOf(last);
  }
}
