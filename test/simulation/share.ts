/**
 * One process's share of the seeds: `node share.ts TEMPLATE STEPS SEED…` prints a line of JSON for each. TEMPLATE is the
 * JSON of the books that they begin with.
 */
import { Value } from "typebox/value";
import { simulate } from "./simulate.ts";
import { Beginnings } from "./template.ts";

const [template = "", steps, ...seeds] = process.argv.slice(2);
const beginnings = Value.Parse(Beginnings, JSON.parse(template));
for (const seed of seeds.map(Number)) {
  try {
    console.log(JSON.stringify(await simulate(seed, Number(steps), beginnings)));
  } catch (error) {
    console.log(
      JSON.stringify({ seed, broken: error instanceof Error ? String(error.stack) : String(error) }),
    );
  }
}
