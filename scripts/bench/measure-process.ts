/** Runs measure.ts and reads its figures. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Static, TSchema } from "typebox";
import { Value } from "typebox/value";

const script = join(import.meta.dirname, "measure.ts");

/** Throws what the process said where it failed, or answered something else than `schema`. */
export const measureApart = async <Schema extends TSchema>(
  schema: Schema,
  kind: "at-size" | "recorded",
  argument: string,
): Promise<Static<Schema>> => {
  const { stdout } = await promisify(execFile)(process.execPath, [script, kind, argument], {
    maxBuffer: 1024 * 1024,
  });
  return Value.Parse(schema, JSON.parse(stdout));
};
