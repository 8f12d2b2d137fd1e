/** What an import tells in the end. */
import { formatAmount, subtractFen, zeroFen, type Fen } from "../../protocol/amounts.ts";
import type { Checked } from "./check.ts";
import type { Recorded } from "./record.ts";
import { Tallies, type Comparison, type Tally } from "./totals.ts";

/** A fund's donations as the ledger tells them; absent where nobody was asked. */
export interface FundTotals {
  readonly before: Fen;
  readonly after: Fen;
}

export interface ImportResult {
  readonly checked: Checked;
  readonly recorded: Recorded;
  readonly dryRun: boolean;
  readonly funds: ReadonlyMap<string, FundTotals>;
}

const table = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  const cellOf = (cell: string, column: number): string =>
    column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  return rows.map((row) => `  ${row.map(cellOf).join("  ")}`.trimEnd());
};

const line = (name: string, { rows, sum }: Tally): readonly string[] => [
  name,
  String(rows),
  formatAmount(sum),
];

const less = (all: Tally, part: Tally): Tally => ({
  rows: all.rows - part.rows,
  sum: subtractFen(all.sum, part.sum),
});

/** The gifts that were on the ledger before this run. */
export const alreadyRecorded = ({ checked, recorded, dryRun }: ImportResult): Tally | undefined =>
  checked.recorded === undefined || dryRun ? undefined : less(checked.bySource.all, recorded.bySource.all);

const counts = (result: ImportResult): readonly string[] => {
  const { checked, recorded, dryRun } = result;
  const before = alreadyRecorded(result);
  return table([
    ["", "rows", "yuan"],
    ["read", String(checked.records), ""],
    ["left out by the profile", String(checked.leftOut), ""],
    line("gifts in the file", checked.bySource.all),
    ...(before === undefined ? [] : [line("already recorded", before)]),
    ...(dryRun ? [] : [line("recorded now", recorded.bySource.all)]),
  ]);
};

const tallies = (title: string, { byName }: Tallies): readonly string[] => [
  "",
  ...table([[title, "rows", "yuan"], ...[...byName].map(([name, tally]) => line(name, tally))]),
];

const comparison = ({ name, expectedRows, expectedSum }: Comparison): string =>
  `  ${name}: ${[
    ...(expectedRows === undefined ? [] : [`${expectedRows} rows`]),
    ...(expectedSum === undefined ? [] : [`${formatAmount(expectedSum)} yuan`]),
  ].join(", ")}, as expected`;

/** What the ledger gained beyond the gifts of this run; negative where it gained less. */
export const surplus = ({ before, after }: FundTotals, recordedNow: Fen): bigint =>
  after - before - recordedNow;

const fundLines = ({ funds, recorded }: ImportResult): readonly string[] => {
  if (funds.size === 0) return [];
  const rows = [...funds].map(([code, { before, after }]) => [
    code,
    formatAmount(before),
    formatAmount(after),
    formatAmount(recorded.byFund.of(code).sum),
  ]);
  const others = [...funds]
    .filter(([code, totals]) => surplus(totals, recorded.byFund.of(code).sum) !== 0n)
    .map(([code, totals]) => {
      const difference = surplus(totals, recorded.byFund.of(code).sum);
      return difference > 0n
        ? `  ${code}: ${difference} fen more came in from elsewhere while this ran`
        : `  ${code}: the ledger has ${-difference} fen less than was recorded now; check it before anything else`;
    });
  return ["", ...table([["fund, in the ledger", "before", "after", "recorded now"], ...rows]), ...others];
};

/** The report, line by line. */
export const summaryLines = (result: ImportResult): readonly string[] => {
  const { checked, dryRun } = result;
  return [
    ...(dryRun
      ? [checked.recorded === undefined ? "dry run: the gateway was not asked" : dryRunLine(checked)]
      : []),
    ...counts(result),
    ...tallies("source", checked.bySource),
    ...tallies("fund", checked.byFund),
    ...(checked.comparisons.length === 0
      ? ["", "  no control totals were given"]
      : ["", "  control totals", ...checked.comparisons.map(comparison)]),
    ...checked.unseenSources.map((name) => `  note: the profile names the source ${name}, which no row has`),
    ...fundLines(result),
    ...(!dryRun && result.recorded.bySource.all.sum === zeroFen
      ? ["", "nothing was recorded: every gift of the file is recorded already"]
      : []),
  ];
};

const dryRunLine = ({ recorded, bySource }: Checked): string => {
  const known = recorded?.size ?? 0;
  return `dry run: ${bySource.all.rows - known} gifts would be recorded, ${known} are recorded already`;
};
