/** One figure of the bench, what it is held to, and the table of all of them. */

export interface Budget {
  readonly at: "least" | "most";
  readonly value: number;
}

export interface Row {
  /** Stays the same from version to version, so that figures can be compared. */
  readonly id: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly budget?: Budget;
  /** What one has to know to read the figure. */
  readonly note?: string;
}

export const atLeast = (value: number): Budget => ({ at: "least", value });
export const atMost = (value: number): Budget => ({ at: "most", value });

/** Undefined for a row without a budget. */
export const isMet = ({ value, budget }: Row): boolean | undefined => {
  if (budget === undefined) return undefined;
  return budget.at === "least" ? value >= budget.value : value <= budget.value;
};

const shown = (value: number): string =>
  value.toLocaleString("en", { maximumFractionDigits: value >= 100 ? 0 : value >= 10 ? 1 : 2 });

const budgetOf = ({ budget }: Row): string =>
  budget === undefined ? "" : `${budget.at === "least" ? "≥" : "≤"} ${shown(budget.value)}`;

const words = new Map<boolean | undefined, string>([
  [true, "yes"],
  [false, "NO"],
  [undefined, ""],
]);

const head = ["what", "measured", "unit", "budget", "met", "note"] as const;
/** Figures stand to the right. */
const rightAligned = [1, 3];

/** The lines of the table, columns padded to the widest cell. */
export const tableLines = (rows: readonly Row[]): readonly string[] => {
  const cells = rows.map((row) => [
    row.what,
    shown(row.value),
    row.unit,
    budgetOf(row),
    words.get(isMet(row)) ?? "",
    row.note ?? "",
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return rightAligned.includes(column) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join("  ")
      .trimEnd();
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...cells.map(line)];
};
