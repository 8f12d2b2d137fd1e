/** Asking an operator for its chain, with limits: on time, on length, and on where the answer may come from. */
import { Type, type Static, type TSchema } from "typebox";
import { Value } from "typebox/value";
import { AnswerTooLong, boundedText } from "../../chain/light/bounded-text.ts";
import { address, bytes32, type Address } from "../../protocol/ids.ts";
import { isHex, isRecord } from "../chain/wire.ts";
import type { SignedTransaction } from "../chain/port.ts";
import type { BlocksPage, StreamedBlock, TransactionsPage } from "../heads/stream.ts";
import type { ConcludedAttempt } from "../outbox/attempts.ts";
import type { SignedBlock } from "../heads/statement.ts";
import { BlocksWire, SignedBlockWire, TransactionsWire } from "../schemas/chain.ts";
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
        `Start the replica again with an empty folder (--data): it then keeps watch over what the gateway signs there`,
    );
    this.name = "NotEmbedded";
    this.chainId = chainId;
  }
}

/** The operator shows a chain of its own where this folder watches over one of others. */
export class NotOutside extends Error {
  constructor() {
    super(
      `this gateway shows a chain of its own, and this folder keeps what a gateway signed on a chain of others: ` +
        `choose another folder (--data)`,
    );
    this.name = "NotOutside";
  }
}

/** An account and number, all that the operator shows as signed for it, and where it is said to be. */
export type ShownAttempt = Omit<ConcludedAttempt, "sequence" | "versions"> & {
  readonly versions: readonly SignedTransaction[];
};

export type ShownPage = Omit<TransactionsPage, "kind" | "attempts"> & {
  readonly attempts: readonly ShownAttempt[];
};

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
  /** Of a chain outside, what the gateway signed after a place in its order. Throws {@link NotOutside}. */
  shown(after: number): Promise<ShownPage>;
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const answerMs = 60_000;
/** A page ends at half a million characters, but one block may be longer. */
const answerLimitBytes = 32 * 1_024 * 1_024;

const Answer = Type.Object({ data: BlocksWire });
const ShownAnswer = Type.Object({ data: TransactionsWire });
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
    const text = await chainText(from, ask, after, limit);
    return text === undefined ? undefined : pageIn(text);
  },
  shown: async (after) => {
    const text = await chainText(from, ask, after);
    if (text === undefined) throw new NotOutside();
    return shownIn(text);
  },
});

/** Undefined where the operator says that there is no such page. */
const chainText = async (
  from: string,
  ask: Fetch,
  after: number,
  limit?: number,
): Promise<string | undefined> => {
  const url = addressOf(from, "v1/chain");
  url.searchParams.set("after", String(after));
  if (limit !== undefined) url.searchParams.set("limit", String(limit));
  const { status, text, retryAfterMs } = await answerOf(url.href, ask);
  if (status === 404) return undefined;
  if (status !== 200) throw new Unreachable(`it answers ${status}`, retryAfterMs);
  return text;
};

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
      text: await boundedText(response, answerLimitBytes),
      ...(Number.isFinite(seconds) && seconds >= 0 ? { retryAfterMs: seconds * 1_000 } : {}),
    };
  } catch (error) {
    if (error instanceof AnswerTooLong) throw new Finding("tooLong", error.message);
    throw new Unreachable(error instanceof Error ? error.message : String(error));
  }
};

const dataIn = (text: string): unknown => {
  const value = jsonIn(text);
  if (value === undefined) throw new Finding("unreadable", "the answer is not JSON");
  return isRecord(value) ? value["data"] : undefined;
};

const misformed = (schema: TSchema, answer: unknown): Finding => {
  const [fault] = Value.Errors(schema, answer);
  const where = fault === undefined ? "" : ` (${fault.instancePath || "/"}: ${fault.message})`;
  return new Finding("unreadable", `the answer is not in the form of the stream${where}`);
};

const pageIn = (text: string): BlocksPage => {
  const data = dataIn(text);
  if (isRecord(data) && data["kind"] === "outside") throw new NotEmbedded(Number(data["chainId"]));
  const answer = { data };
  if (!Value.Check(Answer, answer)) throw misformed(Answer, answer);
  return pageOf(answer.data);
};

const shownIn = (text: string): ShownPage => {
  const data = dataIn(text);
  if (isRecord(data) && data["kind"] === "embedded") throw new NotOutside();
  const answer = { data };
  if (!Value.Check(ShownAnswer, answer)) throw misformed(ShownAnswer, answer);
  const { chainId, genesis, ledger, transactions, next } = answer.data;
  return {
    chainId,
    genesis: bytes32(genesis),
    ledger: address(ledger),
    attempts: transactions.map(shownOf),
    ...(next === undefined ? {} : { next }),
  };
};

const shownOf = ({
  signer,
  nonce,
  transaction,
  versions,
}: Static<typeof TransactionsWire>["transactions"][number]): ShownAttempt => ({
  signer: address(signer),
  nonce,
  transaction: bytes32(transaction.hash),
  blockNumber: transaction.block,
  blockHash: bytes32(transaction.blockHash),
  versions: versions.map((version) => signedIn(`transaction ${nonce} of ${signer}`, version)),
});

const signedIn = (
  where: string,
  { hash, raw }: { readonly hash: string; readonly raw: string },
): SignedTransaction => {
  if (!isHex(raw)) throw new Finding("unreadable", `${where}: a transaction is not hexadecimal`);
  return { hash: bytes32(hash), raw };
};

const signedOf = ({ block, hash, signature }: Static<typeof SignedBlockWire>): SignedBlock => {
  if (!isHex(signature)) throw new Finding("unreadable", "a signature is not hexadecimal");
  return { block, hash: bytes32(hash), signature };
};

const blockOf = (block: Static<typeof BlocksWire>["blocks"][number]): StreamedBlock => ({
  number: block.block,
  hash: bytes32(block.hash),
  time: block.timestamp,
  transactions: block.transactions.map((each) => signedIn(`block ${block.block}`, each)),
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
