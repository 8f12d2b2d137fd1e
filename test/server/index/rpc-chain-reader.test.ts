import { expect } from "chai";
import { UnexpectedAnswer } from "../../../server/chain/wire.ts";
import { rpcChainReader } from "../../../server/index/rpc-chain-reader.ts";
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
    expect(await readerOf([log]).logs(5, 9)).to.deep.equal([{ ...log, blockNumber: 5, logIndex: 2 }]);
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
      () => readerOf({}).logs(0, 1),
      () => readerOf([{ ...log, topics: "0x" }]).logs(0, 1),
      () => readerOf([{ ...log, data: "text" }]).logs(0, 1),
    ];
    for (const question of questions) {
      let refusal: unknown;
      await question().catch((error: unknown) => {
        refusal = error;
      });
      expect(refusal).to.be.instanceOf(UnexpectedAnswer);
    }
  });
});
