/** The published totals of the gift files, in the form in which the import takes control totals. */
import { readFile, writeFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import { Type } from "typebox";
import { Value } from "typebox/value";

const Rows = Type.Array(
  Type.Object({ source_file: Type.String(), rows_parsed: Type.String(), stated_total_yuan: Type.String() }),
);

/**
 * Reads the published totals at `from`, leaves `excluded` sources out and writes the import's file at `to`. Answers
 * how many gifts the files hold.
 */
export const writeControlTotals = async (
  from: string,
  to: string,
  excluded: readonly string[],
): Promise<number> => {
  const rows = Value.Parse(Rows, parse(await readFile(from), { columns: true, bom: true }));
  const kept = rows.filter(({ source_file }) => !excluded.includes(source_file));
  const sources = Object.fromEntries(
    kept.map((row) => [row.source_file, { rows: Number(row.rows_parsed), amount: row.stated_total_yuan }]),
  );
  await writeFile(to, JSON.stringify({ sources }));
  return kept.reduce((sum, row) => sum + Number(row.rows_parsed), 0);
};
