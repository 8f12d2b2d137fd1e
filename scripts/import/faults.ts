/** What is wrong with a file: where and why. The text of a cell is never repeated, it may be somebody's words. */

export interface Place {
  /** In the file, from 1, where the record ends; a quoted cell may hold several lines. */
  readonly line: number;
  /** From 1, without the header. 0 stands for the header or for the file as a whole. */
  readonly record: number;
}

export interface Fault extends Place {
  /** The column's name, absent where the whole row is meant. */
  readonly column?: string;
  readonly reason: string;
}

export const shownFaults = 20;

export const faultText = ({ line, record, column, reason }: Fault): string => {
  const where = record === 0 ? `line ${line}` : `line ${line} (record ${record})`;
  return `${where}${column === undefined ? "" : `, column ${column}`}: ${reason}`;
};

/** Keeps the first faults and counts all, so that a file that is wrong throughout costs no memory. */
export class Faults {
  readonly first: Fault[] = [];
  count = 0;

  add(...faults: readonly Fault[]): void {
    this.count += faults.length;
    this.first.push(...faults.slice(0, Math.max(0, shownFaults - this.first.length)));
  }
}

/** The file is refused as a whole; nothing of it was recorded. */
export class FileRefused extends Error {
  readonly faults: readonly Fault[];
  readonly count: number;
  /** What is wrong with the file as a whole: totals that disagree. */
  readonly disagreements: readonly string[];
  constructor(faults: Faults, disagreements: readonly string[] = []) {
    const { first, count } = faults;
    const found = count + disagreements.length;
    super(
      [
        `the file is refused, nothing of it was recorded; ${found} fault${found === 1 ? "" : "s"}:`,
        ...disagreements,
        ...first.map(faultText),
        ...(count > first.length ? [`… and ${count - first.length} more`] : []),
      ].join("\n  "),
    );
    this.name = "FileRefused";
    this.faults = [...first];
    this.count = count;
    this.disagreements = disagreements;
  }
}
