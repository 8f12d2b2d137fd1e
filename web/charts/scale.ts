/** Amounts on a chart of `chartWidth` units, computed in whole numbers until the last step. */
export const chartWidth = 1000;
/** What is more than nothing is drawn at least this wide, so that one fen in a million stays visible. */
const leastWidth = 3;

/** The place of `amount` on a scale that ends at `whole`, in chart units with one decimal. */
export const scaled = (amount: bigint, whole: bigint): number =>
  whole === 0n ? 0 : Number((amount * BigInt(chartWidth) * 10n) / whole) / 10;

/** The width of a run on that scale: 0 for nothing, and never invisibly thin. */
export const scaledWidth = (amount: bigint, whole: bigint): number =>
  amount === 0n ? 0 : Math.max(leastWidth, scaled(amount, whole));

export interface Run {
  readonly x: number;
  readonly width: number;
}

/** Runs laid end to end over the whole chart; what the thin ones gain in width the widest one gives. */
export const laidEndToEnd = (amounts: readonly bigint[]): readonly Run[] => {
  const whole = amounts.reduce((sum, amount) => sum + amount, 0n);
  const widths = amounts.map((amount) => scaledWidth(amount, whole));
  const widest = widths.indexOf(Math.max(...widths));
  const used = widths.reduce((sum, width) => sum + width, 0);
  let x = 0;
  return widths.map((width, at) => {
    const own = at === widest && whole > 0n ? width + chartWidth - used : width;
    const run = { x: rounded(x), width: rounded(own) };
    x += own;
    return run;
  });
};

const rounded = (value: number): number => Math.round(value * 10) / 10;
