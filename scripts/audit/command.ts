/** `npm run audit` without the process around it: arguments in, texts and an exit code out. */
import { writeFileSync } from "node:fs";
import { InvalidCall, readCall, usage } from "./arguments.ts";
import { NodeFailure } from "./node.ts";
import { NoHistory } from "./read-file.ts";
import { exitCodes, reportJson, reportLines, verdictOf, type ExitCode } from "./report.ts";
import { runAudit, type AuditParts } from "./run.ts";

export interface CommandParts extends AuditParts {
  readonly print: (line: string) => void;
}

const carryOut = async (values: readonly string[], parts: CommandParts): Promise<ExitCode> => {
  const call = readCall(values);
  const report = await runAudit(call, parts);
  for (const line of reportLines(report)) parts.print(line);
  if (call.json !== undefined) writeFileSync(call.json, reportJson(report));
  return exitCodes[verdictOf(report)];
};

/** A file that is not there, or may not be read or written. */
const isOfFile = (error: unknown): error is Error => error instanceof Error && "syscall" in error;

/** Carries the call out and answers its exit code; throws only what nobody foresaw. */
export const auditCommand = async (values: readonly string[], parts: CommandParts): Promise<ExitCode> => {
  try {
    return await carryOut(values, parts);
  } catch (error) {
    if (error instanceof InvalidCall) {
      parts.progress.write(`${error.message}\n\n${usage}\n`);
      return exitCodes.wrongCall;
    }
    if (isOfFile(error)) {
      parts.progress.write(`${error.message}\n`);
      return exitCodes.wrongCall;
    }
    if (!(error instanceof NodeFailure || error instanceof NoHistory)) throw error;
    parts.progress.write(`The ledger's history could not be read. ${error.message}\n`);
    return exitCodes.unfinished;
  }
};
