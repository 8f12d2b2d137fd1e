import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { Indexer } from "../../../server/index/indexer.ts";
import { randomHistory } from "../../model/history.ts";
import { InventedChain } from "./invented-chain.ts";
import { OpenedIndexes, rebuilt, stateOf } from "./opened.ts";

const [seed, length] = [31, 120];

describe("an indexer that is killed", () => {
  it("in the middle of a transaction: stands at a whole block, and goes on from there", async () => {
    const indexes = new OpenedIndexes();
    const { events } = randomHistory(seed, length).model;
    const chain = new InventedChain();
    chain.grow(events);
    const killedAt = chain.height - 20;
    const child = join(import.meta.dirname, "killed-indexer.ts");
    const words = [child, indexes.path(), String(seed), String(length), String(killedAt)];
    const ended = spawnSync(process.execPath, words, { encoding: "utf8", timeout: 30_000 });
    expect(ended.signal, ended.stderr).to.equal("SIGKILL");

    const index = await indexes.open(chain.identity);
    const half = Math.floor(killedAt / 2);
    expect((await index.head())?.number).to.equal(half);
    const indexed = events.filter(({ place }) => place.blockNumber <= half);
    expect(await stateOf(index)).to.deep.equal(rebuilt(indexed));
    await new Indexer({ index, chain }).catchUp();
    expect(await stateOf(index)).to.deep.equal(rebuilt(events));
    await indexes.remove();
  }).timeout(30_000);
});
