import { expect } from "chai";
import { actorId, day, digest, leavesOf, openBooks, periodLengthSeconds, periodStart } from "../books.ts";
import type { TestBooks } from "../books.ts";
import { overdueBooks } from "../overdue.ts";
import { expectRefusal } from "../refusals.ts";
import { requires } from "../requirements.ts";
import { eventsOf } from "../told.ts";

const firstEnd = periodStart + periodLengthSeconds;
const firstDeadline = firstEnd + periodLengthSeconds;
/** In Slice.via: the kind of the flow above the id's 32 bits. */
const moveTag = 2n << 32n;
const gift = leavesOf([10_000]);

/** Programme 1 with 9,000 fen for claims and 1,000 for operations, 60 of them spent; programme 2 lasts a year longer. */
const withMoney = async (): Promise<TestBooks> => {
  const books = await openBooks();
  await books.declarePeriod({ programme: 2, end: firstEnd + 365 * day });
  await books.record({ leaves: gift });
  await books.allocate({ amount: 10_000 });
  await books.spend({ amount: 60 });
  return books;
};

/** The same a second after the filing deadline of programme 1. */
const ended = async (): Promise<TestBooks> => {
  const books = await withMoney();
  await books.chain.mineAt(firstDeadline);
  return books;
};

describe("moves: what an ended programme leaves", () => {
  it("goes whole to the other: reserve to reserve, operations to operations", async () => {
    const books = await ended();
    const operation = digest();
    const told = eventsOf(await books.move({ operation }));
    expect(told.at(-1)).to.deep.equal({
      type: "SurplusMoved",
      move: 1,
      from: 1,
      to: 2,
      reserveFrom: 0n,
      reserveTo: 0n,
      reserveAmount: 9000n,
      operationsFrom: 60n,
      operationsTo: 0n,
      operationsAmount: 940n,
      fromPeriod: 2,
      toPeriod: 2,
      treasurer: actorId("treasurer"),
      operation,
    });
    expect(told.map(({ type }) => type)).to.deep.equal(["PeriodClosed", "PeriodClosed", "SurplusMoved"]);
    expect(await books.lens.read.move([1])).to.deep.equal({
      from: 1,
      to: 2,
      reserveFrom: 0n,
      reserveTo: 0n,
      reserveAmount: 9000n,
      operationsFrom: 60n,
      operationsTo: 0n,
      operationsAmount: 940n,
    });
    const [from, to] = [await books.lens.read.period([1, 2]), await books.lens.read.period([2, 2])];
    expect(from.record).to.include({
      opening: 9000n,
      movedOut: 9000n,
      closing: 0n,
      operationsMovedOut: 940n,
    });
    expect(to.record).to.include({ movedIn: 9000n, closing: 9000n, operationsMovedIn: 940n, allocated: 0n });
    expect(from.record.expenses).to.equal(0n);
    expect(to.record.operationsIn).to.equal(0n);
  });

  it("goes on in the donors' trace", async () => {
    const books = await ended();
    await books.move();
    const { slices } = await books.trace(1, gift, 0);
    const told = slices.map(({ place, programme, lineStart, amount, hops, via }) => ({
      place,
      programme,
      lineStart,
      amount,
      hops,
      via,
    }));
    expect(told).to.deep.equal([
      { place: 2, programme: 2, lineStart: 0n, amount: 9000n, hops: 1, via: moveTag | 1n },
      { place: 3, programme: 1, lineStart: 0n, amount: 60n, hops: 0, via: 0n },
      { place: 4, programme: 2, lineStart: 0n, amount: 940n, hops: 1, via: moveTag | 1n },
    ]);
  });

  it("pays claims of the other programme", async () => {
    const books = await ended();
    await books.move();
    await books.enrol({ programme: 2, policyPeriod: 2 });
    await books.file({ programme: 2, policyPeriod: 2, incidentFrom: firstEnd });
    await books.approve(1);
    await books.pay(1);
    const [source] = await books.sources(1);
    expect(source).to.include({ fund: 1, batch: 1, amount: 1000n, hops: 1, via: moveTag | 1n });
  });

  it("is moved again when more comes back later", async () => {
    const books = await withMoney();
    await books.file();
    await books.approve(1);
    await books.pay(1);
    await books.chain.mineAt(firstDeadline);
    await books.move();
    await books.recover(1, { amount: 400 });
    const told = eventsOf(await books.move());
    expect(told).to.have.lengthOf(1);
    expect(told[0]).to.include({ move: 2, reserveFrom: 9000n, reserveTo: 8000n, reserveAmount: 400n });
    expect(told[0]).to.include({ operationsFrom: 1000n, operationsAmount: 0n });
    const { slices } = await books.trace(1, gift, 0);
    expect(slices[0]).to.include({ place: 2, programme: 2, lineStart: 8000n, amount: 400n, hops: 2 });
    await expectRefusal("NothingToMove", [1], books.move());
  });

  it("leaves nothing of operations where more was spent than came in", async () => {
    const books = await withMoney();
    await books.spend({ amount: 5000 });
    await books.chain.mineAt(firstDeadline);
    const told = eventsOf(await books.move());
    expect(told.at(-1)).to.include({ reserveAmount: 9000n, operationsFrom: 5060n, operationsAmount: 0n });
  });

  requires(
    "IMoves.moveSurplus",
    "both programmes exist, are different and have the same currency",
    async () => {
      const books = await ended();
      await books.openProgramme({ currency: "HKD" });
      await expectRefusal("UnknownProgramme", [4], books.move({ from: 4 }));
      await expectRefusal("UnknownProgramme", [4], books.move({ to: 4 }));
      await expectRefusal("InvalidDestination", [0, 1], books.move({ to: 1 }));
      await expectRefusal("CurrencyMismatch", ["0x484b44", "0x434e59"], books.move({ to: 3 }));
    },
  );

  requires(
    "IMoves.moveSurplus",
    "`to` is the fallback of `from`, if `from` ever accepted restricted funds",
    async () => {
      const books = await withMoney();
      await books.openProgramme();
      await books.openFund({ restrictedTo: 1, fallbackTo: 2 });
      await books.record({ fund: 2, leaves: leavesOf([1], "restricted") });
      await books.allocate({ fund: 2, amount: 1 });
      await books.chain.mineAt(firstDeadline);
      await expectRefusal("InvalidDestination", [2, 3], books.move({ to: 3 }));
      await expectRefusal("InvalidDestination", [2, 1], books.move({ to: 1 }));
      await books.move({ to: 2 });
    },
  );

  it("may go anywhere in its currency where no restricted money came in", async () => {
    const books = await ended();
    await books.openProgramme();
    await books.openFund({ restrictedTo: 1, fallbackTo: 2 });
    await books.move({ to: 3 });
  });

  requires("IMoves.moveSurplus", "at most 8 periods of each are due to close", async () => {
    const books = await overdueBooks();
    await expectRefusal("RollFirst", [1], books.move({ from: 1, to: 2 }));
    // Programme 4 ended long ago with a single period.
    await expectRefusal("RollFirst", [2], books.move({ from: 4, to: 2 }));
    await books.close(2);
    await books.move({ from: 4, to: 2 });
  });

  requires(
    "IMoves.moveSurplus",
    "`from` is in run-off, the filing deadline of its last period has passed, and no claim of it is open",
    async () => {
      const books = await withMoney();
      const refused = (open: number) => [1, firstDeadline, open];
      await expectRefusal("ProgrammeNotEnded", refused(0), books.move());
      await books.file();
      await books.approve(1);
      await books.chain.mineAt(firstEnd);
      await expectRefusal("ProgrammeNotEnded", refused(1), books.move());
      await books.file();
      await books.pay(1);
      books.chain.nextAt(firstDeadline);
      await expectRefusal("ProgrammeNotEnded", refused(1), books.move());
      await books.approve(2);
      await books.hold(2);
      await expectRefusal("ProgrammeNotEnded", refused(1), books.move());
      await books.cancel(2);
      await books.giveBack(1);
      await expectRefusal("ProgrammeNotEnded", refused(1), books.move());
      await books.pay(1);
      await books.move();
    },
  );

  it("stays where no period was ever declared, and where another one is", async () => {
    const books = await withMoney();
    await books.openProgramme();
    await books.record({ leaves: leavesOf([1000], "early") });
    await books.allocate({ programme: 3, amount: 1000 });
    await expectRefusal("ProgrammeNotEnded", [3, 0, 0], books.move({ from: 3 }));
    await books.chain.mineAt(firstDeadline);
    // In run-off a further period may begin, and the programme has not ended.
    await books.declarePeriod({ end: firstDeadline + day });
    const deadline = firstDeadline + day + periodLengthSeconds;
    await expectRefusal("ProgrammeNotEnded", [1, deadline, 0], books.move());
  });

  requires("IMoves.moveSurplus", "something is left on its reserve or operations line", async () => {
    const books = await openBooks();
    await books.chain.mineAt(firstDeadline);
    await expectRefusal("NothingToMove", [1], books.move());
    // Operations money alone is something.
    const other = await openBooks();
    await other.openFund({ claimsShareBps: 0 });
    await other.record({ fund: 2, leaves: gift });
    await other.allocate({ fund: 2, amount: 10_000 });
    await other.chain.mineAt(firstDeadline);
    const told = eventsOf(await other.move());
    expect(told.at(-1)).to.include({ reserveAmount: 0n, operationsAmount: 10_000n });
    await expectRefusal("NothingToMove", [1], other.move());
  });
});
