/** `npm run histories` without the process around it: arguments in, texts and an exit code out. */
import { Progress } from "../../../scripts/import/progress.ts";
import type { ProgressStream } from "../../../scripts/import/progress.ts";
import { InvalidCall, readCall, usage } from "./arguments.ts";
import type { Call } from "./arguments.ts";
import type { Failure } from "./share.ts";
import { summaryLines } from "./summary.ts";
import { compareAll } from "./threads.ts";

export const exitCodes = { agree: 0, differ: 1, wrongCall: 2 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export interface CommandParts {
  readonly print: (line: string) => void;
  /** Progress and errors. */
  readonly errors: ProgressStream;
}

/** Loaded only when asked for: it compiles the contracts. */
const playOnChain = async (call: Call, errors: ProgressStream): Promise<readonly Failure[]> => {
  const { playSeed } = await import("../../contracts/witnesses.ts");
  const { leaveStage } = await import("../../contracts/stage.ts");
  const progress = new Progress(errors, "on the contract", call.chain, "histories");
  const failures: Failure[] = [];
  for (let seed = call.seed; seed < call.seed + call.chain; seed += 1) {
    try {
      await playSeed(seed);
    } catch (error) {
      failures.push({ seed, message: error instanceof Error ? error.message : String(error) });
    }
    progress.advance(1);
  }
  progress.end();
  await leaveStage();
  return failures;
};

const compare = async (call: Call, { print, errors }: CommandParts): Promise<ExitCode> => {
  const startedAt = performance.now();
  const progress = new Progress(errors, "against the model", call.count, "histories");
  const { tally, failures: inModel } = await compareAll(call, (histories) => progress.advance(histories));
  progress.end();
  const failures = [...inModel, ...(call.chain === 0 ? [] : await playOnChain(call, errors))];
  errors.write(`took ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
  for (const line of summaryLines(call, tally, failures)) print(line);
  return failures.length === 0 ? exitCodes.agree : exitCodes.differ;
};

export const runCommand = async (parameters: readonly string[], parts: CommandParts): Promise<ExitCode> => {
  try {
    return await compare(readCall(parameters), parts);
  } catch (error) {
    if (!(error instanceof InvalidCall)) throw error;
    parts.errors.write(`${error.message}\n\n${usage}\n`);
    return exitCodes.wrongCall;
  }
};
