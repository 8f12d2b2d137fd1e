/**
 * Invented figures that are the same on every machine: a small generator (splitmix32) on whole numbers only, so that
 * no platform's rounding of a logarithm or a power enters the demonstration.
 */
import { bytes32, type Bytes32 } from "../../../protocol/ids.ts";

const twoTo32 = 0x1_0000_0000;

export class Random {
  #state: number;

  /** The same seed gives the same figures. */
  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** A whole number from 0 to 2^32 − 1. */
  next(): number {
    this.#state = (this.#state + 0x9e37_79b9) | 0;
    let mixed = this.#state ^ (this.#state >>> 16);
    mixed = Math.imul(mixed, 0x21f0_aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a_2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  }

  /** A whole number from `low` to `high`, both included; they are less than 2^32 apart. */
  between(low: number, high: number): number {
    return low + Math.floor((this.next() / twoTo32) * (high - low + 1));
  }

  /** True in `part` of `whole` cases. */
  oneOf(part: number, whole: number): boolean {
    return this.between(1, whole) <= part;
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.between(0, items.length - 1)] ?? items[0];
  }

  bytes32(): Bytes32 {
    const words = Array.from({ length: 8 }, () => this.next().toString(16).padStart(8, "0"));
    return bytes32(`0x${words.join("")}`);
  }
}

/** Parts of `total` in proportion to `weights`, whole and adding up exactly: the cumulative sums are what is rounded. */
export const apportion = (total: number, weights: readonly number[]): readonly number[] => {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  let [weighed, given] = [0, 0];
  return weights.map((weight) => {
    weighed += weight;
    const upTo = Number((BigInt(total) * BigInt(weighed)) / BigInt(whole));
    const part = upTo - given;
    given = upTo;
    return part;
  });
};
