/** `npm run fuzz -- [--seed N] [--requests N]`: noise for every endpoint; what came of it, as JSON. 1 where something broke. */
import { parseArgs } from "node:util";
import { runFuzz } from "./run.ts";

const { values } = parseArgs({
  options: { seed: { type: "string", default: "1" }, requests: { type: "string", default: "10000" } },
});
const result = await runFuzz({ seed: Number(values.seed), requests: Number(values.requests) });
console.log(JSON.stringify(result, undefined, 2));
process.exitCode = result.faults.length === 0 ? 0 : 1;
