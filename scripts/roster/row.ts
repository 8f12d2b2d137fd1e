/** From a row to a person and a validity, or to everything that is wrong with it. No cell is mended or repeated. */
import { dayEnd, InvalidDay, InvalidMoment, parseOccurredAt } from "../../protocol/calendar.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import { idNumber, InvalidIdNumber } from "../../protocol/rosters/id-number.ts";
import type { IdNumber } from "../../protocol/rosters/id-number.ts";
import { InvalidValidity, validity } from "../../protocol/rosters/validity.ts";
import type { Validity } from "../../protocol/rosters/validity.ts";
import type { Cells } from "../import/header.ts";
import type { RowFault } from "../import/row.ts";
import { instantOf } from "./instant.ts";
import type { DayFormat, MinuteFormat, RosterProfile, ValidityColumns } from "./profile.ts";

export interface RosterRow {
  readonly idNumber: IdNumber;
  readonly validity: Validity;
}

type Field<Read> = { readonly value: Read } | { readonly fault: RowFault };

const refused = (column: string, reason: string): { readonly fault: RowFault } => ({
  fault: { column, reason },
});

/** The text in the form of the calendar, where it has the shape that the profile names. */
const canonicalOf = (text: string, format: DayFormat | MinuteFormat): string | undefined => {
  switch (format) {
    case "YYYY-MM-DD":
      return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined;
    case "YYYYMMDD":
      return /^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : undefined;
    case "YYYY/MM/DD":
      return /^\d{4}\/\d{2}\/\d{2}$/.test(text) ? text.replaceAll("/", "-") : undefined;
    case "YYYY-MM-DD HH:mm":
      return /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/.test(text) ? `${text.replace(" ", "T")}:00+08:00` : undefined;
    case "YYYY-MM-DD HH:mm:ss":
      return /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text)
        ? `${text.replace(" ", "T")}+08:00`
        : undefined;
    case "YYYY-MM-DDTHH:mm:ss+08:00":
      return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00$/.test(text) ? text : undefined;
  }
};

const readInstant = (
  { column, format, insured }: { column: string; format: DayFormat | MinuteFormat; insured?: boolean },
  cells: Cells,
): Field<UnixSeconds> => {
  const text = canonicalOf(cells(column), format);
  if (text === undefined) return refused(column, `is not written as ${format}`);
  try {
    const moment = parseOccurredAt(text);
    const instant = insured === true ? dayEnd(moment.day) : instantOf(moment);
    return instant % 60 === 0
      ? { value: instant }
      : refused(column, "has seconds; a validity is by the minute");
  } catch (error) {
    if (error instanceof InvalidDay) return refused(column, "is no real day from 1970 on");
    if (error instanceof InvalidMoment) return refused(column, error.reason);
    throw error;
  }
};

const readIdNumber = ({ columns }: RosterProfile, cells: Cells): Field<IdNumber> => {
  try {
    return { value: idNumber(cells(columns.idNumber)) };
  } catch (error) {
    if (error instanceof InvalidIdNumber) return refused(columns.idNumber, error.reason);
    throw error;
  }
};

/** Reads rows of a profile. `within` is every row's validity, or where rows have their own the widest allowed. */
export class RowReader {
  readonly #profile: RosterProfile;
  readonly #within: Validity | undefined;
  /** Most rows of a file share their validity: the last one read, by its two cells. */
  #last: { readonly from: string; readonly to: string; readonly value: Validity } | undefined;

  constructor(profile: RosterProfile, within: Validity | undefined) {
    this.#profile = profile;
    this.#within = within;
  }

  read(cells: Cells): RosterRow | { readonly faults: readonly RowFault[] } {
    const person = readIdNumber(this.#profile, cells);
    const insured = this.#validity(cells);
    if ("value" in person && "value" in insured) return { idNumber: person.value, validity: insured.value };
    return {
      faults: [
        ...("fault" in person ? [person.fault] : []),
        ...("fault" in insured ? [insured.fault] : "faults" in insured ? insured.faults : []),
      ],
    };
  }

  #validity(cells: Cells): Field<Validity> | { readonly faults: readonly RowFault[] } {
    const { validity: columns } = this.#profile.columns;
    if (columns === undefined) {
      if (this.#within === undefined) throw new RangeError("neither columns nor --from and --to");
      return { value: this.#within };
    }
    const [from, to] = [cells(columns.from.column), cells(columns.to.column)];
    if (this.#last?.from === from && this.#last.to === to) return this.#last;
    const read = this.#readColumns(columns, cells);
    if ("value" in read) this.#last = { from, to, value: read.value };
    return read;
  }

  #readColumns(
    columns: ValidityColumns,
    cells: Cells,
  ): Field<Validity> | { readonly faults: readonly RowFault[] } {
    const [from, to] = [readInstant(columns.from, cells), readInstant(columns.to, cells)];
    if ("fault" in from || "fault" in to) {
      return { faults: [from, to].flatMap((field) => ("fault" in field ? [field.fault] : [])) };
    }
    try {
      return this.#inside(columns, validity(from.value, to.value));
    } catch (error) {
      if (error instanceof InvalidValidity) return refused(columns.to.column, "is not past the beginning");
      throw error;
    }
  }

  #inside(columns: ValidityColumns, value: Validity): Field<Validity> {
    const within = this.#within;
    if (within === undefined) return { value };
    if (value.from < within.from) return refused(columns.from.column, "lies before --from");
    return value.to > within.to ? refused(columns.to.column, "lies past --to") : { value };
  }
}
