/** Rows of exports as text: CSV that no spreadsheet takes for a formula, and lines of JSON with the same cells. */
export type Cell = string | number;
export type Cells<Column extends string = string> = Readonly<Partial<Record<Column, Cell>>>;

/** Major units without grouping: 123405 fen is `1234.05`. */
export const decimal = (amount: bigint): string => {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(3, "0");
  return `${amount < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** What a spreadsheet would take for a formula begins with an apostrophe; a negative number stays one. */
const harmless = (text: string): string =>
  /^[=+\-@\t\r]/.test(text) && !/^-\d+(\.\d+)?$/.test(text) ? `'${text}` : text;

const csvCell = (cell: Cell | undefined): string => {
  const text = harmless(String(cell ?? ""));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export const csvLine = (columns: readonly string[], cells: Cells): string =>
  `${columns.map((column) => csvCell(cells[column])).join(",")}\r\n`;

/** The same cells by their columns' names; one that has nothing is left out. */
export const jsonLine = (columns: readonly string[], cells: Cells): string =>
  `${JSON.stringify(
    Object.fromEntries(
      columns.flatMap((column) => (cells[column] === undefined ? [] : [[column, cells[column]]])),
    ),
  )}\n`;
