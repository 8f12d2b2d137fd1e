import { expect } from "chai";
import { actorId, fundedBooks, largestAmount, openBooks, roleId } from "../books.ts";
import type { TestBooks, Who } from "../books.ts";
import { expectRollFirst } from "../overdue.ts";
import { expectRefusal } from "../refusals.ts";
import { requires } from "../requirements.ts";
import { eventsOf } from "../told.ts";

const adjudicator = actorId("adjudicator");
const [filed, approved, paid, rejected, cancelled, onHold] = [1, 2, 3, 4, 6, 7];

/** Claims 1 to 3: filed, payable, on hold. */
const threeClaims = async (): Promise<TestBooks> => {
  const books = await fundedBooks(10_000);
  for (let claim = 1; claim <= 3; claim += 1) await books.file();
  await books.approve(2);
  await books.approve(3);
  await books.hold(3, 2);
  return books;
};

/** Of claim 1, filed; claim 2, payable; or claim 3, on hold: whatever the verb decides about. */
interface Decision {
  readonly name: string;
  readonly claim: number;
  readonly decide: (books: TestBooks, claim: number, reason: number, as?: Who) => Promise<unknown>;
}

const deciding: readonly Decision[] = [
  { name: "reject", claim: 1, decide: (books, claim, reason, as) => books.reject(claim, reason, as) },
  { name: "hold", claim: 2, decide: (books, claim, reason, as) => books.hold(claim, reason, as) },
  { name: "cancel", claim: 2, decide: (books, claim, reason, as) => books.cancel(claim, reason, as) },
];

const expectReasons = async ({ claim, decide }: Decision): Promise<void> => {
  for (const reason of [0, 5, 255]) {
    await expectRefusal("InvalidReason", [reason], decide(await threeClaims(), claim, reason));
  }
  for (const reason of [1, 2, 3, 4]) {
    const books = await threeClaims();
    await decide(books, claim, reason);
    expect((await books.lens.read.claim([claim])).reason).to.equal(reason);
  }
};

const expectExists = async ({ decide }: Decision): Promise<void> => {
  const books = await threeClaims();
  for (const claim of [0, 4]) await expectRefusal("UnknownClaim", [claim], decide(books, claim, 1));
};

const expectOtherFiler = async ({ claim, decide }: Decision): Promise<void> => {
  const books = await threeClaims();
  await books.as("admin").grantRole([roleId("adjudicator", 1), books.account("coordinator")]);
  const facts = [claim, actorId("coordinator")];
  await expectRefusal("SameActor", facts, decide(books, claim, 1, "coordinator"));
};

const named = (name: string): Decision => {
  const decision = deciding.find((each) => each.name === name);
  if (decision === undefined) throw new RangeError(`no decision ${name}`);
  return decision;
};

describe("claims: approved", () => {
  it("keeps amount, remaining and queue number, and becomes payable", async () => {
    const books = await openBooks();
    await books.file({ requested: 1000 });
    expect(eventsOf(await books.approve(1, { amount: 900, remaining: 77n }))).to.deep.equal([
      {
        type: "ClaimApproved",
        claim: 1,
        programme: 1,
        amount: 900n,
        remaining: 77n,
        queueNumber: 1,
        adjudicator,
      },
    ]);
    expect(await books.lens.read.claim([1])).to.include({
      state: approved,
      approved: 900n,
      remaining: 77n,
      queueNumber: 1,
      adjudicator,
    });
    const programme = await books.lens.read.programme([1]);
    expect(programme.totals).to.include({ filedUndecided: 0n, approvedUnpaid: 900n });
    expect(programme).to.include({ queueHead: 1, queueTail: 1, lastQueueNumber: 1, openClaims: 1 });
  });

  requires("IClaims.approveClaim", "the claim exists", async () => {
    const books = await openBooks();
    for (const claim of [0, 1]) await expectRefusal("UnknownClaim", [claim], books.approve(claim));
  });

  requires("IClaims.approveClaim", "the caller did not file it", async () => {
    const books = await openBooks();
    await books.as("admin").grantRole([roleId("adjudicator", 1), books.account("coordinator")]);
    await books.file();
    const facts = [1, actorId("coordinator")];
    await expectRefusal("SameActor", facts, books.approve(1, { as: "coordinator" }));
  });

  requires(
    "IClaims.approveClaim",
    "the claim is filed; at most 8 of the programme's periods are due to close",
    async () => {
      const books = await threeClaims();
      await books.approve(1);
      await expectRefusal("WrongClaimState", [1, filed, approved], books.approve(1));
      await books.pay(2);
      await expectRefusal("WrongClaimState", [2, filed, paid], books.approve(2));
      await expectRefusal("WrongClaimState", [3, filed, onHold], books.approve(3));
      await expectRollFirst(1, (overdue) => overdue.approve(1));
    },
  );

  requires(
    "IClaims.approveClaim",
    "`amount` is at least 1 and not more than requested; `remaining` is at most 2^64 - 1",
    async () => {
      const books = await openBooks();
      await books.file({ requested: 1000 });
      await expectRefusal("ZeroAmount", [], books.approve(1, { amount: 0 }));
      await expectRefusal("ApprovedAboveRequested", [1000n, 1001n], books.approve(1, { amount: 1001 }));
      const tooLarge = books.approve(1, { remaining: largestAmount + 1n });
      await expectRefusal("AmountTooLarge", [largestAmount, largestAmount + 1n], tooLarge);
      await books.approve(1, { amount: 1000, remaining: largestAmount });
    },
  );
});

describe("claims: rejected", () => {
  it("is closed with one of four reasons, and frees what was undecided", async () => {
    const books = await threeClaims();
    expect(eventsOf(await books.reject(1, 3))).to.deep.equal([
      { type: "ClaimRejected", claim: 1, programme: 1, reason: "duplicate", adjudicator },
    ]);
    expect(await books.lens.read.claim([1])).to.include({ state: rejected, reason: 3, queueNumber: 0 });
    const programme = await books.lens.read.programme([1]);
    expect(programme.totals.filedUndecided).to.equal(0n);
    expect(programme.openClaims).to.equal(2);
  });

  requires(
    "IClaims.rejectClaim",
    "as for {approveClaim} up to the state; `reason` is one of the four",
    async () => {
      const reject = named("reject");
      await expectExists(reject);
      await expectOtherFiler(reject);
      await expectReasons(reject);
      const books = await threeClaims();
      await expectRefusal("WrongClaimState", [2, filed, approved], books.reject(2));
      await expectRollFirst(1, (overdue) => overdue.reject(1));
    },
  );
});

describe("claims: held and released", () => {
  it("leaves the queue with a reason and comes back without one", async () => {
    const books = await threeClaims();
    expect(eventsOf(await books.hold(2, 4))).to.deep.equal([
      { type: "ClaimHeld", claim: 2, programme: 1, reason: "other", adjudicator },
    ]);
    expect(await books.lens.read.claim([2])).to.include({ state: onHold, reason: 4, queueNumber: 1 });
    expect(await books.lens.read.programme([1])).to.include({ queueHead: 0, queueTail: 0, openClaims: 3 });
    expect((await books.lens.read.programme([1])).totals.approvedUnpaid).to.equal(0n);
    expect(eventsOf(await books.release(2))).to.deep.equal([
      { type: "ClaimReleased", claim: 2, programme: 1, adjudicator },
    ]);
    expect(await books.lens.read.claim([2])).to.include({ state: approved, reason: 0, queueNumber: 1 });
    expect(await books.lens.read.programme([1])).to.include({ queueHead: 2, queueTail: 2 });
    expect((await books.lens.read.programme([1])).totals.approvedUnpaid).to.equal(1000n);
  });

  requires(
    "IClaims.holdClaim",
    "the claim exists and is approved; otherwise as for {rejectClaim}",
    async () => {
      const hold = named("hold");
      await expectExists(hold);
      await expectOtherFiler(hold);
      await expectReasons(hold);
      const books = await threeClaims();
      await expectRefusal("WrongClaimState", [1, approved, filed], books.hold(1));
      await expectRefusal("WrongClaimState", [3, approved, onHold], books.hold(3));
      await expectRollFirst(1, (overdue) => overdue.hold(2));
    },
  );

  requires(
    "IClaims.releaseClaim",
    "the claim exists and is on hold; otherwise as for {rejectClaim}",
    async () => {
      const books = await threeClaims();
      for (const claim of [0, 4]) await expectRefusal("UnknownClaim", [claim], books.release(claim));
      await expectRefusal("WrongClaimState", [2, onHold, approved], books.release(2));
      await books.as("admin").grantRole([roleId("adjudicator", 1), books.account("coordinator")]);
      const facts = [3, actorId("coordinator")];
      await expectRefusal("SameActor", facts, books.release(3, 2, "coordinator"));
      await expectRollFirst(1, (overdue) => overdue.release(3, 2));
    },
  );
});

describe("claims: cancelled", () => {
  it("leaves the queue for good with a reason", async () => {
    const books = await threeClaims();
    expect(eventsOf(await books.cancel(2, 1))).to.deep.equal([
      { type: "ClaimCancelled", claim: 2, programme: 1, reason: "evidence", adjudicator },
    ]);
    expect(await books.lens.read.claim([2])).to.include({ state: cancelled, reason: 1, approved: 1000n });
    expect(await books.lens.read.programme([1])).to.include({ queueHead: 0, queueTail: 0, openClaims: 2 });
    expect((await books.lens.read.programme([1])).totals.approvedUnpaid).to.equal(0n);
  });

  it("may be on hold, and leaves the queue of the others alone", async () => {
    const books = await threeClaims();
    await books.cancel(3, 4);
    expect(await books.lens.read.claim([3])).to.include({ state: cancelled, reason: 4 });
    expect(await books.lens.read.programme([1])).to.include({ queueHead: 2, queueTail: 2, openClaims: 2 });
    expect((await books.lens.read.programme([1])).totals.approvedUnpaid).to.equal(1000n);
    await books.pay(2);
  });

  requires(
    "IClaims.cancelClaim",
    "the claim exists and is approved or on hold; otherwise as for {rejectClaim}",
    async () => {
      const cancel = named("cancel");
      await expectExists(cancel);
      await expectOtherFiler(cancel);
      await expectReasons(cancel);
      const books = await threeClaims();
      await expectRefusal("WrongClaimState", [1, approved, filed], books.cancel(1));
      await books.pay(2);
      await expectRefusal("WrongClaimState", [2, approved, paid], books.cancel(2));
      await books.cancel(3);
      await expectRefusal("WrongClaimState", [3, approved, cancelled], books.cancel(3));
      await expectRollFirst(1, (overdue) => overdue.cancel(2));
    },
  );
});
