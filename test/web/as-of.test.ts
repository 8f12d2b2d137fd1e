import { expect } from "chai";
import { atOneBlock } from "../../web/as-of.ts";
import { hexOf } from "./invented-records.ts";
import { openSite } from "./site.ts";
import { sample } from "./sample.ts";

const { books, read } = sample();

/** Heads in the order they will be asked for; the last stays. */
const headsFrom = (numbers: readonly number[]) => {
  const left = [...numbers];
  return async () => {
    const blockNumber = left.length > 1 ? (left.shift() ?? 0) : (left[0] ?? 0);
    return { ...books.head(), blockNumber, blockHash: hexOf(blockNumber) };
  };
};

describe("the block that a page is true of", () => {
  it("reads again when the head moved while it was read", async () => {
    let reads = 0;
    const { answer, asOf } = await atOneBlock({ head: headsFrom([1, 2, 2]) }, async () => (reads += 1));
    expect(answer).to.equal(2);
    expect(asOf.head.blockNumber).to.equal(2);
    expect(asOf.since).to.equal(undefined);
  });

  it("says from which block on it was read where the books never stand still", async () => {
    const site = await openSite({ ...read, head: headsFrom([1, 2, 3, 4]) });
    const { text } = await site.get("/en/");
    expect(text).to.contain("True of block 4").and.to.contain("since block 3");
    await site.close();
  });
});
