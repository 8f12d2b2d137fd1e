/**
 * The shares of a whole in hundredths of a percent, rounded so that they add up to exactly 100.00 %: each is
 * rounded down, and the largest remainders are given what is left. A whole of 0 has no shares.
 */
export const percentages = (parts: readonly bigint[]): readonly string[] | undefined => {
  const total = parts.reduce((sum, part) => sum + part, 0n);
  if (total === 0n) return undefined;
  const shares = parts.map((part, at) => ({
    at,
    hundredths: (part * 10_000n) / total,
    remainder: (part * 10_000n) % total,
  }));
  let missing = 10_000n - shares.reduce((sum, share) => sum + share.hundredths, 0n);
  const byRemainder = [...shares].sort((a, b) => {
    if (a.remainder === b.remainder) return a.at - b.at;
    return a.remainder < b.remainder ? 1 : -1;
  });
  for (const share of byRemainder) {
    if (missing === 0n) break;
    share.hundredths += 1n;
    missing -= 1n;
  }
  return shares.map(({ hundredths }) => printedHundredths(hundredths));
};

/** One part of a whole, rounded down to a hundredth of a percent; undefined where the whole is 0. */
export const percentage = (part: bigint, whole: bigint): string | undefined =>
  whole === 0n ? undefined : printedHundredths((part * 10_000n) / whole);

/**
 * One part of a whole to a tenth of a percent, rounded to the nearest; a part that is not the whole never shows as
 * 100.0%. Undefined where the whole is 0.
 */
export const roundedPercentage = (part: bigint, whole: bigint): string | undefined => {
  if (whole === 0n) return undefined;
  const nearest = (part * 2_000n + whole) / (whole * 2n);
  const tenths = nearest >= 1_000n && part < whole ? 999n : nearest;
  return `${tenths / 10n}.${tenths % 10n}%`;
};

/** Basis points as a promise is spoken of: 90%, 92.5%. */
export const basisPoints = (bps: number): string => printedHundredths(BigInt(bps)).replace(/\.?0+%$/, "%");

const printedHundredths = (hundredths: bigint): string =>
  `${hundredths / 100n}.${(hundredths % 100n).toString().padStart(2, "0")}%`;
