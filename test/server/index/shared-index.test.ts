/** An index that several gateways share: one writes it, and whoever lost that does not any more. */
import { expect } from "chai";
import { StaleLease } from "../../../server/database/lease.ts";
import { Indexer } from "../../../server/index/indexer.ts";
import { openIndex, type Index } from "../../../server/index/open.ts";
import { randomHistory } from "../../model/history.ts";
import { onBothStores } from "../database/stores.ts";
import { InventedChain } from "./invented-chain.ts";
import { rebuilt, stateOf } from "./opened.ts";

const historyLength = 150;
const longMs = 3_600_000;

onBothStores("a shared index", (stores) => {
  const { events } = randomHistory(21, historyLength).model;
  const chain = new InventedChain();
  chain.grow(events);
  const half = new InventedChain();
  half.grow(events.slice(0, Math.floor(events.length / 2)));
  let first: Index;
  let second: Index;
  beforeEach(async () => {
    const options = { place: stores().place("index.db"), ...chain.identity, leaseMs: longMs };
    first = await openIndex(options);
    second = await openIndex(options);
  });
  afterEach(async () => {
    await first.close();
    await second.close();
  });

  const expire = (): Promise<unknown> => stores().ask("index.db", "UPDATE lease SET expires_at_ms = 1");
  const indexerOf = (index: Index, of = chain): Indexer => new Indexer({ index, chain: of, followMs: 1 });
  const figures = (index: Index): Promise<unknown> =>
    index.books((state, head) => [head.number, state.operations.size, state.claims.length]);

  it("is written by one of its gateways and read by all, who wait for it", async () => {
    expect([await first.mayWrite(), await second.mayWrite()]).to.deep.equal([true, false]);
    const following = indexerOf(second);
    await Promise.all([following.catchUp(), indexerOf(first).catchUp()]);
    await following.waitForBlock(chain.height);
    const whole = rebuilt(events);
    expect(await stateOf(second)).to.deep.equal(whole);
    const expected = [chain.height, whole.operations.size, whole.claims.length];
    for (const index of [first, second, second]) expect(await figures(index)).to.deep.equal(expected);
  });

  it("is waited for up to where the chain was at first: its writer may always be a block behind", async () => {
    await indexerOf(first, half).catchUp();
    let asked = 0;
    const hurrying = chain.whereHeadIs(async () => {
      const written = half.height + asked;
      asked += 1;
      await new Indexer({ index: first, chain: chain.whereHeadIs(() => written) }).catchUp();
      return written + 1;
    });
    await new Indexer({ index: second, chain: hurrying, followMs: 1 }).catchUp();
    expect((await second.head())?.number).to.equal(half.height + 1);
    expect(asked).to.equal(2);
  });

  it("is written on by another where its writer fell silent, from the block that it had reached", async () => {
    await indexerOf(first, half).catchUp();
    expect(await second.mayWrite()).to.equal(false);
    await expire();
    await indexerOf(second).catchUp();
    expect(await stateOf(second)).to.deep.equal(rebuilt(events));
  });

  it("takes nothing from a writer that lost it, whatever that one believes", async () => {
    await indexerOf(first, half).catchUp();
    await expire();
    await indexerOf(second).catchUp();
    expect(await first.mayWrite(), "its own clock says that it still writes").to.equal(true);
    const block = await chain.block(chain.height);
    if (block === undefined) throw new Error("the chain has no end");
    const late = { ...block, number: block.number + 1, parentHash: block.hash };
    for (const write of [
      () => first.append([{ block: late, logs: [] }]),
      () => first.undoTo(1),
      () => first.reindex(),
    ]) {
      const refusal = await write().then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(refusal).to.be.instanceOf(StaleLease);
    }
    expect((await second.head())?.number).to.equal(chain.height);
    expect(await stateOf(second)).to.deep.equal(rebuilt(events));
    // It looks on from then, and its indexer does so without a word.
    await indexerOf(first).catchUp();
    expect(await first.mayWrite()).to.equal(false);
  });

  it("goes on right where the lease came back to who wrote it before others did", async () => {
    await indexerOf(first, half).catchUp();
    await expire();
    const more = new InventedChain();
    more.grow(events.slice(0, Math.floor((events.length * 3) / 4)));
    await indexerOf(second, more).catchUp();
    await expire();
    const again = await openIndex({ place: stores().place("index.db"), ...chain.identity, leaseMs: longMs });
    await indexerOf(again).catchUp();
    expect(await stateOf(again)).to.deep.equal(rebuilt(events));
    await again.close();
    // Given away at once when it ended in order: the first one, whose books in memory are old, may write again.
    const refusal = await first.undoTo(1).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refusal).to.be.instanceOf(StaleLease);
    expect(await first.mayWrite()).to.equal(true);
    await first.undoTo(half.height);
    await indexerOf(first).catchUp();
    expect(await stateOf(first)).to.deep.equal(rebuilt(events));
  });
});
