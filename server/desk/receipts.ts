/** Receipts read from the chain by JSON-RPC. */
import type { RpcProvider } from "../index/rpc-chain-reader.ts";
import { readAddress, readNumber, readRecord, UnexpectedAnswer } from "../chain/wire.ts";
import type { Receipt, ReceiptLog, Receipts } from "./operations.ts";

const readLog = (answer: unknown): ReceiptLog => {
  const log = readRecord(answer, "a log");
  const { topics, data } = log;
  if (!Array.isArray(topics) || typeof data !== "string") throw new UnexpectedAnswer("a log", answer);
  return {
    address: readAddress(log["address"]),
    topics: topics.map(String),
    data,
    logIndex: readNumber(log["logIndex"]),
  };
};

export const receiptsOf =
  (chain: RpcProvider): Receipts =>
  async (transaction): Promise<Receipt> => {
    const answer = await chain.request({ method: "eth_getTransactionReceipt", params: [transaction] });
    const receipt = readRecord(answer, "a receipt");
    const { logs, blockNumber } = receipt;
    if (!Array.isArray(logs)) throw new UnexpectedAnswer("a receipt's logs", logs);
    const block = await chain.request({ method: "eth_getBlockByNumber", params: [blockNumber, false] });
    return {
      blockNumber: readNumber(blockNumber),
      blockTime: readNumber(readRecord(block, "a block")["timestamp"]),
      logs: logs.map(readLog),
    };
  };
