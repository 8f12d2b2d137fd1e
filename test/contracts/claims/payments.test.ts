import { expect } from "chai";
import {
  actorId,
  digest,
  fundedBooks,
  openBooks,
  periodLengthSeconds,
  periodStart,
  roleId,
  zeroDigest,
} from "../books.ts";
import { expectRollFirst } from "../overdue.ts";
import { expectRefusal } from "../refusals.ts";
import { requires } from "../requirements.ts";
import { eventsOf } from "../told.ts";

const firstEnd = periodStart + periodLengthSeconds;
const [filed, approved, paid] = [1, 2, 3];

describe("claims: paid", () => {
  it("takes the next interval of the reserve line, whole", async () => {
    const books = await fundedBooks(10_000);
    const paymentReference = digest();
    const told = [];
    for (const [claim, amount] of [
      [1, 4000],
      [2, 300],
    ] as const) {
      await books.file({ requested: amount });
      await books.approve(claim, { amount });
      told.push(...eventsOf(await books.pay(claim, { paymentReference })));
    }
    expect(told.at(-1)).to.deep.equal({
      type: "ClaimPaid",
      claim: 2,
      payout: 2,
      programme: 1,
      period: 1,
      reserveStart: 4000n,
      amount: 300n,
      policyStart: 4000n,
      paymentReference,
      payer: actorId("payer"),
    });
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

  it("counts in its own policy period whenever it is paid, and in the cash period of the payment", async () => {
    const books = await fundedBooks(10_000);
    await books.declarePeriod();
    await books.file();
    await books.approve(1);
    books.chain.nextAt(firstEnd);
    const told = eventsOf(await books.pay(1));
    expect(told.at(-1)).to.include({ type: "ClaimPaid", period: 2, policyStart: 0n });
    const [first, second] = [await books.lens.read.period([1, 1]), await books.lens.read.period([1, 2])];
    expect([first.paidForPolicy, first.record.paid]).to.deep.equal([1000n, 0n]);
    expect([second.paidForPolicy, second.record.paid]).to.deep.equal([0n, 1000n]);
  });

  requires("IClaims.payClaim", "the claim exists", async () => {
    const books = await openBooks();
    for (const claim of [0, 1]) await expectRefusal("UnknownClaim", [claim], books.pay(claim));
  });

  requires(
    "IClaims.payClaim",
    "the claim is approved; at most 8 of the programme's periods are due to close",
    async () => {
      const books = await fundedBooks(10_000);
      await books.file();
      await expectRefusal("WrongClaimState", [1, approved, filed], books.pay(1));
      await books.approve(1);
      await books.pay(1);
      await expectRefusal("WrongClaimState", [1, approved, paid], books.pay(1));
      await expectRollFirst(1, (overdue) => overdue.pay(2));
    },
  );

  requires("IClaims.payClaim", "the caller neither filed nor approved it", async () => {
    const books = await fundedBooks(10_000);
    for (const who of ["coordinator", "adjudicator"] as const) {
      await books.as("admin").grantRole([roleId("payer", 1), books.account(who)]);
    }
    await books.file();
    await books.approve(1);
    for (const as of ["coordinator", "adjudicator"] as const) {
      await expectRefusal("SameActor", [1, actorId(as)], books.pay(1, { as }));
    }
    await books.pay(1);
  });

  requires("IClaims.payClaim", "it is the head of the queue", async () => {
    const books = await fundedBooks(10_000);
    for (const claim of [1, 2]) {
      await books.file();
      await books.approve(claim);
    }
    await expectRefusal("NotQueueHead", [1, 2], books.pay(2));
    await books.pay(1);
    await books.pay(2);
  });

  requires("IClaims.payClaim", "the reserve holds its whole amount", async () => {
    const books = await fundedBooks(1000);
    await books.file({ requested: 901 });
    await books.approve(1, { amount: 901 });
    await books.file({ requested: 1 });
    await books.approve(2, { amount: 1 });
    await expectRefusal("ReserveTooSmall", [900n, 901n], books.pay(1));
    // The head waits, and blocks, though the reserve would hold the one behind it.
    await expectRefusal("NotQueueHead", [1, 2], books.pay(2));
    expect(await books.lens.read.reserveOf([1])).to.deep.equal([900n, 902n, 2n]);
  });

  requires("IClaims.payClaim", "`paymentReference` is not zero", async () => {
    const books = await fundedBooks(10_000);
    await books.file();
    await books.approve(1);
    await expectRefusal("ZeroDigest", [], books.pay(1, { paymentReference: zeroDigest }));
  });
});
