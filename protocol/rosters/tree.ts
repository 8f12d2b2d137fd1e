/**
 * The Merkle tree of a roster, as OpenZeppelin's MerkleProof verifies it: a node is keccak256 of its two children,
 * the smaller first, so that a proof needs no directions.
 *
 * MerkleProof accepts any shape; ours is fixed, so that a roster has one root: leaves ascend by hash, and the tree is
 * complete, its nodes in one array of 2n − 1 with the root at 0, the children of i at 2i + 1 and 2i + 2, and leaf i
 * at 2n − 2 − i. @openzeppelin/merkle-tree builds the same one with its leaves sorted, which is its default.
 */
import { fromHex, keccak, toHex } from "../bytes.ts";
import { bytes32 } from "../ids.ts";
import type { Bytes32 } from "../ids.ts";

const hashLength = 32;
/** One roster; a programme appends as many as it needs. */
export const maxRosterLeaves = 2 ** 24;
export const maxRosterProofLength = 24;

export type RosterDefect = "Empty" | "Truncated" | "TooManyLeaves" | "RepeatedLeaf";

const advice: Record<RosterDefect, string> = {
  Empty: "a roster has at least one leaf",
  Truncated: `every leaf is exactly ${hashLength} bytes`,
  TooManyLeaves: `a roster has at most ${maxRosterLeaves} leaves; split it`,
  RepeatedLeaf: "two leaves are equal; one person has one validity twice",
};

export class InvalidRoster extends Error {
  readonly defect: RosterDefect;
  constructor(defect: RosterDefect) {
    super(`roster: ${advice[defect]}`);
    this.name = "InvalidRoster";
    this.defect = defect;
  }
}

export class NotInRoster extends Error {
  readonly leaf: Bytes32;
  readonly root: Bytes32;
  constructor(leaf: Bytes32, root: Bytes32) {
    super(`leaf ${leaf} is not in the roster of root ${root}; look for it in the period's other rosters`);
    this.name = "NotInRoster";
    this.leaf = leaf;
    this.root = root;
  }
}

/** Below 0, 0 or above 0 as the hash at `one` is smaller than, equal to or larger than that at `other`. */
const compareAt = (bytes: Uint8Array, one: number, others: Uint8Array, other: number): number => {
  for (let place = 0; place < hashLength; place += 1) {
    const difference = Number(bytes[one + place]) - Number(others[other + place]);
    if (difference !== 0) return difference;
  }
  return 0;
};

/** The indices of the leaves, ascending by leaf: sorted by the first 40 bits natively, then by all of them. */
const sortedIndices = (leaves: Uint8Array): Uint32Array => {
  const count = leaves.length / hashLength;
  const view = new DataView(leaves.buffer, leaves.byteOffset, leaves.byteLength);
  const keys = new BigUint64Array(count);
  for (let index = 0; index < count; index += 1) {
    keys[index] = (view.getBigUint64(index * hashLength) & ~0xff_ffffn) | BigInt(index);
  }
  keys.sort();
  const indices = Uint32Array.from(keys, (key) => Number(key & 0xff_ffffn));
  for (let place = 1; place < count; place += 1) {
    const moved = Number(indices[place]);
    let at = place;
    while (
      at > 0 &&
      compareAt(leaves, Number(indices[at - 1]) * hashLength, leaves, moved * hashLength) > 0
    ) {
      indices[at] = Number(indices[at - 1]);
      at -= 1;
    }
    indices[at] = moved;
  }
  return indices;
};

const checkLength = (leaves: Uint8Array): number => {
  if (leaves.length === 0) throw new InvalidRoster("Empty");
  if (leaves.length % hashLength !== 0) throw new InvalidRoster("Truncated");
  const count = leaves.length / hashLength;
  if (count > maxRosterLeaves) throw new InvalidRoster("TooManyLeaves");
  return count;
};

/** The leaves at the end of the tree's array, the smallest last. Throws {@link InvalidRoster} for equal ones. */
const placeLeaves = (leaves: Uint8Array, nodes: Uint8Array): void => {
  let at = nodes.length;
  for (const index of sortedIndices(leaves)) {
    const from = index * hashLength;
    if (at < nodes.length && compareAt(leaves, from, nodes, at) === 0)
      throw new InvalidRoster("RepeatedLeaf");
    at -= hashLength;
    nodes.set(leaves.subarray(from, from + hashLength), at);
  }
};

/** keccak256 of two hashes, the smaller first; `pair` is a buffer of 64 bytes. */
const hashPair = (pair: Uint8Array, one: Uint8Array, other: Uint8Array): Uint8Array => {
  const ordered = compareAt(one, 0, other, 0) <= 0;
  pair.set(ordered ? one : other);
  pair.set(ordered ? other : one, hashLength);
  return keccak(pair);
};

/** Nodes between two reports of progress. */
const reportEvery = 2 ** 14;

export class RosterTree {
  readonly count: number;
  readonly #nodes: Uint8Array;

  /**
   * `leaves`: the hashes one after another, in any order; they are copied. `onNodes` hears now and then how many of
   * the count − 1 inner nodes were hashed since. Takes 64 bytes a leaf. Throws {@link InvalidRoster}.
   */
  constructor(leaves: Uint8Array, onNodes: (hashed: number) => void = () => {}) {
    this.count = checkLength(leaves);
    this.#nodes = new Uint8Array((2 * this.count - 1) * hashLength);
    placeLeaves(leaves, this.#nodes);
    const pair = new Uint8Array(2 * hashLength);
    let unreported = 0;
    for (let node = this.count - 2; node >= 0; node -= 1) {
      this.#nodes.set(hashPair(pair, this.#node(2 * node + 1), this.#node(2 * node + 2)), node * hashLength);
      unreported += 1;
      if (unreported === reportEvery || node === 0) {
        onNodes(unreported);
        unreported = 0;
      }
    }
  }

  get root(): Bytes32 {
    return bytes32(toHex(this.#node(0)));
  }

  /** The siblings from the leaf up to the root, at most 24. Throws {@link NotInRoster}. */
  proof(leaf: Bytes32): readonly Bytes32[] {
    const siblings: Bytes32[] = [];
    for (let node = this.#find(leaf); node > 0; node = Math.floor((node - 1) / 2)) {
      siblings.push(bytes32(toHex(this.#node(node % 2 === 1 ? node + 1 : node - 1))));
    }
    return siblings;
  }

  /** The place of a leaf in the array, which descends from its middle to its end. */
  #find(leaf: Bytes32): number {
    const wanted = fromHex(leaf);
    let [low, high] = [this.count - 1, 2 * this.count - 2];
    while (low <= high) {
      const middle = Math.floor((low + high) / 2);
      const order = compareAt(this.#nodes, middle * hashLength, wanted, 0);
      if (order === 0) return middle;
      if (order > 0) low = middle + 1;
      else high = middle - 1;
    }
    throw new NotInRoster(leaf, this.root);
  }

  #node(place: number): Uint8Array {
    return this.#nodes.subarray(place * hashLength, (place + 1) * hashLength);
  }
}

/** Whether a proof leads from a leaf to a root. As MerkleProof.verify, for the proofs that a roster can have. */
export const verifyRosterProof = (root: Bytes32, leaf: Bytes32, proof: readonly Bytes32[]): boolean => {
  if (proof.length > maxRosterProofLength) return false;
  const pair = new Uint8Array(2 * hashLength);
  const top = proof.reduce((node, sibling) => hashPair(pair, node, fromHex(sibling)), fromHex(leaf));
  return toHex(top) === root;
};
