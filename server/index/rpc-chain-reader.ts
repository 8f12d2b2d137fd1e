/** A chain read by JSON-RPC: the embedded chain's `request`, or that of any node. */
import type { Address } from "../../protocol/ids.ts";
import { isHex, quantity, readHash, readNumber, readRecord, UnexpectedAnswer } from "../chain/wire.ts";
import type { ChainBlock, ChainLog, ChainReader } from "./chain-reader.ts";

/** EIP-1193, as viem transports and the embedded chain have it. */
export interface RpcProvider {
  request(request: { readonly method: string; readonly params?: readonly unknown[] }): Promise<unknown>;
}

const readBlock = (answer: unknown): ChainBlock => {
  const block = readRecord(answer, "a block");
  return {
    number: readNumber(block["number"]),
    hash: readHash(block["hash"]),
    parentHash: readHash(block["parentHash"]),
    time: readNumber(block["timestamp"]),
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

/** Reads `ledger`'s logs from a node. Throws UnexpectedAnswer for an answer that is none, and what the node throws. */
export const rpcChainReader = (provider: RpcProvider, ledger: Address): ChainReader => ({
  head: async () =>
    readBlock(await provider.request({ method: "eth_getBlockByNumber", params: ["latest", false] })),
  block: async (number) => {
    const answer = await provider.request({
      method: "eth_getBlockByNumber",
      params: [quantity(number), false],
    });
    return answer === null ? undefined : readBlock(answer);
  },
  logs: async (from, to) => {
    const filter = { address: ledger, fromBlock: quantity(from), toBlock: quantity(to) };
    const answer = await provider.request({ method: "eth_getLogs", params: [filter] });
    if (!Array.isArray(answer)) throw new UnexpectedAnswer("a list of logs", answer);
    return answer.map(readLog);
  },
});
