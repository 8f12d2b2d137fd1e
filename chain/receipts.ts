/**
 * The root under which a block's header holds its receipts, and with them every log of the block: the Merkle-Patricia
 * trie of Ethereum over (place of the transaction → receipt). Who has a header that hashes to a known hash, and receipts
 * that give its root, has all logs of the block and no others, whoever told them.
 */
import { hexToBytes, keccak256, toRlp } from "viem";
import { bytes32, type Bytes32 } from "../protocol/ids.ts";

export interface ReceiptLog {
  readonly address: `0x${string}`;
  readonly topics: readonly `0x${string}`[];
  readonly data: `0x${string}`;
}

export interface BlockReceipt {
  /** The transaction's type; 0 for those from before there were any. */
  readonly type: number;
  readonly status: number;
  readonly cumulativeGasUsed: bigint;
  readonly logsBloom: `0x${string}`;
  readonly logs: readonly ReceiptLog[];
}

type Hex = `0x${string}`;
/** What RLP writes: bytes, or a list. A node of the trie is a list. */
type Item = Hex | readonly Item[];

const rlp = (item: Item): Hex => toRlp(mutable(item));
/** viem asks for lists that it could change. */
type Mutable = Hex | Mutable[];
const mutable = (item: Item): Mutable => (typeof item === "string" ? item : item.map(mutable));

const numberHex = (value: bigint | number): Hex => {
  const digits = BigInt(value).toString(16);
  return value === 0 || value === 0n ? "0x" : `0x${digits.length % 2 === 0 ? "" : "0"}${digits}`;
};

const encoded = ({ type, status, cumulativeGasUsed, logsBloom, logs }: BlockReceipt): Hex => {
  const body = rlp([
    numberHex(status),
    numberHex(cumulativeGasUsed),
    logsBloom,
    logs.map(({ address, topics, data }) => [address, topics, data]),
  ]);
  return type === 0 ? body : `0x${type.toString(16).padStart(2, "0")}${body.slice(2)}`;
};

interface Entry {
  /** Hexadecimal digits of the key that are not yet walked. */
  readonly path: string;
  readonly value: Hex;
}

/** The compact form of a path: whether it ends in a value, whether its length is odd, then its digits. */
const compact = (path: string, isLeaf: boolean): Hex => {
  const flag = (isLeaf ? 2 : 0) + (path.length % 2);
  return path.length % 2 === 0 ? `0x${flag}0${path}` : `0x${flag}${path}`;
};

const commonLength = (entries: readonly Entry[]): number => {
  const [first] = entries;
  let length = first?.path.length ?? 0;
  for (const { path } of entries) {
    while (!path.startsWith(first?.path.slice(0, length) ?? "")) length -= 1;
  }
  return length;
};

const digits = "0123456789abcdef";
const hashBytes = 32;

/** How a node is named in the one above: by its hash, or by itself where it is shorter. */
const referenceTo = (node: Item): Item => {
  const bytes = rlp(node);
  return hexToBytes(bytes).length < hashBytes ? node : keccak256(bytes);
};

/** No path is the beginning of another: keys are RLP, which tells where it ends. */
const nodeOf = (entries: readonly Entry[]): Item => {
  const [first] = entries;
  if (first === undefined) return "0x";
  if (entries.length === 1) return [compact(first.path, true), first.value];
  const shared = commonLength(entries);
  const below = entries.map(({ path, value }) => ({ path: path.slice(shared), value }));
  if (shared > 0) return [compact(first.path.slice(0, shared), false), referenceTo(nodeOf(below))];
  const children = Array.from(digits, (digit) => {
    const own = below.filter(({ path }) => path.startsWith(digit));
    return own.length === 0
      ? ("0x" as const)
      : referenceTo(nodeOf(own.map(({ path, value }) => ({ path: path.slice(1), value }))));
  });
  return [...children, "0x"];
};

/** The root of a block's receipts, in the order of its transactions. */
export const receiptsRoot = (receipts: readonly BlockReceipt[]): Bytes32 => {
  const entries = receipts.map((receipt, index) => ({
    path: rlp(numberHex(index)).slice(2),
    value: encoded(receipt),
  }));
  return bytes32(keccak256(rlp(nodeOf(entries))));
};
