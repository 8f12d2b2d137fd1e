import { expect } from "chai";
import { keccak256 } from "viem";
import { UnexpectedAnswer } from "../../../server/chain/wire.ts";
import { rpcChainReader } from "../../../server/index/rpc-chain-reader.ts";
import type { Hex } from "../../../server/chain/port.ts";
import type { ChainBlock } from "../../../server/index/chain-reader.ts";
import { ChainMoved } from "../../../server/index/errors.ts";
import { hashOf, inventedLedger } from "./invented-chain.ts";

const block = { number: "0x5", hash: hashOf("5"), parentHash: hashOf("4"), timestamp: "0x64" };
const log = {
  blockNumber: "0x5",
  blockHash: hashOf("5"),
  transactionHash: hashOf("transaction"),
  logIndex: "0x2",
  topics: [hashOf("topic")],
  data: "0x01",
};

/** Headers from `first` to `last`. */
const numbered = (first: number, last: number): readonly ChainBlock[] =>
  Array.from({ length: last - first + 1 }, (_, index) => ({
    number: first + index,
    hash: hashOf(String(first + index)),
    parentHash: hashOf(String(first + index - 1)),
    time: 100,
  }));

const emptyBloom: Hex = `0x${"00".repeat(256)}`;
/** The filter of logs with these addresses and topics, made here as the protocol describes it. */
const bloomOf = (...values: readonly Hex[]): Hex => {
  let filter = 0n;
  for (const value of values) {
    const digest = keccak256(value).slice(2);
    for (const at of [0, 4, 8]) filter |= 1n << BigInt(parseInt(digest.slice(at, at + 4), 16) & 2047);
  }
  return `0x${filter.toString(16).padStart(512, "0")}`;
};

describe("a chain read by JSON-RPC", () => {
  const asked: unknown[] = [];
  const readerOf = (answer: unknown) =>
    rpcChainReader(
      {
        request: async (request) => {
          asked.push(request);
          return answer;
        },
      },
      inventedLedger,
    );
  beforeEach(() => {
    asked.length = 0;
  });

  it("asks for headers by number and for the logs of the ledger alone", async () => {
    const expected = { number: 5, hash: hashOf("5"), parentHash: hashOf("4"), time: 100 };
    expect(await readerOf(block).head()).to.deep.equal(expected);
    expect(await readerOf(block).block(5)).to.deep.equal(expected);
    expect(await readerOf(null).block(6)).to.equal(undefined);
    expect(await readerOf([log]).logs(numbered(5, 9))).to.deep.equal([
      { ...log, blockNumber: 5, logIndex: 2 },
    ]);
    expect(asked).to.deep.equal([
      { method: "eth_getBlockByNumber", params: ["latest", false] },
      { method: "eth_getBlockByNumber", params: ["0x5", false] },
      { method: "eth_getBlockByNumber", params: ["0x6", false] },
      { method: "eth_getLogs", params: [{ address: inventedLedger, fromBlock: "0x5", toBlock: "0x9" }] },
    ]);
  });

  it("takes nothing from a node that answers otherwise", async () => {
    const questions = [
      () => readerOf("0x").head(),
      () => readerOf({ ...block, number: 5 }).block(5),
      () => readerOf({ ...block, timestamp: "0xffffffffffffffffff" }).block(5),
      () => readerOf({}).logs(numbered(0, 1)),
      () => readerOf([{ ...log, topics: "0x" }]).logs(numbered(0, 1)),
      () => readerOf([{ ...log, data: "text" }]).logs(numbered(0, 1)),
    ];
    for (const question of questions) {
      let refusal: unknown;
      await question().catch((error: unknown) => {
        refusal = error;
      });
      expect(refusal).to.be.instanceOf(UnexpectedAnswer);
    }
  });

  describe("near the newest block", () => {
    const topic = hashOf("topic");
    const bloom = bloomOf(inventedLedger, topic);
    /** Answers by method, and by the filter of a question for logs. */
    const nodeOf = (newest: number, logs: (filter: Readonly<Record<string, unknown>>) => unknown) =>
      rpcChainReader(
        {
          request: async ({ method, params = [] }) => {
            asked.push(params[0]);
            if (method === "eth_getLogs") return logs(Object(params[0]));
            const number = params[0] === "latest" ? newest : Number(params[0]);
            return { ...block, number: `0x${number.toString(16)}`, hash: hashOf(String(number)) };
          },
        },
        inventedLedger,
        { nearBlocks: 3, finalityBlocks: 2 },
      );
    const blocksOf = (bloomOfAll: Hex) => numbered(5, 9).map((each) => ({ ...each, bloom: bloomOfAll }));

    it("reads as the head what has enough blocks on top", async () => {
      expect((await nodeOf(11, () => []).head()).number).to.equal(9);
      expect((await nodeOf(1, () => []).head()).number).to.equal(0);
    });

    it("asks for the logs of each block by its hash, and farther back by range", async () => {
      const reader = nodeOf(9, ({ blockHash }) =>
        blockHash === hashOf("8") ? [{ ...log, blockNumber: "0x8", blockHash }] : [],
      );
      await reader.head();
      asked.length = 0;
      const [...plain] = numbered(5, 9);
      expect((await reader.logs(plain)).map(({ blockNumber }) => blockNumber)).to.deep.equal([8]);
      expect(asked).to.deep.equal([
        { address: inventedLedger, fromBlock: "0x5", toBlock: "0x6" },
        { address: inventedLedger, blockHash: hashOf("7") },
        { address: inventedLedger, blockHash: hashOf("8") },
        { address: inventedLedger, blockHash: hashOf("9") },
      ]);
    });

    it("asks nothing of a block whose filter denies the ledger", async () => {
      const reader = nodeOf(9, () => []);
      await reader.head();
      asked.length = 0;
      const [, , ...near] = blocksOf(emptyBloom);
      expect(await reader.logs(near)).to.deep.equal([]);
      expect(asked).to.deep.equal([]);
    });

    it("does not believe logs that the filter denies, nor that there are none where they come on a second look", async () => {
      const denied = nodeOf(100, () => [log]);
      const [first] = blocksOf(emptyBloom);
      if (first === undefined) throw new RangeError("no block");
      expect(await rejectionOf(denied.logs([first]))).to.be.instanceOf(ChainMoved);
      let looks = 0;
      const late = nodeOf(5, () => ((looks += 1) === 1 ? [] : [log]));
      await late.head();
      expect(await rejectionOf(late.logs([{ ...first, bloom }]))).to.be.instanceOf(ChainMoved);
    });

    it("asks a block of a range by itself where its filter promises what the range did not give", async () => {
      const reader = nodeOf(100, ({ blockHash }) => (blockHash === hashOf("5") ? [log] : []));
      const [first] = blocksOf(bloom);
      if (first === undefined) throw new RangeError("no block");
      expect(await reader.logs([first])).to.have.length(1);
    });
  });
});

const rejectionOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );
