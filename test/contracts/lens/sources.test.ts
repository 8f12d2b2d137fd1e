import { expect } from "chai";
import { claimSources, payoutSources } from "../../../chain/lens.ts";
import { claimId, payoutId } from "../../../protocol/ids.ts";
import type { Source } from "../../../protocol/trace/types.ts";
import { expectRefusal } from "../refusals.ts";
import { fundedScene, openScene } from "./scene.ts";
import type { Scene } from "./scene.ts";

const pageLength = 50;
const hopsOfPage = 300;
type Cursor = `0x${string}`;
const noCursor: Cursor = "0x";

const net = (scene: Scene, claim: number) => claimSources(scene.at, claimId(claim));
const gross = (scene: Scene, payout: number) => payoutSources(scene.at, payoutId(payout));

/** A source in one line: how much of which batch, where on the fund's line, and the way it took. */
const told = ({ batch, allocation, amount, fundStart, fundEnd, hops, via }: Source): string => {
  const way =
    via === undefined ? "" : `, hop ${hops} ${via.kind} ${via.kind === "move" ? via.move : via.recovery}`;
  return `${amount} of batch ${batch} [${fundStart}, ${fundEnd}), allocation ${allocation}${way}`;
};

const pagesOf = async (
  page: (cursor: Cursor) => Promise<readonly [readonly { amount: bigint }[], Cursor]>,
) => {
  const lengths: number[] = [];
  const cursors: Cursor[] = [];
  let cursor = noCursor;
  do {
    const [sources, next] = await page(cursor);
    lengths.push(sources.length);
    cursors.push(next);
    cursor = next;
  } while (cursor !== noCursor);
  return { lengths, cursors };
};

describe("the lens: the sources of a claim", () => {
  it("are none before it is paid", async () => {
    const scene = await fundedScene(1000);
    await scene.file(10);
    expect(await net(scene, 1)).to.deep.equal([]);
  });

  it("name fund, batch and allocation, in the order of the line, and add up to what was paid", async () => {
    const scene = await openScene();
    await scene.books.openFund({ claimsShareBps: 3333 });
    await scene.give([10, 20]);
    await scene.give([30]);
    await scene.give([100], 2);
    await scene.allocate(25);
    await scene.allocate(100, { fund: 2 });
    await scene.allocate(35);
    await scene.payMany(1, 80);
    const direct = { hops: 0 };
    const expected = [
      { fund: 1, batch: 1, allocation: 1, ...direct, fundStart: 1n, fundEnd: 25n, amount: 22n },
      { fund: 2, batch: 3, allocation: 2, ...direct, fundStart: 3n, fundEnd: 100n, amount: 33n },
      { fund: 1, batch: 1, allocation: 3, ...direct, fundStart: 25n, fundEnd: 30n, amount: 5n },
      { fund: 1, batch: 2, allocation: 3, ...direct, fundStart: 31n, fundEnd: 53n, amount: 20n },
    ];
    expect(await net(scene, 1)).to.deep.equal(expected);
    expect(await gross(scene, 1)).to.deep.equal(expected);
  });

  it("leave out a batch too small to own a claims fen", async () => {
    const scene = await openScene(10);
    await scene.give([1]);
    await scene.give([9]);
    await scene.allocate(20);
    await scene.payMany(1, 18);
    expect((await net(scene, 1)).map(({ batch, amount }) => [batch, amount])).to.deep.equal([
      [1, 9n],
      [3, 9n],
    ]);
  });

  it("come in pages of 50 that add up", async () => {
    const scene = await openScene();
    for (let batch = 1; batch <= 120; batch += 1) await scene.give([10]);
    await scene.allocate(1200);
    await scene.payMany(1, 1080);
    const { lengths } = await pagesOf((cursor) => scene.read.claimSources([1, cursor]));
    expect(lengths).to.deep.equal([pageLength, pageLength, 20]);
    const sources = await net(scene, 1);
    expect(sources.map(({ batch }) => batch)).to.deep.equal(sources.map((_, index) => index + 1));
    expect(sources.reduce((sum, { amount }) => sum + amount, 0n)).to.equal(1080n);
  });

  it("are those of what was not recovered: net of the claim, gross of the payout", async () => {
    const scene = await openScene(50);
    await scene.give([50]);
    await scene.allocate(100);
    await scene.payMany(1, 90);
    await scene.recover(1, 30);
    expect((await net(scene, 1)).map(told)).to.deep.equal([
      "15 of batch 1 [34, 50), allocation 1",
      "45 of batch 2 [51, 100), allocation 1",
    ]);
    expect((await gross(scene, 1)).map(told)).to.deep.equal([
      "45 of batch 1 [1, 50), allocation 1",
      "45 of batch 2 [51, 100), allocation 1",
    ]);
    await scene.recover(1, 60);
    expect(await net(scene, 1)).to.deep.equal([]);
    expect(await gross(scene, 1)).to.have.length(2);
  });

  it("go back through recoveries to the gifts, and name the latest in time", async () => {
    const scene = await fundedScene(100);
    await scene.payMany(1, 80);
    await scene.recover(1, 80, true);
    await scene.pay(1);
    expect((await net(scene, 1)).map(told)).to.deep.equal([
      "10 of batch 1 [89, 100), allocation 1",
      "70 of batch 1 [1, 78), allocation 1, hop 1 recovery 1",
    ]);
    expect((await gross(scene, 1)).map(told)).to.deep.equal(["80 of batch 1 [1, 89), allocation 1"]);
    await scene.recover(2, 50);
    await scene.payMany(1, 40);
    expect((await net(scene, 2)).map(told)).to.deep.equal([
      "10 of batch 1 [78, 89), allocation 1, hop 1 recovery 1",
      "10 of batch 1 [89, 100), allocation 1, hop 1 recovery 2",
      "20 of batch 1 [1, 23), allocation 1, hop 2 recovery 2",
    ]);
  });

  it("go back through moves between programmes", async () => {
    const scene = await openScene(60);
    await scene.give([40]);
    await scene.allocate(60, { programme: 2 });
    await scene.allocate(40);
    const claim = await scene.file(70);
    await scene.approve(claim, 36);
    await scene.pay(claim);
    await scene.recover(1, 36, true);
    await scene.endPeriods();
    await scene.move(2, 1);
    await scene.pay(claim);
    await scene.recover(2, 36, true);
    await scene.pay(claim);
    // The reserve of programme 1: 36 of allocation 2, recovered once, 54 moved in, 36 recovered again.
    expect((await gross(scene, 2)).map(told)).to.deep.equal([
      "36 of batch 2 [61, 100), allocation 2, hop 1 recovery 1",
    ]);
    expect((await gross(scene, 3)).map(told)).to.deep.equal([
      "36 of batch 1 [1, 40), allocation 1, hop 1 move 1",
    ]);
    expect(await net(scene, 1)).to.deep.equal(await gross(scene, 3));
  });

  it("go on in the middle of a way that is longer than a page", async () => {
    const scene = await fundedScene(100);
    const claim = await scene.file(90);
    await scene.approve(claim, 90);
    const returns = hopsOfPage + 20;
    for (let payout = 1; payout <= returns; payout += 1) {
      await scene.pay(claim);
      await scene.recover(payout, 90, true);
    }
    await scene.pay(claim);
    const { lengths } = await pagesOf((cursor) => scene.read.claimSources([claim, cursor]));
    expect(lengths).to.deep.equal([0, 1]);
    expect((await net(scene, claim)).map(told)).to.deep.equal([
      `90 of batch 1 [1, 100), allocation 1, hop ${returns} recovery ${returns}`,
    ]);
  }).timeout(60_000);

  it("take a cursor of their own only", async () => {
    const scene = await openScene();
    for (let batch = 1; batch <= 60; batch += 1) await scene.give([10]);
    await scene.allocate(600);
    await scene.payMany(1, 530);
    const { read } = scene;
    const [, cursor] = await read.claimSources([1, noCursor]);
    await read.payoutSources([1, cursor]);
    const [, traced] = await read.traceInterval([1, 0n, 600n, noCursor]);
    expect(traced).to.equal(noCursor);
    const refused = (by: Cursor) => expectRefusal("InvalidCursor", [], read.claimSources([1, by]));
    await refused("0x01");
    await refused(`0x${cursor.slice(2, -64)}`);
    const changed = (word: number, value: bigint): Cursor => {
      const at = 2 + 64 * word;
      return `0x${cursor.slice(2, at)}${value.toString(16).padStart(64, "0")}${cursor.slice(at + 64)}`;
    };
    // Words: programme, start, end; the next position; a run, whose length is word 6.
    await refused(changed(0, 2n));
    await refused(changed(1, 1n));
    await refused(changed(2, 529n));
    await refused(changed(3, 530n));
    await refused(changed(6, 531n));
    await scene.recover(1, 10);
    await refused(cursor);
  });
});
