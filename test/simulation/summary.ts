/** Results of simulations in words. */
import type { Simulated } from "./simulate.ts";

type Figures = Omit<Simulated, "seed" | "steps">;

const figures: readonly (readonly [name: keyof Figures, words: string])[] = [
  ["writes", "writes"],
  ["acknowledged", "acknowledged"],
  ["refused", "refused by the ledger"],
  ["repeated", "repeated requests"],
  ["lost", "answers lost"],
  ["kills", "kills armed"],
  ["fullDisks", "full disks"],
  ["clockJumps", "clock jumps"],
  ["restarts", "starts"],
  ["deeds", "deeds on the chain, each once"],
  ["donations", "donations and"],
  ["claims", "paid claims traced alike by protocol, index and contract"],
];

/** One simulation in a line. */
export const lineOf = (result: Simulated): string => `seed ${result.seed}: ${partsOf(result)}`;

const partsOf = (sums: Figures): string =>
  figures.map(([name, words]) => `${sums[name]} ${words}`).join(", ");

/** The last line: how many of what. */
export const summaryOf = (results: readonly Simulated[], broken: number): string => {
  const sum = (name: keyof Figures): number => results.reduce((total, result) => total + result[name], 0);
  const sums = {
    writes: sum("writes"),
    acknowledged: sum("acknowledged"),
    refused: sum("refused"),
    repeated: sum("repeated"),
    lost: sum("lost"),
    kills: sum("kills"),
    fullDisks: sum("fullDisks"),
    clockJumps: sum("clockJumps"),
    restarts: sum("restarts"),
    deeds: sum("deeds"),
    donations: sum("donations"),
    claims: sum("claims"),
  };
  const verdict = broken === 0 ? "all promises kept, laws L1 to L6 hold" : `${broken} seeds broke a promise`;
  return `${results.length + broken} seeds: ${partsOf(sums)}; ${verdict}`;
};
