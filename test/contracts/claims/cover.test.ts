import { expect } from "chai";
import { day, leavesOf, openBooks, peopleOf, periodLengthSeconds, periodStart } from "../books.ts";
import type { TestBooks } from "../books.ts";
import { expectRefusal } from "../refusals.ts";
import { requires } from "../requirements.ts";

const [start, length] = [periodStart, periodLengthSeconds];

/** Two people who are in programme 3 with a cover of 1,000 fen, in periods 1 and 2; 9,000 fen in its reserve. */
const coveredBooks = async (): Promise<TestBooks> => {
  const books = await openBooks();
  await books.openProgramme();
  for (const policyPeriod of [1, 2]) {
    await books.declarePeriod({ programme: 3, cover: 1000n });
    const from = start + (policyPeriod - 1) * length;
    await books.enrol({ programme: 3, policyPeriod, lines: peopleOf(2, from, from + length, "covered") });
  }
  await books.record({ leaves: leavesOf([10_000]) });
  await books.allocate({ programme: 3, amount: 10_000 });
  return books;
};

/** A further claim of one of the two; answers with its number. */
const fileFor = async (books: TestBooks, line: number, policyPeriod = 1): Promise<number> => {
  const incidentFrom = start + (policyPeriod - 1) * length;
  await books.file({ programme: 3, policyPeriod, line, requested: 5000, incidentFrom });
  return (await books.lens.read.counters()).claims;
};

const committed = async (books: TestBooks, line: number, policyPeriod = 1): Promise<bigint> => {
  const person = peopleOf(2, 0, 1, "covered")[line]?.person ?? "0x";
  return books.lens.read.committedOf([3, policyPeriod, person]);
};

const approveFor = async (books: TestBooks, line: number, amount: number, policyPeriod = 1) => {
  const claim = await fileFor(books, line, policyPeriod);
  await books.approve(claim, { amount });
  return claim;
};

describe("claims: cover per person and policy period", () => {
  requires(
    "IClaims.approveClaim",
    "the person's cover in the policy period holds it, where the period has one",
    async () => {
      const books = await coveredBooks();
      const one = await fileFor(books, 0);
      await expectRefusal("CoverExceeded", [1000n, 1001n], books.approve(one, { amount: 1001 }));
      await books.approve(one, { amount: 600 });
      const two = await fileFor(books, 0);
      await expectRefusal("CoverExceeded", [400n, 401n], books.approve(two, { amount: 401 }));
      await books.approve(two, { amount: 400 });
      const three = await fileFor(books, 0);
      await expectRefusal("CoverExceeded", [0n, 1n], books.approve(three, { amount: 1 }));
      expect(await committed(books, 0)).to.equal(1000n);
      // Another person, and a period without a cover.
      await approveFor(books, 1, 1000);
      await books.file({ requested: 1_000_000 });
      await books.approve(5, { amount: 1_000_000 });
    },
  );

  it("is counted from the approval on: paying and holding change nothing", async () => {
    const books = await coveredBooks();
    const one = await approveFor(books, 0, 600);
    await books.hold(one);
    expect(await committed(books, 0)).to.equal(600n);
    await books.release(one);
    await books.pay(one);
    expect(await committed(books, 0)).to.equal(600n);
    const two = await fileFor(books, 0);
    await expectRefusal("CoverExceeded", [400n, 401n], books.approve(two, { amount: 401 }));
  });

  it("comes back with a cancellation, on hold too", async () => {
    const books = await coveredBooks();
    for (const isHeld of [false, true]) {
      const claim = await approveFor(books, 0, 1000);
      if (isHeld) await books.hold(claim);
      await books.cancel(claim);
      expect(await committed(books, 0)).to.equal(0n);
    }
    await approveFor(books, 0, 1000);
  });

  it("comes back with a recovery, as far as money came back", async () => {
    const books = await coveredBooks();
    const one = await approveFor(books, 0, 1000);
    await books.pay(one);
    await books.recover(1, { amount: 250 });
    expect(await committed(books, 0)).to.equal(750n);
    const two = await fileFor(books, 0);
    await expectRefusal("CoverExceeded", [250n, 251n], books.approve(two, { amount: 251 }));
    await books.approve(two, { amount: 250 });
  });

  it("is still held after a bank return: the claim is owed again", async () => {
    const books = await coveredBooks();
    const one = await approveFor(books, 0, 800);
    await books.pay(one);
    await books.recover(1, { amount: 300 });
    await books.giveBack(1);
    expect(await committed(books, 0)).to.equal(500n);
    const two = await fileFor(books, 0);
    await expectRefusal("CoverExceeded", [500n, 501n], books.approve(two, { amount: 501 }));
    await books.pay(one);
    expect(await committed(books, 0)).to.equal(500n);
    await books.giveBack(2);
    await books.cancel(one);
    expect(await committed(books, 0)).to.equal(0n);
  });

  it("is that of the claim's own policy period, also where it is approved and paid in a later one", async () => {
    const books = await coveredBooks();
    const early = await fileFor(books, 0);
    books.chain.nextAt(start + length + day);
    await books.approve(early, { amount: 900 });
    await books.pay(early);
    expect([await committed(books, 0, 1), await committed(books, 0, 2)]).to.deep.equal([900n, 0n]);
    await approveFor(books, 0, 1000, 2);
    const late = await fileFor(books, 0, 1);
    await expectRefusal("CoverExceeded", [100n, 101n], books.approve(late, { amount: 101 }));
    const periods = [await books.lens.read.period([3, 1]), await books.lens.read.period([3, 2])];
    expect(periods.map(({ paidForPolicy }) => paidForPolicy)).to.deep.equal([900n, 0n]);
    expect(periods.map(({ record }) => record.paid)).to.deep.equal([0n, 900n]);
    await books.recover(1, { amount: 900 });
    expect([await committed(books, 0, 1), await committed(books, 0, 2)]).to.deep.equal([0n, 1000n]);
  });
});
