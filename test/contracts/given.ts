/** Invented values for the contracts' tests: digests, donations, the lines of rosters. */
import { fen } from "../../protocol/amounts.ts";
import { concat, fromHex, keccakHex, utf8 } from "../../protocol/bytes.ts";
import { sortLeaves } from "../../protocol/donations/leaves.ts";
import type { Leaf } from "../../protocol/donations/leaves.ts";
import { bytes32 } from "../../protocol/ids.ts";
import type { Bytes32 } from "../../protocol/ids.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import { rosterLeaf } from "../../protocol/rosters/leaf.ts";
import { RosterTree } from "../../protocol/rosters/tree.ts";

export const zeroDigest = bytes32(`0x${"0".repeat(64)}`);
/** The most that one record carries. */
export const largestAmount = 2n ** 64n - 1n;

let digests = 0;
/** Another digest each time: for operation ids, commitments and documents. */
export const digest = (): Bytes32 => {
  digests += 1;
  return keccakHex(utf8(`digest ${digests}`));
};

/** Donations of these amounts, in this order: commitments ascend with the place. */
export const leavesOf = (amounts: readonly (bigint | number)[], batch = "batch"): readonly Leaf[] => {
  const commitments = sortLeaves(
    amounts.map((_, index) => ({ amount: fen(1n), commitment: keccakHex(utf8(`${batch} ${index}`)) })),
  );
  return amounts.map((amount, index) => ({
    amount: fen(BigInt(amount)),
    commitment: commitments[index]?.commitment ?? zeroDigest,
  }));
};

/** Who is insured, and from when to when: a line of a roster. */
export interface Insured {
  readonly person: Bytes32;
  readonly from: UnixSeconds;
  readonly to: UnixSeconds;
}

/** `count` people who are insured alike. */
export const peopleOf = (
  count: number,
  from: UnixSeconds,
  to: UnixSeconds,
  name = "person",
): readonly Insured[] =>
  Array.from({ length: count }, (_, index) => ({ person: keccakHex(utf8(`${name} ${index}`)), from, to }));

const leafOf = ({ person, from, to }: Insured): Bytes32 => rosterLeaf(person, { from, to });

/** A roster's root, and the proof of each of its lines. */
export const rosterOf = (lines: readonly Insured[]) => {
  const tree = new RosterTree(concat(...lines.map((line) => fromHex(leafOf(line)))));
  return { root: tree.root, proof: (line: Insured) => tree.proof(leafOf(line)) };
};
