/** Reading figures back from a page, as a reader would: its tables, their rows, and the text between two marks. */
import { visibleText } from "./site.ts";

export const sum = (amounts: readonly bigint[]): bigint =>
  amounts.reduce((total, amount) => total + amount, 0n);

export const blocks = (body: string, pattern: RegExp): readonly string[] =>
  [...body.matchAll(pattern)].map(([block]) => block);

export const tables = (body: string, look: string): readonly string[] =>
  blocks(body, new RegExp(`<table class="${look}"[\\s\\S]*?</table>`, "g"));

export const rowsIn = (part: string): readonly string[] => blocks(part, /<tr[\s>][\s\S]*?<\/tr>/g);

/** From `start` to the next `end`; empty where `start` does not occur. */
export const between = (body: string, start: string, end: string): string => {
  const from = body.indexOf(start);
  return from === -1 ? "" : body.slice(from, body.indexOf(end, from));
};

/** The section with that id. */
export const section = (body: string, id: string): string =>
  between(body, `<section id="${id}"`, "</section>");

/** The texts of the cells of each row in the body of a table, the row's heading first. */
export const cellsIn = (table: string): readonly (readonly string[])[] =>
  rowsIn(between(table, "<tbody", "</tbody>")).map((row) =>
    blocks(row, /<t[hd][\s>][\s\S]*?<\/t[hd]>/g).map((cell) => visibleText(cell).trim()),
  );

/** The texts of the sum below a table, without its name. */
export const footIn = (table: string): readonly string[] =>
  blocks(between(table, "<tfoot", "</tfoot>"), /<td[\s>][\s\S]*?<\/td>/g).map((cell) =>
    visibleText(cell).trim(),
  );
