/** Counts and sums of an import, by source file and by fund, and how they compare with the control totals. */
import { addFen, formatAmount, parseAmount, zeroFen, type Fen } from "../../protocol/amounts.ts";
import type { ControlTotals } from "./profile.ts";

export interface Tally {
  readonly rows: number;
  readonly sum: Fen;
}

export const emptyTally: Tally = { rows: 0, sum: zeroFen };

export const addGift = ({ rows, sum }: Tally, amount: Fen): Tally => ({
  rows: rows + 1,
  sum: addFen(sum, amount),
});

/** Tallies by name, in the order of their first gift. */
export class Tallies {
  readonly byName = new Map<string, Tally>();
  all: Tally = emptyTally;

  add(name: string, amount: Fen): void {
    this.byName.set(name, addGift(this.byName.get(name) ?? emptyTally, amount));
    this.all = addGift(this.all, amount);
  }

  of(name: string): Tally {
    return this.byName.get(name) ?? emptyTally;
  }
}

export interface Comparison {
  readonly name: string;
  /** Absent where the file was not compared by rows, or by sum. */
  readonly expectedRows?: number;
  readonly expectedSum?: Fen;
  readonly actual: Tally;
  readonly agrees: boolean;
}

/** One comparison for each control total; `all` for the whole file. */
export const compareTotals = (expected: ControlTotals, actual: Tallies): readonly Comparison[] => [
  ...Object.entries(expected.sources ?? {}).map(([name, total]) =>
    compare(`source ${name}`, total, actual.of(name)),
  ),
  ...(expected.all === undefined ? [] : [compare("all", expected.all, actual.all)]),
];

const compare = (
  name: string,
  { rows, amount }: NonNullable<ControlTotals["all"]>,
  actual: Tally,
): Comparison => {
  const sum = amount === undefined ? undefined : parseAmount(amount);
  return {
    name,
    ...(rows === undefined ? {} : { expectedRows: rows }),
    ...(sum === undefined ? {} : { expectedSum: sum }),
    actual,
    agrees: (rows ?? actual.rows) === actual.rows && (sum ?? actual.sum) === actual.sum,
  };
};

/** Both figures of every total that disagrees. */
export const disagreements = (comparisons: readonly Comparison[]): readonly string[] =>
  comparisons
    .filter(({ agrees }) => !agrees)
    .map(({ name, expectedRows, expectedSum, actual }) => {
      const expected = [
        ...(expectedRows === undefined ? [] : [`${expectedRows} rows`]),
        ...(expectedSum === undefined ? [] : [`${formatAmount(expectedSum)} yuan`]),
      ].join(", ");
      return `total of ${name}: ${expected} expected, the file has ${actual.rows} rows, ${formatAmount(actual.sum)} yuan`;
    });
