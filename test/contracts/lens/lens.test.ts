import { expect } from "chai";
import { fundedBooks, openBooks } from "../books.ts";
import { expectRefusal } from "../refusals.ts";

describe("the lens: records", () => {
  it("names the ledger that it reads", async () => {
    const books = await openBooks();
    expect((await books.lens.read.ledger()).toLowerCase()).to.equal(books.ledger);
  });

  it("counts what was recorded", async () => {
    const books = await fundedBooks(10_000);
    await books.file();
    await books.approve(1);
    await books.pay(1);
    await books.file();
    await books.spend({ amount: 1 });
    expect(await books.lens.read.counters()).to.deep.equal({
      actors: 7,
      funds: 1,
      programmes: 2,
      batches: 1,
      allocations: 1,
      expenses: 1,
      claims: 2,
      payouts: 1,
    });
  });

  it("says so of a record that does not exist", async () => {
    const books = await openBooks();
    const { read } = books.lens;
    await expectRefusal("UnknownRecord", [2], read.fund([2]));
    await expectRefusal("UnknownRecord", [0], read.fund([0]));
    await expectRefusal("UnknownRecord", [1], read.batch([1]));
    await expectRefusal("UnknownRecord", [3], read.programme([3]));
    await expectRefusal("UnknownRecord", [1], read.allocation([1]));
    await expectRefusal("UnknownRecord", [1], read.expense([1]));
    await expectRefusal("UnknownRecord", [1], read.claim([1]));
    await expectRefusal("UnknownRecord", [1], read.payout([1]));
  });

  it("has a record of every declared period and of the run-off after them", async () => {
    const books = await openBooks();
    const { read } = books.lens;
    await read.period([1, 1]);
    await read.period([1, 2]);
    await expectRefusal("UnknownRecord", [0], read.period([1, 0]));
    await expectRefusal("UnknownRecord", [3], read.period([1, 3]));
  });

  it("shows a shortfall only where more is approved than the reserve holds", async () => {
    const books = await fundedBooks(1000);
    const { read } = books.lens;
    expect(await read.reserveOf([1])).to.deep.equal([900n, 0n, 0n]);
    await books.file({ requested: 900 });
    await books.approve(1, { amount: 900 });
    expect(await read.reserveOf([1])).to.deep.equal([900n, 900n, 0n]);
    await books.file({ requested: 1 });
    expect(await read.reserveOf([1])).to.deep.equal([900n, 900n, 0n]);
    await books.approve(2, { amount: 1 });
    expect(await read.reserveOf([1])).to.deep.equal([900n, 901n, 1n]);
  });
});
