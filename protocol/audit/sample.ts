/** Which of many are looked at: the same for the same seed, and for whoever lies impossible to know before. */
import { bigEndian, concat, fromHex, keccak } from "../bytes.ts";
import type { Bytes32 } from "../ids.ts";

/** A number from 0 to `below` − 1 that follows from seed, name and place. */
const draw = (seed: Bytes32, name: string, at: number, below: number): number => {
  const digest = keccak(concat(fromHex(seed), new TextEncoder().encode(name), bigEndian(at, 4)));
  return Number(new DataView(digest.buffer, digest.byteOffset).getBigUint64(0) % BigInt(below));
};

/** `most` different numbers from 0 to `total` − 1, ascending; all of them where there are no more. */
export const sampleOf = (seed: Bytes32, name: string, total: number, most: number): readonly number[] => {
  if (total <= most) return Array.from({ length: total }, (_, index) => index);
  const drawn = new Set<number>();
  for (let at = 0; drawn.size < most; at += 1) drawn.add(draw(seed, name, at, total));
  return [...drawn].toSorted((one, other) => one - other);
};
