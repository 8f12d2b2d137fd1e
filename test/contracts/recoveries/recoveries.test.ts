import { expect } from "chai";
import {
  actorId,
  day,
  digest,
  fundedBooks,
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
/** In Slice.via: the kind of the flow above the id's 32 bits. */
const recoveryTag = 1n << 32n;

/** Claims 1 to `count` of 1,000 fen each, paid by the payouts 1 to `count` out of 9,000 fen. */
const paidBooks = async (count = 1): Promise<TestBooks> => {
  const books = await fundedBooks(10_000);
  for (let claim = 1; claim <= count; claim += 1) {
    await books.file();
    await books.approve(claim);
    await books.pay(claim);
  }
  return books;
};

describe("recoveries: money of a payout that comes back", () => {
  it("takes the front of what is left of the payout, and is a new inflow of the reserve line", async () => {
    const books = await paidBooks(2);
    const [operation, evidence] = [digest(), digest()];
    await books.recover(2, { amount: 100 });
    expect(eventsOf(await books.recover(2, { amount: 250, operation, evidence }))).to.deep.equal([
      {
        type: "PayoutRecovered",
        recovery: 2,
        payout: 2,
        programme: 1,
        claim: 2,
        returned: false,
        period: 1,
        offset: 100n,
        reserveStart: 9100n,
        amount: 250n,
        policyStart: 100n,
        evidence,
        payer: actorId("payer"),
        operation,
      },
    ]);
    expect(await books.lens.read.recovery([2])).to.deep.equal({
      payout: 2,
      offset: 100n,
      amount: 250n,
      reserveStart: 9100n,
    });
    expect((await books.lens.read.payout([2])).recovered).to.equal(350n);
    const { totals } = await books.lens.read.programme([1]);
    expect(totals).to.include({ reserveIn: 9350n, reserveSpent: 2000n, recovered: 350n });
    expect(await books.lens.read.claim([2])).to.include({ state: paid, approved: 1000n });
  });

  it("goes on in the trace of the donors whose money it was", async () => {
    const books = await paidBooks();
    await books.recover(1, { amount: 400 });
    const { slices } = await books.trace(1, leavesOf([10_000]), 0);
    const claimsFen = slices.slice(0, 3).map(({ place, lineStart, amount, hops, via }) => ({
      place,
      lineStart,
      amount,
      hops,
      via,
    }));
    expect(claimsFen).to.deep.equal([
      { place: 2, lineStart: 9000n, amount: 400n, hops: 1, via: recoveryTag | 1n },
      { place: 1, lineStart: 400n, amount: 600n, hops: 0, via: 0n },
      { place: 2, lineStart: 1000n, amount: 8000n, hops: 0, via: 0n },
    ]);
  });

  it("counts in the cash period in which it came, and for the policy period of its claim", async () => {
    const books = await paidBooks();
    await books.declarePeriod();
    books.chain.nextAt(firstEnd + day);
    await books.recover(1, { amount: 300 });
    const [first, second] = [await books.lens.read.period([1, 1]), await books.lens.read.period([1, 2])];
    expect([first.record.recovered, first.recoveredForPolicy]).to.deep.equal([0n, 300n]);
    expect([second.record.recovered, second.recoveredForPolicy]).to.deep.equal([300n, 0n]);
    expect(second.record.closing).to.equal(8300n);
  });

  it("pays further claims: the reserve goes on with it", async () => {
    const books = await fundedBooks(1000);
    await books.file();
    await books.approve(1, { amount: 900 });
    await books.pay(1);
    await books.file();
    await books.approve(2, { amount: 500 });
    await expectRefusal("ReserveTooSmall", [0n, 500n], books.pay(2));
    await books.recover(1, { amount: 500 });
    await books.pay(2);
    expect((await books.lens.read.payout([2])).reserveStart).to.equal(900n);
  });

  requires("IRecoveries.recoverPayout", "the payout exists", async () => {
    const books = await paidBooks();
    for (const payout of [0, 2]) {
      await expectRefusal("UnknownPayout", [payout], books.recover(payout, { amount: 1 }));
    }
  });

  requires(
    "IRecoveries.recoverPayout",
    "`operation` is not zero and has not landed before; `evidence` is not zero",
    async () => {
      const books = await paidBooks();
      const operation = digest();
      await expectRefusal("ZeroOperation", [], books.recover(1, { operation: zeroDigest, amount: 1 }));
      await expectRefusal("ZeroDigest", [], books.recover(1, { evidence: zeroDigest, amount: 1 }));
      await books.recover(1, { operation, amount: 1 });
      await expectRefusal("AlreadyRecorded", [operation], books.recover(1, { operation, amount: 1 }));
    },
  );

  requires(
    "IRecoveries.recoverPayout",
    "`amount` is at least 1 and not more than the payout has left; a return is exactly that",
    async () => {
      const books = await paidBooks();
      await expectRefusal("ZeroAmount", [], books.recover(1, { amount: 0 }));
      await expectRefusal("WrongRecoveryAmount", [1000n, 1001n], books.recover(1, { amount: 1001 }));
      await books.recover(1, { amount: 300 });
      await expectRefusal("WrongRecoveryAmount", [700n, 701n], books.recover(1, { amount: 701 }));
      for (const amount of [699, 701]) {
        const returned = books.recover(1, { amount, returned: true });
        await expectRefusal("WrongRecoveryAmount", [700n, BigInt(amount)], returned);
      }
      await books.recover(1, { amount: 700 });
      for (const returned of [false, true]) {
        const more = books.recover(1, { amount: 1, returned });
        await expectRefusal("WrongRecoveryAmount", [0n, 1n], more);
      }
    },
  );

  requires("IRecoveries.recoverPayout", "at most 8 of the programme's periods are due to close", () =>
    expectRollFirst(1, (books) => books.recover(1, { amount: 1 })),
  );

  requires(
    "IRecoveries.recoverPayout",
    "for a return, `after_` is the claim's place by queue number",
    async () => {
      const books = await paidBooks(3);
      for (let claim = 4; claim <= 6; claim += 1) {
        await books.file();
        await books.approve(claim);
      }
      await books.giveBack(1);
      await books.giveBack(3, 1);
      // Between 1 and 3: not the head, not itself, not behind 3, and behind none that is no more than filed.
      await books.file();
      for (const after of [0, 2, 3, 6, 7, 8]) {
        await expectRefusal("InvalidQueuePlace", [after, 2], books.giveBack(2, after));
      }
      await books.giveBack(2, 1);
      for (const claim of [1, 2, 3, 4]) await books.pay(claim);
    },
  );
});

describe("recoveries: a bank return", () => {
  it("makes the claim payable again, with its old queue number, for what came back", async () => {
    const books = await paidBooks();
    await books.recover(1, { amount: 300 });
    const [told] = eventsOf(await books.giveBack(1));
    expect(told).to.include({ type: "PayoutRecovered", returned: true, offset: 300n, amount: 700n });
    expect(await books.lens.read.claim([1])).to.include({
      state: approved,
      approved: 700n,
      queueNumber: 1,
      lastPayout: 1,
    });
    const programme = await books.lens.read.programme([1]);
    expect(programme).to.include({ queueHead: 1, queueTail: 1, openClaims: 1, lastQueueNumber: 1 });
    expect(programme.totals.approvedUnpaid).to.equal(700n);
  });

  it("is paid again from new positions: a claim is a list of payouts", async () => {
    const books = await paidBooks(2);
    await books.giveBack(1);
    await books.pay(1);
    expect(await books.lens.read.payout([3])).to.deep.equal({
      claim: 1,
      previous: 1,
      reserveStart: 2000n,
      amount: 1000n,
      recovered: 0n,
    });
    expect(await books.lens.read.claim([1])).to.include({ state: paid, lastPayout: 3 });
    // Nothing is left of the first payout.
    await expectRefusal("WrongRecoveryAmount", [0n, 1n], books.recover(1, { amount: 1 }));
    await books.giveBack(3);
    await books.pay(1);
    expect((await books.lens.read.claim([1])).lastPayout).to.equal(4);
    const sources = await books.sources(1);
    expect(sources.reduce((sum, { amount }) => sum + amount, 0n)).to.equal(1000n);
  });

  it("goes before claims that were approved later, and waits for those before", async () => {
    const books = await paidBooks(2);
    await books.file();
    await books.approve(3);
    await books.giveBack(2);
    await expectRefusal("NotQueueHead", [2, 3], books.pay(3));
    await books.giveBack(1);
    await expectRefusal("NotQueueHead", [1, 2], books.pay(2));
    for (const claim of [1, 2, 3]) await books.pay(claim);
  });

  it("may be held and cancelled like any approval", async () => {
    const books = await paidBooks(2);
    await books.giveBack(1);
    await books.hold(1);
    await books.release(1);
    await books.cancel(1);
    expect(await books.lens.read.claim([1])).to.include({ state: 6, lastPayout: 1 });
    expect((await books.lens.read.programme([1])).openClaims).to.equal(0);
  });

  it("is borne by no insurer: what was paid for the period and what came back are shared alike", async () => {
    const books = await fundedBooks(10_000);
    await books.insure({ shares: [3334, 3333, 3333] });
    await books.file();
    await books.approve(1);
    await books.pay(1);
    await books.giveBack(1);
    await books.pay(1);
    const [, paidParts, recoveredParts] = await books.lens.read.insurerParts([1, 1]);
    expect(paidParts.reduce((sum, part) => sum + part, 0n)).to.equal(2000n);
    expect(recoveredParts.reduce((sum, part) => sum + part, 0n)).to.equal(1000n);
  });
});
