import { expect } from "chai";
import {
  actorId,
  day,
  digest,
  fundedBooks,
  largestAmount,
  leavesOf,
  periodLengthSeconds,
  periodStart,
  zeroDigest,
} from "../books.ts";
import type { TestBooks } from "../books.ts";
import { expectRollFirst } from "../overdue.ts";
import { expectRefusal } from "../refusals.ts";
import { requires } from "../requirements.ts";
import { eventsOf } from "../told.ts";

const firstEnd = periodStart + periodLengthSeconds;
const [approved, paid] = [2, 3];
const aid = 3;

/** Claim 1, paid 1,000 fen with 500 attested as remaining; aid programme 3 with a period and 9,000 fen. */
const aidBooks = async (): Promise<TestBooks> => {
  const books = await fundedBooks(10_000);
  await books.openProgramme({ kind: "aid" });
  await books.declarePeriod({ programme: aid });
  await books.record({ leaves: leavesOf([10_000], "for aid") });
  await books.allocate({ programme: aid, amount: 10_000 });
  await books.file();
  await books.approve(1, { remaining: 500n });
  await books.pay(1);
  return books;
};

describe("grants: aid that follows a paid claim", () => {
  it("is a claim of the aid programme, of the person that it helps", async () => {
    const books = await aidBooks();
    const [operation, evidence] = [digest(), digest()];
    const receipt = await books.grant(1, { requested: 400, benefit: "service", operation, evidence });
    expect(eventsOf(receipt)).to.deep.equal([
      {
        type: "GrantFiled",
        claim: 2,
        programme: aid,
        aidOf: 1,
        policyPeriod: 1,
        requested: 400n,
        benefit: "service",
        evidence,
        filer: actorId("coordinator"),
        operation,
      },
    ]);
    const { person } = await books.lens.read.claim([1]);
    expect(await books.lens.read.claim([2])).to.include({ state: 1, person, aidOf: 1, incidentFrom: 0 });
    await books.approve(2, { amount: 400 });
    await books.pay(2);
    expect(await books.lens.read.claim([2])).to.include({ state: paid });
    expect(await books.lens.read.claim([1])).to.include({ remaining: 500n, granted: 400n });
  });

  requires(
    "IClaims.fileGrant",
    "`programme` exists and is an aid programme; at most 8 of its periods are due to close",
    async () => {
      const books = await aidBooks();
      await expectRefusal("UnknownProgramme", [4], books.grant(1, { programme: 4 }));
      await expectRefusal("WrongProgrammeKind", [1], books.grant(1, { programme: 1 }));
      await expectRollFirst(aid, (overdue) => overdue.grant(4, { programme: aid }));
    },
  );

  requires(
    "IClaims.fileGrant",
    "`policyPeriod` is declared, has begun, and its filing deadline has not passed",
    async () => {
      const books = await aidBooks();
      for (const policyPeriod of [0, 2]) {
        await expectRefusal("UnknownPeriod", [aid, policyPeriod], books.grant(1, { policyPeriod }));
      }
      await books.declarePeriod({ programme: aid, filingDeadline: firstEnd + 2 * periodLengthSeconds });
      books.chain.nextAt(firstEnd - 1);
      await expectRefusal(
        "PeriodNotBegun",
        [BigInt(firstEnd), BigInt(firstEnd - 1)],
        books.grant(1, { policyPeriod: 2 }),
      );
      await books.grant(1, { policyPeriod: 2 });
      const deadline = firstEnd + periodLengthSeconds;
      books.chain.nextAt(deadline);
      await books.grant(1);
      const facts = [BigInt(deadline), BigInt(deadline + 1)];
      await expectRefusal("FilingDeadlinePassed", facts, books.grant(1));
    },
  );

  requires(
    "IClaims.fileGrant",
    "the claim `aidOf` exists, is paid (whatever of it came back since), belongs to an insurance programme, and has the programme's currency",
    async () => {
      const books = await aidBooks();
      for (const claim of [0, 2]) await expectRefusal("UnknownClaim", [claim], books.grant(claim));
      await books.file();
      await books.approve(2);
      await expectRefusal("WrongClaimState", [2, paid, approved], books.grant(2));
      await books.openProgramme({ kind: "aid", currency: "HKD" });
      await books.declarePeriod({ programme: 4 });
      const facts = ["0x434e59", "0x484b44"];
      await expectRefusal("CurrencyMismatch", facts, books.grant(1, { programme: 4 }));
      // A grant that was paid with something attested as remaining, too.
      await books.grant(1);
      await books.approve(3, { amount: 100, remaining: 400n });
      await books.pay(3);
      await expectRefusal("WrongProgrammeKind", [aid], books.grant(3));
    },
  );

  requires(
    "IClaims.fileGrant",
    "`evidence` is not zero; `requested` is at least 1 and at most 2^64 - 1",
    async () => {
      const books = await aidBooks();
      await expectRefusal("ZeroDigest", [], books.grant(1, { evidence: zeroDigest }));
      await expectRefusal("ZeroAmount", [], books.grant(1, { requested: 0 }));
      const over = [largestAmount, largestAmount + 1n];
      await expectRefusal("AmountTooLarge", over, books.grant(1, { requested: largestAmount + 1n }));
      await books.grant(1, { requested: largestAmount });
    },
  );

  requires(
    "IClaims.approveClaim",
    "for a grant: the claim that it follows is paid, and its attested remainder less earlier grants holds it",
    async () => {
      const books = await aidBooks();
      for (let grant = 2; grant <= 5; grant += 1) await books.grant(1);
      await expectRefusal("AidExceeded", [500n, 501n], books.approve(2, { amount: 501 }));
      await books.approve(2, { amount: 300 });
      await expectRefusal("AidExceeded", [200n, 201n], books.approve(3, { amount: 201 }));
      await books.approve(3, { amount: 200 });
      await expectRefusal("AidExceeded", [0n, 1n], books.approve(4, { amount: 1 }));
      await books.giveBack(1);
      await expectRefusal("WrongClaimState", [1, paid, approved], books.approve(4, { amount: 1 }));
    },
  );

  it("frees what it took of the remainder when it is cancelled or recovered", async () => {
    const books = await aidBooks();
    for (let grant = 2; grant <= 5; grant += 1) await books.grant(1);
    await books.approve(2, { amount: 500 });
    await books.cancel(2);
    expect((await books.lens.read.claim([1])).granted).to.equal(0n);
    await books.approve(3, { amount: 500 });
    await books.pay(3);
    await books.recover(2, { amount: 120 });
    expect((await books.lens.read.claim([1])).granted).to.equal(380n);
    await expectRefusal("AidExceeded", [120n, 121n], books.approve(4, { amount: 121 }));
    await books.approve(4, { amount: 120 });
    // A bank return frees nothing: the grant is owed again.
    await books.giveBack(2, 0);
    expect((await books.lens.read.claim([1])).granted).to.equal(500n);
  });

  it("cannot follow a claim of which nothing was attested as remaining", async () => {
    const books = await aidBooks();
    await books.file();
    await books.approve(2);
    await books.pay(2);
    await books.grant(2);
    await expectRefusal("AidExceeded", [0n, 1n], books.approve(3, { amount: 1 }));
  });

  it("counts its cover, where the aid period has one, for the person that it helps", async () => {
    const books = await aidBooks();
    books.chain.nextAt(firstEnd - 10 * day);
    await books.declarePeriod({ programme: aid, cover: 100n });
    books.chain.nextAt(firstEnd);
    for (let grant = 2; grant <= 3; grant += 1) await books.grant(1, { policyPeriod: 2 });
    await books.approve(2, { amount: 60 });
    await expectRefusal("CoverExceeded", [40n, 41n], books.approve(3, { amount: 41 }));
    await books.approve(3, { amount: 40 });
  });
});
