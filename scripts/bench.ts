/**
 * `npm run bench`: one table of how fast, how small and how large, and the same as JSON. `--data FOLDER` holds
 * gifts-hubei-2020/, `--large` adds ten million donations (some 3 GB of scratch space), `--tiny` measures every row on
 * next to nothing, which shows that all of them can be measured.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { fullPlan, tinyPlan } from "./bench/plan.ts";
import { isMet, tableLines } from "./bench/row.ts";
import { runBench } from "./bench/run.ts";

const { values } = parseArgs({
  options: {
    out: { type: "string", default: "test-output/bench.json" },
    data: { type: "string" },
    large: { type: "boolean", default: false },
    tiny: { type: "boolean", default: false },
  },
});
const loadBefore = loadavg()[0] ?? 0;
const rows = await runBench({
  plan: values.tiny ? tinyPlan : fullPlan(values.large),
  progress: (line) => console.error(`measuring: ${line}`),
  ...(values.data === undefined ? {} : { data: values.data }),
});
const [processor] = cpus();
const machine = {
  processors: cpus().length,
  processor: processor?.model ?? "unknown",
  memoryBytes: totalmem(),
  /** Processes that wanted a processor in the last minute before and after: more than there are make figures worse. */
  load: { before: loadBefore, after: loadavg()[0] ?? 0 },
  node: process.version,
};
const report = {
  measuredAt: new Date().toISOString(),
  machine,
  rows: rows.map((row) => ({ ...row, met: isMet(row) })),
};
mkdirSync(dirname(values.out), { recursive: true });
writeFileSync(values.out, `${JSON.stringify(report, undefined, 2)}\n`);
console.log(
  `${machine.processors} × ${machine.processor}, Node ${machine.node}, load ${machine.load.before.toFixed(1)} before, ` +
    `${machine.load.after.toFixed(1)} after`,
);
for (const line of tableLines(rows)) console.log(line);
const missed = rows.filter((row) => isMet(row) === false);
if (missed.length > 0)
  console.log(`\n${missed.length} of the budgets missed: ${missed.map(({ id }) => id).join(", ")}`);
console.log(`\nas JSON: ${values.out}`);
