/** Whole tables, or the rows of one owner, in an order. */
import { sql } from "kysely";
import type { Kysely } from "kysely";
import type { RowOf, Schema, TableName } from "./tables.ts";

type ColumnOf<Name extends TableName> = keyof RowOf<Name> & string;

/** Every row of a table, or those where each column of `where` has its value, ascending by `orderBy`. */
export const readRows = async <Name extends TableName>(
  database: Kysely<Schema>,
  name: Name,
  orderBy: readonly ColumnOf<Name>[],
  where: Partial<Record<ColumnOf<Name>, number | string>> = {},
): Promise<readonly RowOf<Name>[]> => {
  const conditions = Object.entries(where).map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
  const matching = conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`;
  const order = sql.join(orderBy.map((column) => sql.ref(column)));
  const query = sql<RowOf<Name>>`select * from ${sql.table(name)} ${matching} order by ${order}`;
  return (await query.execute(database)).rows;
};
