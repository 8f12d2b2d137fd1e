/** Results of simulations in words. */
import type { Figures, Simulated } from "./result.ts";

const words: readonly (readonly [name: keyof Figures, words: string])[] = [
  ["gateways", "gateways"],
  ["writes", "writes"],
  ["acknowledged", "acknowledged"],
  ["refused", "refused by the ledger"],
  ["repeated", "repeated requests"],
  ["lost", "answers lost"],
  ["kills", "kills armed"],
  ["restarts", "starts"],
  ["fullDisks", "full disks"],
  ["clockJumps", "clock jumps"],
  ["faults", "faults of nodes"],
  ["freezes", "frozen gateways"],
  ["reorgs", "reorganizations"],
  ["feeRises", "rises of fees"],
  ["chainKills", "chains killed"],
  ["deeds", "deeds on the chain, each once"],
  ["donations", "donations traced"],
  ["claims", "paid claims traced, alike by protocol, index and contract"],
];

const partsOf = (valueOf: (name: keyof Figures) => number): string =>
  words.map(([name, text]) => `${valueOf(name)} ${text}`).join(", ");

/** One simulation in a line. */
export const lineOf = (result: Simulated): string =>
  `seed ${result.seed} (${result.variant}): ${partsOf((name) => result[name])}`;

/** The last line: how many of what. */
export const summaryOf = (results: readonly Simulated[], broken: number): string => {
  const parts = partsOf((name) => results.reduce((total, result) => total + result[name], 0));
  const verdict = broken === 0 ? "all promises kept, laws L1 to L6 hold" : `${broken} seeds broke a promise`;
  return `${results.length + broken} seeds: ${parts}; ${verdict}`;
};
