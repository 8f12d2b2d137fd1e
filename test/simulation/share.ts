/** One process's share of the seeds: `node share.ts STEPS SEED…` prints a line of JSON for each. */
import { simulate } from "./simulate.ts";
import { openTemplate } from "./template.ts";

const [steps = 0, ...seeds] = process.argv.slice(2).map(Number);
const template = await openTemplate();
for (const seed of seeds) {
  try {
    console.log(JSON.stringify(await simulate(seed, steps, template)));
  } catch (error) {
    console.log(
      JSON.stringify({ seed, broken: error instanceof Error ? String(error.stack) : String(error) }),
    );
  }
}
await template.remove();
