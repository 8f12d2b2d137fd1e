/**
 * The donations of a batch as they travel: for each, amount u64 ‖ commitment 32, big-endian, strictly ascending by
 * commitment. The order means nothing and is fixed once recorded; it decides who stands where inside the batch.
 */
import { fen, largestAmountFen } from "../amounts.ts";
import type { Fen } from "../amounts.ts";
import { fromHex, toHex } from "../bytes.ts";
import { bytes32 } from "../ids.ts";
import type { Bytes32 } from "../ids.ts";

export const leafLengthBytes = 40;
export const maxLeaves = 3_000;

export interface Leaf {
  /** At least 1 fen. */
  readonly amount: Fen;
  readonly commitment: Bytes32;
}

export type LeavesDefect =
  "EmptyBatch" | "TruncatedLeaves" | "TooManyLeaves" | "ZeroAmount" | "UnsortedCommitment" | "SumOverflow";

const advice: Record<LeavesDefect, string> = {
  EmptyBatch: "a batch has at least one donation",
  TruncatedLeaves: `every donation is exactly ${leafLengthBytes} bytes`,
  TooManyLeaves: `a batch has at most ${maxLeaves} donations; split it`,
  ZeroAmount: "every donation is at least 1 fen",
  UnsortedCommitment: "commitments ascend strictly; sort them, and give each donation a salt of its own",
  SumOverflow: "the sum of a batch is at most 2^64 − 1 fen; split it",
};

export class InvalidLeaves extends Error {
  readonly defect: LeavesDefect;
  /** The donation at fault, from 0; absent where the whole batch is. */
  readonly index: number | undefined;
  constructor(defect: LeavesDefect, index?: number) {
    super(`leaves${index === undefined ? "" : `, donation ${index}`}: ${advice[defect]}`);
    this.name = "InvalidLeaves";
    this.defect = defect;
    this.index = index;
  }
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const ascends = (bytes: Uint8Array, index: number): boolean => {
  const at = index * leafLengthBytes + 8;
  for (let offset = 0; offset < 32; offset += 1) {
    const [previous, current] = [bytes[at - leafLengthBytes + offset], bytes[at + offset]];
    if (previous !== current) return Number(previous) < Number(current);
  }
  return false;
};

/** Count and sum of wire leaves, every rule checked, nothing unpacked. Throws {@link InvalidLeaves}. */
export const inspectLeaves = (bytes: Uint8Array): { readonly count: number; readonly sum: Fen } => {
  if (bytes.length === 0) throw new InvalidLeaves("EmptyBatch");
  if (bytes.length % leafLengthBytes !== 0) throw new InvalidLeaves("TruncatedLeaves");
  const count = bytes.length / leafLengthBytes;
  if (count > maxLeaves) throw new InvalidLeaves("TooManyLeaves");
  const view = viewOf(bytes);
  let sum = 0n;
  for (let index = 0; index < count; index += 1) {
    const amount = view.getBigUint64(index * leafLengthBytes);
    if (amount === 0n) throw new InvalidLeaves("ZeroAmount", index);
    if (index > 0 && !ascends(bytes, index)) throw new InvalidLeaves("UnsortedCommitment", index);
    sum += amount;
  }
  if (sum > largestAmountFen) throw new InvalidLeaves("SumOverflow");
  return { count, sum: fen(sum) };
};

export class NoSuchLeaf extends Error {
  readonly index: number;
  readonly count: number;
  constructor(index: number, count: number) {
    super(`donation ${index}: the batch has ${count}, counted from 0`);
    this.name = "NoSuchLeaf";
    this.index = index;
    this.count = count;
  }
}

/** One donation of checked wire leaves. Throws {@link NoSuchLeaf}. */
export const leafAt = (bytes: Uint8Array, index: number): Leaf => {
  const count = Math.floor(bytes.length / leafLengthBytes);
  if (!Number.isInteger(index) || index < 0 || index >= count) throw new NoSuchLeaf(index, count);
  const at = index * leafLengthBytes;
  return {
    amount: fen(viewOf(bytes).getBigUint64(at)),
    commitment: bytes32(toHex(bytes.subarray(at + 8, at + leafLengthBytes))),
  };
};

/** The donation of checked wire leaves that has this commitment: they ascend by it. */
export const indexOfCommitment = (bytes: Uint8Array, commitment: Bytes32): number | undefined => {
  let [low, high] = [0, bytes.length / leafLengthBytes - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = leafAt(bytes, middle).commitment;
    if (found === commitment) return middle;
    if (found < commitment) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
};

/** All donations of wire leaves. Throws {@link InvalidLeaves}. */
export const decodeLeaves = (bytes: Uint8Array): readonly Leaf[] => {
  const { count } = inspectLeaves(bytes);
  return Array.from({ length: count }, (_, index) => leafAt(bytes, index));
};

/** The wire form of donations that are in order already. Throws {@link InvalidLeaves}. */
export const encodeLeaves = (leaves: readonly Leaf[]): Uint8Array => {
  const bytes = new Uint8Array(leaves.length * leafLengthBytes);
  const view = viewOf(bytes);
  for (const [index, { amount, commitment }] of leaves.entries()) {
    if (amount > largestAmountFen) throw new InvalidLeaves("SumOverflow", index);
    view.setBigUint64(index * leafLengthBytes, amount);
    bytes.set(fromHex(commitment), index * leafLengthBytes + 8);
  }
  inspectLeaves(bytes);
  return bytes;
};

/** Donations in the order of the wire form. */
export const sortLeaves = <Item extends Leaf>(leaves: readonly Item[]): readonly Item[] =>
  leaves.toSorted((one, other) =>
    one.commitment < other.commitment ? -1 : one.commitment > other.commitment ? 1 : 0,
  );

/**
 * Where each donation of checked wire leaves begins, counted from the start of its batch, and at last the sum:
 * donation i owns [starts[i], starts[i + 1]).
 */
export const leafStarts = (bytes: Uint8Array): BigUint64Array => {
  const count = bytes.length / leafLengthBytes;
  const view = viewOf(bytes);
  const starts = new BigUint64Array(count + 1);
  let sum = 0n;
  for (let index = 0; index < count; index += 1) {
    sum += view.getBigUint64(index * leafLengthBytes);
    starts[index + 1] = sum;
  }
  return starts;
};
