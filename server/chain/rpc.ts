/** Read-only JSON-RPC: what an auditor's own tools may ask of the embedded chain, and how failures are told. */
import { isHex, isRecord, quantity } from "./wire.ts";
import type { Hex } from "./port.ts";

export interface RpcRequest {
  readonly method: string;
  readonly params?: readonly unknown[] | undefined;
}

/** Every method that reads and changes nothing. Tracing is left out: it is the one read that is never cheap. */
export const readMethods: ReadonlySet<string> = new Set([
  "eth_blockNumber",
  "eth_call",
  "eth_chainId",
  "eth_estimateGas",
  "eth_feeHistory",
  "eth_gasPrice",
  "eth_getBalance",
  "eth_getBlockByHash",
  "eth_getBlockByNumber",
  "eth_getBlockTransactionCountByHash",
  "eth_getBlockTransactionCountByNumber",
  "eth_getCode",
  "eth_getLogs",
  "eth_getStorageAt",
  "eth_getTransactionByBlockHashAndIndex",
  "eth_getTransactionByBlockNumberAndIndex",
  "eth_getTransactionByHash",
  "eth_getTransactionCount",
  "eth_getTransactionReceipt",
  "eth_maxPriorityFeePerGas",
  "eth_syncing",
  "net_version",
  "web3_clientVersion",
  "web3_sha3",
]);

/** What one call may burn: the chain executes calls one at a time, so a long one keeps everyone else waiting. */
export const callGasLimit = 30_000_000n;

/** A JSON-RPC failure with the node's code and, for a revert, the contract's encoded error. */
export class RpcFailure extends Error {
  readonly code: number;
  readonly data: Hex | undefined;
  constructor(code: number, message: string, data?: Hex) {
    super(message);
    this.name = "RpcFailure";
    this.code = code;
    this.data = data;
  }

  /** Reads whatever a provider threw; -32603 (internal error) where it carries no code. */
  static from(error: unknown): RpcFailure {
    if (error instanceof RpcFailure) return error;
    if (!isRecord(error)) return new RpcFailure(-32603, String(error));
    const code = typeof error["code"] === "number" ? error["code"] : -32603;
    const message = typeof error["message"] === "string" ? error["message"] : "unknown failure";
    const data = isRecord(error["data"]) ? error["data"]["data"] : error["data"];
    return isHex(data) ? new RpcFailure(code, message, data) : new RpcFailure(code, message);
  }
}

/**
 * A call may only run code that is on the chain, which loops over nothing unbounded. Code brought along (no `to`, or
 * a state override) could spin: the simulator remembers every step it takes, some 600 bytes for each.
 */
const boundedCall = (method: string, params: readonly unknown[]): readonly unknown[] => {
  const [call, tag = "latest", override] = params;
  if (!isRecord(call) || typeof call["to"] !== "string" || override !== undefined) {
    throw new RpcFailure(-32602, `${method}: name a contract in "to", and override no state`);
  }
  const gas = call["gas"];
  const asked = typeof gas === "string" && /^0x[0-9a-fA-F]{1,16}$/.test(gas) ? BigInt(gas) : callGasLimit;
  return [{ ...call, gas: quantity(asked < callGasLimit ? asked : callGasLimit) }, tag];
};

/** The most blocks that one question for logs may span on a chain outside. */
export const logRangeBlocks = 10_000;

/** Where a question for logs begins or ends; `head` is the newest block. */
const blockOf = (value: unknown, head: number): number => {
  if (value === "earliest") return 0;
  if (
    value === undefined ||
    value === null ||
    typeof value !== "string" ||
    !/^0x[0-9a-fA-F]{1,12}$/.test(value)
  )
    return head;
  return Number(value);
};

/**
 * The parameters of `eth_getLogs` where they span a range that the node should be asked for. Throws {@link RpcFailure}
 * for a longer one.
 */
export const boundedLogs = (params: readonly unknown[], head: number): readonly unknown[] => {
  const [filter] = params;
  if (!isRecord(filter)) throw new RpcFailure(-32602, "eth_getLogs: expected a filter");
  if (filter["blockHash"] !== undefined) return params;
  const blocks = blockOf(filter["toBlock"], head) - blockOf(filter["fromBlock"], head) + 1;
  if (blocks <= logRangeBlocks) return params;
  throw new RpcFailure(-32005, `eth_getLogs: ${blocks} blocks, at most ${logRangeBlocks} in one question`);
};

/**
 * Passes a read on to `send`; gas of calls is bounded by {@link callGasLimit}. Throws {@link RpcFailure}: −32601
 * for a method that is not a read, −32602 for a call that brings its own code, otherwise what the node answered.
 */
export const readOnlyRequest = async (
  request: RpcRequest,
  send: (method: string, params: readonly unknown[]) => Promise<unknown>,
): Promise<unknown> => {
  const { method, params = [] } = request;
  if (!readMethods.has(method)) {
    throw new RpcFailure(-32601, `method ${method.slice(0, 60)}: this endpoint answers reads only`);
  }
  const bounded =
    method === "eth_call" || method === "eth_estimateGas" ? boundedCall(method, params) : params;
  try {
    return await send(method, bounded);
  } catch (error) {
    throw RpcFailure.from(error);
  }
};
