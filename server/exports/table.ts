/** An export with columns: numbered rows in either form, made of cells that come a few at a time. */
import { csvLine, jsonLine } from "../../protocol/exports/rows.ts";
import type { Cells } from "../../protocol/exports/rows.ts";
import type { Chunk, ExportFormat, ExportSource } from "./export.ts";

export interface Table<Column extends string> {
  readonly facts: ExportSource["facts"];
  /** Without `row`, which is the first of every table. */
  readonly columns: readonly Column[];
  readonly rows: () => AsyncIterable<readonly Cells<Column>[]> | Iterable<readonly Cells<Column>[]>;
}

async function* chunksOf<Column extends string>(
  columns: readonly string[],
  rows: Table<Column>["rows"],
  format: ExportFormat,
): AsyncGenerator<Chunk> {
  const line = format === "csv" ? csvLine : jsonLine;
  let row = 0;
  for await (const some of rows()) {
    yield {
      rows: some.length,
      text: some.map((cells) => line(columns, { row: (row += 1), ...cells })).join(""),
    };
  }
}

export const tableExport = <Column extends string>(
  { facts, columns, rows }: Table<Column>,
  format: ExportFormat,
): ExportSource => {
  const all = ["row", ...columns];
  return {
    facts,
    format,
    columns: format === "csv" ? `${all.join(",")}\r\n` : "",
    chunks: () => chunksOf(all, rows, format),
  };
};
