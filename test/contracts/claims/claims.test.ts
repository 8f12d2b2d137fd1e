import { expect } from "chai";
import { bytes32 } from "../../../protocol/ids.ts";
import { digest, fundedBooks, openBooks, periodLengthSeconds, periodStart, roleId } from "../books.ts";
import type { TestBooks, Who } from "../books.ts";
import { expectRefusal } from "../refusals.ts";

const zero = bytes32(`0x${"0".repeat(64)}`);
const day = 24 * 3600;
const largest = 2n ** 64n - 1n;
const firstEnd = periodStart + periodLengthSeconds;
const firstDeadline = firstEnd + periodLengthSeconds;
const [filed, approved, paid] = [1, 2, 3];

/** `who` may also take another part in claims of programme 1. */
const appoint = (books: TestBooks, who: Who, role: string) =>
  books.as("admin").grantRole([roleId(role, 1), books.account(who)]);

describe("claims: filed", () => {
  it("keeps what was filed, and counts as undecided and open", async () => {
    const books = await openBooks();
    const person = digest();
    await books.file({ person, requested: 1234, benefit: "device" });
    expect(await books.lens.read.claim([1])).to.deep.equal({
      programme: 1,
      policyPeriod: 1,
      state: filed,
      benefit: 2,
      toTheMinute: false,
      reason: 0,
      incidentFrom: periodStart,
      filer: 3,
      adjudicator: 0,
      queueNumber: 0,
      requested: 1234n,
      approved: 0n,
      previous: 0,
      next: 0,
      person,
      lastPayout: 0,
      aidOf: 0,
      remaining: 0n,
      granted: 0n,
    });
    const programme = await books.lens.read.programme([1]);
    expect(programme.totals.filedUndecided).to.equal(1234n);
    expect(programme.openClaims).to.equal(1);
  });

  it("belongs to a programme that exists", async () => {
    const books = await openBooks();
    await appoint(books, "coordinator", "coordinator");
    await expectRefusal("UnknownProgramme", [3], books.file({ programme: 3 }));
  });

  it("belongs to a declared policy period", async () => {
    const books = await openBooks();
    for (const policyPeriod of [0, 2]) {
      await expectRefusal("UnknownPeriod", [1, policyPeriod], books.file({ policyPeriod }));
    }
  });

  it("is in time up to the filing deadline of its policy period, and not a second later", async () => {
    const books = await openBooks();
    books.chain.nextAt(firstDeadline);
    await books.file();
    await expectRefusal("FilingDeadlinePassed", [firstDeadline, firstDeadline + 1], books.file());
  });

  it("is of a day of the policy period, also where the day only touches it", async () => {
    const books = await openBooks();
    const facts = (incidentFrom: number) => [periodStart, firstEnd, incidentFrom];
    await books.chain.mineAt(firstEnd + 2 * day);
    for (const incidentFrom of [periodStart - day, firstEnd]) {
      await expectRefusal("IncidentOutsidePeriod", facts(incidentFrom), books.file({ incidentFrom }));
    }
    await books.file({ incidentFrom: firstEnd - day });

    await books.openProgramme();
    const start = books.chain.time + 1 - ((books.chain.time + 1 - periodStart) % day) + day / 2;
    await books.declarePeriod({ programme: 3, start, end: start + day });
    await books.chain.mineAt(start + 2 * day);
    await books.file({ programme: 3, incidentFrom: start - day / 2 });
    await books.file({ programme: 3, incidentFrom: start + day / 2 });
    for (const incidentFrom of [start - (3 * day) / 2, start + (3 * day) / 2]) {
      await expectRefusal(
        "IncidentOutsidePeriod",
        [start, start + day, incidentFrom],
        books.file({ programme: 3, incidentFrom }),
      );
    }
  });

  it("is to the minute where the policy is, inside the period", async () => {
    const books = await openBooks();
    const toTheMinute = true;
    const facts = (incidentFrom: number) => [periodStart, firstEnd, incidentFrom];
    await books.chain.mineAt(firstEnd);
    for (const incidentFrom of [periodStart, firstEnd - 60]) await books.file({ incidentFrom, toTheMinute });
    for (const incidentFrom of [periodStart - 60, firstEnd]) {
      await expectRefusal(
        "IncidentOutsidePeriod",
        facts(incidentFrom),
        books.file({ incidentFrom, toTheMinute }),
      );
    }
  });

  it("is not of the future", async () => {
    const books = await openBooks();
    const tomorrow = periodStart + day;
    const attempt = books.file({ incidentFrom: tomorrow });
    await expectRefusal("IncidentOutsidePeriod", [periodStart, firstEnd, tomorrow], attempt);
    books.chain.nextAt(tomorrow);
    await books.file({ incidentFrom: tomorrow });
  });

  it("is of a whole day in Asia/Shanghai, or of a whole minute", async () => {
    const books = await openBooks();
    const utcMidnight = periodStart + 8 * 3600;
    for (const incidentFrom of [utcMidnight, periodStart + 60, periodStart + 1]) {
      await expectRefusal("InvalidIncidentTime", [incidentFrom, false], books.file({ incidentFrom }));
    }
    const incidentFrom = periodStart + 1;
    await expectRefusal(
      "InvalidIncidentTime",
      [incidentFrom, true],
      books.file({ incidentFrom, toTheMinute: true }),
    );
  });

  it("names a pseudonym and evidence", async () => {
    const books = await openBooks();
    await expectRefusal("ZeroDigest", [], books.file({ person: zero }));
    await expectRefusal("ZeroDigest", [], books.file({ evidence: zero }));
  });

  it("asks for at least 1 fen, and no more than a record holds", async () => {
    const books = await openBooks();
    await expectRefusal("ZeroAmount", [], books.file({ requested: 0 }));
    await expectRefusal("AmountTooLarge", [largest, largest + 1n], books.file({ requested: largest + 1n }));
    await books.file({ requested: largest });
  });
});

describe("claims: approved", () => {
  it("keeps amount, remaining and queue number, and becomes payable", async () => {
    const books = await openBooks();
    await books.file({ requested: 1000 });
    await books.approve(1, { amount: 900, remaining: 77n });
    expect(await books.lens.read.claim([1])).to.include({
      state: approved,
      approved: 900n,
      remaining: 77n,
      queueNumber: 1,
      adjudicator: 4,
    });
    const programme = await books.lens.read.programme([1]);
    expect(programme.totals).to.include({ filedUndecided: 0n, approvedUnpaid: 900n });
    expect(programme).to.include({ queueHead: 1, queueTail: 1, lastQueueNumber: 1, openClaims: 1 });
  });

  it("must exist", async () => {
    const books = await openBooks();
    await expectRefusal("UnknownClaim", [1], books.approve(1));
    await expectRefusal("UnknownClaim", [0], books.approve(0));
  });

  it("is approved once", async () => {
    const books = await fundedBooks(10_000);
    await books.file();
    await books.approve(1);
    await expectRefusal("WrongClaimState", [1, filed, approved], books.approve(1));
    await books.pay(1);
    await expectRefusal("WrongClaimState", [1, filed, paid], books.approve(1));
  });

  it("is approved by another actor than filed it", async () => {
    const books = await openBooks();
    await appoint(books, "coordinator", "adjudicator");
    await books.file();
    await expectRefusal("SameActor", [1, 3], books.approve(1, { as: "coordinator" }));
  });

  it("is approved for at least 1 fen and at most what was requested", async () => {
    const books = await openBooks();
    await books.file({ requested: 1000 });
    await expectRefusal("ZeroAmount", [], books.approve(1, { amount: 0 }));
    await expectRefusal("ApprovedAboveRequested", [1000n, 1001n], books.approve(1, { amount: 1001 }));
    await books.approve(1, { amount: 1000 });
  });
});

describe("claims: paid", () => {
  it("takes the next interval of the reserve line, whole", async () => {
    const books = await fundedBooks(10_000);
    for (const [claim, amount] of [
      [1, 4000],
      [2, 300],
    ] as const) {
      await books.file({ requested: amount });
      await books.approve(claim, { amount });
      await books.pay(claim);
    }
    expect(await books.lens.read.payout([2])).to.deep.equal({
      claim: 2,
      previous: 0,
      reserveStart: 4000n,
      amount: 300n,
      recovered: 0n,
    });
    expect(await books.lens.read.claim([2])).to.include({ state: paid, lastPayout: 2 });
    const programme = await books.lens.read.programme([1]);
    expect(programme.totals).to.include({ reserveSpent: 4300n, approvedUnpaid: 0n });
    expect(programme).to.include({ openClaims: 0, queueHead: 0, queueTail: 0 });
    expect((await books.lens.read.period([1, 1])).paidForPolicy).to.equal(4300n);
  });

  it("must exist and be approved, and is paid once", async () => {
    const books = await fundedBooks(10_000);
    await expectRefusal("UnknownClaim", [1], books.pay(1));
    await books.file();
    await expectRefusal("WrongClaimState", [1, approved, filed], books.pay(1));
    await books.approve(1);
    await books.pay(1);
    await expectRefusal("WrongClaimState", [1, approved, paid], books.pay(1));
  });

  it("is paid by another actor than filed or approved it", async () => {
    const books = await fundedBooks(10_000);
    for (const who of ["coordinator", "adjudicator"] as const) await appoint(books, who, "payer");
    await books.file();
    await books.approve(1);
    await expectRefusal("SameActor", [1, 3], books.pay(1, { as: "coordinator" }));
    await expectRefusal("SameActor", [1, 4], books.pay(1, { as: "adjudicator" }));
  });

  it("waits, and blocks the queue, until the reserve holds it whole", async () => {
    const books = await fundedBooks(1000);
    await books.file({ requested: 901 });
    await books.approve(1, { amount: 901 });
    await books.file({ requested: 1 });
    await books.approve(2, { amount: 1 });
    await expectRefusal("ReserveTooSmall", [900n, 901n], books.pay(1));
    await expectRefusal("NotQueueHead", [1, 2], books.pay(2));
    expect(await books.lens.read.reserveOf([1])).to.deep.equal([900n, 902n, 2n]);
  });

  it("carries the bank's or platform's payment reference", async () => {
    const books = await fundedBooks(10_000);
    await books.file();
    await books.approve(1);
    await expectRefusal("ZeroDigest", [], books.pay(1, { paymentReference: zero }));
  });

  it("counts in its own policy period whenever it is paid", async () => {
    const books = await fundedBooks(10_000);
    await books.declarePeriod();
    await books.file();
    await books.approve(1);
    books.chain.nextAt(firstEnd);
    await books.pay(1);
    const [first, second] = [await books.lens.read.period([1, 1]), await books.lens.read.period([1, 2])];
    expect([first.paidForPolicy, first.record.paid]).to.deep.equal([1000n, 0n]);
    expect([second.paidForPolicy, second.record.paid]).to.deep.equal([0n, 1000n]);
  });
});

describe("claims: the queue", () => {
  const withClaims = async (count: number): Promise<TestBooks> => {
    const books = await fundedBooks(100_000);
    for (let claim = 1; claim <= count; claim += 1) await books.file();
    return books;
  };

  it("is in the order of approval, not of filing", async () => {
    const books = await withClaims(3);
    for (const claim of [2, 3, 1]) await books.approve(claim);
    const claims = await Promise.all([1, 2, 3].map((id) => books.lens.read.claim([id])));
    expect(claims.map(({ queueNumber }) => queueNumber)).to.deep.equal([3, 1, 2]);
    expect(claims.map(({ previous }) => previous)).to.deep.equal([3, 0, 2]);
    expect(claims.map(({ next }) => next)).to.deep.equal([0, 3, 1]);
    expect(await books.lens.read.programme([1])).to.include({ queueHead: 2, queueTail: 1 });
    await expectRefusal("NotQueueHead", [2, 3], books.pay(3));
    for (const claim of [2, 3, 1]) await books.pay(claim);
  });

  it("links no waiting claim to one that is paid, and starts again when it was empty", async () => {
    const books = await withClaims(3);
    await books.approve(1);
    await books.approve(2);
    await books.pay(1);
    expect(await books.lens.read.claim([2])).to.include({ previous: 0, next: 0 });
    await books.pay(2);
    await books.approve(3);
    expect(await books.lens.read.programme([1])).to.include({
      queueHead: 3,
      queueTail: 3,
      lastQueueNumber: 3,
    });
    expect(await books.lens.read.claim([3])).to.include({ previous: 0, next: 0 });
  });

  it("is each programme's own", async () => {
    const books = await withClaims(1);
    await books.file({ programme: 2 });
    await books.approve(2);
    await books.approve(1);
    await books.pay(1);
    expect(await books.lens.read.programme([2])).to.include({ queueHead: 2, lastQueueNumber: 1 });
  });
});
