/** Runs one of the project's own programs, shows what it prints as it prints it, and keeps it. */
import { spawn } from "node:child_process";
import { join } from "node:path";

export interface Ended {
  readonly exitCode: number;
  readonly output: string;
}

/** A part that loops for ever fails instead of holding up the rest. */
const partTimeoutMs = 20 * 60 * 1000;

/** Runs node_modules/.bin/`program`; rejects where it can not be started, never for its exit code. */
export const run = (
  program: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(join("node_modules", ".bin", program), parameters, {
      stdio: ["ignore", "pipe", "inherit"],
      timeout: partTimeoutMs,
      killSignal: "SIGKILL",
      env: { ...process.env, HARDHAT_DISABLE_TELEMETRY: "true", ...environment },
    });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      process.stdout.write(chunk);
    });
    child.once("error", reject);
    child.once("close", (code, signal) => {
      // Else a part that the system killed, for its memory or its time, ends without a word.
      if (signal !== null) console.error(`${program} was ended by ${signal}: out of memory, or out of time`);
      resolve({ exitCode: code ?? 1, output: Buffer.concat(chunks).toString("utf8") });
    });
  });
