/** Creates and drops the declared tables. */
import type { Session } from "../database/database.ts";
import { text } from "../database/rows.ts";
import { words } from "../database/words.ts";
import type { DatabaseKind, Words } from "../database/words.ts";
import { derivedTables, isDerived, tableNames, tables } from "./tables.ts";
import type { ColumnKind, Schema, Table, TableName } from "./tables.ts";

const typeOf = (kind: ColumnKind, { integer, text: textType, bytes }: Words): string => {
  switch (kind) {
    case "integer":
      return `${integer} NOT NULL`;
    case "text":
    case "amount":
      return `${textType} NOT NULL`;
    case "bytes":
      return `${bytes} NOT NULL`;
    case "amount?":
      return textType;
  }
};

const definitionsOf = (name: TableName, kind: DatabaseKind): readonly string[] => {
  const table: Table = tables[name];
  const own = words[kind];
  const columns = Object.entries(table.columns).map(([column, type]) => `"${column}" ${typeOf(type, own)}`);
  const key = table.key.map((column) => `"${column}"`).join(", ");
  // A single whole-number key is SQLite's own row number; any other is the table's order on disk.
  const isRowNumber = table.key.length === 1 && table.columns[table.key[0] ?? ""] === "integer";
  return [
    `CREATE TABLE "${name}" (${columns.join(", ")}, PRIMARY KEY (${key})) ${isRowNumber ? own.numbered : own.keyed}`,
    ...table.indexes.map(
      (index) => `CREATE INDEX "${name}_by_${index.join("_")}" ON "${name}" ("${index.join('", "')}")`,
    ),
  ];
};

const run = async (session: Session<Schema>, statements: readonly string[]): Promise<void> => {
  for (const statement of statements) await session.run(statement);
};

const presentTables: Readonly<Record<DatabaseKind, string>> = {
  sqlite: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
  postgresql: "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()",
};

const namesOf = async (session: Session<Schema>): Promise<readonly string[]> =>
  (await session.all(presentTables[session.kind])).map((row) => text(row, "name"));

export const isEmpty = async (session: Session<Schema>): Promise<boolean> =>
  (await namesOf(session)).length === 0;

export const createTables = (
  session: Session<Schema>,
  which: (name: TableName) => boolean = () => true,
): Promise<void> =>
  run(
    session,
    tableNames.filter(which).flatMap((name) => definitionsOf(name, session.kind)),
  );

/** Drops what is derived, whatever an older version made of it: every table that is neither raw nor meta. */
export const dropDerivedTables = async (session: Session<Schema>): Promise<void> => {
  const kept: readonly string[] = tableNames.filter((name) => !isDerived(name));
  const dropped = (await namesOf(session)).filter((name) => !kept.includes(name));
  await run(
    session,
    dropped.map((name) => `DROP TABLE "${name}"`),
  );
};

/** Empties the derived tables, so that they can be written again in the same transaction. */
export const emptyDerivedTables = (session: Session<Schema>): Promise<void> =>
  run(
    session,
    Object.keys(derivedTables).map((name) => `DELETE FROM "${name}"`),
  );
