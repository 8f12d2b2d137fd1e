import { expect } from "chai";
import { fundedBooks } from "../books.ts";
import type { TestBooks } from "../books.ts";
import { expectRefusal } from "../refusals.ts";
import { requires } from "../requirements.ts";

const withClaims = async (count: number): Promise<TestBooks> => {
  const books = await fundedBooks(100_000);
  for (let claim = 1; claim <= count; claim += 1) await books.file();
  return books;
};

/** Claims 1 to `count` in the queue, in this order, with the queue numbers 1 to `count`. */
const queueOf = async (count: number): Promise<TestBooks> => {
  const books = await withClaims(count);
  for (let claim = 1; claim <= count; claim += 1) await books.approve(claim);
  return books;
};

/** The queue of programme 1 as its links tell it, from the head and from the tail. */
const walked = async (books: TestBooks): Promise<readonly number[]> => {
  const { queueHead, queueTail } = await books.lens.read.programme([1]);
  const [forth, back]: [number[], number[]] = [[], []];
  for (let here = queueHead; here !== 0; here = (await books.lens.read.claim([here])).next) forth.push(here);
  for (let here = queueTail; here !== 0; here = (await books.lens.read.claim([here])).previous)
    back.push(here);
  expect(back.toReversed()).to.deep.equal(forth);
  return forth;
};

describe("claims: the queue", () => {
  it("is in the order of approval, not of filing", async () => {
    const books = await withClaims(3);
    for (const claim of [2, 3, 1]) await books.approve(claim);
    const claims = await Promise.all([1, 2, 3].map((id) => books.lens.read.claim([id])));
    expect(claims.map(({ queueNumber }) => queueNumber)).to.deep.equal([3, 1, 2]);
    expect(await walked(books)).to.deep.equal([2, 3, 1]);
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

  it("is left by a held claim, whether it is the head, the tail or between: the others overtake it", async () => {
    for (const [held, others] of [
      [1, [2, 3]],
      [2, [1, 3]],
      [3, [1, 2]],
    ] as const) {
      const books = await queueOf(3);
      await books.hold(held);
      expect(await walked(books)).to.deep.equal(others);
      for (const claim of others) await books.pay(claim);
      await books.release(held);
      expect(await walked(books)).to.deep.equal([held]);
      await books.pay(held);
    }
  });

  it("takes a released claim back to its place by queue number: head, tail or between", async () => {
    for (const [held, after] of [
      [1, 0],
      [2, 1],
      [3, 2],
    ] as const) {
      const books = await queueOf(3);
      await books.hold(held);
      await books.release(held, after);
      expect(await walked(books)).to.deep.equal([1, 2, 3]);
    }
  });

  it("closes behind what was paid and cancelled while a claim was held", async () => {
    const books = await queueOf(5);
    await books.hold(3);
    await books.pay(1);
    await books.cancel(4);
    await expectRefusal("InvalidQueuePlace", [1, 3], books.release(3, 1));
    await expectRefusal("InvalidQueuePlace", [4, 3], books.release(3, 4));
    await books.release(3, 2);
    expect(await walked(books)).to.deep.equal([2, 3, 5]);
    for (const claim of [2, 3, 5]) await books.pay(claim);
  });

  it("is left by a cancelled claim at any place", async () => {
    const books = await queueOf(4);
    await books.cancel(2);
    expect(await walked(books)).to.deep.equal([1, 3, 4]);
    await books.cancel(4);
    expect(await walked(books)).to.deep.equal([1, 3]);
    await books.cancel(1);
    expect(await walked(books)).to.deep.equal([3]);
    await books.cancel(3);
    expect(await walked(books)).to.deep.equal([]);
  });

  requires("IClaims.releaseClaim", "`after_` is the claim's place by queue number", async () => {
    const books = await queueOf(5);
    // Of programme 2, with a queue number below: claim 6. Filed only: claim 7. Also held: claim 5.
    await books.file({ programme: 2 });
    await books.approve(6);
    await books.file();
    await books.hold(5);
    await books.hold(3);
    const wrong = {
      "too early in the queue": 1,
      "too late in the queue": 4,
      "the head, though others come before": 0,
      itself: 3,
      "another that is held": 5,
      "one of another programme": 6,
      "one that was never approved": 7,
      "one that does not exist": 8,
    };
    for (const after of Object.values(wrong)) {
      await expectRefusal("InvalidQueuePlace", [after, 3], books.release(3, after));
    }
    await books.release(3, 2);
    expect(await walked(books)).to.deep.equal([1, 2, 3, 4]);
  });
});
