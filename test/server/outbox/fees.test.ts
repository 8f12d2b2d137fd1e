import { expect } from "chai";
import { assert, bigInt, property } from "fast-check";
import { bumpedFees, fairFees, limitedFees, noFees } from "../../../server/outbox/fees.ts";

const fees = (maxFeePerGas: bigint, maxPriorityFeePerGas: bigint) => ({ maxFeePerGas, maxPriorityFeePerGas });

describe("fees", () => {
  it("leave room for the base fee to double, and offer nothing where gas is free", () => {
    expect(fairFees(10n, 3n)).to.deep.equal(fees(23n, 3n));
    expect(fairFees(0n, 3n)).to.deep.equal(noFees);
    expect(limitedFees(fees(23n, 3n), 20n)).to.deep.equal(fees(20n, 3n));
    expect(limitedFees(fees(23n, 30n), 20n)).to.deep.equal(fees(20n, 20n));
  });

  it("replace others by an eighth more, rounded up, or by what is fair now", () => {
    expect(bumpedFees(fees(16n, 8n), noFees, 100n)).to.deep.equal(fees(18n, 9n));
    expect(bumpedFees(fees(17n, 1n), noFees, 100n)).to.deep.equal(fees(20n, 2n));
    expect(bumpedFees(fees(16n, 8n), fees(40n, 8n), 100n)).to.deep.equal(fees(40n, 9n));
  });

  it("go up to the limit, and stay where an eighth more would pass it", () => {
    expect(bumpedFees(fees(16n, 8n), fees(40n, 8n), 30n)).to.deep.equal(fees(30n, 9n));
    expect(bumpedFees(fees(28n, 8n), fees(40n, 8n), 30n)).to.equal(undefined);
  });

  it("do not outbid free with free", () => {
    expect(bumpedFees(noFees, noFees, 100n)).to.equal(undefined);
    expect(bumpedFees(noFees, fees(3n, 1n), 100n)).to.deep.equal(fees(3n, 1n));
  });

  it("are both at least 12.5 % more, whatever they were", () => {
    const wei = bigInt({ min: 0n, max: 10n ** 14n });
    assert(
      property(wei, wei, wei, wei, (fee, tip, fairFee, fairTip) => {
        const previous = fees(fee + tip, tip);
        const bumped = bumpedFees(previous, fees(fairFee + fairTip, fairTip), 10n ** 15n);
        if (bumped === undefined) return fee + tip === 0n && fairFee + fairTip === 0n;
        return (
          bumped.maxFeePerGas * 8n >= previous.maxFeePerGas * 9n &&
          bumped.maxPriorityFeePerGas * 8n >= previous.maxPriorityFeePerGas * 9n &&
          bumped.maxFeePerGas >= bumped.maxPriorityFeePerGas
        );
      }),
      { seed: 20_261_129, numRuns: 500 },
    );
  });
});
