import { expect } from "chai";
import { position, type Position } from "../../../protocol/amounts.ts";
import { Positions } from "../../../server/desk/positions.ts";

/** A record on its way that the test lets land or be refused. */
const underWay = () => {
  let settle = (_landed: boolean): void => {};
  const landed = new Promise<boolean>((resolve) => (settle = resolve));
  return { landed, settle: async (hasLanded: boolean) => (settle(hasLanded), await landed) };
};

describe("the positions of what is on its way", () => {
  const at = (value: number): Position => position(BigInt(value));
  const recorded = (value: number) => async (): Promise<Position> => at(value);
  const take = (positions: Positions, start: number, end: number) => {
    const record = underWay();
    positions.advance("line", { start: at(start), end: at(end) }, record.landed);
    return record;
  };

  it("are read from the books where nothing is under way", async () => {
    expect(await new Positions().end("line", recorded(5))).to.equal(5n);
  });

  it("go on from what is under way, and return to the books when all of it has settled", async () => {
    const positions = new Positions();
    const first = take(positions, 5, 15);
    const second = take(positions, 15, 18);
    expect(await positions.end("line", recorded(5))).to.equal(18n);
    await first.settle(true);
    expect(await positions.end("line", recorded(15))).to.equal(18n);
    await second.settle(true);
    expect(await positions.end("line", recorded(99))).to.equal(99n);
  });

  it("move forward by what a refused record does not take, while others are still under way", async () => {
    const positions = new Positions();
    const refused = take(positions, 0, 10);
    const behind = take(positions, 10, 13);
    await refused.settle(false);
    expect(await positions.end("line", recorded(0))).to.equal(3n);
    await behind.settle(true);
    expect(await positions.end("line", recorded(3))).to.equal(3n);
  });

  it("are of one line each", async () => {
    const positions = new Positions();
    take(positions, 0, 10);
    expect(await positions.end("other", recorded(1))).to.equal(1n);
  });

  it("count a record whose fate is unknown as one that did not land", async () => {
    const positions = new Positions();
    const stopped = Promise.reject<boolean>(new Error("stopped"));
    positions.advance("line", { start: at(0), end: at(10) }, stopped);
    take(positions, 10, 12);
    await stopped.catch(() => {});
    expect(await positions.end("line", recorded(0))).to.equal(2n);
  });
});
