import { expect } from "chai";
import { encodeFunctionData } from "viem";
import { lensAbi } from "../../../chain/abi/lens.ts";
import { traceDonation, traceInterval } from "../../../chain/lens.ts";
import { position } from "../../../protocol/amounts.ts";
import { toHex } from "../../../protocol/bytes.ts";
import { buildTree, encodeProof } from "../../../protocol/donations/merkle-sum.ts";
import { batchId, fundId } from "../../../protocol/ids.ts";
import { recordKinds } from "../../../protocol/ledger/events.ts";
import type { Slice } from "../../../protocol/trace/types.ts";
import { readQuantity } from "../../../server/chain/wire.ts";
import { chain } from "../chain.ts";
import { expectRefusal } from "../refusals.ts";
import { fundedScene, openScene } from "./scene.ts";
import type { Scene } from "./scene.ts";

const pageLength = 50;
const hopsOfPage = 300;
/** What Hardhat, anvil and Geth all grant a call. */
const gasOfACall = 30_000_000n;

type Cursor = `0x${string}`;
const noCursor: Cursor = "0x";

/** All pages of a part of fund 1, and how long each was. */
const pagesOf = async ({ read }: Scene, start: bigint, end: bigint) => {
  const pages = [];
  const cursors: Cursor[] = [];
  let cursor = noCursor;
  do {
    const [slices, next] = await read.traceInterval([1, start, end, cursor]);
    pages.push(slices);
    cursors.push(next);
    cursor = next;
  } while (cursor !== noCursor);
  return { slices: pages.flat(), lengths: pages.map(({ length }) => length), cursors };
};

const traced = (scene: Scene, end: number): Promise<readonly Slice[]> =>
  traceInterval(scene.at, fundId(1), { start: position(0n), end: position(end) });

/** A slice in one line: what, how much, where, by which record, and how it came there. */
const told = (slice: Slice): string => {
  const amount = `${slice.amount} ${slice.place}`;
  if (slice.place === "unallocated") return `${amount} at ${slice.fundStart}`;
  const { via } = slice;
  const way =
    via === undefined
      ? ""
      : `, hop ${slice.hops} ${via.kind} ${via.kind === "move" ? via.move : via.recovery}`;
  const line = `of programme ${slice.programme}, allocation ${slice.allocation}${way}`;
  switch (slice.place) {
    case "paid":
      return `${amount} by payout ${slice.payout} of claim ${slice.claim} at ${slice.reserveStart} ${line}`;
    case "inReserve":
      return `${amount} at ${slice.reserveStart} ${line}`;
    case "operatingSpent":
      return `${amount} by expense ${slice.expense} at ${slice.operationsStart} ${line}`;
    case "operatingUnspent":
      return `${amount} at ${slice.operationsStart} ${line}`;
  }
};

describe("the lens: tracing an interval of a fund's line", () => {
  it("tells all five places, claims before operations, allocation by allocation", async () => {
    const scene = await openScene(100);
    await scene.allocate(40);
    await scene.allocate(40);
    await scene.payMany(1, 30);
    await scene.spend(3);
    expect((await traced(scene, 100)).map(told)).to.deep.equal([
      "30 paid by payout 1 of claim 1 at 0 of programme 1, allocation 1",
      "6 inReserve at 30 of programme 1, allocation 1",
      "3 operatingSpent by expense 1 at 0 of programme 1, allocation 1",
      "1 operatingUnspent at 3 of programme 1, allocation 1",
      "36 inReserve at 36 of programme 1, allocation 2",
      "4 operatingUnspent at 4 of programme 1, allocation 2",
      "20 unallocated at 80",
    ]);
  });

  it("tells the places by number as the contract names them, and no record where there is none", async () => {
    const scene = await openScene(100);
    await scene.allocate(50);
    await scene.payMany(1, 30);
    const [slices] = await scene.read.traceInterval([1, 0n, 100n, noCursor]);
    const direct = { hops: 0, via: 0n };
    const taken = { allocation: 1, programme: 1, ...direct };
    expect(slices).to.deep.equal([
      { place: 1, ...taken, lineStart: 0n, amount: 30n, record: 1, claim: 1 },
      { place: 2, ...taken, lineStart: 30n, amount: 15n, record: 0, claim: 0 },
      { place: 4, ...taken, lineStart: 0n, amount: 5n, record: 0, claim: 0 },
      { place: 0, allocation: 0, programme: 0, ...direct, lineStart: 50n, amount: 50n, record: 0, claim: 0 },
    ]);
  });

  it("answers 50 slices a page; all pages tell each fen once, over payouts and over expenses", async () => {
    const scene = await fundedScene(1500);
    await scene.payMany(120, 10);
    for (let expense = 1; expense <= 70; expense += 1) await scene.spend(2);
    const { slices, lengths } = await pagesOf(scene, 0n, 1500n);
    expect(lengths).to.deep.equal([pageLength, pageLength, pageLength, 121 + 71 - 3 * pageLength]);
    expect(slices.reduce((sum, { amount }) => sum + amount, 0n)).to.equal(1500n);
    const claims = slices.filter(({ place }) => place === 1);
    expect(claims.map(({ claim }) => claim)).to.deep.equal(claims.map((_, index) => index + 1));
    expect(claims.map(({ lineStart }) => lineStart)).to.deep.equal(
      claims.map((_, index) => BigInt(10 * index)),
    );
    const expenses = slices.filter(({ place }) => place === 3);
    expect(expenses.map(({ record }) => record)).to.deep.equal(expenses.map((_, index) => index + 1));
  });

  it("ends exactly with a full page without promising another", async () => {
    const scene = await fundedScene(1000);
    await scene.payMany(48, 10);
    // 48 payouts, the rest in reserve, operations unspent: 50 slices.
    expect((await pagesOf(scene, 0n, 1000n)).lengths).to.deep.equal([pageLength]);
  });

  it("tells single fen as their neighbours: the parts of an interval add up to the whole", async () => {
    const scene = await openScene(60);
    await scene.allocate(25);
    await scene.allocate(20, { programme: 2 });
    await scene.payMany(2, 7);
    await scene.recover(1, 4);
    await scene.spend(1);
    const key = (slice: Slice) => told({ ...slice, amount: slice.amount, ...noStart });
    const noStart = { reserveStart: position(0n), operationsStart: position(0n), fundStart: position(0n) };
    const sums = (slices: readonly Slice[]) => {
      const all = new Map<string, bigint>();
      for (const slice of slices) {
        const name = key(slice).replace(/^\d+ /, "");
        all.set(name, (all.get(name) ?? 0n) + slice.amount);
      }
      return Object.fromEntries(all);
    };
    const single: Slice[] = [];
    for (let at = 0n; at < 60n; at += 1n) {
      const interval = { start: position(at), end: position(at + 1n) };
      const slices = await traceInterval(scene.at, fundId(1), interval);
      expect(slices.map(({ amount }) => amount)).to.deep.equal([1n]);
      single.push(...slices);
    }
    expect(sums(single)).to.deep.equal(sums(await traced(scene, 60)));
  });

  it("refuses an interval that is empty, reversed or past the line's end", async () => {
    const { read } = await fundedScene(1000);
    for (const [start, end] of [
      [5n, 5n],
      [6n, 5n],
      [0n, 1001n],
      [1000n, 1001n],
    ] as const) {
      const attempt = read.traceInterval([1, start, end, noCursor]);
      await expectRefusal("IntervalOutsideLine", [1000n, start, end], attempt);
    }
  });

  it("refuses a cursor that did not come from the same interval of the same fund", async () => {
    const scene = await fundedScene(2000);
    await scene.payMany(60, 10);
    await scene.books.openFund();
    await scene.give([2000], 2);
    const { read } = scene;
    const [, cursor] = await read.traceInterval([1, 0n, 2000n, noCursor]);
    await read.traceInterval([1, 0n, 2000n, cursor]);
    const refused = (fund: number, start: bigint, end: bigint, by: Cursor) =>
      expectRefusal("InvalidCursor", [], read.traceInterval([fund, start, end, by]));
    await refused(1, 100n, 2000n, cursor);
    await refused(1, 0n, 1999n, cursor);
    await refused(2, 0n, 2000n, cursor);
    await refused(1, 0n, 2000n, "0x01");
    await refused(1, 0n, 2000n, `0x${cursor.slice(2, -64)}`);
    await refused(1, 0n, 2000n, `${cursor}${"00".repeat(32)}`);
    const changed = (word: number, value: bigint): Cursor => {
      const at = 2 + 64 * word;
      return `0x${cursor.slice(2, at)}${value.toString(16).padStart(64, "0")}${cursor.slice(at + 64)}`;
    };
    // Words: fund, start, end; the fund position, the lane, what is told of it; a run, whose length is word 8.
    await refused(1, 0n, 2000n, changed(3, 2000n));
    await refused(1, 0n, 2000n, changed(4, 2n));
    await refused(1, 0n, 2000n, changed(5, 1801n));
    await refused(1, 0n, 2000n, changed(8, 1801n));
    const [sources, next] = await read.claimSources([1, noCursor]);
    expect([sources.length, next]).to.deep.equal([1, noCursor]);
  });
});

describe("the lens: tracing through recoveries and moves", () => {
  it("tells the recovered front of a payout where the recovery put it, and the rest as paid", async () => {
    const scene = await fundedScene(100);
    await scene.payMany(1, 60);
    await scene.recover(1, 10);
    await scene.recover(1, 15);
    expect((await traced(scene, 100)).map(told)).to.deep.equal([
      "10 inReserve at 90 of programme 1, allocation 1, hop 1 recovery 1",
      "15 inReserve at 100 of programme 1, allocation 1, hop 1 recovery 2",
      "35 paid by payout 1 of claim 1 at 25 of programme 1, allocation 1",
      "30 inReserve at 60 of programme 1, allocation 1",
      "10 operatingUnspent at 0 of programme 1, allocation 1",
    ]);
  });

  it("follows what came back, was paid again and came back again", async () => {
    const scene = await fundedScene(100);
    await scene.payMany(1, 90);
    await scene.recover(1, 90, true);
    await scene.pay(1);
    await scene.recover(2, 40);
    await scene.payMany(1, 30);
    await scene.recover(3, 5);
    expect((await traced(scene, 100)).map(told)).to.deep.equal([
      "5 inReserve at 220 of programme 1, allocation 1, hop 3 recovery 3",
      "25 paid by payout 3 of claim 2 at 185 of programme 1, allocation 1, hop 2 recovery 2",
      "10 inReserve at 210 of programme 1, allocation 1, hop 2 recovery 2",
      "50 paid by payout 2 of claim 1 at 130 of programme 1, allocation 1, hop 1 recovery 1",
      "10 operatingUnspent at 0 of programme 1, allocation 1",
    ]);
  });

  it("follows surplus to the programme it moved to, on both lines, also behind its own money", async () => {
    const scene = await openScene(100, 50);
    await scene.allocate(50, { programme: 2 });
    await scene.allocate(100);
    await scene.payMany(1, 20);
    await scene.spend(4);
    await scene.spend(7, 2);
    await scene.endPeriods();
    await scene.move(1, 2);
    await scene.recover(1, 8);
    await scene.move(1, 2);
    expect((await traced(scene, 150)).map(told)).to.deep.equal([
      "45 inReserve at 0 of programme 2, allocation 1",
      "5 operatingSpent by expense 2 at 0 of programme 2, allocation 1",
      "8 inReserve at 115 of programme 2, allocation 2, hop 2 move 2",
      "12 paid by payout 1 of claim 1 at 8 of programme 1, allocation 2",
      "70 inReserve at 45 of programme 2, allocation 2, hop 1 move 1",
      "4 operatingSpent by expense 1 at 0 of programme 1, allocation 2",
      // The advance of programme 2 was covered by what moved in.
      "2 operatingSpent by expense 2 at 5 of programme 2, allocation 2, hop 1 move 1",
      "4 operatingUnspent at 7 of programme 2, allocation 2, hop 1 move 1",
    ]);
  });

  it("goes on in the middle of a way that is longer than a page, at bounded gas", async () => {
    const scene = await fundedScene(100);
    await scene.payMany(1, 10);
    await scene.recover(1, 10);
    await scene.endPeriods();
    const moves = hopsOfPage + 20;
    for (let move = 0; move < moves; move += 1) await scene.move(1 + (move % 2), 2 - (move % 2));
    const { slices, lengths, cursors } = await pagesOf(scene, 0n, 100n);
    const way = { programme: 1, hops: moves };
    expect(slices.map(({ amount, lineStart }) => [amount, lineStart])).to.have.length(3);
    expect(slices[0]).to.include({ place: 2, amount: 10n, programme: 1, hops: moves + 1 });
    expect(slices[1]).to.include({ place: 2, amount: 80n, ...way });
    expect(slices[2]).to.include({ place: 4, amount: 10n, ...way });
    expect(slices.map(({ via }) => via)).to.deep.equal(slices.map(() => (2n << 32n) + BigInt(moves)));
    expect(lengths).to.deep.equal([0, 1, 1, 1]);
    for (const cursor of [noCursor, ...cursors.slice(0, -1)]) {
      const args = [1, 0n, 100n, cursor] as const;
      const data = encodeFunctionData({ abi: lensAbi, functionName: "traceInterval", args });
      const call = [{ to: scene.at.lens, data }];
      const gas = readQuantity(await chain.request({ method: "eth_estimateGas", params: call }));
      expect(gas < gasOfACall, `${gas} gas`).to.equal(true);
    }
  }).timeout(60_000);
});

describe("the lens: tracing a donation by its proof", () => {
  const amounts = [5, 600, 70, 8, 9];
  const recorded = async (): Promise<Scene> => {
    const scene = await openScene(1000);
    await scene.give(amounts);
    await scene.allocate(1300);
    return scene;
  };

  it("finds its place from the sums to its left, and where each of its fen is", async () => {
    const scene = await recorded();
    const leaves = scene.batches[1] ?? [];
    const tree = buildTree(leaves);
    let start = 1000n;
    for (const [index, leaf] of leaves.entries()) {
      const proven = { batch: batchId(2), index, ...leaf, siblings: tree.proof(index) };
      const answer = await traceDonation(scene.at, proven);
      expect(answer.start).to.equal(start);
      const interval = { start: position(start), end: position(start + leaf.amount) };
      expect(answer.slices).to.deep.equal(await traceInterval(scene.at, fundId(1), interval));
      start += leaf.amount;
    }
    expect(start).to.equal(1692n);
  });

  it("pages, and takes its own cursor only", async () => {
    const scene = await openScene(1000);
    await scene.allocate(1000);
    await scene.payMany(60, 10);
    const [leaf] = scene.batches[0] ?? [];
    if (leaf === undefined) expect.fail();
    const proven = { batch: batchId(1), index: 0, ...leaf, siblings: [] };
    const { slices } = await traceDonation(scene.at, proven);
    expect(slices).to.deep.equal(await traced(scene, 1000));
    expect(slices).to.have.length(62);
    const [, other] = await scene.read.traceInterval([1, 0n, 999n, noCursor]);
    const args = [1, 0, leaf.amount, leaf.commitment, "0x", other] as const;
    await expectRefusal("InvalidCursor", [], scene.read.traceDonation(args));
  });

  it("believes no amount, index, commitment, batch or sibling that the root does not", async () => {
    const scene = await recorded();
    const leaves = scene.batches[1] ?? [];
    const tree = buildTree(leaves);
    const proofOf = (index: number) => toHex(encodeProof(tree.proof(index)));
    const leaf = leaves[1] ?? expect.fail();
    const other = leaves[2] ?? expect.fail();
    const proof = proofOf(1);
    const trace = (batch: number, index: number, amount: bigint, commitment: Cursor, by: Cursor = proof) =>
      scene.read.traceDonation([batch, index, amount, commitment, by, noCursor]);
    await trace(2, 1, leaf.amount, leaf.commitment);
    for (const [batch, index, attempt] of [
      [2, 1, trace(2, 1, leaf.amount + 1n, leaf.commitment)],
      [2, 1, trace(2, 1, 0n, leaf.commitment)],
      [2, 0, trace(2, 0, leaf.amount, leaf.commitment)],
      [2, 5, trace(2, 5, leaf.amount, leaf.commitment)],
      [2, 1, trace(2, 1, leaf.amount, other.commitment)],
      [1, 0, trace(1, 0, leaf.amount, leaf.commitment, "0x")],
      [1, 0, trace(1, 0, 1000n, leaf.commitment, "0x")],
      [2, 1, trace(2, 1, leaf.amount, leaf.commitment, proofOf(2))],
      [2, 1, trace(2, 1, leaf.amount, leaf.commitment, `0x${proof.slice(2, -2)}`)],
      [2, 1, trace(2, 1, leaf.amount, leaf.commitment, `${proof}${"00".repeat(40)}`)],
    ] as const) {
      await expectRefusal("ProofRefused", [batch, index], attempt);
    }
    const batches = recordKinds.indexOf("batch");
    await expectRefusal("UnknownRecord", [batches, 3], trace(3, 1, leaf.amount, leaf.commitment));
  });
});
