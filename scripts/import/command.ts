/** `npm run import` without the process around it: arguments in, texts and an exit code out. */
import { readFileSync } from "node:fs";
import { readCall, InvalidCall, usage, type ImportCall } from "./arguments.ts";
import { FileRefused } from "./faults.ts";
import { HttpTarget } from "./http-target.ts";
import { InvalidProfile, readControlTotals, readProfile } from "./profile.ts";
import type { ProgressStream } from "./progress.ts";
import { FileChanged } from "./record.ts";
import { runImport } from "./run.ts";
import { summaryLines, surplus } from "./summary.ts";
import { GatewayFailure, type ImportTarget } from "./target.ts";

export const exitCodes = { done: 0, refused: 1, wrongCall: 2, failed: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export interface CommandParts {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly print: (line: string) => void;
  /** Progress and errors. */
  readonly errors: ProgressStream;
  readonly connect?: (url: string, apiKey: string) => ImportTarget;
}

const overHttp = (url: string, apiKey: string): ImportTarget => new HttpTarget({ url, apiKey });

const readText = (option: string, path: string): string => {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new InvalidCall(`${option}: ${error instanceof Error ? error.message : String(error)}`);
  }
};

const apiKeyOf = ({ keyFile }: ImportCall, { environment }: CommandParts): string | undefined => {
  const key = keyFile === undefined ? environment["EVERYFEN_API_KEY"] : readText("--key-file", keyFile);
  return key === undefined || key.trim() === "" ? undefined : key.trim();
};

const carryOut = async (values: readonly string[], parts: CommandParts): Promise<ExitCode> => {
  const call = readCall(values);
  const profile = readProfile(readText("--profile", call.profile));
  const totals = call.totals === undefined ? undefined : readControlTotals(readText("--totals", call.totals));
  const apiKey = apiKeyOf(call, parts);
  if (apiKey === undefined && !call.dryRun) {
    throw new InvalidCall("no API key: set EVERYFEN_API_KEY or name a file with --key-file");
  }
  const connect = parts.connect ?? overHttp;
  const result = await runImport({
    path: call.file,
    profile,
    dryRun: call.dryRun,
    progress: parts.errors,
    ...(totals === undefined ? {} : { totals }),
    ...(apiKey === undefined ? {} : { target: connect(call.url, apiKey) }),
  });
  for (const line of summaryLines(result)) parts.print(line);
  const short = [...result.funds].some(
    ([code, fund]) => surplus(fund, result.recorded.byFund.of(code).sum) < 0n,
  );
  return short ? exitCodes.failed : exitCodes.done;
};

const codeOf = (error: unknown): ExitCode | undefined => {
  if (error instanceof FileRefused) return exitCodes.refused;
  if (error instanceof InvalidCall || error instanceof InvalidProfile) return exitCodes.wrongCall;
  if (error instanceof GatewayFailure || error instanceof FileChanged) return exitCodes.failed;
  // A file that is not there or may not be read.
  return error instanceof Error && "syscall" in error ? exitCodes.wrongCall : undefined;
};

/** Carries the call out and answers its exit code; throws only what nobody foresaw. */
export const importCommand = async (values: readonly string[], parts: CommandParts): Promise<ExitCode> => {
  try {
    return await carryOut(values, parts);
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined || !(error instanceof Error)) throw error;
    parts.errors.write(`${error.message}\n`);
    if (error instanceof InvalidCall) parts.errors.write(`\n${usage}\n`);
    return code;
  }
};
