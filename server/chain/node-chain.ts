/**
 * A chain behind RPC_URL: it makes its own blocks, may replace them, may be behind, and answers what its node likes.
 * What an answer should hold is checked here; what follows from it is decided in outbox/published-line.ts.
 */
import { custom } from "viem";
import type { CustomTransport } from "viem";
import type { Address, Bytes32 } from "../../protocol/ids.ts";
import { NodeUnreachable } from "./node-failures.ts";
import type { Send } from "./node-client.ts";
import type { BlockHead, Hex, ReadableChain } from "./port.ts";
import { readOnlyRequest, RpcFailure } from "./rpc.ts";
import type { RpcRequest } from "./rpc.ts";
import {
  isHex,
  quantity,
  readAddress,
  readHash,
  readNumber,
  readQuantity,
  readRecord,
  UnexpectedAnswer,
} from "./wire.ts";

export interface NodeHead extends BlockHead {
  /** Wei; 0 where gas is free, and on chains that have no base fee. */
  readonly baseFeePerGas: bigint;
}

/** A transaction that some block holds, by the word of the node. */
export interface NodeReceipt {
  readonly transaction: Bytes32;
  readonly blockNumber: number;
  readonly blockHash: Bytes32;
  readonly reverted: boolean;
  readonly gasUsed: bigint;
  readonly contractAddress?: Address;
}

/** A mined transaction whose revert is asked for. */
export interface RevertedCall {
  readonly transaction: Bytes32;
  readonly from: Address;
  readonly to?: Address;
  readonly calldata: Hex;
  readonly gasLimit: bigint;
  readonly blockNumber: number;
}

/** The chain of RPC_URL, as the sender publishes to it. */
export interface PublishingChain extends ReadableChain {
  head(): Promise<NodeHead>;
  /** Throws {@link WrongNode} where another chain answers now, as after a node was replaced. */
  checkChain(): Promise<void>;
  /** Hands signed bytes to the node. Throws RpcFailure with its refusal. */
  send(raw: Hex): Promise<void>;
  receipt(transaction: Bytes32): Promise<NodeReceipt | undefined>;
  /** How many transactions of the account the blocks up to `blockNumber` hold. */
  nonceAt(account: Address, blockNumber: number): Promise<number>;
  balance(account: Address): Promise<bigint>;
  /** What the node suggests as a tip, in wei. */
  suggestedTip(): Promise<bigint>;
  /** The contract's encoded error of a mined transaction that reverted; 0x where the node cannot say. */
  revertData(call: RevertedCall): Promise<Hex>;
}

/** The node is on another chain than the data folder. */
export class WrongNode extends Error {
  readonly expected: string;
  readonly actual: string;
  constructor(expected: string, actual: string) {
    super(
      `RPC_URL: the node is on chain ${actual}, this gateway writes to chain ${expected}; nothing was sent`,
    );
    this.name = "WrongNode";
    this.expected = expected;
    this.actual = actual;
  }
}

export class NodeChain implements PublishingChain {
  readonly chainId: number;
  readonly load = 0;
  readonly #send: Send;

  private constructor(chainId: number, send: Send) {
    this.chainId = chainId;
    this.#send = send;
  }

  /** Asks the node for its chain id. Throws NodeUnreachable. */
  static async connect(send: Send): Promise<NodeChain> {
    const chainId = await ask(send, "eth_chainId", [], readNumber);
    return new NodeChain(chainId, send);
  }

  async close(): Promise<void> {}

  async checkChain(): Promise<void> {
    const actual = await this.#ask("eth_chainId", [], readNumber);
    if (actual !== this.chainId) throw new WrongNode(String(this.chainId), String(actual));
  }

  head(): Promise<NodeHead> {
    return this.#ask("eth_getBlockByNumber", ["latest", false], readHead);
  }

  block(number: number): Promise<BlockHead | undefined> {
    return this.#ask("eth_getBlockByNumber", [quantity(number), false], (answer) => {
      if (answer === null) return undefined;
      const head = readHead(answer);
      if (head.number !== number) throw new UnexpectedAnswer(`block ${number}`, head.number);
      return head;
    });
  }

  code(contract: Address): Promise<Hex> {
    return this.#ask("eth_getCode", [contract, "latest"], readBytes);
  }

  async send(raw: Hex): Promise<void> {
    await this.#ask("eth_sendRawTransaction", [raw], readHash);
  }

  receipt(transaction: Bytes32): Promise<NodeReceipt | undefined> {
    return this.#ask("eth_getTransactionReceipt", [transaction], (answer) => {
      if (answer === null) return undefined;
      const receipt = readReceipt(answer);
      if (receipt.transaction !== transaction) throw new UnexpectedAnswer(transaction, receipt.transaction);
      return receipt;
    });
  }

  nonceAt(account: Address, blockNumber: number): Promise<number> {
    return this.#ask("eth_getTransactionCount", [account, quantity(blockNumber)], readNumber);
  }

  balance(account: Address): Promise<bigint> {
    return this.#ask("eth_getBalance", [account, "latest"], readQuantity);
  }

  async suggestedTip(): Promise<bigint> {
    try {
      return await this.#ask("eth_maxPriorityFeePerGas", [], readQuantity);
    } catch (error) {
      // Not every node has the method.
      if (error instanceof RpcFailure) return defaultTip;
      throw error;
    }
  }

  /**
   * The trace of the transaction where the node keeps one. Else the call is made again on the state after its block,
   * where a stale position is still stale and names the newest one, and then on the state before it.
   */
  async revertData(call: RevertedCall): Promise<Hex> {
    const options = { tracer: "callTracer", tracerConfig: { onlyTopCall: true } };
    try {
      const trace = await this.#ask("debug_traceTransaction", [call.transaction, options], (answer) =>
        readRecord(answer, "a trace"),
      );
      if (isHex(trace["output"])) return trace["output"];
    } catch (error) {
      if (!(error instanceof RpcFailure)) throw error;
    }
    const after = await this.#revertOf(call, call.blockNumber);
    return after === "0x" ? this.#revertOf(call, call.blockNumber - 1) : after;
  }

  /** For the index, which asks for no more than it needs. */
  provider(): { request(request: RpcRequest): Promise<unknown> } {
    return { request: ({ method, params = [] }) => this.#send(method, params) };
  }

  /** Answers read-only JSON-RPC within the bounds of rpc.ts. Throws RpcFailure. */
  async request(request: RpcRequest): Promise<unknown> {
    try {
      return await readOnlyRequest(request, this.#send);
    } catch (error) {
      if (error instanceof NodeUnreachable) throw new RpcFailure(-32603, `the chain's node: ${error.kind}`);
      throw error;
    }
  }

  transport(): CustomTransport {
    return custom({ request: (request: RpcRequest) => this.request(request) }, { retryCount: 0 });
  }

  #ask<Value>(method: string, params: readonly unknown[], read: (answer: unknown) => Value): Promise<Value> {
    return ask(this.#send, method, params, read);
  }

  async #revertOf({ from, to, calldata, gasLimit }: RevertedCall, blockNumber: number): Promise<Hex> {
    const call = { from, data: calldata, gas: quantity(gasLimit), ...(to === undefined ? {} : { to }) };
    try {
      await this.#ask("eth_call", [call, quantity(blockNumber)], readBytes);
      return "0x";
    } catch (error) {
      if (error instanceof RpcFailure) return error.data ?? "0x";
      throw error;
    }
  }
}

/** One gwei, for nodes that suggest nothing. */
const defaultTip = 1_000_000_000n;

/** An answer that does not read is no answer of a node. */
const ask = async <Value>(
  send: Send,
  method: string,
  params: readonly unknown[],
  read: (answer: unknown) => Value,
): Promise<Value> => {
  const answer = await send(method, params);
  try {
    return read(answer);
  } catch (error) {
    const facts = error instanceof Error ? error.message : "unreadable";
    throw new NodeUnreachable("garbage", method, facts.slice(0, 200));
  }
};

const readBytes = (answer: unknown): Hex => {
  if (!isHex(answer)) throw new UnexpectedAnswer("bytes", answer);
  return answer;
};

const readHead = (answer: unknown): NodeHead => {
  const block = readRecord(answer, "a block");
  const baseFee = block["baseFeePerGas"];
  return {
    number: readNumber(block["number"]),
    hash: readHash(block["hash"]),
    time: readNumber(block["timestamp"]),
    baseFeePerGas: baseFee === undefined || baseFee === null ? 0n : readQuantity(baseFee),
  };
};

const readReceipt = (answer: unknown): NodeReceipt => {
  const receipt = readRecord(answer, "a receipt");
  const created = receipt["contractAddress"];
  return {
    transaction: readHash(receipt["transactionHash"]),
    blockNumber: readNumber(receipt["blockNumber"]),
    blockHash: readHash(receipt["blockHash"]),
    reverted: readQuantity(receipt["status"]) === 0n,
    gasUsed: readQuantity(receipt["gasUsed"]),
    ...(created === null || created === undefined ? {} : { contractAddress: readAddress(created) }),
  };
};
