import { expect } from "chai";
import { openClaimsOf, queueOf, shortfallOf } from "../../../protocol/ledger/state.ts";
import { aidLeftOf, commitmentsOf } from "../../../protocol/ledger/promises.ts";
import { rolledTo } from "../../../protocol/ledger/periods.ts";
import { checkLaws } from "../../../protocol/laws/laws.ts";
import { Bookkeeper, day, digest, exampleBooks, firstDay, secondYear, thirdYear } from "../books.ts";
import { refusedFor } from "./refused.ts";

const brokenLaws = (keeper: Bookkeeper): readonly string[] =>
  checkLaws(keeper.state, keeper.now)
    .filter((law) => !law.holds)
    .flatMap((law) => law.facts);

/** A reserve of 4,950 at programme 1. */
const prepared = (): Bookkeeper => {
  const keeper = exampleBooks();
  keeper.record(keeper.allocationEvent(1, 5500n, 4950n));
  return keeper;
};

/** Programme 1 with a cover of `cover` in a single year, a reserve of 9,900, and an aid programme 2. */
const covered = (cover: bigint): Bookkeeper => {
  const keeper = new Bookkeeper();
  keeper.openProgramme();
  keeper.openProgramme("aid");
  keeper.openFund();
  keeper.declareYear(1, firstDay, secondYear, cover);
  keeper.declareYear(1, secondYear, thirdYear, cover);
  keeper.declareYear(2, firstDay, thirdYear);
  keeper.record(keeper.batchEvent([22_000n]));
  keeper.record(keeper.allocationEvent(1, 11_000n, 9900n));
  keeper.record(keeper.allocationEvent(2, 11_000n, 9900n));
  return keeper;
};

describe("a claim", () => {
  it("remembers what happened to it, by whom and when", () => {
    const keeper = prepared();
    keeper.record(keeper.fileEvent(1, 500n));
    keeper.tell(
      () => keeper.approveEvent(1, 450n, 80n),
      () => keeper.holdEvent(1, "evidence"),
    );
    expect(keeper.claim(1)).to.deep.include({ state: "onHold", reason: "evidence" });
    keeper.tell(
      () => keeper.releaseEvent(1),
      () => keeper.payEvent(1),
      () => keeper.recoverEvent(1, 100n),
      () => keeper.recoverEvent(1, 350n, true),
      () => keeper.cancelEvent(1, "other"),
    );
    const claim = keeper.claim(1);
    expect(claim.steps.map(({ step, actor, amount, reason }) => [step, actor, amount, reason])).to.deep.equal(
      [
        ["filed", 3, 500n, undefined],
        ["approved", 4, 450n, undefined],
        ["held", 4, undefined, "evidence"],
        ["released", 4, undefined, undefined],
        ["paid", 5, 450n, undefined],
        ["recovered", 5, 100n, undefined],
        ["returned", 5, 350n, undefined],
        ["cancelled", 4, undefined, "other"],
      ],
    );
    const blocks = claim.steps.map(({ at }) => at.blockNumber);
    expect(blocks).to.deep.equal(blocks.toSorted((one, other) => one - other));
    expect(claim).to.deep.include({ state: "cancelled", reason: "other" });
    expect(keeper.programme(1).claims).to.deep.include({ approved: 0, onHold: 0, paid: 0, cancelled: 1 });
    expect(brokenLaws(keeper)).to.deep.equal([]);
  });

  it("that is released or paid has no reason any more", () => {
    const keeper = prepared();
    keeper.approveClaim(1, 5n);
    keeper.tell(
      () => keeper.holdEvent(1),
      () => keeper.releaseEvent(1),
    );
    expect(keeper.claim(1)).to.not.have.property("reason");
  });

  it("counts as open while it is filed, approved or on hold", () => {
    const keeper = prepared();
    const open = (): number => openClaimsOf(keeper.programme(1));
    keeper.tell(
      () => keeper.fileEvent(1, 5n),
      () => keeper.fileEvent(1, 5n),
      () => keeper.fileEvent(1, 5n),
    );
    expect(open()).to.equal(3);
    keeper.tell(
      () => keeper.withdrawEvent(1),
      () => keeper.approveEvent(2, 5n),
      () => keeper.holdEvent(2),
    );
    expect(open()).to.equal(2);
    keeper.tell(
      () => keeper.rejectEvent(3),
      () => keeper.releaseEvent(2),
      () => keeper.payEvent(2),
    );
    expect(open()).to.equal(0);
    keeper.record(keeper.recoverEvent(1, 5n, true));
    expect(open()).to.equal(1);
    expect(keeper.programme(1).totals.filedUndecided).to.equal(0n);
  });
});

describe("the queue of payable claims", () => {
  it("lets a held claim be overtaken, and takes it back at its place", () => {
    const keeper = prepared();
    for (const amount of [100n, 200n, 300n, 400n]) keeper.approveClaim(1, amount);
    const programme = keeper.programme(1);
    keeper.tell(
      () => keeper.holdEvent(1),
      () => keeper.holdEvent(3),
    );
    expect(queueOf(programme)).to.deep.equal([2, 4]);
    expect(programme.totals.approvedUnpaid).to.equal(600n);
    keeper.record(keeper.payEvent(2));
    keeper.record(keeper.releaseEvent(3));
    expect(queueOf(programme)).to.deep.equal([3, 4]);
    keeper.record(keeper.releaseEvent(1));
    expect(queueOf(programme)).to.deep.equal([1, 3, 4]);
    expect(refusedFor(keeper, keeper.payEvent(3))).to.equal("head of the queue");
    keeper.tell(
      () => keeper.payEvent(1),
      () => keeper.cancelEvent(3),
      () => keeper.payEvent(4),
    );
    expect(queueOf(programme)).to.deep.equal([]);
    expect(brokenLaws(keeper)).to.deep.equal([]);
  });

  it("blocks behind its head until the reserve holds it, and the shortfall counts no held claim", () => {
    const keeper = prepared();
    keeper.approveClaim(1, 5000n);
    keeper.approveClaim(1, 1000n);
    const programme = keeper.programme(1);
    expect(shortfallOf(programme)).to.equal(1050n);
    expect(refusedFor(keeper, keeper.payEvent(2))).to.equal("head of the queue");
    expect(refusedFor(keeper, keeper.payEvent(1))).to.equal("reserve");
    keeper.record(keeper.holdEvent(1));
    expect(shortfallOf(programme)).to.equal(0n);
    keeper.record(keeper.payEvent(2));
    keeper.record(keeper.releaseEvent(1));
    expect(shortfallOf(programme)).to.equal(1050n);
  });

  it("takes a returned claim back before all that were approved later", () => {
    const keeper = prepared();
    for (const amount of [100n, 200n, 300n]) keeper.approveClaim(1, amount);
    keeper.tell(
      () => keeper.payEvent(1),
      () => keeper.payEvent(2),
      () => keeper.recoverEvent(2, 200n, true),
    );
    expect(queueOf(keeper.programme(1))).to.deep.equal([2, 3]);
    keeper.record(keeper.recoverEvent(1, 100n, true));
    expect(queueOf(keeper.programme(1))).to.deep.equal([1, 2, 3]);
    expect(keeper.programme(1).lastQueueNumber).to.equal(3);
    keeper.tell(
      () => keeper.payEvent(1),
      () => keeper.payEvent(2),
    );
    expect(keeper.claim(1).payouts.map(({ payout, reserveStart }) => [payout, reserveStart])).to.deep.equal([
      [1, 0n],
      [3, 300n],
    ]);
    expect(brokenLaws(keeper)).to.deep.equal([]);
  });
});

describe("the cover of an insured person", () => {
  it("is reserved by approvals over all claims of a policy period, also when they are paid in a later one", () => {
    const keeper = covered(1000n);
    keeper.approveClaim(1, 600n);
    keeper.tell(() => keeper.fileEvent(1, 500n));
    expect(refusedFor(keeper, keeper.approveEvent(2, 401n))).to.equal("cover");
    keeper.goTo(secondYear);
    keeper.record(keeper.payEvent(1));
    expect(refusedFor(keeper, keeper.approveEvent(2, 401n))).to.equal("cover");
    // Another person, and the same person in another policy period, have covers of their own.
    keeper.approveClaim(1, 1000n, 1, 78);
    keeper.approveClaim(1, 1000n, 2);
    keeper.record(keeper.approveEvent(2, 400n));
    expect(keeper.programme(1).periods[0]?.committed.get(digest(77))).to.equal(1000n);
    expect(brokenLaws(keeper)).to.deep.equal([]);
  });

  it("comes back with a cancellation and a recovery, stays through a hold and a bank return", () => {
    const keeper = covered(1000n);
    keeper.approveClaim(1, 600n);
    keeper.approveClaim(1, 400n);
    const held = (): bigint => keeper.programme(1).periods[0]?.committed.get(digest(77)) ?? 0n;
    keeper.record(keeper.holdEvent(2));
    expect(held()).to.equal(1000n);
    keeper.record(keeper.cancelEvent(2));
    expect(held()).to.equal(600n);
    keeper.tell(
      () => keeper.payEvent(1),
      () => keeper.recoverEvent(1, 250n),
    );
    expect(held()).to.equal(350n);
    keeper.record(keeper.recoverEvent(1, 350n, true));
    expect(held()).to.equal(350n);
    keeper.record(keeper.fileEvent(1, 900n));
    expect(refusedFor(keeper, keeper.approveEvent(3, 651n))).to.equal("cover");
    keeper.record(keeper.approveEvent(3, 650n));
    // What came back before the return is not owed any more.
    expect(keeper.claim(1).approval?.amount).to.equal(350n);
    keeper.record(keeper.payEvent(1));
    expect(held()).to.equal(1000n);
    keeper.tell(
      () => keeper.recoverEvent(2, 350n, true),
      () => keeper.cancelEvent(1),
      () => keeper.cancelEvent(3),
    );
    expect(keeper.programme(1).periods[0]?.committed.size).to.equal(0);
    expect(brokenLaws(keeper)).to.deep.equal([]);
  });

  it("has no limit where the terms set none, and is counted anew from the claims", () => {
    const keeper = covered(0n);
    keeper.approveClaim(1, 9000n);
    keeper.approveClaim(1, 9000n);
    expect(keeper.programme(1).periods[0]?.committed.size).to.equal(0);
    const limited = covered(500n);
    limited.payClaim(1, 200n, 1, 78);
    limited.approveClaim(1, 300n);
    limited.tell(
      () => limited.recoverEvent(1, 50n),
      () => limited.fileEvent(1, 100n),
    );
    expect(commitmentsOf(limited.state.claims)).to.deep.equal(limited.programme(1).periods[0]?.committed);
  });
});

describe("a grant", () => {
  it("takes what was attested as remaining, no more over all grants, and gives back what is cancelled or recovered", () => {
    const keeper = covered(0n);
    keeper.record(keeper.fileEvent(1, 1000n));
    keeper.tell(
      () => keeper.approveEvent(1, 800n, 500n),
      () => keeper.payEvent(1),
    );
    for (const amount of [300n, 300n, 200n]) keeper.record(keeper.grantEvent(2, 1, amount));
    keeper.record(keeper.approveEvent(2, 300n));
    expect(refusedFor(keeper, keeper.approveEvent(3, 201n))).to.equal("grant");
    keeper.record(keeper.approveEvent(3, 200n));
    expect(aidLeftOf(keeper.claim(1))).to.equal(0n);
    keeper.tell(
      () => keeper.payEvent(2),
      () => keeper.recoverEvent(2, 120n),
      () => keeper.cancelEvent(3),
    );
    expect(keeper.claim(1).granted).to.equal(180n);
    expect(refusedFor(keeper, keeper.approveEvent(4, 201n))).to.equal("amount");
    keeper.record(keeper.approveEvent(4, 200n));
    expect(keeper.claim(1).granted).to.equal(380n);
    expect(brokenLaws(keeper)).to.deep.equal([]);
  });

  it("waits while the claim that it follows is not paid", () => {
    const keeper = covered(0n);
    keeper.record(keeper.fileEvent(1, 1000n));
    keeper.tell(
      () => keeper.approveEvent(1, 800n, 500n),
      () => keeper.payEvent(1),
    );
    keeper.record(keeper.grantEvent(2, 1, 100n));
    keeper.record(keeper.recoverEvent(1, 800n, true));
    expect(refusedFor(keeper, keeper.approveEvent(2, 100n))).to.equal("state of the aided claim");
    keeper.record(keeper.payEvent(1));
    keeper.record(keeper.approveEvent(2, 100n));
  });
});

describe("money that comes back", () => {
  it("fills the reserve again, counts in its cash period, and leaves the policy period's counters apart", () => {
    const keeper = prepared();
    keeper.record(keeper.insurersEvent(1, 1, [6000, 3000, 1000]));
    keeper.payClaim(1, 1000n);
    keeper.payClaim(1, 501n, 1, 78);
    keeper.goTo(secondYear + day);
    keeper.record(keeper.recoverEvent(1, 333n));
    keeper.payClaim(1, 700n, 2);
    const [first, second] = rolledTo(keeper.programme(1), keeper.now).periods;
    expect(first?.record).to.deep.include({ allocated: 4950n, paid: 1501n, recovered: 0n, closing: 3449n });
    expect(second?.record).to.deep.include({ opening: 3449n, paid: 700n, recovered: 333n, closing: 3082n });
    const [policy, next] = keeper.programme(1).periods;
    expect([policy?.paid, policy?.recovered, next?.paid, next?.recovered]).to.deep.equal([
      1501n,
      333n,
      700n,
      0n,
    ]);
    expect(keeper.programme(1).totals.claimsPaid).to.equal(3);
    expect(second?.claimsPaid).to.equal(1);
    expect(brokenLaws(keeper)).to.deep.equal([]);
  });

  it("is kept in the order of where it came from, so that a trace finds it by halving", () => {
    const keeper = prepared();
    for (const amount of [100n, 200n, 300n]) keeper.payClaim(1, amount);
    keeper.tell(
      () => keeper.recoverEvent(3, 10n),
      () => keeper.recoverEvent(1, 20n),
      () => keeper.recoverEvent(3, 30n),
      () => keeper.recoverEvent(2, 40n),
    );
    const programme = keeper.programme(1);
    expect(programme.recoveries.map(({ sourceStart }) => sourceStart)).to.deep.equal([300n, 0n, 310n, 100n]);
    expect(programme.recoveriesBySource.map(({ recovery }) => recovery)).to.deep.equal([2, 4, 1, 3]);
    expect(keeper.payout(3).recoveries.map(({ offset }) => offset)).to.deep.equal([0n, 10n]);
    expect(keeper.payout(3).recovered).to.equal(40n);
  });
});
