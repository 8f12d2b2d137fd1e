/** A line of a roster as the chain proves it: who (a pseudonym), from when, to when. */
import { bigEndian, concat, fromHex, keccak, keccakHex } from "../bytes.ts";
import type { Bytes32 } from "../ids.ts";
import { validity } from "./validity.ts";
import type { Validity } from "./validity.ts";

/**
 * keccak256(keccak256(abi.encode(bytes32 person, uint40 from, uint40 to))): hashed twice, as OpenZeppelin does, so
 * that no inner node of a tree (64 bytes, hashed once) can be passed off as a leaf. Throws InvalidValidity.
 */
export const rosterLeaf = (person: Bytes32, { from, to }: Validity): Bytes32 => {
  const checked = validity(from, to);
  return keccakHex(keccak(concat(fromHex(person), bigEndian(checked.from, 32), bigEndian(checked.to, 32))));
};
