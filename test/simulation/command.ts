/** `npm run simulate` without the process around it: seeds are shared among processes, and every result is a line. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { InvalidCall, readCall, usage, type Call } from "./arguments.ts";
import { Simulated } from "./result.ts";
import { openTemplates, type Beginnings } from "./template.ts";
import { variantOf, variants } from "./variants.ts";
import { lineOf, summaryOf } from "./summary.ts";

export const exitCodes = { kept: 0, broken: 1, wrongCall: 2 } as const;

export interface Output {
  readonly print: (line: string) => void;
  readonly printError: (line: string) => void;
}

/** What a process says of a seed: its figures, or what was broken. */
const Line = Type.Union([Simulated, Type.Object({ seed: Type.Integer(), broken: Type.String() })]);
type Told = Type.Static<typeof Line>;

const share = join(import.meta.dirname, "share.ts");

/** Runs the seeds of one process, `told` with each result. Rejects where the process ends before they are done. */
const runShare = (
  beginnings: Beginnings,
  seeds: readonly number[],
  steps: number,
  told: (line: Told) => void,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const parameters = [JSON.stringify(beginnings), String(steps), ...seeds.map(String)];
    const child = spawn(process.execPath, [share, ...parameters], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    createInterface({ input: child.stdout }).on("line", (line) => {
      const value: unknown = JSON.parse(line);
      if (Value.Check(Line, value)) told(value);
    });
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`a process of the simulation ended with ${code}`)),
    );
  });

const runAll = async ({ seed, seeds, steps, processes }: Call, output: Output): Promise<number> => {
  const results: Simulated[] = [];
  let broken = 0;
  const told = (line: Told): void => {
    if ("broken" in line) {
      broken += 1;
      output.printError(`seed ${line.seed}: ${line.broken}`);
      output.printError(`  again: npm run simulate -- --seed ${line.seed} --steps ${steps}`);
      return;
    }
    results.push(line);
    output.print(lineOf(line));
  };
  const all = Array.from({ length: seeds }, (_, index) => seed + index);
  const count = Math.min(processes, seeds);
  // Of every variant each process has as many as the others.
  const byVariant = variants.flatMap((variant) => all.filter((each) => variantOf(each) === variant));
  const shares = Array.from({ length: count }, (_, part) =>
    byVariant.filter((_seed, index) => index % count === part),
  );
  const { beginnings, remove } = await openTemplates(new Set(all.map(variantOf)));
  try {
    await Promise.all(shares.map((own) => runShare(beginnings, own, steps, told)));
  } finally {
    await remove();
  }
  output.print(summaryOf(results, broken));
  return broken === 0 ? exitCodes.kept : exitCodes.broken;
};

export const simulateCommand = async (parameters: readonly string[], output: Output): Promise<number> => {
  try {
    return await runAll(readCall(parameters), output);
  } catch (error) {
    if (!(error instanceof InvalidCall)) throw error;
    output.printError(error.message);
    output.printError(usage);
    return exitCodes.wrongCall;
  }
};
