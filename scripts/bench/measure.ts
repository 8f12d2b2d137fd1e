/**
 * One measurement in a process of its own, so that its memory is its own: `node measure.ts at-size '{…}'` or
 * `node measure.ts recorded FOLDER`. Prints the figures as JSON.
 */
import { Type } from "typebox";
import { Value } from "typebox/value";
import { measureAtSize } from "../../server/commands/bench/at-size.ts";
import { measureRecorded } from "../../server/commands/bench/recorded.ts";

const Options = Type.Object({
  folder: Type.String(),
  donations: Type.Integer(),
  claims: Type.Integer(),
  samples: Type.Integer(),
  reindex: Type.Boolean(),
});

const [, , kind, argument = ""] = process.argv;
const figures =
  kind === "at-size"
    ? await measureAtSize(Value.Parse(Options, JSON.parse(argument)))
    : await measureRecorded(argument);
process.stdout.write(`${JSON.stringify(figures)}\n`);
// The embedded chain's threads would keep the process.
process.exit(0);
