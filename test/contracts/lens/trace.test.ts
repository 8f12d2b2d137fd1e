import { expect } from "chai";
import { toHex } from "../../../protocol/bytes.ts";
import { buildTree, encodeProof } from "../../../protocol/donations/merkle-sum.ts";
import { fundedBooks, leavesOf, openBooks } from "../books.ts";
import type { TestBooks } from "../books.ts";
import { expectRefusal } from "../refusals.ts";

const pageLength = 50;
const [unallocated, paid, inReserve, operatingSpent, operatingUnspent] = [0, 1, 2, 3, 4];

/** All pages of a part of fund 1, and how long each was. */
const pagesOf = async (books: TestBooks, start: bigint, end: bigint) => {
  const pages = [];
  let cursor = 0n;
  do {
    const [slices, next] = await books.lens.read.traceInterval([1, start, end, cursor]);
    pages.push(slices);
    cursor = next;
  } while (cursor !== 0n);
  return { slices: pages.flat(), lengths: pages.map(({ length }) => length) };
};

const payMany = async (books: TestBooks, count: number, amount: number): Promise<void> => {
  for (let claim = 1; claim <= count; claim += 1) {
    await books.file({ requested: amount });
    await books.approve(claim, { amount });
    await books.pay(claim);
  }
};

describe("the lens: tracing an interval of a fund's line", () => {
  it("tells all five places, claims before operations, allocation by allocation", async () => {
    const books = await openBooks();
    await books.record({ leaves: leavesOf([100]) });
    await books.allocate({ amount: 40 });
    await books.allocate({ amount: 40 });
    await payMany(books, 1, 30);
    await books.spend({ amount: 3 });
    const { slices } = await pagesOf(books, 0n, 100n);
    const told = slices.map(({ place, allocation, programme, lineStart, amount, record, claim }) => [
      place,
      allocation,
      programme,
      lineStart,
      amount,
      record,
      claim,
    ]);
    expect(told).to.deep.equal([
      [paid, 1, 1, 0n, 30n, 1, 1],
      [inReserve, 1, 1, 30n, 6n, 0, 0],
      [operatingSpent, 1, 1, 0n, 3n, 1, 0],
      [operatingUnspent, 1, 1, 3n, 1n, 0, 0],
      [inReserve, 2, 1, 36n, 36n, 0, 0],
      [operatingUnspent, 2, 1, 4n, 4n, 0, 0],
      [unallocated, 0, 0, 80n, 20n, 0, 0],
    ]);
  });

  it("answers 50 slices a page; all pages tell each fen once, over payouts and over expenses", async () => {
    const books = await fundedBooks(1500);
    await payMany(books, 120, 10);
    for (let expense = 1; expense <= 70; expense += 1) await books.spend({ amount: 2 });
    const { slices, lengths } = await pagesOf(books, 0n, 1500n);
    expect(lengths).to.deep.equal([pageLength, pageLength, pageLength, 121 + 71 - 3 * pageLength]);
    expect(slices.reduce((sum, { amount }) => sum + amount, 0n)).to.equal(1500n);
    const claims = slices.filter(({ place }) => place === paid);
    expect(claims.map(({ claim }) => claim)).to.deep.equal(claims.map((_, index) => index + 1));
    expect(claims.map(({ lineStart }) => lineStart)).to.deep.equal(
      claims.map((_, index) => BigInt(10 * index)),
    );
    const expenses = slices.filter(({ place }) => place === operatingSpent);
    expect(expenses.map(({ record }) => record)).to.deep.equal(expenses.map((_, index) => index + 1));
  });

  it("ends exactly with a full page without promising another", async () => {
    const books = await fundedBooks(1000);
    await books.openFund({ claimsShareBps: 10_000 });
    await payMany(books, 48, 10);
    // 48 payouts, the rest in reserve, operations unspent: 50 slices.
    const { lengths } = await pagesOf(books, 0n, 1000n);
    expect(lengths).to.deep.equal([pageLength]);
  });

  it("tells single fen as their neighbours: the parts of an interval add up to the whole", async () => {
    const books = await openBooks();
    await books.record({ leaves: leavesOf([60]) });
    await books.allocate({ amount: 25 });
    await books.allocate({ programme: 2, amount: 20 });
    await payMany(books, 2, 7);
    const whole = new Map<string, bigint>();
    const key = (slice: { place: number; allocation: number; record: number }) =>
      `${slice.place} ${slice.allocation} ${slice.record}`;
    for (const slice of (await pagesOf(books, 0n, 60n)).slices) whole.set(key(slice), slice.amount);
    const parts = new Map<string, bigint>();
    for (let at = 0n; at < 60n; at += 1n) {
      const { slices } = await pagesOf(books, at, at + 1n);
      expect(slices.map(({ amount }) => amount)).to.deep.equal([1n]);
      for (const slice of slices) parts.set(key(slice), (parts.get(key(slice)) ?? 0n) + slice.amount);
    }
    expect(Object.fromEntries(parts)).to.deep.equal(Object.fromEntries(whole));
  });

  it("refuses an interval that is empty, reversed or past the line's end", async () => {
    const books = await fundedBooks(1000);
    const trace = (fund: number, start: bigint, end: bigint) =>
      books.lens.read.traceInterval([fund, start, end, 0n]);
    for (const [start, end] of [
      [5n, 5n],
      [6n, 5n],
      [0n, 1001n],
      [1000n, 1001n],
    ] as const) {
      await expectRefusal("IntervalOutsideLine", [1000n, start, end], trace(1, start, end));
    }
    await expectRefusal("IntervalOutsideLine", [0n, 0n, 1n], trace(9, 0n, 1n));
  });

  it("refuses a cursor of another interval", async () => {
    const books = await fundedBooks(2000);
    await payMany(books, 60, 10);
    const [, cursor] = await books.lens.read.traceInterval([1, 0n, 2000n, 0n]);
    const elsewhere = books.lens.read.traceInterval([1, 100n, 2000n, cursor]);
    await expectRefusal("InvalidCursor", [cursor], elsewhere);
    const past = 1n + 2000n;
    await expectRefusal("InvalidCursor", [past], books.lens.read.traceInterval([1, 0n, 2000n, past]));
    const stage = 1n + (2n << 96n);
    await expectRefusal("InvalidCursor", [stage], books.lens.read.traceInterval([1, 0n, 2000n, stage]));
    const done = 1n + (1n << 200n);
    await expectRefusal("InvalidCursor", [done], books.lens.read.traceInterval([1, 0n, 2000n, done]));
  });
});

describe("the lens: tracing a donation by its proof", () => {
  const leaves = leavesOf([5, 600, 70, 8, 9]);
  const tree = buildTree(leaves);
  const proofOf = (index: number) => toHex(encodeProof(tree.proof(index)));
  const recorded = async (): Promise<TestBooks> => {
    const books = await openBooks();
    await books.record({ leaves: leavesOf([1000], "before") });
    await books.record({ leaves });
    await books.allocate({ amount: 1300 });
    return books;
  };

  it("finds its place from the sums to its left, and where each of its fen is", async () => {
    const books = await recorded();
    let start = 1000n;
    for (const [index, { amount }] of leaves.entries()) {
      const traced = await books.trace(2, leaves, index);
      expect(traced.start).to.equal(start);
      expect(traced.slices.reduce((sum, slice) => sum + slice.amount, 0n)).to.equal(amount);
      start += amount;
    }
  });

  it("believes no amount, index, commitment, batch or sibling that the root does not", async () => {
    const books = await recorded();
    const leaf = leaves[1] ?? expect.fail();
    const other = leaves[2] ?? expect.fail();
    const proof = proofOf(1);
    const trace = (batch: number, index: number, amount: bigint, commitment: `0x${string}`, by = proof) =>
      books.lens.read.traceDonation([batch, index, amount, commitment, by, 0n]);
    await trace(2, 1, leaf.amount, leaf.commitment);
    for (const [batch, index, attempt] of [
      [2, 1, trace(2, 1, leaf.amount + 1n, leaf.commitment)],
      [2, 1, trace(2, 1, 0n, leaf.commitment)],
      [2, 0, trace(2, 0, leaf.amount, leaf.commitment)],
      [2, 5, trace(2, 5, leaf.amount, leaf.commitment)],
      [2, 1, trace(2, 1, leaf.amount, other.commitment)],
      [1, 0, trace(1, 0, leaf.amount, leaf.commitment, "0x")],
      [1, 0, trace(1, 0, 1000n, leaf.commitment, "0x")],
      [3, 1, trace(3, 1, leaf.amount, leaf.commitment)],
      [2, 1, trace(2, 1, leaf.amount, leaf.commitment, proofOf(2))],
      [2, 1, trace(2, 1, leaf.amount, leaf.commitment, `0x${proof.slice(2, -2)}`)],
      [2, 1, trace(2, 1, leaf.amount, leaf.commitment, `${proof}${"00".repeat(40)}`)],
    ] as const) {
      await expectRefusal("ProofRefused", [batch, index], attempt);
    }
  });
});

describe("the lens: the sources of a claim", () => {
  it("are none before it is paid", async () => {
    const books = await fundedBooks(1000);
    await books.file();
    expect(await books.sources(1)).to.deep.equal([]);
    expect(await books.sources(9)).to.deep.equal([]);
  });

  it("name fund, batch and allocation, in the order of the line, and add up to what was paid", async () => {
    const books = await openBooks();
    await books.openFund({ claimsShareBps: 3333 });
    await books.record({ leaves: leavesOf([10, 20], "one") });
    await books.record({ leaves: leavesOf([30], "two") });
    await books.record({ fund: 2, leaves: leavesOf([100], "three") });
    await books.allocate({ amount: 25 });
    await books.allocate({ fund: 2, amount: 100 });
    await books.allocate({ amount: 35 });
    await payMany(books, 1, 80);
    expect(await books.sources(1)).to.deep.equal([
      { fund: 1, batch: 1, allocation: 1, fundStart: 1n, fundEnd: 25n, amount: 22n },
      { fund: 2, batch: 3, allocation: 2, fundStart: 3n, fundEnd: 100n, amount: 33n },
      { fund: 1, batch: 1, allocation: 3, fundStart: 25n, fundEnd: 30n, amount: 5n },
      { fund: 1, batch: 2, allocation: 3, fundStart: 31n, fundEnd: 53n, amount: 20n },
    ]);
  });

  it("leave out a batch too small to own a claims fen", async () => {
    const books = await openBooks();
    await books.record({ leaves: leavesOf([10], "ten") });
    await books.record({ leaves: leavesOf([1], "the operating fen") });
    await books.record({ leaves: leavesOf([9], "nine") });
    await books.allocate({ amount: 20 });
    await payMany(books, 1, 18);
    expect((await books.sources(1)).map(({ batch, amount }) => [batch, amount])).to.deep.equal([
      [1, 9n],
      [3, 9n],
    ]);
  });

  it("come in pages of 50 that add up", async () => {
    const books = await openBooks();
    for (let batch = 1; batch <= 120; batch += 1) await books.record({ leaves: leavesOf([10], `${batch}`) });
    await books.allocate({ amount: 1200 });
    await payMany(books, 1, 1080);
    const [page, next] = await books.lens.read.claimSources([1, 0n]);
    expect([page.length, next]).to.deep.equal([pageLength, 450n]);
    const sources = await books.sources(1);
    expect(sources.map(({ batch }) => batch)).to.deep.equal(sources.map((_, index) => index + 1));
    expect(sources).to.have.lengthOf(120);
    await expectRefusal("InvalidCursor", [1081n], books.lens.read.claimSources([1, 1081n]));
  });
});
