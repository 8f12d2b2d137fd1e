/** Read-only JSON-RPC: what an auditor's own tools may ask of the embedded chain, and how failures are told. */
import { isHex, isRecord, quantity, readNumber } from "./wire.ts";
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
const callGasLimit = 30_000_000n;

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

/** The most blocks that one question for logs may span, on either chain. */
export const logRangeBlocks = 10_000;

/** The most blocks of one `eth_feeHistory`, as Geth has it, and the most percentiles of rewards. */
const feeHistoryBlocks = 1_024;
const feeHistoryPercentiles = 100;

/** The most bytes of one answer, and of the answers to one batch. */
export const answerLimitBytes = 16 * 1024 * 1024;

const invalidParams = -32_602;
/** EIP-1474: the request exceeds a limit. Clients that cut their ranges know it by this code. */
export const limitExceeded = -32_005;

/** How a caller is told that an answer is too long. */
export const answerTooLong = (method: string): RpcFailure =>
  new RpcFailure(
    limitExceeded,
    `${method}: the answer is longer than ${answerLimitBytes} bytes; ask for a smaller range`,
  );

/** Passes a call on to a node. */
export type Send = (method: string, params: readonly unknown[]) => Promise<unknown>;

const tags: ReadonlySet<unknown> = new Set(["latest", "pending", "safe", "finalized"]);

/** The number that an end of a range names. An end that nobody can read is refused: the node may read it otherwise. */
const blockOf = async (name: string, value: unknown, send: Send): Promise<number> => {
  const end = value ?? "latest";
  if (end === "earliest") return 0;
  if (typeof end === "string" && /^0x(0|[1-9a-fA-F][0-9a-fA-F]{0,11})$/.test(end)) return Number(end);
  if (!tags.has(end)) {
    throw new RpcFailure(invalidParams, `eth_getLogs: ${name}: expected a number such as 0x1f, or a tag`);
  }
  const block = await send("eth_getBlockByNumber", [end === "pending" ? "latest" : end, false]);
  if (!isRecord(block)) throw new RpcFailure(invalidParams, `eth_getLogs: ${name}: there is no such block`);
  return readNumber(block["number"]);
};

/** The same question with both ends as numbers, where the range is not too long; by a block's hash as it is. */
const boundedLogs = async (params: readonly unknown[], send: Send): Promise<readonly unknown[]> => {
  const [filter] = params;
  if (!isRecord(filter)) throw new RpcFailure(invalidParams, "eth_getLogs: expected a filter");
  const { blockHash, ...others } = filter;
  if (typeof blockHash === "string") return [filter];
  const fromBlock = await blockOf("fromBlock", filter["fromBlock"], send);
  const toBlock = await blockOf("toBlock", filter["toBlock"], send);
  const blocks = toBlock - fromBlock + 1;
  if (blocks > logRangeBlocks) {
    throw new RpcFailure(
      limitExceeded,
      `eth_getLogs: ${blocks} blocks, at most ${logRangeBlocks} in one question; ask in parts`,
    );
  }
  return [{ ...others, fromBlock: quantity(fromBlock), toBlock: quantity(toBlock) }];
};

const boundedFees = (params: readonly unknown[]): readonly unknown[] => {
  const [count, newest, percentiles] = params;
  const isCount = typeof count === "string" && /^0x[0-9a-fA-F]{1,12}$/.test(count);
  if (!isCount) {
    throw new RpcFailure(invalidParams, "eth_feeHistory: expected how many blocks, such as 0x14");
  }
  if (Number(count) > feeHistoryBlocks) {
    throw new RpcFailure(
      limitExceeded,
      `eth_feeHistory: ${Number(count)} blocks, at most ${feeHistoryBlocks} in one question; ask in parts`,
    );
  }
  if (Array.isArray(percentiles) && percentiles.length > feeHistoryPercentiles) {
    throw new RpcFailure(
      limitExceeded,
      `eth_feeHistory: ${percentiles.length} percentiles, at most ${feeHistoryPercentiles} in one question`,
    );
  }
  return percentiles === undefined
    ? [quantity(Number(count)), newest]
    : [quantity(Number(count)), newest, percentiles];
};

const boundedParams = async (
  method: string,
  params: readonly unknown[],
  send: Send,
): Promise<readonly unknown[]> => {
  switch (method) {
    case "eth_call":
    case "eth_estimateGas":
      return boundedCall(method, params);
    case "eth_getLogs":
      return boundedLogs(params, send);
    case "eth_feeHistory":
      return boundedFees(params);
    default:
      return params;
  }
};

/**
 * Passes a read on to `send`; gas of calls is bounded by {@link callGasLimit}, ranges by {@link logRangeBlocks} and
 * {@link feeHistoryBlocks}. Throws {@link RpcFailure}: −32601 for a method that is not a read, −32602 for a call that
 * brings its own code or a range that cannot be read, −32005 for one that is too long, otherwise what the node answered.
 */
export const readOnlyRequest = async (request: RpcRequest, send: Send): Promise<unknown> => {
  const { method, params = [] } = request;
  if (!readMethods.has(method)) {
    throw new RpcFailure(-32601, `method ${method.slice(0, 60)}: this endpoint answers reads only`);
  }
  try {
    return await send(method, await boundedParams(method, params, send));
  } catch (error) {
    throw RpcFailure.from(error);
  }
};
