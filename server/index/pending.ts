/** Rows that wait to be written: each record once, as it is when the group of blocks is complete. */
import type { Session, Value } from "../database/database.ts";
import { isTableName, tables } from "./tables.ts";
import type { RowOf, Schema, Table, TableName } from "./tables.ts";

type Key = number | string;
type AnyRow = Readonly<Record<string, Value>>;

/** Rows of one statement, in falling powers of two, so that a table needs few different statements. */
const chunkSizes = [64, 16, 4, 1] as const;

const quoted = (name: string): string => `"${name}"`;

const statements = new Map<string, string>();

/** Inserts `count` rows, or replaces those whose key is there. */
const upsertSql = (name: TableName, count: number): string => {
  const cacheKey = `${name} ${count}`;
  const known = statements.get(cacheKey);
  if (known !== undefined) return known;
  const { columns, key }: Table = tables[name];
  const names = Object.keys(columns);
  const row = `(${names.map(() => "?").join()})`;
  const others = names.filter((column) => !key.includes(column));
  const update =
    others.length === 0
      ? "NOTHING"
      : `UPDATE SET ${others.map((column) => `${quoted(column)} = excluded.${quoted(column)}`).join()}`;
  const text =
    `INSERT INTO ${quoted(name)} (${names.map(quoted).join()}) VALUES ${Array.from({ length: count }, () => row).join()} ` +
    `ON CONFLICT (${key.map(quoted).join()}) DO ${update}`;
  statements.set(cacheKey, text);
  return text;
};

/** Writes rows of one table. */
export const writeRows = async (
  session: Session<Schema>,
  name: TableName,
  rows: readonly AnyRow[],
): Promise<void> => {
  const columns = Object.keys(tables[name].columns);
  let at = 0;
  for (const size of chunkSizes) {
    for (; rows.length - at >= size; at += size) {
      const values: Value[] = [];
      for (let index = at; index < at + size; index += 1) {
        const row = rows[index];
        for (const column of columns) values.push(row?.[column] ?? null);
      }
      await session.run(upsertSql(name, size), values);
    }
  }
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
