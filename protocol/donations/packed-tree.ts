/**
 * The root of a batch's Merkle-sum tree straight from its wire leaves, nothing unpacked: for whoever has a million of
 * them to hash. The same tree as `buildTree`, which also gives proofs.
 */
import { fen, type Fen } from "../amounts.ts";
import { keccak, toHex } from "../bytes.ts";
import { bytes32, type Bytes32 } from "../ids.ts";
import { inspectLeaves, leafLengthBytes } from "./leaves.ts";

/** A node as its parent hashes it: hash 32 ‖ sum u64. Two neighbours lie side by side. */
const nodeBytes = 40;

const leafLevel = (leaves: Uint8Array, count: number): Uint8Array => {
  const level = new Uint8Array(count * nodeBytes);
  const preimage = new Uint8Array(5 + leafLengthBytes);
  const index = new DataView(preimage.buffer);
  for (let at = 0; at < count; at += 1) {
    const leaf = leaves.subarray(at * leafLengthBytes, (at + 1) * leafLengthBytes);
    index.setUint32(1, at);
    preimage.set(leaf, 5);
    level.set(keccak(preimage), at * nodeBytes);
    level.set(leaf.subarray(0, 8), at * nodeBytes + 32);
  }
  return level;
};

/** Writes the level above over the front of `level` and returns how many nodes it has. */
const foldLevel = (level: Uint8Array, view: DataView, preimage: Uint8Array, width: number): number => {
  const above = Math.ceil(width / 2);
  for (let at = 0; at < above; at += 1) {
    const [from, to] = [at * 2 * nodeBytes, at * nodeBytes];
    if (at * 2 + 1 === width) {
      level.copyWithin(to, from, from + nodeBytes);
      continue;
    }
    preimage.set(level.subarray(from, from + 2 * nodeBytes), 1);
    const sum = view.getBigUint64(from + 32) + view.getBigUint64(from + nodeBytes + 32);
    level.set(keccak(preimage), to);
    view.setBigUint64(to + 32, sum);
  }
  return above;
};

/** Count, sum and tree root of wire leaves. Throws InvalidLeaves. */
export const packedTree = (
  leaves: Uint8Array,
): { readonly root: Bytes32; readonly sum: Fen; readonly count: number } => {
  const { count, sum } = inspectLeaves(leaves);
  const level = leafLevel(leaves, count);
  const view = new DataView(level.buffer);
  const preimage = new Uint8Array(1 + 2 * nodeBytes);
  preimage[0] = 1;
  let width = count;
  while (width > 1) width = foldLevel(level, view, preimage, width);
  return { root: bytes32(toHex(level.subarray(0, 32))), sum: fen(sum), count };
};
