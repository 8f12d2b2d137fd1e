/** Runs parts, so many at once, in their order; a part that needs another waits for it. */
import { performance } from "node:perf_hooks";
import { nothingRan, type Counts, type Part } from "./parts.ts";
import type { Screen } from "./screen.ts";

export interface Result extends Counts {
  readonly name: string;
  readonly seconds: number;
}

/** The results in the order of the parts. A part whose need failed is not run, and has failed too. */
export const runParts = async (
  parts: readonly Part[],
  lanes: number,
  screen: Screen,
): Promise<readonly Result[]> => {
  const waiting = [...parts];
  const results = new Map<string, Result>();
  const idle: (() => void)[] = [];
  const isFree = ({ needs }: Part): boolean =>
    needs === undefined || results.has(needs) || !parts.some(({ name }) => name === needs);

  const lane = async (): Promise<void> => {
    while (waiting.length > 0) {
      const next = waiting.findIndex(isFree);
      if (next === -1) {
        await new Promise<void>((resolve) => idle.push(resolve));
        continue;
      }
      for (const part of waiting.splice(next, 1)) {
        results.set(part.name, await runPart(part, results, screen));
        for (const wake of idle.splice(0)) wake();
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return parts.flatMap(({ name }) => results.get(name) ?? []);
};

const runPart = async (
  { name, needs, run }: Part,
  results: ReadonlyMap<string, Result>,
  screen: Screen,
): Promise<Result> => {
  const section = screen.begin(name);
  const started = performance.now();
  try {
    const needed = needs === undefined ? undefined : results.get(needs);
    if (needed !== undefined && needed.failed > 0) {
      section.write(`not run, because ${needed.name} failed\n`);
      return { name, seconds: 0, ...nothingRan };
    }
    const counts = await run(section.write);
    return { name, seconds: (performance.now() - started) / 1000, ...counts };
  } finally {
    section.end();
  }
};
