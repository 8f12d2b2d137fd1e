/**
 * The tables of the index, declared once: their columns give the types of the rows, the statements that create them
 * and the statements that write them. Two parts: blocks and raw logs are kept as the chain gave them; everything
 * else is derived from the logs and dropped when `derivedVersion` changes.
 */
import { accessTables } from "./tables/access.ts";
import { auditTables } from "./tables/audit.ts";
import { claimTables } from "./tables/claims.ts";
import { fundTables } from "./tables/funds.ts";
import type { ColumnKind, Table } from "./tables/kinds.ts";
import { lineTables } from "./tables/lines.ts";
import { programmeTables } from "./tables/programmes.ts";
import { rawTables } from "./tables/raw.ts";

export type { ColumnKind, Table } from "./tables/kinds.ts";

/** Raise it when a derived table or what is written to it changes: the derived tables are then rebuilt. */
export const derivedVersion = 4;
/** Raise it when the raw tables change: the index is then read from the chain anew. */
export const rawVersion = 1;

export const derivedTables = {
  ...accessTables,
  ...fundTables,
  ...programmeTables,
  ...lineTables,
  ...claimTables,
  ...auditTables,
} as const;

export const tables = {
  /** What the index is made from, by name. */
  meta: { columns: { name: "text", value: "text" }, key: ["name"], indexes: [] },
  /** Which of several gateways writes the index (database/lease.ts). */
  lease: {
    columns: { name: "text", holder: "text", token: "integer", expires_at_ms: "integer" },
    key: ["name"],
    indexes: [],
  },
  ...rawTables,
  ...derivedTables,
} as const satisfies Record<string, Table>;

export type TableName = keyof typeof tables;
export type DerivedTableName = keyof typeof derivedTables;

interface KindTypes {
  integer: number;
  text: string;
  amount: string;
  bytes: Uint8Array;
  "amount?": string | null;
}

export type RowOf<Name extends TableName> = {
  -readonly [
    Column in keyof (typeof tables)[Name]["columns"]
  ]: (typeof tables)[Name]["columns"][Column] extends infer Kind extends ColumnKind ? KindTypes[Kind] : never;
};

/** The schema as Kysely knows it. */
export type Schema = { [Name in TableName]: RowOf<Name> };

export const isDerived = (name: TableName): name is DerivedTableName => Object.hasOwn(derivedTables, name);

export const isTableName = (name: string): name is TableName => Object.hasOwn(tables, name);

/** Every table's name. */
export const tableNames: readonly TableName[] = Object.keys(tables).filter(isTableName);
