/** What a roster that was made tells. */
import { formatAmount, parseMinorUnits } from "../../protocol/amounts.ts";
import type { Built } from "./build.ts";

const counted = (count: number): string => count.toLocaleString("en-US");

/** people / denominator as a percentage of two decimals, rounded half up, in integers. */
const shareOf = (people: number, denominator: number): string => {
  const hundredths = (BigInt(people) * 20_000n + BigInt(denominator)) / (2n * BigInt(denominator));
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, "0")} %`;
};

/** The figures of roster.json, which are public. */
export const summaryLines = ({
  record,
  newKey,
  keyFile,
}: Built & { readonly keyFile: string }): readonly string[] => [
  `programme         ${record.programme}, period ${record.period}`,
  `root              ${record.root}`,
  `leaves            ${counted(record.count)}`,
  `people            ${counted(record.people)} of ${counted(record.denominator)}, ${shareOf(record.people, record.denominator)}`,
  `premium per head  ${formatAmount(parseMinorUnits(record.premiumPerHead))} yuan`,
  `validity          ${record.validity.from} to ${record.validity.to}`,
  ...(newKey ? [`a key was made: ${keyFile}; without it the openings are lost, back both up, apart`] : []),
];

export const durationLine = ({ durations, record }: Built): string => {
  const { reading, hashing } = durations;
  const shown = (seconds: number): string => `${seconds.toFixed(1)} s`;
  return `${counted(record.count)} rows in ${shown(reading + hashing)}: reading and leaves ${shown(reading)}, tree ${shown(hashing)}`;
};
