/**
 * `npm run replica`: makes an operator's chain again in this process, compares every hash and every signed head, keeps
 * following, and serves what it made. `--check-evidence` judges a file that a replica wrote.
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { withoutCredentials } from "../config.ts";
import { exitCodeOf, exitCodes, lastWordsOf } from "../exit-codes.ts";
import { openDataFolder } from "../folder.ts";
import { address, type Address } from "../../protocol/ids.ts";
import { Agreement } from "../replica/agreement.ts";
import { checkEvidence, evidenceOf, writeEvidence } from "../replica/evidence.ts";
import { Follower, type Position } from "../replica/follower.ts";
import { openReplicaKey } from "../replica/key.ts";
import { Kept } from "../replica/kept.ts";
import { serve } from "../replica/serve.ts";
import { sourceOf, type Fetch } from "../replica/source.ts";
import { watch, type Watched } from "../replica/watch.ts";
import { wrongCall, type Output } from "./folder-command.ts";

const usage = [
  "npm run replica -- --from URL [--data DIR] [--port PORT] [--host HOST] [--every SECONDS] [--head-key ADDRESS] [--agree] [--once]",
  "npm run replica -- --check-evidence FILE",
];

interface Asked {
  readonly from: string;
  readonly data: string;
  readonly host: string;
  readonly port: number;
  readonly everyMs: number;
  readonly headKey?: Address;
  /** Tell the operator how far it came. */
  readonly agree: boolean;
  readonly once: boolean;
}

export interface ReplicaOptions {
  readonly output: Output;
  /** Ends a replica that follows. */
  readonly signal: AbortSignal;
  readonly fetch?: Fetch;
}

/** Answers the exit code: 0, 64 for a wrong call, 65 for something found, and what exit-codes.ts makes of an error. */
export const runReplica = async (values: readonly string[], options: ReplicaOptions): Promise<number> => {
  const { output } = options;
  const asked = readAsked(values);
  if (asked === undefined) {
    for (const line of usage) output.printError(line);
    return wrongCall;
  }
  try {
    return typeof asked === "string" ? await judgeFile(asked, output) : await replicate(asked, options);
  } catch (error) {
    output.printError(lastWordsOf(error));
    return exitCodeOf(error);
  }
};

const judgeFile = async (path: string, { print }: Output): Promise<number> => {
  const { stands, lines } = await checkEvidence(path);
  for (const line of lines) print(line);
  return stands ? 0 : exitCodes.data;
};

const replicate = async (asked: Asked, { output, signal, fetch: ask }: ReplicaOptions): Promise<number> => {
  const closers: (() => Promise<void> | void)[] = [];
  try {
    const folder = openDataFolder(asked.data);
    closers.push(() => folder.release());
    const key = openReplicaKey(folder);
    const kept = await Kept.open(folder.file("chain.db"));
    closers.push(() => kept.close());
    const source = sourceOf(asked.from, ask);
    const follower = await Follower.open({
      source,
      kept,
      signal,
      ...(asked.headKey === undefined ? {} : { headKey: asked.headKey }),
      onProgress: ({ block }, newest) => output.printError(`block ${block} of ${newest}`),
    });
    closers.push(() => follower.close());
    const agreement = new Agreement({ key, source, say: output.print, nowMs: () => performance.now() });
    const state = async (position: Position): Promise<void> => {
      if (asked.agree && follower.followed !== undefined) await agreement.state(follower.followed, position);
    };
    let found: string | undefined;
    const standing = async () => {
      const at = await follower.position();
      return {
        from: withoutCredentials(asked.from),
        replica: key.address.toLowerCase(),
        ...(at === undefined ? {} : { block: at.block, hash: at.hash }),
        ...(found === undefined ? {} : { found }),
      };
    };
    const before = await follower.position();
    output.print(`this replica signs as ${address(key.address)}`);
    if (before !== undefined) output.print(`kept: block ${before.block}, ${before.hash}, executed again`);
    if (!asked.once) {
      const served = await serve({ ...asked, chain: () => follower.chain, standing });
      closers.push(() => served.close());
      output.print(`JSON-RPC, read-only: ${served.url}/rpc`);
    }
    const ended = await watch({
      follower,
      everyMs: asked.everyMs,
      once: asked.once,
      say: output.print,
      onPosition: async (position) => {
        found = undefined;
        await state(position);
      },
      onFinding: async (finding) => {
        found = `${finding.kind}: ${finding.message}`;
        if (finding.evidence.length === 0) return;
        const position = await follower.position();
        if (position !== undefined) await state(position);
        const path = writeEvidence(folder.path, evidenceOf(finding));
        output.print(`evidence: ${path}; anybody checks it with npm run replica -- --check-evidence FILE`);
      },
      signal,
    });
    return codeOf(ended);
  } finally {
    for (const closer of closers.toReversed()) await closer();
  }
};

const codeOf = (ended: Watched): number => {
  switch (ended) {
    case "well":
      return exitCodes.stopped;
    case "found":
      return exitCodes.data;
    case "unreachable":
      return exitCodes.retry;
  }
};

/** What is asked, or the file to judge; undefined for a wrong call. */
const readAsked = (values: readonly string[]): Asked | string | undefined => {
  try {
    const { values: given } = parseArgs({
      args: [...values],
      options: {
        from: { type: "string" },
        data: { type: "string" },
        host: { type: "string" },
        port: { type: "string" },
        every: { type: "string" },
        "head-key": { type: "string" },
        agree: { type: "boolean" },
        once: { type: "boolean" },
        "check-evidence": { type: "string" },
      },
      strict: true,
    });
    const file = given["check-evidence"];
    if (file !== undefined) return Object.keys(given).length === 1 && file !== "" ? resolve(file) : undefined;
    const { from, data = "./data-replica", host = "127.0.0.1", agree = false, once = false } = given;
    const port = whole(given.port ?? "8660", 65_535);
    const every = whole(given.every ?? "5", 86_400);
    if (from === undefined || !/^https?:\/\//.test(from) || !URL.canParse(from)) return undefined;
    if (port === undefined || every === undefined || every === 0 || data === "") return undefined;
    const headKey = given["head-key"];
    return {
      from,
      data: resolve(data),
      host,
      port,
      everyMs: every * 1_000,
      agree,
      once,
      ...(headKey === undefined ? {} : { headKey: address(headKey) }),
    };
  } catch {
    return undefined;
  }
};

const whole = (text: string, most: number): number | undefined =>
  /^(0|[1-9][0-9]{0,9})$/.test(text) && Number(text) <= most ? Number(text) : undefined;
