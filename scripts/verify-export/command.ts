/** `npm run verify-export` without the process around it: arguments in, lines and an exit code out. */
import { createReadStream } from "node:fs";
import { parseArgs } from "node:util";
import { jsonRpc } from "../../chain/light/json-rpc.ts";
import { ExportCheck } from "../../protocol/exports/check.ts";
import type { ExportReport } from "../../protocol/exports/check.ts";
import type { ExportHeader } from "../../protocol/exports/header.ts";
import { Unanswered } from "../../protocol/verify/steps.ts";
import { heldAgainstNode } from "./against-node.ts";

export const usage = `npm run verify-export -- FILE [--rpc URL]

  FILE       an export: /v1/exports/… or an insurer's statement as CSV
  --rpc URL  asks a node whether the export's last block is on the chain, and holds every log of an export of the ledger
             against the node's own

Ends with 0 where nothing is wrong, 1 where something is, 2 when the call itself is wrong, 3 where the node did not answer.`;

export const exitCodes = { sound: 0, faulty: 1, wrongCall: 2, unanswered: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export interface CommandParts {
  readonly print: (line: string) => void;
  readonly printError: (line: string) => void;
}

interface Call {
  readonly file: string;
  readonly rpc?: string;
}

/** Undefined, and the reason printed, where the call is wrong. */
const readCall = (values: readonly string[], printError: CommandParts["printError"]): Call | undefined => {
  try {
    const { values: options, positionals } = parseArgs({
      args: [...values],
      options: { rpc: { type: "string" } },
      allowPositionals: true,
      strict: true,
    });
    const [file, ...others] = positionals;
    if (file === undefined || others.length > 0) throw new TypeError("one file is needed");
    const { rpc } = options;
    if (rpc === undefined) return { file };
    if (!/^https?:\/\//.test(rpc) || !URL.canParse(rpc)) {
      throw new TypeError("--rpc: expected http:// or https:// and a host");
    }
    return { file, rpc };
  } catch (error) {
    printError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return undefined;
  }
};

const checkFile = async (file: string): Promise<ExportReport> => {
  const check = new ExportCheck();
  for await (const bytes of createReadStream(file)) check.push(bytes);
  return check.end();
};

const described = (header: ExportHeader, rows: number): readonly string[] => [
  `${header.kind}${header.subject === undefined ? "" : ` of ${header.subject}`}, ${rows} rows`,
  `  chain   ${header.chainId}, ledger ${header.ledger}${header.demonstration ? ", an invented example" : ""}`,
  `  blocks  ${header.fromBlock} to ${header.toBlock}, ${header.toBlockHash}`,
  `  seal    sha256 ${header.seal}`,
];

/** Carries the call out and answers its exit code; throws only what nobody foresaw. */
export const verifyExportCommand = async (
  values: readonly string[],
  { print, printError }: CommandParts,
): Promise<ExitCode> => {
  const call = readCall(values, printError);
  if (call === undefined) return exitCodes.wrongCall;
  const { file, rpc } = call;
  try {
    const { header, rows, faults } = await checkFile(file);
    if (header !== undefined) for (const line of described(header, rows)) print(line);
    for (const { kind, detail } of faults) print(`${kind}: ${detail}`);
    if (header === undefined || faults.length > 0) return exitCodes.faulty;
    print("the file is whole: every row is there once, as it was digested");
    if (rpc === undefined) {
      print("not asked: whether a node has this block (--rpc URL)");
      return exitCodes.sound;
    }
    const found = await heldAgainstNode(file, header, jsonRpc(rpc));
    for (const line of found.lines) print(line);
    return found.isSound ? exitCodes.sound : exitCodes.faulty;
  } catch (error) {
    if (error instanceof Unanswered) {
      printError(`the node did not answer: ${error.reason} ${error.detail}`.trim());
      return exitCodes.unanswered;
    }
    // A file that is not there or may not be read.
    if (!(error instanceof Error && "syscall" in error)) throw error;
    printError(error.message);
    return exitCodes.wrongCall;
  }
};
