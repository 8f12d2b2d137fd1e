import { expect } from "chai";
import { largestPosition, position } from "../../../protocol/amounts.ts";
import { InvalidShares, cumulativeParts, partsOf, readShares } from "../../../protocol/insurers/split.ts";
import type { Shares } from "../../../protocol/insurers/split.ts";
import { Random } from "../../model/random.ts";
import { randomShares, sum } from "./invented.ts";

const seeds = Array.from({ length: 300 }, (_, seed) => seed);

/** Intervals that follow each other from a random place on, as a period's payouts do. */
const eachPayout = (
  check: (shares: Shares, start: bigint, end: bigint, place: string) => void,
  payouts = 40,
): void => {
  for (const seed of seeds) {
    const random = new Random(seed);
    const shares = randomShares(random);
    let at = BigInt(random.pick([0, 1, 9_999, random.between(0, 2_000_000_000)]));
    for (let number = 1; number <= payouts; number += 1) {
      const end = at + BigInt(random.pick([1, 2, random.between(1, 50), random.between(1, 40_000)]));
      check(shares, at, end, `seed ${seed}, payout ${number}`);
      at = end;
    }
  }
};

const faultsOf = (value: unknown): readonly string[] => {
  try {
    readShares(value);
  } catch (error) {
    if (error instanceof InvalidShares) return error.faults.map(({ field, reason }) => `${field}: ${reason}`);
    throw error;
  }
  return [];
};

describe("co-insurance", () => {
  it("gives each insurer what the formula says, computed by hand", () => {
    const shares = readShares([5000, 3000, 2000]);
    const parts = [0n, 1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n, 9n, 10n].map((x) =>
      cumulativeParts(position(x), shares),
    );
    expect(parts).to.deep.equal([
      [0n, 0n, 0n],
      [0n, 0n, 1n],
      [1n, 0n, 1n],
      [1n, 1n, 1n],
      [2n, 1n, 1n],
      [2n, 1n, 2n],
      [3n, 1n, 2n],
      [3n, 2n, 2n],
      [4n, 2n, 2n],
      [4n, 3n, 2n],
      [5n, 3n, 2n],
    ]);
  });

  it("pays parts that are never negative and add up to the payout, whatever was paid before", () => {
    eachPayout((shares, start, end, place) => {
      const parts = partsOf({ start: position(start), end: position(end) }, shares);
      expect(parts.length, place).to.equal(shares.length);
      expect(
        parts.every((part) => part >= 0n),
        place,
      ).to.equal(true);
      expect(sum(parts), place).to.equal(end - start);
    });
  });

  it("charges the same for a sum however it is cut into payouts", () => {
    for (const seed of seeds) {
      const random = new Random(seed);
      const shares = randomShares(random);
      const start = BigInt(random.between(0, 100_000));
      const middle = start + BigInt(random.between(0, 30_000));
      const end = middle + BigInt(random.between(0, 30_000));
      const part = (from: bigint, to: bigint): readonly bigint[] =>
        partsOf({ start: position(from), end: position(to) }, shares);
      const second = part(middle, end);
      const cut = part(start, middle).map((first, at) => first + (second[at] ?? 0n));
      expect(cut, `seed ${seed}`).to.deep.equal(part(start, end));
    }
  });

  it("charges a single fen to exactly one insurer, and each its share of every 10,000", () => {
    for (const seed of seeds.slice(0, 3)) {
      const shares = randomShares(new Random(seed));
      const totals = shares.map(() => 0n);
      for (let x = 0n; x < 10_000n; x += 1n) {
        const parts = partsOf({ start: position(x), end: position(x + 1n) }, shares);
        expect(parts.filter((part) => part === 1n).length, `seed ${seed}, fen ${x}`).to.equal(1);
        parts.forEach((part, at) => (totals[at] = (totals[at] ?? 0n) + part));
      }
      expect(totals, `seed ${seed}`).to.deep.equal(shares.map(BigInt));
    }
  });

  it("stays less than 1 fen below an insurer's exact share, and less than 1 fen above for each insurer before it", () => {
    eachPayout((shares, _start, end, place) => {
      cumulativeParts(position(end), shares).forEach((part, before) => {
        const exact = end * BigInt(shares[before] ?? 0);
        expect(part * 10_000n > exact - 10_000n, place).to.equal(true);
        const above = part * 10_000n - exact;
        expect(before === 0 ? above <= 0n : above < BigInt(before) * 10_000n, place).to.equal(true);
      });
    }, 10);
  });

  it("can leave the last of 16 insurers 14.98 fen above its share, and evens that out by 10,000 fen", () => {
    const shares = readShares([...Array.from({ length: 15 }, () => 1), 9985]);
    const lastOf = (x: bigint): bigint | undefined => cumulativeParts(position(x), shares).at(-1);
    expect(lastOf(9985n)).to.equal(9985n);
    // 9985 − 9985 × 9985 / 10000 = 14.9775
    expect(9985n * 10_000n - 9985n * 9985n).to.equal(149_775n);
    expect(lastOf(10_000n)).to.equal(9985n);
  });

  it("depends on the order of the insurers: the first fen is borne by the last of them", () => {
    expect(cumulativeParts(position(1n), readShares([9999, 1]))).to.deep.equal([0n, 1n]);
    expect(cumulativeParts(position(1n), readShares([1, 9999]))).to.deep.equal([0n, 1n]);
  });

  it("holds at the end of the longest counter", () => {
    const shares = readShares([3333, 3333, 3334]);
    const end = position(largestPosition);
    expect(sum(cumulativeParts(end, shares))).to.equal(largestPosition);
    expect(sum(partsOf({ start: position(largestPosition - 1n), end }, shares))).to.equal(1n);
  });

  it("bears nothing of an empty interval and refuses one that runs backwards", () => {
    const shares = readShares([5000, 5000]);
    const [six, seven] = [position(6n), position(7n)];
    expect(partsOf({ start: six, end: six }, shares)).to.deep.equal([0n, 0n]);
    expect(() => partsOf({ start: seven, end: six }, shares)).to.throw("expected 0 to 2^96");
  });
});

describe("the two simpler ways of sharing", () => {
  const shares = [5000n, 3000n, 2000n];

  it("lose money: each part of a payout rounded down does not add up in 9 of 10 payouts", () => {
    let wrong = 0;
    for (let amount = 1n; amount <= 10_000n; amount += 1n) {
      if (sum(shares.map((bps) => (amount * bps) / 10_000n)) !== amount) wrong += 1;
    }
    expect(wrong).to.equal(9000);
  });

  it("pay less than nothing: differences of rounded prefix sums charge −1 fen to the second of three", () => {
    const cumulative = (x: bigint): readonly bigint[] => {
      const prefixes = shares.map((_, at) => (x * sum(shares.slice(0, at + 1))) / 10_000n);
      return prefixes.map((prefix, at) => prefix - (prefixes[at - 1] ?? 0n));
    };
    const [before, then] = [cumulative(5n), cumulative(6n)];
    expect(then.map((part, at) => part - (before[at] ?? 0n))).to.deep.equal([1n, -1n, 1n]);
    const peeled = partsOf({ start: position(5n), end: position(6n) }, readShares([5000, 3000, 2000]));
    expect(peeled).to.deep.equal([1n, 0n, 0n]);
  });
});

describe("the shares of a period's insurers", () => {
  it("are 1 to 16 whole basis points that sum to 10,000, in the order they were declared", () => {
    for (const shares of [[10_000], [1, 9999], [9999, 1], Array.from({ length: 16 }, () => 625)]) {
      expect(readShares(shares)).to.deep.equal(shares);
    }
  });

  it("are refused with the field and the reason, and nothing is mended", () => {
    const whole = "expected a whole number from 1 to 10000, got";
    expect(faultsOf([0, 10_000])).to.deep.equal([`shares[0]: ${whole} 0`]);
    expect(faultsOf([5000, "5000"])).to.deep.equal([`shares[1]: ${whole} "5000"`]);
    expect(faultsOf([0.5, 10_001])).to.deep.equal([`shares[0]: ${whole} 0.5`, `shares[1]: ${whole} 10001`]);
    expect(faultsOf([5000, 4999])).to.deep.equal(["shares: expected a sum of 10000 basis points, got 9999"]);
    expect(faultsOf([])).to.deep.equal(["shares: expected a sum of 10000 basis points, got 0"]);
    expect(faultsOf(Array.from({ length: 17 }, () => 588))).to.deep.equal([
      "shares: expected a list of at most 16, got a list of 17",
    ]);
    expect(faultsOf("10000")).to.deep.equal(['shares: expected a list of at most 16, got "10000"']);
  });
});
