/** Asking an operator for its chain, with limits: on time, on length, and on where the answer may come from. */
import { Type, type Static } from "typebox";
import { Value } from "typebox/value";
import { address, bytes32, type Address } from "../../protocol/ids.ts";
import { isHex, isRecord } from "../chain/wire.ts";
import type { BlocksPage, StreamedBlock } from "../heads/stream.ts";
import type { SignedBlock } from "../heads/statement.ts";
import { BlocksWire, SignedBlockWire } from "../schemas/chain.ts";
import { AgreementWire } from "../schemas/replicas.ts";
import { Finding } from "./finding.ts";

/** No answer, or none that says anything of the chain: it may be another time. */
export class Unreachable extends Error {
  readonly retryAfterMs: number | undefined;
  constructor(reason: string, retryAfterMs?: number) {
    super(reason);
    this.name = "Unreachable";
    this.retryAfterMs = retryAfterMs;
  }
}

/** The gateway's chain is made by others: there is nothing to make again. */
export class NotEmbedded extends Error {
  readonly chainId: number;
  constructor(chainId: number) {
    super(
      `this gateway keeps its ledger on a chain of others, chain ${chainId}: there is no operator's chain to make again. ` +
        `Run a node of that chain, and read the ledger there`,
    );
    this.name = "NotEmbedded";
    this.chainId = chainId;
  }
}

/** What the operator says to a replica's statement. */
export interface Answered {
  readonly agrees: boolean;
}

export interface Source {
  /**
   * Hands in what the replica says of the block that it came to. Throws {@link Unreachable}, with the operator's words
   * where it does not take it.
   */
  state(replica: Address, said: SignedBlock): Promise<Answered>;
  /** The page after a block; undefined where the operator says that its chain does not come so far. */
  page(after: number, limit?: number): Promise<BlocksPage | undefined>;
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const answerMs = 60_000;
/** A page ends at half a million characters, but one block may be longer. */
const answerLimitBytes = 32 * 1_024 * 1_024;

const Answer = Type.Object({ data: BlocksWire });
const AgreementAnswer = Type.Object({ data: AgreementWire });

/** Throws {@link Unreachable}, {@link NotEmbedded}, and {@link Finding} for an answer in another form. */
export const sourceOf = (from: string, ask: Fetch = fetch): Source => ({
  state: async (replica, { block, hash, signature }) => {
    const { status, text } = await answerOf(addressOf(from, "v1/replicas/agreements").href, ask, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ replica, block, hash, signature }),
    });
    const body = jsonIn(text);
    if (status === 200 && Value.Check(AgreementAnswer, body)) return { agrees: body.data.agrees };
    const detail =
      isRecord(body) && typeof body["detail"] === "string" ? `: ${body["detail"].slice(0, 200)}` : "";
    throw new Unreachable(`it answers ${status}${detail}`);
  },
  page: async (after, limit) => {
    const url = addressOf(from, "v1/chain");
    url.searchParams.set("after", String(after));
    if (limit !== undefined) url.searchParams.set("limit", String(limit));
    const { status, text, retryAfterMs } = await answerOf(url.href, ask);
    if (status === 404) return undefined;
    if (status !== 200) throw new Unreachable(`it answers ${status}`, retryAfterMs);
    return pageIn(text);
  },
});

const addressOf = (from: string, path: string): URL => new URL(path, from.endsWith("/") ? from : `${from}/`);

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const answerOf = async (
  url: string,
  ask: Fetch,
  request: RequestInit = {},
): Promise<{ readonly status: number; readonly text: string; readonly retryAfterMs?: number }> => {
  try {
    const response = await ask(url, { ...request, redirect: "error", signal: AbortSignal.timeout(answerMs) });
    const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
    return {
      status: response.status,
      text: await boundedText(response),
      ...(Number.isFinite(seconds) && seconds >= 0 ? { retryAfterMs: seconds * 1_000 } : {}),
    };
  } catch (error) {
    if (error instanceof Finding) throw error;
    throw new Unreachable(error instanceof Error ? error.message : String(error));
  }
};

const boundedText = async (response: Response): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > answerLimitBytes) {
      throw new Finding("tooLong", `the answer is longer than ${answerLimitBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
};

const pageIn = (text: string): BlocksPage => {
  const value = jsonIn(text);
  if (value === undefined) throw new Finding("unreadable", "the answer is not JSON");
  const data = isRecord(value) ? value["data"] : undefined;
  if (isRecord(data) && data["kind"] === "outside") throw new NotEmbedded(Number(data["chainId"]));
  const answer = { data };
  if (!Value.Check(Answer, answer)) {
    const [fault] = Value.Errors(Answer, answer);
    const where = fault === undefined ? "" : ` (${fault.instancePath || "/"}: ${fault.message})`;
    throw new Finding("unreadable", `the answer is not in the form of the stream${where}`);
  }
  return pageOf(answer.data);
};

const signedOf = ({ block, hash, signature }: Static<typeof SignedBlockWire>): SignedBlock => {
  if (!isHex(signature)) throw new Finding("unreadable", "a signature is not hexadecimal");
  return { block, hash: bytes32(hash), signature };
};

const blockOf = (block: Static<typeof BlocksWire>["blocks"][number]): StreamedBlock => ({
  number: block.block,
  hash: bytes32(block.hash),
  time: block.timestamp,
  transactions: block.transactions.map(({ hash, raw }) => {
    if (!isHex(raw)) {
      throw new Finding("unreadable", `block ${block.block}: a transaction is not hexadecimal`);
    }
    return { hash: bytes32(hash), raw };
  }),
});

const pageOf = (page: Static<typeof BlocksWire>): BlocksPage => ({
  kind: "embedded",
  identity: {
    chainId: page.chainId,
    genesis: bytes32(page.genesis),
    ledger: address(page.ledger),
    rules: page.rules,
  },
  headKey: address(page.headKey),
  after: { block: page.after.block, hash: bytes32(page.after.hash) },
  blocks: page.blocks.map(blockOf),
  head: signedOf(page.head),
  newest: signedOf(page.newest),
});
