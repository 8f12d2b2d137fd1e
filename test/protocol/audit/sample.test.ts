import { expect } from "chai";
import { sampleOf } from "../../../protocol/audit/sample.ts";
import { bytes32 } from "../../../protocol/ids.ts";

const seed = bytes32(`0x${"5e".repeat(32)}`);

describe("the sample of an audit", () => {
  it("is everything where there is no more", () =>
    expect(sampleOf(seed, "claim", 3, 5)).to.deep.equal([0, 1, 2]));
  it("is as many different numbers as were asked for, ascending and in range", () => {
    const drawn = sampleOf(seed, "claim", 1_000, 50);
    expect(new Set(drawn).size).to.equal(50);
    expect(drawn).to.deep.equal(drawn.toSorted((one, other) => one - other));
    expect(drawn.every((number) => number >= 0 && number < 1_000)).to.equal(true);
  });
  it("is the same for the same seed, and another for another seed or kind", () => {
    const drawn = sampleOf(seed, "claim", 1_000, 50);
    expect(sampleOf(seed, "claim", 1_000, 50)).to.deep.equal(drawn);
    expect(sampleOf(seed, "donation", 1_000, 50)).not.to.deep.equal(drawn);
    expect(sampleOf(bytes32(`0x${"5f".repeat(32)}`), "claim", 1_000, 50)).not.to.deep.equal(drawn);
  });
});
