/** What a comparison says at its end. */
import type { Tally } from "../tally.ts";
import type { Call } from "./arguments.ts";
import type { Failure } from "./share.ts";

const counted = (count: number): string => count.toLocaleString("en-US");

const named = ["events", "donations", "claims", "payouts", "recoveries", "moves", "refunds"];

/** Every failure with its reason, everything that was counted, and one line of all that matters. */
export const summaryLines = (
  { count, seed, chain }: Pick<Call, "count" | "seed" | "chain">,
  tally: Tally,
  failures: readonly Failure[],
): readonly string[] => {
  const figures = named.map((name) => `${counted(tally[name] ?? 0)} ${name}`).join(", ");
  const onChain = chain === 0 ? "" : `, ${counted(chain)} of them on the contract and through the index`;
  const seeds = [...new Set(failures.map((failure) => failure.seed))];
  const range = `seeds ${seed} to ${seed + count - 1}`;
  return [
    ...failures.map((failure) => `seed ${failure.seed}: ${failure.message}`),
    ...Object.entries(tally).map(([name, number]) => `${counted(number).padStart(14)} ${name}`),
    `${counted(count)} histories (${range})${onChain}: ${figures}; ` +
      `failing seeds: ${seeds.length === 0 ? "none" : seeds.join(", ")}`,
  ];
};
