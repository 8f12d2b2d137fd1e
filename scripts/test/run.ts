/** Runs one of the project's own programs, hands on what it prints as it prints it, and keeps it. */
import { spawn } from "node:child_process";
import { join } from "node:path";

export interface Ended {
  readonly exitCode: number;
  readonly output: string;
}

/** A part that loops for ever fails instead of holding up the rest. */
const partTimeoutMs = 20 * 60 * 1000;

/** Takes what a part prints. */
export type Write = (text: string) => void;

const pathOf = (program: string): string =>
  program === "node" ? process.execPath : join("node_modules", ".bin", program);

/** Runs node, or node_modules/.bin/`program`; rejects where it can not be started, never for its exit code. */
export const run = (
  program: string,
  parameters: readonly string[],
  write: Write,
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(pathOf(program), parameters, {
      stdio: ["ignore", "pipe", "pipe"],
      timeout: partTimeoutMs,
      killSignal: "SIGKILL",
      env: { ...process.env, HARDHAT_DISABLE_TELEMETRY: "true", ...environment },
    });
    let output = "";
    const print = (text: string): void => {
      output += text;
      write(text);
    };
    child.stdout.setEncoding("utf8").on("data", print);
    child.stderr.setEncoding("utf8").on("data", write);
    child.once("error", reject);
    child.once("close", (code, signal) => {
      // Else a part that the system killed, for its memory or its time, ends without a word.
      if (signal !== null) write(`${program} was ended by ${signal}: out of memory, or out of time\n`);
      resolve({ exitCode: code ?? 1, output });
    });
  });
