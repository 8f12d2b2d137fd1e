/**
 * The Merkle-sum tree of a batch, in the shape of RFC 6962: neighbours are paired from the left, an odd last node is
 * promoted unchanged. Every node binds the hashes and the sums of both children, so a proof also says where on the
 * fund's line a donation stands. Directions follow from (index, count), never from the prover.
 */
import { fen, largestAmountFen } from "../amounts.ts";
import type { Fen, Position } from "../amounts.ts";
import { bigEndian, concat, fromHex, keccakHex, toHex, type Keccak } from "../bytes.ts";
import { bytes32 } from "../ids.ts";
import type { Address, BatchId, Bytes32, FundId } from "../ids.ts";
import type { DayNumber } from "../ledger/events.ts";
import { encodeChannel } from "./channel.ts";
import { InvalidLeaves, NoSuchLeaf } from "./leaves.ts";
import type { Leaf } from "./leaves.ts";

/** A node of the tree: its hash, and the fen of all donations below it. */
export interface TreeNode {
  readonly hash: Bytes32;
  readonly sum: Fen;
}

export interface Tree {
  readonly root: Bytes32;
  readonly sum: Fen;
  readonly count: number;
  /** The siblings of a donation, lowest first. Throws {@link NoSuchLeaf}. */
  readonly proof: (index: number) => readonly TreeNode[];
}

/** keccak(0x00 ‖ index u32 ‖ amount u64 ‖ commitment). */
export const leafHash = (index: number, leaf: Leaf): Bytes32 =>
  keccakHex(
    concat(Uint8Array.of(0), bigEndian(index, 4), bigEndian(leaf.amount, 8), fromHex(leaf.commitment)),
  );

/** keccak(0x01 ‖ left hash ‖ left sum u64 ‖ right hash ‖ right sum u64). The caller has checked the sum of both. */
export const nodeHash = (left: TreeNode, right: TreeNode): Bytes32 =>
  keccakHex(
    concat(
      Uint8Array.of(1),
      fromHex(left.hash),
      bigEndian(left.sum, 8),
      fromHex(right.hash),
      bigEndian(right.sum, 8),
    ),
  );

const join = (left: TreeNode, right: TreeNode): TreeNode => ({
  hash: nodeHash(left, right),
  sum: fen(left.sum + right.sum),
});

const levelAbove = (level: readonly TreeNode[]): readonly TreeNode[] => {
  const above: TreeNode[] = [];
  for (let at = 0; at < level.length; at += 2) {
    const [left, right] = [level[at], level[at + 1]];
    if (left !== undefined) above.push(right === undefined ? left : join(left, right));
  }
  return above;
};

/** The tree of donations in wire order (1 or more). Throws {@link InvalidLeaves} for none, or a sum past u64. */
export const buildTree = (leaves: readonly Leaf[]): Tree => {
  if (leaves.reduce<bigint>((sum, leaf) => sum + leaf.amount, 0n) > largestAmountFen) {
    throw new InvalidLeaves("SumOverflow");
  }
  const levels: (readonly TreeNode[])[] = [
    leaves.map((leaf, index) => ({ hash: leafHash(index, leaf), sum: leaf.amount })),
  ];
  let top = levels[0] ?? [];
  while (top.length > 1) {
    top = levelAbove(top);
    levels.push(top);
  }
  const root = top[0];
  if (root === undefined) throw new InvalidLeaves("EmptyBatch");
  const proof = (index: number): readonly TreeNode[] => {
    if (!Number.isInteger(index) || index < 0 || index >= leaves.length)
      throw new NoSuchLeaf(index, leaves.length);
    return levels.flatMap((level, height) => level[Math.floor(index / 2 ** height) ^ 1] ?? []);
  };
  return { root: root.hash, sum: root.sum, count: leaves.length, proof };
};

/** How many siblings the proof of donation `index` of `count` has; both whole, 0 ≤ index < count < 2^32. */
export const proofLength = (index: number, count: number): number => {
  let length = 0;
  for (let at = index, width = count; width > 1; at = Math.floor(at / 2), width = Math.ceil(width / 2)) {
    if (at % 2 === 1 || at + 1 < width) length += 1;
  }
  return length;
};

export type ProofRefusal =
  /** No such donation in a batch of this count. */
  | "IndexOutOfRange"
  /** No donation is of 0 fen. */
  | "ZeroAmount"
  /** Not as many siblings as (index, count) asks for. */
  | "WrongProofLength"
  /** A sum passes 2^64 − 1: no honest tree has it. */
  | "SumOverflow";

export type Verification =
  | { readonly ok: true; readonly root: Bytes32; readonly sum: Fen; readonly leftSum: Fen }
  | { readonly ok: false; readonly refusal: ProofRefusal };

const isCount = (count: number): boolean => Number.isInteger(count) && count >= 1 && count <= 0xffff_ffff;

/**
 * Folds a donation and its siblings to the root and sum that they prove, and the fen that stand before it in the
 * batch. The caller compares root and sum with the batch's own: only then is anything proven.
 */
export const verify = (
  leaf: Leaf,
  index: number,
  count: number,
  siblings: readonly TreeNode[],
): Verification => {
  if (!isCount(count) || !Number.isInteger(index) || index < 0 || index >= count) {
    return { ok: false, refusal: "IndexOutOfRange" };
  }
  if (leaf.amount === 0n) return { ok: false, refusal: "ZeroAmount" };
  if (siblings.length !== proofLength(index, count)) return { ok: false, refusal: "WrongProofLength" };
  if (leaf.amount > largestAmountFen) return { ok: false, refusal: "SumOverflow" };
  let node: TreeNode = { hash: leafHash(index, leaf), sum: leaf.amount };
  let leftSum = 0n;
  let next = 0;
  for (let at = index, width = count; width > 1; at = Math.floor(at / 2), width = Math.ceil(width / 2)) {
    const isRight = at % 2 === 1;
    if (!isRight && at + 1 >= width) continue;
    const sibling = siblings[next];
    next += 1;
    if (sibling === undefined) return { ok: false, refusal: "WrongProofLength" };
    if (sibling.sum > largestAmountFen || node.sum + sibling.sum > largestAmountFen) {
      return { ok: false, refusal: "SumOverflow" };
    }
    if (isRight) leftSum += sibling.sum;
    node = isRight ? join(sibling, node) : join(node, sibling);
  }
  return { ok: true, root: node.hash, sum: node.sum, leftSum: fen(leftSum) };
};

const siblingLengthBytes = 40;

export class TruncatedProof extends Error {
  readonly lengthBytes: number;
  constructor(lengthBytes: number) {
    super(
      `proof of ${lengthBytes} bytes: every sibling is exactly ${siblingLengthBytes} bytes, hash 32 ‖ sum u64`,
    );
    this.name = "TruncatedProof";
    this.lengthBytes = lengthBytes;
  }
}

/** The packed form of a proof: 40 bytes a sibling (hash 32 ‖ sum u64), lowest first. */
export const encodeProof = (siblings: readonly TreeNode[]): Uint8Array =>
  concat(...siblings.map((sibling) => concat(fromHex(sibling.hash), bigEndian(sibling.sum, 8))));

/** Reads the packed form of a proof. Throws {@link TruncatedProof}. */
export const decodeProof = (bytes: Uint8Array): readonly TreeNode[] => {
  if (bytes.length % siblingLengthBytes !== 0) throw new TruncatedProof(bytes.length);
  return Array.from({ length: bytes.length / siblingLengthBytes }, (_, index) => {
    const at = bytes.subarray(index * siblingLengthBytes, (index + 1) * siblingLengthBytes);
    return { hash: bytes32(toHex(at.subarray(0, 32))), sum: fen(BigInt(toHex(at.subarray(32)))) };
  });
};

/** All that a batch's root binds beside its donations. */
export interface SealedBatch {
  readonly version: 1;
  readonly chainId: number;
  readonly contract: Address;
  readonly fund: FundId;
  readonly batch: BatchId;
  readonly startsAt: Position;
  readonly count: number;
  readonly sum: Fen;
  readonly treeRoot: Bytes32;
}

/**
 * keccak(0x02 ‖ version u8 ‖ chain id u64 ‖ contract 20 ‖ fund u32 ‖ batch u32 ‖ startsAt u96 ‖ count u32 ‖
 * sum u64 ‖ tree root): what the ledger publishes as the batch's root.
 */
export const batchRoot = (sealed: SealedBatch): Bytes32 =>
  keccakHex(
    concat(
      Uint8Array.of(2),
      bigEndian(sealed.version, 1),
      bigEndian(sealed.chainId, 8),
      fromHex(sealed.contract),
      bigEndian(sealed.fund, 4),
      bigEndian(sealed.batch, 4),
      bigEndian(sealed.startsAt, 12),
      bigEndian(sealed.count, 4),
      bigEndian(sealed.sum, 8),
      fromHex(sealed.treeRoot),
    ),
  );

/** keccak(fund u32 ‖ channel bytes32 ‖ day u32 ‖ leaves): the operation id under which a batch lands once. */
export const batchOperation = (
  fund: FundId,
  channel: string,
  day: DayNumber,
  leaves: Uint8Array,
  hash?: Keccak,
): Bytes32 =>
  keccakHex(concat(bigEndian(fund, 4), fromHex(encodeChannel(channel)), bigEndian(day, 4), leaves), hash);
