/**
 * `npm test`: every check and every suite, one after another, so that two cores are enough. Ends with 1 if any part
 * failed, with 2 if a part was asked for that does not exist. `npm test -- types test/protocol` runs these alone.
 */
import { performance } from "node:perf_hooks";
import { parts, type Counts } from "./test/parts.ts";

interface Result extends Counts {
  readonly name: string;
  readonly seconds: number;
}

const all = parts();
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !all.some((part) => part.name === name));
if (unknown.length > 0) {
  console.error(
    `no part ${unknown.join(", ")}; there are ${all.map((part) => part.name).join(", ")}, and all of them without an argument`,
  );
  process.exit(2);
}

const results: Result[] = [];
for (const part of all.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
  console.log(`\n── ${part.name} ${"─".repeat(Math.max(3, 70 - part.name.length))}`);
  const started = performance.now();
  const counts = await part.run();
  results.push({ name: part.name, seconds: (performance.now() - started) / 1000, ...counts });
}

const sum = (of: (result: Result) => number): number =>
  results.reduce((total, result) => total + of(result), 0);
const row = (name: string, passed: number, failed: number, seconds: number): string =>
  `${name.padEnd(20)}${String(passed).padStart(8)}${String(failed).padStart(8)}${seconds.toFixed(1).padStart(10)}`;
const [passed, failed] = [sum((result) => result.passed), sum((result) => result.failed)];

console.log(`\n${"part".padEnd(20)}${"passed".padStart(8)}${"failed".padStart(8)}${"seconds".padStart(10)}`);
for (const result of results) console.log(row(result.name, result.passed, result.failed, result.seconds));
console.log(
  row(
    "all",
    passed,
    failed,
    sum(({ seconds }) => seconds),
  ),
);
if (asked.length > 0) console.log(`only ${results.length} of ${all.length} parts, as asked`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
