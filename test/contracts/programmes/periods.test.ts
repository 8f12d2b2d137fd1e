import { expect } from "chai";
import { digest, fundedBooks, leavesOf, openBooks, periodLengthSeconds, periodStart } from "../books.ts";
import type { TestBooks } from "../books.ts";
import { expectRollFirst } from "../overdue.ts";
import { expectRefusal } from "../refusals.ts";
import { requires } from "../requirements.ts";

const day = 24 * 3600;
const firstEnd = periodStart + periodLengthSeconds;

const nothing = {
  opening: 0n,
  allocated: 0n,
  movedIn: 0n,
  movedOut: 0n,
  recovered: 0n,
  paid: 0n,
  closing: 0n,
  approvedUnpaid: 0n,
  filedUndecided: 0n,
  operationsIn: 0n,
  operationsMovedIn: 0n,
  operationsMovedOut: 0n,
  expenses: 0n,
};

/** Programme 1 with period 1 of `openBooks` and `more` periods of a day behind it. */
const withDays = async (books: TestBooks, more: number): Promise<TestBooks> => {
  for (let count = 0; count < more; count += 1) {
    const start = firstEnd + count * day;
    await books.declarePeriod({ start, end: start + day });
  }
  return books;
};

describe("periods: the roll", () => {
  it("cuts the figures at the end, whoever acts, and carries forward what is left", async () => {
    const books = await withDays(await fundedBooks(10_000), 1);
    await books.spend({ amount: 300 });
    await books.file({ requested: 4000 });
    await books.approve(1, { amount: 4000 });
    await books.pay(1);
    await books.file({ requested: 700 });
    await books.approve(2, { amount: 600 });
    await books.file({ requested: 50 });
    await books.record({ leaves: leavesOf([1000], "later") });
    books.chain.nextAt(firstEnd);
    await books.allocate({ amount: 1000 });

    const first = {
      ...nothing,
      allocated: 9000n,
      paid: 4000n,
      closing: 5000n,
      approvedUnpaid: 600n,
      filedUndecided: 50n,
      operationsIn: 1000n,
      expenses: 300n,
    };
    const second = {
      ...nothing,
      opening: 5000n,
      allocated: 900n,
      closing: 5900n,
      approvedUnpaid: 600n,
      filedUndecided: 50n,
      operationsIn: 100n,
    };
    const [closed, current] = [await books.lens.read.period([1, 1]), await books.lens.read.period([1, 2])];
    expect(closed).to.deep.include({ closed: true, record: first, paidForPolicy: 4000n });
    expect(current).to.deep.include({ closed: false, record: second, paidForPolicy: 0n });
  });

  it("belongs to the period before one second earlier", async () => {
    const books = await withDays(await fundedBooks(10_000), 1);
    books.chain.nextAt(firstEnd - 1);
    await books.spend({ amount: 300 });
    expect((await books.lens.read.programme([1])).currentPeriod).to.equal(1);
    expect((await books.lens.read.period([1, 1])).record.expenses).to.equal(300n);
  });

  it("is answered by the lens as if already written, and writing it changes no answer", async () => {
    const books = await withDays(await fundedBooks(10_000), 3);
    await books.chain.mineAt(firstEnd + 2 * day);
    const answers = async () => {
      const periods = [];
      for (const number of [1, 2, 3, 4, 5]) periods.push(await books.lens.read.period([1, number]));
      return { current: await books.lens.read.currentPeriod([1]), periods };
    };
    const before = await answers();
    expect(before.current).to.equal(4);
    expect(before.periods.map(({ closed }) => closed)).to.deep.equal([true, true, true, false, false]);
    expect((await books.lens.read.programme([1])).currentPeriod).to.equal(1);
    await books.close(1, 9);
    expect((await books.lens.read.programme([1])).currentPeriod).to.equal(4);
    expect(await answers()).to.deep.equal(before);
  });

  it("counts what comes before the first period in the first", async () => {
    const books = await openBooks();
    const third = await books.openProgramme();
    const start = third.blockTime + day;
    await books.declarePeriod({ programme: 3, start, end: start + day });
    await books.record({ leaves: leavesOf([1000]) });
    await books.allocate({ programme: 3, amount: 1000 });
    await books.chain.mineAt(start + day);
    expect((await books.lens.read.period([3, 1])).record.allocated).to.equal(900n);
  });

  it("writes up to 8 due periods with another verb", async () => {
    const books = await withDays(await fundedBooks(10_000), 8);
    books.chain.nextAt(firstEnd + 7 * day);
    const { logs } = await books.spend({ amount: 1 });
    expect(logs).to.have.lengthOf(9);
    expect((await books.lens.read.programme([1])).currentPeriod).to.equal(9);
  });

  it("asks to be rolled first where 9 are due, also to declare a period", async () => {
    const start = firstEnd + 8 * day;
    await expectRollFirst(1, (books) => books.declarePeriod({ start, end: start + 2 * day }));
  });

  it("is written by anyone, up to the number asked for", async () => {
    const books = await withDays(await fundedBooks(10_000), 9);
    books.chain.nextAt(firstEnd + 8 * day);
    await books.close(1, 4);
    expect((await books.lens.read.programme([1])).currentPeriod).to.equal(5);
    await books.close(1, 100);
    expect((await books.lens.read.programme([1])).currentPeriod).to.equal(10);
  });

  requires("IProgrammes.closePeriod", "`programme` exists", async () => {
    const books = await openBooks();
    for (const programme of [0, 3]) {
      await expectRefusal("UnknownProgramme", [programme], books.close(programme));
    }
  });

  requires("IProgrammes.closePeriod", "at least one period is due and `max` is at least 1", async () => {
    const books = await openBooks();
    await expectRefusal("NothingToClose", [1, 1], books.close());
    await books.openProgramme();
    await expectRefusal("NothingToClose", [3, 1], books.close(3));
    books.chain.nextAt(firstEnd);
    await expectRefusal("NothingToClose", [1, 1], books.close(1, 0));
    await books.close();
    await expectRefusal("NothingToClose", [1, 2], books.close());
  });

  it("leaves other programmes alone", async () => {
    const books = await fundedBooks(10_000);
    books.chain.nextAt(firstEnd);
    await books.close(1);
    expect((await books.lens.read.programme([2])).currentPeriod).to.equal(1);
    expect(await books.lens.read.currentPeriod([2])).to.equal(2);
  });
});

describe("periods: the run-off", () => {
  const inRunOff = async (): Promise<TestBooks> => {
    const books = await fundedBooks(10_000);
    await books.record({ leaves: leavesOf([1000], "later") });
    await books.file();
    await books.chain.mineAt(firstEnd + day);
    return books;
  };

  it("goes on deciding, paying and spending after the last declared period", async () => {
    const books = await inRunOff();
    await books.file({ requested: 5 });
    await books.approve(1);
    await books.pay(1);
    await books.spend({ amount: 7 });
    const runOff = await books.lens.read.period([1, 2]);
    const record = {
      ...nothing,
      opening: 9000n,
      paid: 1000n,
      closing: 8000n,
      filedUndecided: 5n,
      expenses: 7n,
    };
    expect(runOff).to.deep.include({ start: 0, end: 0, closed: false, record });
    expect(await books.lens.read.currentPeriod([1])).to.equal(2);
  });

  it("takes no more allocations", async () => {
    const books = await inRunOff();
    await expectRefusal("InRunOff", [1], books.allocate({ amount: 1 }));
  });

  it("ends when a further period is declared, which takes over its figures", async () => {
    const books = await inRunOff();
    await books.approve(1);
    await books.pay(1);
    await books.declarePeriod({ terms: digest() });
    await books.allocate({ amount: 1000 });
    const record = {
      ...nothing,
      opening: 9000n,
      allocated: 900n,
      paid: 1000n,
      closing: 8900n,
      operationsIn: 100n,
    };
    expect(await books.lens.read.period([1, 2])).to.deep.include({ start: firstEnd, closed: false, record });
  });

  it("is never closed", async () => {
    const books = await inRunOff();
    await books.close();
    await books.chain.mineAt(firstEnd + 1000 * day);
    await expectRefusal("NothingToClose", [1, 2], books.close());
  });

  it("is not where a programme without any period stands", async () => {
    const books = await openBooks();
    await books.openProgramme();
    await books.record({ leaves: leavesOf([1000]) });
    await books.allocate({ programme: 3, amount: 1000 });
    expect((await books.lens.read.period([3, 1])).record.allocated).to.equal(900n);
  });
});
