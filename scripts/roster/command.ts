/** `npm run roster` without the process around it: arguments in, texts and an exit code out. */
import { readFileSync } from "node:fs";
import { idNumber, InvalidIdNumber } from "../../protocol/rosters/id-number.ts";
import type { IdNumber } from "../../protocol/rosters/id-number.ts";
import { InvalidOpening } from "../../protocol/rosters/opening.ts";
import { FileRefused } from "../import/faults.ts";
import { InvalidProfile } from "../import/profile.ts";
import type { ProgressStream } from "../import/progress.ts";
import { InvalidCall, readCall, usage } from "./arguments.ts";
import type { BuildCall, ProveCall } from "./arguments.ts";
import { buildRoster } from "./build.ts";
import { readKey, UnusableKey } from "./key.ts";
import { UnreadableOpenings } from "./openings.ts";
import { readRosterProfile } from "./profile.ts";
import { NotInsured, proveMember } from "./prove.ts";
import { InvalidRosterRecord } from "./record.ts";
import { durationLine, summaryLines } from "./summary.ts";

export const exitCodes = { done: 0, refused: 1, wrongCall: 2, damaged: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export interface CommandParts {
  /** Where an id number is read from. */
  readonly input: AsyncIterable<unknown>;
  readonly print: (line: string) => void;
  /** Progress and errors. */
  readonly errors: ProgressStream;
}

const build = async (call: BuildCall, { print, errors }: CommandParts): Promise<void> => {
  const profile = readRosterProfile(readFileSync(call.profile, "utf8"));
  const built = await buildRoster(call, profile, errors);
  for (const line of summaryLines({ ...built, keyFile: call.keyFile })) print(line);
  errors.write(`${durationLine(built)}\n`);
};

const maxInputCharacters = 64;

/** Reads up to the end of the first line, or of the input. */
const readIdNumber = async (input: AsyncIterable<unknown>): Promise<IdNumber> => {
  let text = "";
  for await (const chunk of input) {
    text += Buffer.isBuffer(chunk) ? chunk.toString("latin1") : String(chunk);
    if (text.includes("\n") || text.length > maxInputCharacters) break;
  }
  const [line = ""] = text.split(/\r?\n/);
  return idNumber(line);
};

const prove = async (call: ProveCall, { input, print, errors }: CommandParts): Promise<void> => {
  const key = readKey(call.keyFile);
  const proof = await proveMember(call, key, await readIdNumber(input), errors);
  print(JSON.stringify(proof, undefined, 2));
};

const codeOf = (error: unknown): ExitCode | undefined => {
  if (error instanceof FileRefused || error instanceof NotInsured) return exitCodes.refused;
  if (error instanceof InvalidCall || error instanceof InvalidProfile) return exitCodes.wrongCall;
  if (error instanceof UnusableKey || error instanceof InvalidIdNumber) return exitCodes.wrongCall;
  if (error instanceof UnreadableOpenings || error instanceof InvalidRosterRecord) return exitCodes.damaged;
  if (error instanceof InvalidOpening) return exitCodes.damaged;
  // A file that is not there or may not be read.
  return error instanceof Error && "syscall" in error ? exitCodes.wrongCall : undefined;
};

/** Carries the call out and answers its exit code; throws only what nobody foresaw. */
export const rosterCommand = async (values: readonly string[], parts: CommandParts): Promise<ExitCode> => {
  try {
    const call = readCall(values);
    await (call.kind === "build" ? build(call, parts) : prove(call, parts));
    return exitCodes.done;
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined || !(error instanceof Error)) throw error;
    parts.errors.write(`${error.message}\n`);
    if (error instanceof InvalidCall) parts.errors.write(`\n${usage}\n`);
    return code;
  }
};
