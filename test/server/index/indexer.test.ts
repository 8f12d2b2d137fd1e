import { expect } from "chai";
import type { ChainBlock, ChainReader } from "../../../server/index/chain-reader.ts";
import { ChainMoved, DeepReorg, IndexerStopped, WrongChain } from "../../../server/index/errors.ts";
import { Indexer } from "../../../server/index/indexer.ts";
import type { Index } from "../../../server/index/open.ts";
import { randomHistory } from "../../model/history.ts";
import { hashOf, InventedChain } from "./invented-chain.ts";
import { OpenedIndexes, rebuilt, stateOf } from "./opened.ts";

const { events } = randomHistory(21, 120).model;
const longChain = new InventedChain();
longChain.grow(events);

/** A node that can be switched to another chain. */
class Node implements ChainReader {
  chain: InventedChain;
  constructor(chain: InventedChain) {
    this.chain = chain;
  }
  head() {
    return this.chain.head();
  }
  block(number: number) {
    return this.chain.block(number);
  }
  logs(blocks: readonly ChainBlock[]) {
    return this.chain.logs(blocks);
  }
}

const upTo = (number: number) => events.filter(({ place }) => place.blockNumber <= number);

const refusalOf = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
  } catch (error) {
    return error;
  }
  return undefined;
};

describe("the indexer", () => {
  let indexes: OpenedIndexes;
  let index: Index;
  let node: Node;
  beforeEach(async () => {
    indexes = new OpenedIndexes();
    index = await indexes.open(longChain.identity);
    node = new Node(longChain);
  });
  afterEach(() => indexes.remove());

  it("takes replaced blocks back and goes on along the new branch", async () => {
    await new Indexer({ index, chain: node }).catchUp();
    const shared = longChain.height - 30;
    const branch = longChain.fork(shared, "branch");
    // The branch holds the same events but the last twenty.
    branch.grow(events.filter(({ place: { blockNumber: at } }) => at > shared && at <= shared + 10));
    node.chain = branch;
    await new Indexer({ index, chain: node }).catchUp();
    expect((await index.head())?.hash).to.equal((await branch.head()).hash);
    expect(await stateOf(index)).to.deep.equal(rebuilt(upTo(shared + 10)));
    node.chain = longChain;
    await new Indexer({ index, chain: node }).catchUp();
    expect(await stateOf(index)).to.deep.equal(rebuilt(events));
  });

  it("stops loudly where more was replaced than its window, and keeps what it has", async () => {
    const indexer = new Indexer({ index, chain: node, windowBlocks: 5 });
    await indexer.catchUp();
    const before = await index.head();
    node.chain = longChain.fork(longChain.height - 6, "deep");
    node.chain.grow(events.filter(({ place }) => place.blockNumber > longChain.height - 6));
    const refusal = await refusalOf(indexer.catchUp());
    expect(refusal).to.be.instanceOf(DeepReorg);
    expect(refusal).to.include({ blockNumber: before?.number, windowBlocks: 5 });
    expect(await index.head()).to.deep.equal(before);
  });

  it("waits for a node that is behind, without taking anything back", async () => {
    const indexer = new Indexer({ index, chain: node, windowBlocks: 5 });
    await indexer.catchUp();
    const before = await index.head();
    node.chain = longChain.fork(3, "behind");
    await indexer.catchUp();
    expect(await index.head()).to.deep.equal(before);
  });

  it("ends where the chain was when it began, however fast that one goes on", async () => {
    let height = 9;
    const hurrying = longChain.whereHeadIs(() => (height += 1));
    await new Indexer({ index, chain: hurrying }).catchUp();
    expect((await index.head())?.number).to.equal(10);
    expect(height).to.be.lessThan(longChain.height);
  });

  it("does not believe logs of another branch than the headers", async () => {
    const other = new InventedChain("other");
    other.grow(events);
    const mixed: ChainReader = {
      head: () => longChain.head(),
      block: (number) => longChain.block(number),
      logs: (blocks) => other.logs(blocks),
    };
    expect(await refusalOf(new Indexer({ index, chain: mixed }).catchUp())).to.be.instanceOf(ChainMoved);
    expect(await index.head()).to.equal(undefined);
  });

  it("takes no block that does not stand on the one before it, wherever a node slips one in", async () => {
    const other = new InventedChain("other");
    other.grow(events);
    for (const slipped of [1, 10, 40, longChain.height - 1]) {
      const mixed: ChainReader = {
        head: () => longChain.head(),
        block: (number) => (number === slipped ? other : longChain).block(number),
        logs: async (blocks) => [
          ...(await longChain.logs(blocks.filter(({ number }) => number < slipped))),
          ...(await other.logs(blocks.filter(({ number }) => number === slipped))),
          ...(await longChain.logs(blocks.filter(({ number }) => number > slipped))),
        ],
      };
      const refusal = await refusalOf(new Indexer({ index, chain: mixed }).catchUp());
      expect(refusal, `block ${slipped}`).to.be.instanceOf(ChainMoved);
      expect(await index.head()).to.equal(undefined);
    }
  });

  it("reads a group again where the chain moved while it was read", async () => {
    let moves = 1;
    const moving: ChainReader = {
      head: () => longChain.head(),
      block: (number) => longChain.block(number),
      logs: async (blocks) => {
        const logs = await longChain.logs(blocks);
        if (moves === 0) return logs;
        moves -= 1;
        return logs.map((log) => ({ ...log, blockHash: hashOf("replaced meanwhile") }));
      },
    };
    await new Indexer({ index, chain: moving }).catchUp();
    expect(moves).to.equal(0);
    expect(await stateOf(index)).to.deep.equal(rebuilt(events));
  });

  it("refuses a chain with another genesis", async () => {
    const foreign: ChainReader = {
      head: () => longChain.head(),
      block: async (number) => (number === 0 ? longChain.block(1) : longChain.block(number)),
      logs: (blocks) => longChain.logs(blocks),
    };
    expect(await refusalOf(new Indexer({ index, chain: foreign }).catchUp())).to.be.instanceOf(WrongChain);
  });

  it("tells listeners the last block, and answers who waits for one when it is indexed", async () => {
    node.chain = longChain.fork(20, "main");
    const indexer = new Indexer({ index, chain: node });
    const told: number[] = [];
    const end = indexer.onBlock(({ number }) => told.push(number));
    await indexer.waitForBlock(20);
    expect((await index.head())?.number).to.equal(20);
    let isDone = false;
    const waiting = indexer.waitForBlock(25).then(() => {
      isDone = true;
    });
    await indexer.catchUp();
    expect(isDone).to.equal(false);
    node.chain = longChain;
    await indexer.catchUp();
    await waiting;
    expect(told).to.deep.equal([20, longChain.height]);
    end();
    await indexer.waitForBlock(longChain.height);
  });

  it("loses no call: one that comes while it works makes it look again", async () => {
    node.chain = longChain.fork(30, "main");
    const indexer = new Indexer({ index, chain: node });
    const first = indexer.catchUp();
    node.chain = longChain;
    await Promise.all([first, indexer.catchUp(), indexer.catchUp()]);
    expect((await index.head())?.number).to.equal(longChain.height);
  });

  it("rejects who waits with the failure, or when it is stopped", async () => {
    const broken: ChainReader = {
      head: () => Promise.reject(new Error("invented failure")),
      block: (number) => longChain.block(number),
      logs: (blocks) => longChain.logs(blocks),
    };
    const failing = new Indexer({ index, chain: broken });
    expect(String(await refusalOf(failing.waitForBlock(1)))).to.include("invented failure");
    const indexer = new Indexer({ index, chain: node });
    const waiting = refusalOf(indexer.waitForBlock(longChain.height + 1));
    await indexer.catchUp();
    await indexer.stop();
    expect(await waiting).to.be.instanceOf(IndexerStopped);
    expect(await refusalOf(indexer.catchUp())).to.be.instanceOf(IndexerStopped);
  });
});
