import { expect } from "chai";
import { leavesOf, openBooks, periodLengthSeconds, periodStart } from "./books.ts";
import type { TestBooks } from "./books.ts";
import { expectRefusal } from "./refusals.ts";

const [paid, inReserve, operatingUnspent] = [1, 2, 4];
const firstEnd = periodStart + periodLengthSeconds;

const gifts = { A: leavesOf([1], "A"), B: leavesOf([999], "B"), C: leavesOf([10_000], "C") };
const batches = { A: 1, B: 2, C: 3 };

describe("the worked example of the design, on the contract", () => {
  let books: TestBooks;
  before(async () => {
    books = await openBooks();
    for (const programme of [1, 2]) await books.declarePeriod({ programme });
  });

  const trace = async (donor: keyof typeof gifts) => {
    const { start, slices } = await books.trace(batches[donor], gifts[donor], 0);
    return [start, slices.map(({ place, amount }) => [place, amount])];
  };
  const donors = async (claim: number) =>
    (await books.sources(claim)).map(({ batch, amount }) => [batch, amount]);
  const closeRecord = async (period: number) => (await books.lens.read.period([1, period])).record;

  it("A gives 1, B 999, C 10,000 fen: they own [0,1), [1,1000), [1000,11000) of the fund's line", async () => {
    for (const donor of ["A", "B", "C"] as const) await books.record({ leaves: gifts[donor] });
    const starts = await Promise.all(
      (["A", "B", "C"] as const).map(async (donor) => (await trace(donor))[0]),
    );
    expect(starts).to.deep.equal([0n, 1n, 1000n]);
    expect((await books.lens.read.fund([1])).donated).to.equal(11_000n);
  });

  it("5,500 to P and 5,500 to Q: each reserve gets 4,950, each operations line 550", async () => {
    await books.allocate({ programme: 1, amount: 5500 });
    await books.allocate({ programme: 2, amount: 5500 });
    for (const programme of [1, 2]) {
      const { totals } = await books.lens.read.programme([programme]);
      expect(totals).to.include({ reserveIn: 4950n, operationsIn: 550n });
    }
  });

  it("A, B and C give 0, 900 and 9,000 to claims, together the promise of 9,900", async () => {
    const claims = async (donor: keyof typeof gifts) =>
      (await books.trace(batches[donor], gifts[donor], 0)).slices
        .filter(({ place }) => place === inReserve)
        .reduce((sum, { amount }) => sum + amount, 0n);
    expect([await claims("A"), await claims("B"), await claims("C")]).to.deep.equal([0n, 900n, 9000n]);
  });

  it("claim 1 at P pays 4,000: B paid 900 of it, C 3,100", async () => {
    await books.file({ requested: 4000 });
    await books.approve(1, { amount: 4000 });
    await books.pay(1);
    expect(await donors(1)).to.deep.equal([
      [2, 900n],
      [3, 3100n],
    ]);
    expect(await trace("B")).to.deep.equal([
      1n,
      [
        [paid, 900n],
        [operatingUnspent, 99n],
      ],
    ]);
    expect(await trace("A")).to.deep.equal([0n, [[operatingUnspent, 1n]]]);
  });

  it("the year closes with 950 carried forward, all of it C's", async () => {
    await books.chain.mineAt(firstEnd);
    expect(await closeRecord(1)).to.include({ opening: 0n, allocated: 4950n, paid: 4000n, closing: 950n });
    expect(await closeRecord(2)).to.include({ opening: 950n, allocated: 0n, paid: 0n, closing: 950n });
    expect(await trace("C")).to.deep.equal([
      1000n,
      [
        [paid, 3100n],
        [inReserve, 950n],
        [operatingUnspent, 450n],
        [inReserve, 4950n],
        [operatingUnspent, 550n],
      ],
    ]);
    await books.close();
    expect(await closeRecord(1)).to.include({ closing: 950n });
  });

  it("claim 2 at P for 1,200 waits: the reserve holds 950, the shortfall is 250", async () => {
    await books.file({ requested: 1200, policyPeriod: 2, incidentFrom: firstEnd });
    await books.approve(2, { amount: 1200 });
    await expectRefusal("ReserveTooSmall", [950n, 1200n], books.pay(2));
    expect(await books.lens.read.reserveOf([1])).to.deep.equal([950n, 1200n, 250n]);
  });

  it("until a donor gives 278 more and they are allocated: c(11278) - c(11000) = 250", async () => {
    await books.record({ leaves: leavesOf([278], "D") });
    await books.allocate({ amount: 278 });
    expect(await books.lens.read.reserveOf([1])).to.deep.equal([1200n, 1200n, 0n]);
    await books.pay(2);
    expect(await donors(2)).to.deep.equal([
      [3, 950n],
      [4, 250n],
    ]);
    expect(await closeRecord(2)).to.include({ opening: 950n, allocated: 250n, paid: 1200n, closing: 0n });
    expect(
      (await books.trace(4, leavesOf([278], "D"), 0)).slices.map(({ place, amount }) => [place, amount]),
    ).to.deep.equal([
      [paid, 250n],
      [operatingUnspent, 28n],
    ]);
  });
});
