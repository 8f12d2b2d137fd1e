/** What the vectors are made of: leaves and bytes from fixed text. */
import { fen } from "../../protocol/amounts.ts";
import { bigEndian, concat, fromHex, keccakHex, utf8 } from "../../protocol/bytes.ts";
import { sortLeaves, type Leaf } from "../../protocol/donations/leaves.ts";

export const maxU64 = (1n << 64n) - 1n;

/** Leaves of a size, the same for every run: amounts 1 to 99,999 fen, commitments from the words of the seed. */
export const leavesOf = (count: number, seed = "vector"): readonly Leaf[] =>
  sortLeaves(
    Array.from({ length: count }, (_, index) => {
      const commitment = keccakHex(utf8(`${seed} ${count} ${index}`));
      return { commitment, amount: fen((BigInt(commitment.slice(0, 12)) % 99_999n) + 1n) };
    }),
  );

export const packed = (
  leaves: readonly { readonly amount: bigint; readonly commitment: `0x${string}` }[],
): Uint8Array => concat(...leaves.map((leaf) => concat(bigEndian(leaf.amount, 8), fromHex(leaf.commitment))));

export const must = <Value>(value: Value | undefined): Value => {
  if (value === undefined) throw new RangeError("a vector is missing its input");
  return value;
};
