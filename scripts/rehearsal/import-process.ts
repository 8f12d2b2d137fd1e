/** `npm run import` in a process of its own, as an operator runs it. */
import { spawn } from "node:child_process";
import { join } from "node:path";

const script = join(import.meta.dirname, "../import.ts");

export interface ImportRun {
  readonly url: string;
  readonly key: string;
  readonly profile: string;
  readonly file: string;
  /** The file of control totals. */
  readonly totals: string;
}

export const runImport = (
  run: ImportRun,
): Promise<{ readonly code: number | null; readonly output: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [script, "--profile", run.profile, "--file", run.file, "--url", run.url, "--totals", run.totals],
      { env: { ...process.env, EVERYFEN_API_KEY: run.key }, stdio: ["ignore", "pipe", "ignore"] },
    );
    const output: string[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk.toString("utf8")));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output: output.join("").trim() }));
  });
