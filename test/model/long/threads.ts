/** Comparing many histories on several threads. */
import { Worker } from "node:worker_threads";
import { addedTallies } from "../tally.ts";
import type { Call } from "./arguments.ts";
import type { Failure, Report, Share } from "./share.ts";

const isReport = (value: unknown): value is Report =>
  typeof value === "object" && value !== null && "histories" in value && "tally" in value;

const runShare = (share: Share, hear: (report: Report) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: share });
    worker.on("message", (report: unknown) => {
      if (isReport(report)) hear(report);
      else reject(new TypeError("a report was expected"));
    });
    worker.on("error", reject);
    worker.on("exit", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`a thread ended with ${code}`));
    });
  });

/** Compares the histories of a call; `advance` hears how many more are done. Failures come in the order of seeds. */
export const compareAll = async (
  { count, seed, threads }: Pick<Call, "count" | "seed" | "threads">,
  advance: (histories: number) => void,
): Promise<Report> => {
  let all: Report = { histories: 0, tally: {}, failures: [] };
  const hear = ({ histories, tally, failures }: Report): void => {
    const both: readonly Failure[] = [...all.failures, ...failures];
    all = {
      histories: all.histories + histories,
      tally: addedTallies(all.tally, tally),
      failures: both.toSorted((one, other) => one.seed - other.seed),
    };
    advance(histories);
  };
  const step = Math.min(threads, count);
  const shares = Array.from({ length: step }, (_, at) => ({ first: seed + at, end: seed + count, step }));
  await Promise.all(shares.map((share) => runShare(share, hear)));
  return all;
};
