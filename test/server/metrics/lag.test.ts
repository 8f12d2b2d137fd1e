import { expect } from "chai";
import { Lag } from "../../../server/metrics/lag.ts";

describe("the lag of the index", () => {
  it("is 0 where the index is where the chain is, or ahead of a node that is behind", () => {
    const lag = new Lag();
    expect(lag.seconds(7, 7, 1_000)).to.equal(0);
    expect(lag.seconds(6, 7, 9_000)).to.equal(0);
  });

  it("grows from the first look that found a block missing", () => {
    const lag = new Lag();
    expect(lag.seconds(8, 7, 1_000)).to.equal(0);
    expect(lag.seconds(9, 7, 31_000)).to.equal(30);
    expect(lag.seconds(9, 7, 61_000)).to.equal(60);
  });

  it("begins anew where the missing block has come, though another is missing now", () => {
    const lag = new Lag();
    lag.seconds(8, 7, 1_000);
    expect(lag.seconds(10, 9, 31_000)).to.equal(0);
    expect(lag.seconds(10, 9, 41_000)).to.equal(10);
  });

  it("ends when the index has caught up", () => {
    const lag = new Lag();
    lag.seconds(8, 7, 1_000);
    expect(lag.seconds(8, 8, 31_000)).to.equal(0);
    expect(lag.seconds(9, 8, 61_000)).to.equal(0);
  });
});
