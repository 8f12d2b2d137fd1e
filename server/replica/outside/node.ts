/** Asking a node of the chain outside whether it has what the operator says is there. */
import type { Bytes32 } from "../../../protocol/ids.ts";
import { nodeClient, type Send } from "../../chain/node-client.ts";
import { NodeUnreachable } from "../../chain/node-failures.ts";
import { RpcFailure } from "../../chain/rpc.ts";
import { isRecord, quantity, readHash, readNumber, UnexpectedAnswer } from "../../chain/wire.ts";
import { Finding } from "../finding.ts";
import { Unreachable, type ShownAttempt } from "../source.ts";
import { nameOf } from "./attempts.ts";
import type { Watched } from "./kept-attempts.ts";

/** What an observer asks a node for. Throws {@link Finding}, and {@link Unreachable} where the node says nothing of it. */
export interface AskedNode {
  /** That it is on the chain that is spoken of. */
  checkChain(watched: Watched): Promise<void>;
  /** That the named block is the node's, and holds the transaction. */
  checkPlace(attempt: ShownAttempt): Promise<void>;
}

const answerMs = 30_000;

interface NodeBlock {
  readonly hash: Bytes32;
  readonly transactions: readonly unknown[];
}

const blockIn = (value: unknown): NodeBlock | undefined => {
  if (value === null) return undefined;
  const transactions = isRecord(value) ? value["transactions"] : undefined;
  if (!isRecord(value) || !Array.isArray(transactions)) throw new UnexpectedAnswer("a block", value);
  return { hash: readHash(value["hash"]), transactions };
};

/** `url` may hold a key: nothing that is said names it. */
export const askedNode = (url: string, send: Send = nodeClient(url, answerMs)): AskedNode => {
  const block = async (number: number): Promise<NodeBlock | undefined> =>
    blockIn(await send("eth_getBlockByNumber", [quantity(number), false]));
  return {
    checkChain: (watched) => asking(() => checkChain(send, block, watched)),
    checkPlace: (attempt) => asking(() => checkPlace(send, block, attempt)),
  };
};

type BlockOf = (number: number) => Promise<NodeBlock | undefined>;

const asking = async (ask: () => Promise<void>): Promise<void> => {
  try {
    await ask();
  } catch (error) {
    if (
      error instanceof NodeUnreachable ||
      error instanceof RpcFailure ||
      error instanceof UnexpectedAnswer
    ) {
      throw new Unreachable(`the node of --rpc: ${error.message}`);
    }
    throw error;
  }
};

const checkChain = async (send: Send, block: BlockOf, { chainId, genesis }: Watched): Promise<void> => {
  const other = readNumber(await send("eth_chainId"));
  if (other !== chainId) {
    throw new Finding("otherChain", `the node is on chain ${other}, the operator says chain ${chainId}`);
  }
  const first = await block(0);
  if (first?.hash === genesis) return;
  throw new Finding(
    "otherGenesis",
    `the node has ${first?.hash ?? "no block"} as block 0, the operator says ${genesis}`,
    { block: 0 },
  );
};

const checkPlace = async (send: Send, blockOf: BlockOf, attempt: ShownAttempt): Promise<void> => {
  const { transaction, blockNumber: block, blockHash } = attempt;
  const where = `${nameOf(attempt)} (${transaction})`;
  const found = await blockOf(block);
  if (found === undefined) {
    const head = readNumber(await send("eth_blockNumber"));
    const words = `the node has no block ${block}, which is said to hold ${where}; its newest is ${head}`;
    // One that is behind says nothing yet.
    throw head < block ? new Unreachable(words) : new Finding("notInNode", words, { block });
  }
  if (found.hash !== blockHash) {
    throw new Finding(
      "notInNode",
      `${where} is said to be in block ${block}, ${blockHash}; the node has ${found.hash} as that block`,
      { block },
    );
  }
  if (found.transactions.some((hash) => hash === transaction)) return;
  const known = await send("eth_getTransactionByHash", [transaction]);
  throw new Finding(
    "notInNode",
    `${where} is said to be in block ${block}, and the node's block ${block} does not hold it; ` +
      (known === null ? "it does not know that transaction" : "it knows that transaction elsewhere"),
    { block },
  );
};
