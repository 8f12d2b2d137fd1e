/** A thread that compares every `step`-th history of a range, and reports now and then. */
import { parentPort, workerData } from "node:worker_threads";
import { runHistory } from "../run.ts";
import { addedTallies } from "../tally.ts";
import type { Tally } from "../tally.ts";
import { readShare } from "./share.ts";
import type { Report } from "./share.ts";

const reportEvery = 25;
const share = readShare(workerData);
let tally: Tally = {};
let failures: { readonly seed: number; readonly message: string }[] = [];
let unreported = 0;

const report = (): void => {
  const own: Report = { histories: unreported, tally, failures };
  parentPort?.postMessage(own, []);
  [tally, failures, unreported] = [{}, [], 0];
};

for (let seed = share.first; seed < share.end; seed += share.step) {
  try {
    tally = addedTallies(tally, runHistory(seed));
  } catch (error) {
    failures.push({ seed, message: error instanceof Error ? error.message : String(error) });
  }
  unreported += 1;
  if (unreported === reportEvery) report();
}
report();
