import { expect } from "chai";
import { claimId } from "../../../protocol/ids.ts";
import { emptyQueue, headOf, joinQueue, leaveQueue, waitingIn } from "../../../protocol/ledger/queue.ts";
import type { Queue } from "../../../protocol/ledger/records.ts";
import { Random } from "../../model/random.ts";

const filled = (length: number): Queue => {
  const queue = emptyQueue();
  for (let number = 1; number <= length; number += 1)
    joinQueue(queue, { queueNumber: number, claim: claimId(number) });
  return queue;
};

describe("the queue of a programme", () => {
  it("keeps the order of the numbers, whoever leaves and comes back", () => {
    const random = new Random(7);
    const queue = emptyQueue();
    const expected = new Set<number>();
    let last = 0;
    for (let step = 0; step < 5000; step += 1) {
      const head = headOf(queue);
      const absent = Array.from({ length: last }, (_, index) => index + 1).filter(
        (number) => !expected.has(number),
      );
      if (expected.size > 0 && random.chance(3)) {
        const number = random.chance(2) && head !== undefined ? head.queueNumber : random.pick([...expected]);
        leaveQueue(queue, number);
        expected.delete(number);
      } else if (absent.length > 0 && random.chance(3)) {
        const number = random.pick(absent);
        joinQueue(queue, { queueNumber: number, claim: claimId(number) });
        expected.add(number);
      } else if (last < 200) {
        last += 1;
        joinQueue(queue, { queueNumber: last, claim: claimId(last) });
        expected.add(last);
      }
      const order = [...expected].toSorted((one, other) => one - other);
      expect(waitingIn(queue), `step ${step}`).to.deep.equal(order);
      expect(headOf(queue)?.claim).to.equal(order[0]);
    }
    expect(last).to.equal(200);
  });

  it("forgets what was paid, so that a long life does not fill the memory", () => {
    const queue = filled(5000);
    for (let number = 1; number <= 2400; number += 1) leaveQueue(queue, number);
    // Not before they are half of it: clearing a few of many would move all the others.
    expect([queue.head, queue.places.length]).to.deep.equal([2400, 5000]);
    for (let number = 2401; number <= 4999; number += 1) leaveQueue(queue, number);
    expect(waitingIn(queue)).to.deep.equal([5000]);
    expect(queue.places.length).to.be.lessThan(2048);
  });

  it("takes a head that comes back into the slot that it left, so that nobody behind it moves", () => {
    const queue = filled(1000);
    for (let turn = 0; turn < 100; turn += 1) {
      leaveQueue(queue, 1);
      expect(headOf(queue)?.claim).to.equal(2);
      joinQueue(queue, { queueNumber: 1, claim: claimId(1) });
      expect([queue.head, queue.places.length]).to.deep.equal([0, 1000]);
    }
  });
});
