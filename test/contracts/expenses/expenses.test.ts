import { expect } from "chai";
import { bytes32 } from "../../../protocol/ids.ts";
import { fundedBooks, leavesOf } from "../books.ts";
import { expectRefusal } from "../refusals.ts";

const zero = bytes32(`0x${"0".repeat(64)}`);

describe("expenses: positions of the operations line", () => {
  it("takes the next positions, past the line's end if need be: the excess is an advance", async () => {
    const books = await fundedBooks(1000);
    await books.spend({ amount: 60, kind: "channelFee" });
    await books.spend({ amount: 70, kind: "audit" });
    expect(await books.lens.read.expense([2])).to.deep.equal({
      programme: 1,
      operationsStart: 60n,
      amount: 70n,
    });
    const { totals } = await books.lens.read.programme([1]);
    expect(totals).to.include({ operationsIn: 100n, operationsOut: 130n });
  });

  it("covers an advance by the next operations money without any further record", async () => {
    const books = await fundedBooks(1000);
    await books.spend({ amount: 130 });
    const leaves = leavesOf([1000], "later");
    await books.record({ leaves });
    await books.allocate({ amount: 1000 });
    const spent = (await books.trace(2, leaves, 0)).slices.filter(({ place }) => place === 3);
    expect(spent.map(({ record, lineStart, amount }) => [record, lineStart, amount])).to.deep.equal([
      [1, 100n, 30n],
    ]);
  });

  it("belongs to a programme that exists", async () => {
    const books = await fundedBooks(1000);
    const attempt = books.spend({ programme: 3, startsAt: 0n, amount: 1 });
    await expectRefusal("UnknownProgramme", [3], attempt);
  });

  it("starts at the end of the expenses so far: another position is stale", async () => {
    const books = await fundedBooks(1000);
    await books.spend({ amount: 60 });
    for (const startsAt of [0n, 59n, 61n]) {
      await expectRefusal("StalePosition", [60n, startsAt], books.spend({ startsAt, amount: 1 }));
    }
  });

  it("is at least 1 fen and fits a record", async () => {
    const books = await fundedBooks(1000);
    await expectRefusal("ZeroAmount", [], books.spend({ amount: 0 }));
    const largest = 2n ** 64n - 1n;
    await expectRefusal("AmountTooLarge", [largest, largest + 1n], books.spend({ amount: largest + 1n }));
    await books.spend({ amount: largest });
  });

  it("has a voucher", async () => {
    const books = await fundedBooks(1000);
    await expectRefusal("ZeroDigest", [], books.spend({ amount: 1, evidence: zero }));
  });
});
