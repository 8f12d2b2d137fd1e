import { expect } from "chai";
import { day, largestAmount, leavesOf, openBooks, periodLengthSeconds, periodStart } from "../books.ts";
import type { TestBooks } from "../books.ts";
import { overdueBooks } from "../overdue.ts";
import { expectRefusal } from "../refusals.ts";
import { requires } from "../requirements.ts";

const donated = async (amount: number): Promise<TestBooks> => {
  const books = await openBooks();
  await books.record({ leaves: leavesOf([amount]) });
  return books;
};

/** Programmes 1 to 3 in CNY; funds 2 and 3 restricted to programme 1 with the fallbacks 2 and 3. */
const restricted = async (): Promise<TestBooks> => {
  const books = await openBooks();
  await books.openProgramme();
  await books.openFund({ restrictedTo: 1, fallbackTo: 2 });
  await books.openFund({ restrictedTo: 1, fallbackTo: 3 });
  for (const fund of [1, 2, 3]) await books.record({ fund, leaves: leavesOf([1000], `fund ${fund}`) });
  return books;
};

describe("allocations: from a fund's line to a programme's two lines", () => {
  it("takes the next positions and splits them by the cumulative promise", async () => {
    const books = await donated(1000);
    await books.allocate({ amount: 1 });
    await books.allocate({ amount: 9 });
    await books.allocate({ programme: 2, amount: 990 });
    expect(await books.lens.read.allocation([1])).to.deep.equal({
      fund: 1,
      programme: 1,
      fundStart: 0n,
      amount: 1n,
      reserveStart: 0n,
      operationsStart: 0n,
    });
    expect(await books.lens.read.allocation([2])).to.include({
      fundStart: 1n,
      reserveStart: 0n,
      operationsStart: 1n,
    });
    expect(await books.lens.read.allocation([3])).to.include({ programme: 2, fundStart: 10n });
    const [first, second] = [await books.lens.read.programme([1]), await books.lens.read.programme([2])];
    expect(first.totals).to.include({ reserveIn: 9n, operationsIn: 1n });
    expect(second.totals).to.include({ reserveIn: 891n, operationsIn: 99n });
    expect((await books.lens.read.fund([1])).allocated).to.equal(1000n);
  });

  it("gives all or nothing to claims where the promise says so", async () => {
    const books = await openBooks();
    await books.openFund({ claimsShareBps: 0 });
    await books.openFund({ claimsShareBps: 10_000 });
    for (const fund of [2, 3]) {
      await books.record({ fund, leaves: leavesOf([100], `fund ${fund}`) });
      await books.allocate({ fund, amount: 100 });
    }
    const { totals } = await books.lens.read.programme([1]);
    expect(totals).to.include({ reserveIn: 100n, operationsIn: 100n });
  });

  requires(
    "IAllocations.allocatePremium",
    "`fund` and `programme` exist and have the same currency",
    async () => {
      const books = await donated(100);
      await expectRefusal("UnknownFund", [2], books.allocate({ fund: 2, startsAt: 0n, amount: 1 }));
      await expectRefusal("UnknownProgramme", [3], books.allocate({ programme: 3, amount: 1 }));
      await books.openProgramme({ currency: "HKD" });
      const facts = ["0x484b44", "0x434e59"];
      await expectRefusal("CurrencyMismatch", facts, books.allocate({ programme: 3, amount: 1 }));
    },
  );

  requires(
    "IAllocations.allocatePremium",
    "the programme is not in run-off; at most 8 of its periods are due to close",
    async () => {
      const books = await donated(100);
      books.chain.nextAt(periodStart + periodLengthSeconds - 1);
      await books.allocate({ amount: 1 });
      await expectRefusal("InRunOff", [1], books.allocate({ amount: 1 }));
      await books.declarePeriod({ end: books.chain.time + 2 * day });
      await books.allocate({ amount: 1 });
      const overdue = await overdueBooks();
      await expectRefusal("RollFirst", [1], overdue.allocate({ amount: 1 }));
    },
  );

  requires(
    "IAllocations.allocatePremium",
    "`startsAt` is the fund's first unallocated position",
    async () => {
      const books = await donated(100);
      await books.allocate({ amount: 10 });
      for (const startsAt of [0n, 9n, 11n]) {
        await expectRefusal("StalePosition", [10n, startsAt], books.allocate({ startsAt, amount: 1 }));
      }
    },
  );

  requires(
    "IAllocations.allocatePremium",
    "`amount` is at least 1, at most 2^64 - 1, and not more than the fund has unallocated",
    async () => {
      const books = await donated(100);
      await expectRefusal("ZeroAmount", [], books.allocate({ amount: 0 }));
      const over = [largestAmount, largestAmount + 1n];
      await expectRefusal("AmountTooLarge", over, books.allocate({ amount: largestAmount + 1n }));
      await expectRefusal("UnallocatedTooSmall", [100n, 101n], books.allocate({ amount: 101 }));
      await books.allocate({ amount: 60 });
      await expectRefusal("UnallocatedTooSmall", [40n, 41n], books.allocate({ amount: 41 }));
      await books.allocate({ amount: 40 });
      await expectRefusal("UnallocatedTooSmall", [0n, 1n], books.allocate({ amount: 1 }));
    },
  );

  requires(
    "IAllocations.allocatePremium",
    "a restricted fund goes to its programme, and shares the programme's one fallback; once its programme is in run-off, it goes to the fallback",
    async () => {
      const books = await restricted();
      await books.declarePeriod({ programme: 2, end: periodStart + 90 * day });
      await books.declarePeriod({ programme: 3, end: periodStart + 90 * day });
      for (const programme of [2, 3]) {
        const astray = books.allocate({ fund: 2, programme, amount: 1 });
        await expectRefusal("FundRestricted", [1, programme], astray);
      }
      await books.allocate({ fund: 2, programme: 1, amount: 1 });
      await expectRefusal("FallbackMismatch", [2, 3], books.allocate({ fund: 3, amount: 1 }));
      // A second before its programme's last period is over, and then.
      books.chain.nextAt(periodStart + periodLengthSeconds - 1);
      await expectRefusal("FundRestricted", [1, 2], books.allocate({ fund: 2, programme: 2, amount: 1 }));
      await books.allocate({ fund: 2, programme: 2, amount: 1 });
      await expectRefusal("InRunOff", [1], books.allocate({ fund: 2, programme: 1, amount: 1 }));
      await expectRefusal("FundRestricted", [1, 3], books.allocate({ fund: 2, programme: 3, amount: 1 }));
      await books.allocate({ fund: 3, programme: 3, amount: 1 });
      // What came on this way restricts nothing: it is the fallback already.
      for (const programme of [2, 3]) {
        expect((await books.lens.read.programme([programme])).fallbackTo).to.equal(0);
      }
    },
  );

  it("gives a programme one common fallback of all its restricted funds", async () => {
    const books = await restricted();
    await books.allocate({ fund: 1, amount: 1 });
    expect((await books.lens.read.programme([1])).fallbackTo).to.equal(0);
    await books.allocate({ fund: 2, amount: 1 });
    expect((await books.lens.read.programme([1])).fallbackTo).to.equal(2);
    await expectRefusal("FallbackMismatch", [2, 3], books.allocate({ fund: 3, amount: 1 }));
    await books.allocate({ fund: 1, amount: 1 });
    await books.allocate({ fund: 2, amount: 1 });
  });
});
