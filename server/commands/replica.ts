/**
 * `npm run replica`: makes an operator's chain again in this process, compares every hash and every signed head, keeps
 * following, and serves what it made. Of a chain outside it keeps watch over what the operator signs. `--check-evidence`
 * judges a file that a replica wrote.
 */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { withoutCredentials } from "../config.ts";
import { exitCodeOf, exitCodes, lastWordsOf } from "../exit-codes.ts";
import { openDataFolder, type DataFolder } from "../folder.ts";
import { address, type Address } from "../../protocol/ids.ts";
import { Agreement } from "../replica/agreement.ts";
import { checkEvidence, evidenceOf, writeEvidence } from "../replica/evidence.ts";
import { Finding } from "../replica/finding.ts";
import { Follower, type Position } from "../replica/follower.ts";
import { openReplicaKey } from "../replica/key.ts";
import { Kept } from "../replica/kept.ts";
import { KeptAttempts, type Counted } from "../replica/outside/kept-attempts.ts";
import { askedNode } from "../replica/outside/node.ts";
import { Observer } from "../replica/outside/observer.ts";
import { serve } from "../replica/serve.ts";
import { NotEmbedded, sourceOf, Unreachable, type Fetch, type Source } from "../replica/source.ts";
import { watch, type Watched } from "../replica/watch.ts";
import { wrongCall, type Output } from "./folder-command.ts";

const usage = [
  "npm run replica -- --from URL [--data DIR] [--port PORT] [--host HOST] [--every SECONDS] [--head-key ADDRESS] [--agree] [--once]",
  "npm run replica -- --from URL [--rpc NODE] [--data DIR] [--every SECONDS] [--once]   (a gateway on a chain of others)",
  "npm run replica -- --check-evidence FILE",
];

interface Asked {
  readonly from: string;
  readonly data: string;
  readonly host: string;
  readonly port: number;
  readonly everyMs: number;
  readonly headKey?: Address;
  /** A node of the chain outside. */
  readonly rpc?: string;
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

const replicate = async (asked: Asked, options: ReplicaOptions): Promise<number> => {
  const folder = openDataFolder(asked.data);
  try {
    const source = sourceOf(asked.from, options.fetch);
    const isOutside =
      existsSync(folder.file(attemptsFile)) ||
      (!existsSync(folder.file(blocksFile)) && (await saysOutside(source)));
    const code = isOutside ? undefined : await follow(asked, folder, source, options);
    return code ?? (await observe(asked, folder, source, options));
  } finally {
    folder.release();
  }
};

const blocksFile = "chain.db";
const attemptsFile = "attempts.db";

/** Whether the gateway keeps its ledger on a chain of others. One that does not answer is taken for none of them. */
const saysOutside = async (source: Source): Promise<boolean> => {
  try {
    await source.page(0, 1);
    return false;
  } catch (error) {
    if (error instanceof NotEmbedded) return true;
    if (error instanceof Unreachable || error instanceof Finding) return false;
    throw error;
  }
};

/** Keeps watch over a gateway on a chain outside. */
const observe = async (
  asked: Asked,
  folder: DataFolder,
  source: Source,
  { output, signal }: ReplicaOptions,
): Promise<number> => {
  const kept = await KeptAttempts.open(folder.file(attemptsFile));
  try {
    for (const line of limitsOf(asked)) output.print(line);
    const node = asked.rpc === undefined ? {} : { node: askedNode(asked.rpc) };
    const ended = await watch({
      follower: new Observer({ source, kept, signal, ...node }),
      words: (counted) => wordsOf(counted, asked.rpc !== undefined),
      everyMs: asked.everyMs,
      once: asked.once,
      say: output.print,
      onPosition: async () => {},
      onFinding: async (finding) => keepEvidence(finding, folder, output),
      signal,
    });
    return codeOf(ended);
  } finally {
    await kept.close();
  }
};

/** What is not done for a chain outside. */
const limitsOf = ({ rpc, agree, headKey }: Asked): readonly string[] => [
  "this gateway keeps its ledger on a chain of others: nothing is executed here, the nodes of that chain do that. " +
    "What the gateway signed is watched over: its pages carry no signature, the transactions in them do",
  ...(rpc === undefined
    ? ["no node is asked whether the chain has what is shown; name one of your own with --rpc NODE"]
    : []),
  ...(agree || headKey !== undefined
    ? ["--agree and --head-key do nothing here: they are for a chain that the operator makes"]
    : []),
];

const wordsOf = ({ transactions, accounts, block }: Counted, isNodeAsked: boolean): string =>
  `${transactions} transactions of ${accounts} accounts, the last in block ${block}: none contradicts another` +
  (isNodeAsked ? ", and the node has each of them in the block that is named" : "");

const keepEvidence = (finding: Finding, folder: DataFolder, { print }: Output): void => {
  if (finding.evidence.length === 0) return;
  const path = writeEvidence(folder.path, evidenceOf(finding));
  print(`evidence: ${path}; anybody checks it with npm run replica -- --check-evidence FILE`);
};

/** Makes the operator's own chain again. Undefined where there turns out to be none, and none was followed before. */
const follow = async (
  asked: Asked,
  folder: DataFolder,
  source: Source,
  { output, signal }: ReplicaOptions,
): Promise<number | undefined> => {
  const closers: (() => Promise<void> | void)[] = [];
  let hasFollowed = false;
  try {
    const key = openReplicaKey(folder);
    const kept = await Kept.open(folder.file(blocksFile));
    closers.push(() => kept.close());
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
    hasFollowed = before !== undefined;
    if (before !== undefined) output.print(`kept: block ${before.block}, ${before.hash}, executed again`);
    if (!asked.once) {
      const served = await serve({ ...asked, chain: () => follower.chain, standing });
      closers.push(() => served.close());
      output.print(`JSON-RPC, read-only: ${served.url}/rpc`);
    }
    const ended = await watch({
      follower,
      words: ({ block, hash }) => `block ${block}, ${hash}: everything up to it is as the operator says`,
      everyMs: asked.everyMs,
      once: asked.once,
      say: output.print,
      onPosition: async (position) => {
        found = undefined;
        hasFollowed = true;
        await state(position);
      },
      onFinding: async (finding) => {
        found = `${finding.kind}: ${finding.message}`;
        if (finding.evidence.length === 0) return;
        const position = await follower.position();
        if (position !== undefined) await state(position);
        keepEvidence(finding, folder, output);
      },
      signal,
    });
    return codeOf(ended);
  } catch (error) {
    if (error instanceof NotEmbedded && !hasFollowed) return undefined;
    throw error;
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
        rpc: { type: "string" },
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
    const { rpc } = given;
    if (from === undefined || !isHttp(from) || (rpc !== undefined && !isHttp(rpc))) return undefined;
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
      ...(rpc === undefined ? {} : { rpc }),
    };
  } catch {
    return undefined;
  }
};

const isHttp = (url: string): boolean => /^https?:\/\//.test(url) && URL.canParse(url);

const whole = (text: string, most: number): number | undefined =>
  /^(0|[1-9][0-9]{0,9})$/.test(text) && Number(text) <= most ? Number(text) : undefined;
