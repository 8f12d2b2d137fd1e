/** Reads a roster's file into its output, and collects what is wrong with it. */
import { maxRosterLeaves } from "../../protocol/rosters/tree.ts";
import type { Validity } from "../../protocol/rosters/validity.ts";
import { UnreadableFile } from "../import/csv.ts";
import type { CsvFile, CsvRecord } from "../import/csv.ts";
import { Faults } from "../import/faults.ts";
import type { BuildCall } from "./arguments.ts";
import { rosterHeader } from "./header.ts";
import type { RosterHeader } from "./header.ts";
import type { RosterOutput } from "./output.ts";
import { earlierLine, maxValiditiesPerPerson } from "./people.ts";
import type { People, Placed } from "./people.ts";
import type { RosterProfile } from "./profile.ts";
import { RowReader } from "./row.ts";

const placeFault = (placed: Exclude<Placed, { readonly salt: Uint8Array }>): string => {
  if ("tooMany" in placed) return `names a person who has more than ${maxValiditiesPerPerson} validities`;
  return placed.overlapsLine === earlierLine
    ? "names a person who is insured in an earlier roster at the same time"
    : `names a person who is insured at the same time by line ${placed.overlapsLine}`;
};

/** Reads a file's rows into an output, until the first fault; from there on only for more faults. */
export class RosterRows {
  readonly faults = new Faults();
  readonly #profile: RosterProfile;
  readonly #reader: RowReader;
  readonly #known: People;
  readonly #output: RosterOutput;
  /** Distinct people of the file. */
  people = 0;
  #rows = 0;
  #from = Infinity;
  #to = 0;

  constructor(call: BuildCall, profile: RosterProfile, known: People, output: RosterOutput) {
    this.#profile = profile;
    this.#reader = new RowReader(profile, call.validity);
    this.#known = known;
    this.#output = output;
  }

  /** From the first moment that a row insures to the end of the last. */
  get validity(): Validity {
    return { from: this.#from, to: this.#to };
  }

  async read(file: CsvFile): Promise<void> {
    let header: RosterHeader | undefined;
    try {
      for await (const record of file.records()) {
        if (header === undefined) {
          header = rosterHeader(this.#profile, record, this.faults);
          if (header === undefined) return;
        } else {
          if (record.record > maxRosterLeaves) {
            this.#fault(record, `is past the ${maxRosterLeaves} rows that one roster takes; cut the file`);
            return;
          }
          await this.#row(header, record);
        }
      }
      if (this.#rows === 0) this.faults.add({ line: 1, record: 0, reason: "the file has no rows" });
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      this.faults.add(error.fault);
    }
  }

  async #row(header: RosterHeader, record: CsvRecord): Promise<void> {
    this.#rows += 1;
    const { cells } = record;
    if (cells.length !== header.columns) {
      this.#fault(record, `has ${cells.length} cells, the header has ${header.columns}`);
      return;
    }
    const row = this.#reader.read(header.cellsOf(cells));
    if ("faults" in row) {
      for (const { column, reason } of row.faults) this.#fault(record, reason, column);
      return;
    }
    const placed = this.#known.place(row.idNumber, row.validity, record.line);
    if (!("salt" in placed)) {
      this.#fault(record, placeFault(placed), this.#profile.columns.idNumber);
      return;
    }
    if (placed.firstOfFile) this.people += 1;
    this.#from = Math.min(this.#from, row.validity.from);
    this.#to = Math.max(this.#to, row.validity.to);
    if (this.faults.count === 0) await this.#output.add(row, placed.salt);
  }

  #fault({ line, record }: CsvRecord, reason: string, column?: string): void {
    this.faults.add({ line, record, reason, ...(column === undefined ? {} : { column }) });
  }
}
