/** Finds the profile's columns in the header of a file, by name. Other columns are never read. */
import type { CsvRecord } from "../import/csv.ts";
import type { Faults } from "../import/faults.ts";
import type { Header } from "../import/header.ts";
import { columnsOf } from "./profile.ts";
import type { RosterProfile } from "./profile.ts";

export type RosterHeader = Header;

/** Undefined where a column is missing or stands twice, which `faults` then says. */
export const rosterHeader = (
  profile: RosterProfile,
  { cells, line }: CsvRecord,
  faults: Faults,
): RosterHeader | undefined => {
  const places = new Map(cells.map((name, place) => [name, place]));
  const before = faults.count;
  for (const column of columnsOf(profile)) {
    const found = cells.filter((name) => name === column).length;
    const reason = found === 0 ? "is not in the header" : `stands ${found} times in the header`;
    if (found !== 1) faults.add({ line, record: 0, column, reason });
  }
  if (faults.count > before) return undefined;
  return { columns: cells.length, cellsOf: (cells) => (column) => cells[places.get(column) ?? -1] ?? "" };
};
