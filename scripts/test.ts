/**
 * `npm test`: every check and every suite, two at a time, for most use one processor only. Ends with 1 if any part
 * failed, with 2 if a part was asked for that does not exist. `npm test -- types test/protocol` runs these alone.
 */
import { availableParallelism } from "node:os";
import { performance } from "node:perf_hooks";
import { runParts, type Result } from "./test/lanes.ts";
import { parts } from "./test/parts.ts";
import { Screen } from "./test/screen.ts";

/** More would want more memory than a small machine has: the compiler and Solidity's tests take a gigabyte each. */
const lanes = Math.min(2, availableParallelism());

const all = parts();
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !all.some((part) => part.name === name));
if (unknown.length > 0) {
  console.error(
    `no part ${unknown.join(", ")}; there are ${all.map((part) => part.name).join(", ")}, and all of them without an argument`,
  );
  process.exit(2);
}

const chosen = all.filter(({ name }) => asked.length === 0 || asked.includes(name));
const started = performance.now();
const results = await runParts(chosen, lanes, new Screen((text) => process.stdout.write(text)));
const seconds = (performance.now() - started) / 1000;

const sum = (of: (result: Result) => number): number =>
  results.reduce((total, result) => total + of(result), 0);
const row = (name: string, passed: number, failed: number, took: number): string =>
  `${name.padEnd(20)}${String(passed).padStart(8)}${String(failed).padStart(8)}${took.toFixed(1).padStart(10)}`;
const [passed, failed] = [sum((result) => result.passed), sum((result) => result.failed)];

console.log(`\n${"part".padEnd(20)}${"passed".padStart(8)}${"failed".padStart(8)}${"seconds".padStart(10)}`);
for (const result of results) console.log(row(result.name, result.passed, result.failed, result.seconds));
console.log(row(lanes === 1 ? "all" : `all, ${lanes} at a time`, passed, failed, seconds));
if (asked.length > 0) console.log(`only ${results.length} of ${all.length} parts, as asked`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
