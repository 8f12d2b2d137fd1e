/** Rows that wait to be written: each record once, as it is when the group of blocks is complete. */
import type { Session, Value } from "../database/database.ts";
import { insertRows } from "../database/many.ts";
import type { Insertion } from "../database/many.ts";
import { isTableName, tables } from "./tables.ts";
import type { RowOf, Schema, Table, TableName } from "./tables.ts";

type Key = number | string;
type AnyRow = Readonly<Record<string, Value>>;

const insertions = new Map<TableName, Insertion>();

/** Rows whose key is there already are replaced. */
const insertionOf = (name: TableName): Insertion => {
  const known = insertions.get(name);
  if (known !== undefined) return known;
  const { columns: kinds, key }: Table = tables[name];
  const columns = Object.keys(kinds);
  const changes = columns
    .filter((column) => !key.includes(column))
    .map((column) => `"${column}" = excluded."${column}"`);
  const onConflict = `(${key.map((column) => `"${column}"`).join()}) DO ${
    changes.length === 0 ? "NOTHING" : `UPDATE SET ${changes.join()}`
  }`;
  const insertion = { table: name, columns, onConflict };
  insertions.set(name, insertion);
  return insertion;
};

/** Writes rows of one table. */
export const writeRows = async (
  session: Session<Schema>,
  name: TableName,
  rows: readonly AnyRow[],
): Promise<void> => {
  const insertion = insertionOf(name);
  await insertRows(
    session,
    insertion,
    rows.map((row) => insertion.columns.map((column) => row[column] ?? null)),
  );
};

export class PendingRows {
  readonly #tables = new Map<TableName, Map<Key, () => AnyRow>>();

  /** Notes that a record's row is to be written; `row` is asked when the rows are written. */
  put<Name extends TableName>(name: Name, key: Key, row: () => RowOf<Name>): void {
    const table = this.#tables.get(name) ?? new Map<Key, () => AnyRow>();
    table.set(key, row);
    this.#tables.set(name, table);
  }

  /** Writes all rows that wait, and forgets them. */
  async write(session: Session<Schema>): Promise<void> {
    for (const [name, waiting] of this.#tables) {
      const rows = Array.from(waiting.values(), (row) => row());
      if (isTableName(name)) await writeRows(session, name, rows);
    }
    this.#tables.clear();
  }
}
