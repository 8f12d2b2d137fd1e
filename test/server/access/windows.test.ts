/** Counting what an address asks: in windows of time, and of no more addresses than are remembered. */
import { expect } from "chai";
import { Windows } from "../../../server/access/windows.ts";

describe("a window of questions", () => {
  it("begins with the first question, lets so many through, and says how long the rest has to wait", () => {
    const windows = new Windows(2, 1_000, 10);
    expect([0, 400, 400, 999].map((nowMs) => windows.count("a", nowMs))).to.deep.equal([
      undefined,
      undefined,
      600,
      1,
    ]);
    expect(windows.count("b", 999)).to.equal(undefined);
    expect(windows.count("a", 1_000)).to.equal(undefined);
  });

  it("is forgotten, the one that ends first, where another address asks than can be remembered", () => {
    const windows = new Windows(1, 1_000, 2);
    const count = (key: string, nowMs: number) => windows.count(key, nowMs);
    expect([count("a", 0), count("b", 1), count("b", 2)]).to.deep.equal([undefined, undefined, 999]);
    expect(count("c", 3)).to.equal(undefined);
    expect(count("b", 4), "b is remembered").to.equal(997);
    expect(count("a", 5), "a is not, and takes b's place").to.equal(undefined);
    expect(count("b", 6)).to.equal(undefined);
  });
});
