/** Finds the profile's columns in the header of a file, by name. */
import type { Fault } from "./faults.ts";
import type { Profile } from "./profile.ts";

/** Reads a cell of a row by the name of its column. */
export type Cells = (column: string) => string;

export interface Header {
  readonly columns: number;
  readonly cellsOf: (cells: readonly string[]) => Cells;
}

const neededColumns = ({ columns, channel, source, funds }: Profile): readonly string[] => [
  ...new Set([
    columns.amount,
    columns.occurredAt.column,
    ...(columns.transactionNumber === undefined ? [] : [columns.transactionNumber]),
    ...(columns.reference ?? []),
    ...(columns.freeText ?? []),
    ...("column" in channel ? [channel.column] : []),
    ...(source === undefined ? [] : [source.column]),
    ...(funds.column === undefined ? [] : [funds.column]),
  ]),
];

/** The header's columns by name, or what is wrong with it. Columns that the profile does not name are never read. */
export const readHeader = (
  profile: Profile,
  names: readonly string[],
  line: number,
): { readonly header: Header } | { readonly faults: readonly Fault[] } => {
  const faults = neededColumns(profile).flatMap((column): readonly Fault[] => {
    const found = names.filter((name) => name === column).length;
    if (found === 1) return [];
    const reason = found === 0 ? "is not in the header" : `stands ${found} times in the header`;
    return [{ line, record: 0, column, reason }];
  });
  if (faults.length > 0) return { faults };
  const places = new Map(names.map((name, index) => [name, index]));
  const cellsOf =
    (cells: readonly string[]): Cells =>
    (column) =>
      cells[places.get(column) ?? -1] ?? "";
  return { header: { columns: names.length, cellsOf } };
};
