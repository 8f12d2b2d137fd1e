/** A chain read by JSON-RPC: the embedded chain's `request`, or that of any node. */
import type { Address } from "../../protocol/ids.ts";
import { isHex, quantity, readHash, readNumber, readRecord, UnexpectedAnswer } from "../chain/wire.ts";
import { isBloom, mayHold } from "../../chain/bloom.ts";
import type { ChainBlock, ChainLog, ChainReader } from "./chain-reader.ts";
import { ChainMoved } from "./errors.ts";

/** EIP-1193, as viem transports and the embedded chain have it. */
export interface RpcProvider {
  request(request: { readonly method: string; readonly params?: readonly unknown[] }): Promise<unknown>;
}

export interface ReaderOptions {
  /** Blocks below the newest one that are read as the head: those above may still be replaced. None unless given. */
  readonly finalityBlocks?: number;
  /** Blocks below the newest one of which logs are asked for by the block's own hash. None unless given. */
  readonly nearBlocks?: number;
}

const readBlock = (answer: unknown): ChainBlock => {
  const block = readRecord(answer, "a block");
  const bloom = block["logsBloom"];
  return {
    number: readNumber(block["number"]),
    hash: readHash(block["hash"]),
    parentHash: readHash(block["parentHash"]),
    time: readNumber(block["timestamp"]),
    ...(isBloom(bloom) ? { bloom } : {}),
  };
};

const readLog = (answer: unknown): ChainLog => {
  const log = readRecord(answer, "a log");
  const { topics, data } = log;
  if (!Array.isArray(topics)) throw new UnexpectedAnswer("topics", topics);
  if (!isHex(data)) throw new UnexpectedAnswer("the data of a log", data);
  return {
    blockNumber: readNumber(log["blockNumber"]),
    blockHash: readHash(log["blockHash"]),
    transactionHash: readHash(log["transactionHash"]),
    logIndex: readNumber(log["logIndex"]),
    topics: topics.map(readHash),
    data,
  };
};

const readLogs = (answer: unknown): readonly ChainLog[] => {
  if (!Array.isArray(answer)) throw new UnexpectedAnswer("a list of logs", answer);
  return answer.map(readLog);
};

/**
 * Reads `ledger`'s logs from a node. Throws UnexpectedAnswer for an answer that is none, ChainMoved for logs that the
 * headers deny, and what the node throws.
 */
export const rpcChainReader = (
  provider: RpcProvider,
  ledger: Address,
  { finalityBlocks = 0, nearBlocks = 0 }: ReaderOptions = {},
): ChainReader => {
  let newest = Number.POSITIVE_INFINITY;
  const ask = (method: string, params: readonly unknown[]): Promise<unknown> =>
    provider.request({ method, params });
  const block = async (tag: string): Promise<ChainBlock | undefined> => {
    const answer = await ask("eth_getBlockByNumber", [tag, false]);
    return answer === null ? undefined : readBlock(answer);
  };

  /** By the block's own hash: a node on another branch has no such block, and says so instead of giving other logs. */
  const logsOfBlock = async ({ hash, number, bloom }: ChainBlock): Promise<readonly ChainLog[]> => {
    const isExpected = bloom !== undefined && mayHold(bloom, ledger);
    if (bloom !== undefined && !isExpected) return [];
    const filter = { address: ledger, blockHash: hash };
    const logs = readLogs(await ask("eth_getLogs", [filter]));
    if (logs.length > 0 || !isExpected) return logs;
    // The filter was made for this ledger, or by a rare chance for others: a second answer decides.
    const again = readLogs(await ask("eth_getLogs", [filter]));
    if (again.length > 0) throw new ChainMoved(number);
    return again;
  };

  const logsOfRange = async (blocks: readonly ChainBlock[]): Promise<readonly ChainLog[]> => {
    const [first, last] = [blocks[0], blocks.at(-1)];
    if (first === undefined || last === undefined) return [];
    const range = { fromBlock: quantity(first.number), toBlock: quantity(last.number) };
    return readLogs(await ask("eth_getLogs", [{ address: ledger, ...range }]));
  };

  return {
    head: async () => {
      const latest = readBlock(await ask("eth_getBlockByNumber", ["latest", false]));
      newest = latest.number;
      if (finalityBlocks === 0) return latest;
      const final = await block(quantity(Math.max(0, latest.number - finalityBlocks)));
      if (final === undefined) throw new ChainMoved(latest.number);
      return final;
    },
    block: (number) => block(quantity(number)),
    logs: async (blocks) => {
      const near = blocks.filter(({ number }) => number > newest - nearBlocks);
      const far = blocks.slice(0, blocks.length - near.length);
      const logs = [...(await logsOfRange(far))];
      for (const one of near) logs.push(...(await logsOfBlock(one)));
      const blooms = new Map(blocks.map(({ number, bloom }) => [number, bloom]));
      for (const { blockNumber, topics } of logs) {
        const bloom = blooms.get(blockNumber);
        const isDenied = bloom !== undefined && ![ledger, ...topics].every((value) => mayHold(bloom, value));
        if (isDenied) throw new ChainMoved(blockNumber);
      }
      // Where the filter was made for this ledger and the range has nothing, the block itself is asked.
      const found = new Set(logs.map(({ blockNumber }) => blockNumber));
      const silent = far.filter(
        ({ number, bloom }) => !found.has(number) && bloom !== undefined && mayHold(bloom, ledger),
      );
      for (const one of silent) logs.push(...(await logsOfBlock(one)));
      return logs.toSorted(
        (one, other) => one.blockNumber - other.blockNumber || one.logIndex - other.logIndex,
      );
    },
  };
};
