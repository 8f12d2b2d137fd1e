/**
 * The scripts of the islands that are written in TypeScript, made from their sources when the process starts: no file
 * that is built can lag behind its source. The same sources give the same bytes on every machine.
 */
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const folder = fileURLToPath(new URL(".", import.meta.url));

/** One script. `entry` is relative to this folder; es5 is for what must run where nothing else does. */
export const bundled = (entry: string, target: "es2020" | "es5" = "es2020"): Buffer => {
  const { outputFiles } = buildSync({
    absWorkingDir: folder,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target,
    charset: "utf8",
    legalComments: "none",
    // A field that is only declared is no code.
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
  });
  const [script] = outputFiles;
  if (script === undefined) throw new RangeError(`${entry}: esbuild wrote nothing`);
  return Buffer.from(script.contents);
};
