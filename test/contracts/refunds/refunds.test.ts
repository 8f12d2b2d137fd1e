import { expect } from "chai";
import { encodeChannel } from "../../../protocol/donations/channel.ts";
import { actorId, digest, largestAmount, leavesOf, openBooks, zeroDigest } from "../books.ts";
import type { TestBooks } from "../books.ts";
import { expectRefusal } from "../refusals.ts";
import { requires } from "../requirements.ts";
import { eventsOf } from "../told.ts";

/** Batch 2 of fund 1: it starts at position 500, and its third gift of 1,000 fen at 600. */
const leaves = leavesOf([40, 60, 1000, 7], "gifts");
const index = 2;
const start = 600n;

const withGifts = async (): Promise<TestBooks> => {
  const books = await openBooks();
  await books.record({ leaves: leavesOf([500], "before") });
  await books.record({ leaves });
  await books.allocate({ amount: 900 });
  return books;
};

const refund = (books: TestBooks, change: Partial<Parameters<TestBooks["refund"]>[0]> = {}) =>
  books.refund({ batch: 2, leaves, index, ...change });

describe("refunds: the foundation takes the donor's place", () => {
  it("for a whole gift", async () => {
    const books = await withGifts();
    const [operation, paymentReference] = [digest(), digest()];
    expect(eventsOf(await refund(books, { operation, paymentReference }))).to.deep.equal([
      {
        type: "DonationRefunded",
        refund: 1,
        batch: 2,
        index,
        fund: 1,
        start,
        amount: 1000n,
        paymentReference,
        treasurer: actorId("treasurer"),
        operation,
      },
    ]);
    expect(await books.lens.read.refundedOf([2, index])).to.equal(1000n);
    expect(await books.lens.read.refundedOf([2, 1])).to.equal(0n);
    expect(await books.lens.read.isCovered([1])).to.equal(false);
  });

  it("for the back of what is still the donor's, again and again from behind", async () => {
    const books = await withGifts();
    const told = [];
    for (const amount of [300, 1, 699]) told.push(...eventsOf(await refund(books, { amount })));
    const intervals = told.map((event) =>
      event.type === "DonationRefunded" ? [event.start, event.start + event.amount] : [],
    );
    expect(intervals).to.deep.equal([
      [start + 700n, start + 1000n],
      [start + 699n, start + 700n],
      [start, start + 699n],
    ]);
  });

  it("and moves no line: the trace of the gift stays as it was", async () => {
    const books = await withGifts();
    const before = [await books.trace(2, leaves, index), await books.lens.read.fund([1])];
    await refund(books, { amount: 400 });
    expect([await books.trace(2, leaves, index), await books.lens.read.fund([1])]).to.deep.equal(before);
  });

  requires(
    "IRefunds.refundDonation",
    "`operation` is not zero and has not landed before; `paymentReference` is not zero",
    async () => {
      const books = await withGifts();
      const operation = digest();
      await expectRefusal("ZeroOperation", [], refund(books, { operation: zeroDigest }));
      await expectRefusal("ZeroDigest", [], refund(books, { paymentReference: zeroDigest }));
      await refund(books, { operation, amount: 1 });
      await expectRefusal("AlreadyRecorded", [operation], refund(books, { operation, amount: 1 }));
    },
  );

  requires(
    "IRefunds.refundDonation",
    "the batch exists, and the proof leads from the leaf to its root",
    async () => {
      const books = await withGifts();
      for (const batch of [0, 3]) await expectRefusal("UnknownBatch", [batch], refund(books, { batch }));
      for (const change of [
        { leafAmount: 1001n },
        { leafAmount: 0n, amount: 1 },
        { proof: "0x" as const },
        { proof: `0x${"11".repeat(80)}` as const },
        { leaves: leavesOf([40, 60, 1000, 8], "gifts") },
        { leaves: leavesOf([40, 60, 1000, 7], "others") },
      ]) {
        await expectRefusal("DonationNotProven", [2, index], refund(books, change));
      }
      // A proof of one batch is none in another, and an index past the end is nobody's.
      await expectRefusal("DonationNotProven", [1, index], refund(books, { batch: 1 }));
      await expectRefusal("DonationNotProven", [2, 4], refund(books, { index: 4 }));
      // Batch 1 has one donation and so no sibling: 500 fen are not 2^64 more.
      const lone = { batch: 1, leaves: leavesOf([500], "before"), index: 0 };
      const wrapped = refund(books, { ...lone, leafAmount: 2n ** 64n + 500n, amount: 501 });
      await expectRefusal("DonationNotProven", [1, 0], wrapped);
      await refund(books);
    },
  );

  requires(
    "IRefunds.refundDonation",
    "`amount` is at least 1 and not more than is still the donor's",
    async () => {
      const books = await withGifts();
      await expectRefusal("ZeroAmount", [], refund(books, { amount: 0 }));
      await expectRefusal("RefundTooLarge", [1000n, 1001n], refund(books, { amount: 1001 }));
      const over = [largestAmount, largestAmount + 1n];
      await expectRefusal("AmountTooLarge", over, refund(books, { amount: largestAmount + 1n }));
      await refund(books, { amount: 600 });
      await expectRefusal("RefundTooLarge", [400n, 401n], refund(books, { amount: 401 }));
      await refund(books, { amount: 400 });
      await expectRefusal("RefundTooLarge", [0n, 1n], refund(books, { amount: 1 }));
      // Its neighbours are other gifts.
      await refund(books, { index: 1 });
      await refund(books, { index: 3 });
    },
  );
});

describe("refunds: covered by the foundation's own payment", () => {
  it("is confirmed by the provider that received it", async () => {
    const books = await withGifts();
    await refund(books);
    const paymentReference = digest();
    expect(eventsOf(await books.cover(1, { paymentReference }))).to.deep.equal([
      {
        type: "RefundCovered",
        refund: 1,
        channel: "alipay",
        paymentReference,
        provider: actorId("provider"),
      },
    ]);
    expect(await books.lens.read.isCovered([1])).to.equal(true);
  });

  it("may come in by another channel than the gift, by that channel's provider", async () => {
    const books = await withGifts();
    await refund(books);
    const { logs } = await books.cover(1, { as: "neighbour", channel: "bank" });
    expect(logs[0]?.topics[2]).to.equal(encodeChannel("bank"));
  });

  requires(
    "IRefunds.coverRefund",
    "the refund exists and is not covered yet; `paymentReference` is not zero",
    async () => {
      const books = await withGifts();
      await refund(books);
      for (const id of [0, 2]) await expectRefusal("UnknownRefund", [id], books.cover(id));
      await expectRefusal("ZeroDigest", [], books.cover(1, { paymentReference: zeroDigest }));
      await books.cover(1);
      await expectRefusal("RefundAlreadyCovered", [1], books.cover(1));
    },
  );
});
