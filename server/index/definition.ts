/** Creates and drops the declared tables in SQLite. A store on PostgreSQL needs this file again, and a dialect. */
import { sql } from "kysely";
import type { Kysely } from "kysely";
import { derivedTables, isDerived, tableNames, tables } from "./tables.ts";
import type { ColumnKind, Schema, Table, TableName } from "./tables.ts";

const typeOf: Record<ColumnKind, string> = {
  integer: "INTEGER NOT NULL",
  text: "TEXT NOT NULL",
  amount: "TEXT NOT NULL",
  bytes: "BLOB NOT NULL",
  "amount?": "TEXT",
};

const definitionsOf = (name: TableName): readonly string[] => {
  const table: Table = tables[name];
  const columns = Object.entries(table.columns).map(([column, kind]) => `"${column}" ${typeOf[kind]}`);
  const key = table.key.map((column) => `"${column}"`).join(", ");
  // A single whole-number key is SQLite's own row number; any other is the table's order on disk.
  const isRowNumber = table.key.length === 1 && table.columns[table.key[0] ?? ""] === "integer";
  const end = isRowNumber ? "STRICT" : "WITHOUT ROWID, STRICT";
  return [
    `CREATE TABLE "${name}" (${columns.join(", ")}, PRIMARY KEY (${key})) ${end}`,
    ...table.indexes.map(
      (index) => `CREATE INDEX "${name}_by_${index.join("_")}" ON "${name}" ("${index.join('", "')}")`,
    ),
  ];
};

const run = async (database: Kysely<Schema>, statements: readonly string[]): Promise<void> => {
  for (const statement of statements) await sql.raw(statement).execute(database);
};

export const createTables = (
  database: Kysely<Schema>,
  which: (name: TableName) => boolean = () => true,
): Promise<void> => run(database, tableNames.filter(which).flatMap(definitionsOf));

/** Drops what is derived, whatever an older version made of it: every table that is neither raw nor meta. */
export const dropDerivedTables = async (database: Kysely<Schema>): Promise<void> => {
  const { rows } = await sql<{ name: string }>`
    SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`.execute(database);
  const kept: readonly string[] = tableNames.filter((name) => !isDerived(name));
  const dropped = rows.map(({ name }) => name).filter((name) => !kept.includes(name));
  await run(
    database,
    dropped.map((name) => `DROP TABLE "${name}"`),
  );
};

/** Empties the derived tables, so that they can be written again in the same transaction. */
export const emptyDerivedTables = (database: Kysely<Schema>): Promise<void> =>
  run(
    database,
    Object.keys(derivedTables).map((name) => `DELETE FROM "${name}"`),
  );
