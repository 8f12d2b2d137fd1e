import { expect } from "chai";
import { fundedBooks, largestAmount, leavesOf, zeroDigest } from "../books.ts";
import { expectRollFirst } from "../overdue.ts";
import { expectRefusal } from "../refusals.ts";
import { requires } from "../requirements.ts";

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

  requires(
    "IExpenses.recordExpense",
    "`programme` exists; at most 8 of its periods are due to close",
    async () => {
      const books = await fundedBooks(1000);
      const attempt = books.spend({ programme: 3, startsAt: 0n, amount: 1 });
      await expectRefusal("UnknownProgramme", [3], attempt);
      await expectRollFirst(1, (overdue) => overdue.spend({ amount: 1 }));
    },
  );

  requires(
    "IExpenses.recordExpense",
    "`startsAt` is the first operations position that nothing has taken",
    async () => {
      const books = await fundedBooks(1000);
      await books.spend({ amount: 60 });
      for (const startsAt of [0n, 59n, 61n]) {
        await expectRefusal("StalePosition", [60n, startsAt], books.spend({ startsAt, amount: 1 }));
      }
    },
  );

  requires(
    "IExpenses.recordExpense",
    "`amount` is at least 1 and at most 2^64 - 1; `evidence` is not zero",
    async () => {
      const books = await fundedBooks(1000);
      await expectRefusal("ZeroAmount", [], books.spend({ amount: 0 }));
      const over = [largestAmount, largestAmount + 1n];
      await expectRefusal("AmountTooLarge", over, books.spend({ amount: largestAmount + 1n }));
      await expectRefusal("ZeroDigest", [], books.spend({ amount: 1, evidence: zeroDigest }));
      await books.spend({ amount: largestAmount });
    },
  );
});
