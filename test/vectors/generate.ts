/**
 * Writes merkle-sum.json, the published vectors of the batch formats: run it with `node test/vectors/generate.ts`.
 * Everything is derived from fixed text; the same file comes out on every machine. Contract and TypeScript both run
 * it. u64 and larger numbers are decimal strings, bytes are 0x-hexadecimal.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { fen, position } from "../../protocol/amounts.ts";
import { concat, keccakHex, toHex, utf8 } from "../../protocol/bytes.ts";
import type { Leaf } from "../../protocol/donations/leaves.ts";
import { encodeLeaves } from "../../protocol/donations/leaves.ts";
import type { SealedBatch, TreeNode } from "../../protocol/donations/merkle-sum.ts";
import {
  batchOperation,
  batchRoot,
  buildTree,
  encodeProof,
  nodeHash,
} from "../../protocol/donations/merkle-sum.ts";
import { encodeChannel } from "../../protocol/donations/channel.ts";
import { donationCommitment } from "../../protocol/donations/commitment.ts";
import { leavesOf, maxU64, must, packed } from "./inputs.ts";
import { address, batchId, bytes32, fundId } from "../../protocol/ids.ts";

type RecordExpectation =
  | "ok"
  | "EmptyBatch"
  | "UnsortedCommitment"
  | "TruncatedLeaves"
  | "TooManyLeaves"
  | "ZeroAmount"
  | "SumOverflow";

interface RecordCase {
  readonly kind: "record";
  readonly name: string;
  readonly leavesHex: string;
  readonly expect: RecordExpectation;
  readonly sum?: string;
  readonly count?: number;
  readonly treeRoot?: string;
}

const recorded = (name: string, leaves: readonly Leaf[]): RecordCase => {
  const tree = buildTree(leaves);
  const leavesHex = toHex(encodeLeaves(leaves));
  return {
    kind: "record",
    name,
    leavesHex,
    expect: "ok",
    sum: String(tree.sum),
    count: tree.count,
    treeRoot: tree.root,
  };
};

const refused = (name: string, leaves: Uint8Array, expect: RecordExpectation): RecordCase => ({
  kind: "record",
  name,
  leavesHex: toHex(leaves),
  expect,
});

const recordCases = (): readonly RecordCase[] => {
  const three = leavesOf(3);
  const [first, second, third] = [must(three[0]), must(three[1]), must(three[2])];
  const bytes = packed(three);
  return [
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 33, 64, 65, 100, 127].map((count) =>
      recorded(`${count} donations`, leavesOf(count)),
    ),
    recorded("one donation of the largest amount", [{ ...first, amount: fen(maxU64) }]),
    recorded("a sum of exactly 2^64 - 1", [
      { ...first, amount: fen(maxU64 - 1n) },
      { ...second, amount: fen(1n) },
    ]),
    recorded("a first commitment of zero", [
      { ...first, commitment: bytes32(`0x${"0".repeat(64)}`) },
      second,
    ]),
    refused("empty batch", new Uint8Array(), "EmptyBatch"),
    refused("truncated by one byte", bytes.subarray(0, bytes.length - 1), "TruncatedLeaves"),
    refused(
      "truncated hash: the last commitment lacks its last 20 bytes",
      bytes.subarray(0, 100),
      "TruncatedLeaves",
    ),
    refused("one byte too many", concat(bytes, Uint8Array.of(0)), "TruncatedLeaves"),
    refused("unsorted commitments", packed([second, first, third]), "UnsortedCommitment"),
    refused("unsorted at the end", packed([first, third, second]), "UnsortedCommitment"),
    refused("repeated commitment", packed([first, second, second]), "UnsortedCommitment"),
    refused(
      "repeated commitment with another amount",
      packed([first, { ...first, amount: 1n }]),
      "UnsortedCommitment",
    ),
    refused("a donation of 0 fen", packed([first, { ...second, amount: 0n }, third]), "ZeroAmount"),
    refused("a single donation of 0 fen", packed([{ ...first, amount: 0n }]), "ZeroAmount"),
    refused(
      "wrap-around to a small sum",
      packed([
        { ...first, amount: maxU64 },
        { ...second, amount: 2n },
      ]),
      "SumOverflow",
    ),
    refused(
      "wrap-around to zero",
      packed([
        { ...first, amount: maxU64 },
        { ...second, amount: 1n },
      ]),
      "SumOverflow",
    ),
  ];
};

interface VerifyCase {
  readonly kind: "verify";
  readonly name: string;
  readonly treeRoot: string;
  readonly sum: string;
  readonly count: number;
  readonly index: number;
  readonly amount: string;
  readonly commitment: string;
  readonly proofHex: string;
  readonly expect: boolean;
  /** What stands before the donation in its batch; present where the proof holds. */
  readonly leftSum?: string;
}

/** What is claimed of a batch's tree. */
interface Claimed {
  readonly root: TreeNode;
  readonly count: number;
  readonly index: number;
  readonly leaf: { readonly amount: bigint; readonly commitment: `0x${string}` };
  readonly proof: Uint8Array;
}

const honest = (leaves: readonly Leaf[], index: number): Claimed => {
  const tree = buildTree(leaves);
  const root = { hash: tree.root, sum: tree.sum };
  return {
    root,
    count: leaves.length,
    index,
    leaf: must(leaves[index]),
    proof: encodeProof(tree.proof(index)),
  };
};

const claimed = (name: string, claim: Claimed, expect: boolean, leftSum?: bigint): VerifyCase => ({
  kind: "verify",
  name,
  treeRoot: claim.root.hash,
  sum: String(claim.root.sum),
  count: claim.count,
  index: claim.index,
  amount: String(claim.leaf.amount),
  commitment: claim.leaf.commitment,
  proofHex: toHex(claim.proof),
  expect,
  ...(leftSum === undefined ? {} : { leftSum: String(leftSum) }),
});

const validProofs = (): readonly VerifyCase[] =>
  [1, 2, 3, 4, 5, 7, 8, 9, 100].flatMap((count) => {
    const leaves = leavesOf(count);
    const indices = count <= 9 ? leaves.keys() : [0, 1, 63, 64, 95, 96, 99].values();
    return [...indices].map((index) => {
      const leftSum = leaves.slice(0, index).reduce((sum, leaf) => sum + leaf.amount, 0n);
      return claimed(`donation ${index} of ${count}`, honest(leaves, index), true, leftSum);
    });
  });

const withSiblings = (
  claim: Claimed,
  change: (siblings: readonly TreeNode[]) => readonly TreeNode[],
): Claimed => {
  const siblings = Array.from({ length: claim.proof.length / 40 }, (_, at) => ({
    hash: bytes32(toHex(claim.proof.subarray(at * 40, at * 40 + 32))),
    sum: fen(BigInt(toHex(claim.proof.subarray(at * 40 + 32, at * 40 + 40)))),
  }));
  return { ...claim, proof: encodeProof(change(siblings)) };
};

const attacks = (): readonly VerifyCase[] => {
  const five = leavesOf(5);
  const [eight, three] = [leavesOf(8), leavesOf(3)];
  const second = honest(five, 1);
  const amount = second.leaf.amount;
  const refusedCase = (name: string, claim: Claimed): VerifyCase => claimed(name, claim, false);
  const pair = { hash: must(buildTree(five.slice(0, 2))).root, sum: buildTree(five.slice(0, 2)).sum };
  return [
    refusedCase("sum not bound: a larger amount", {
      ...second,
      leaf: { ...second.leaf, amount: amount + 1n },
    }),
    refusedCase(
      "sum not bound: amount moved to a sibling, total kept",
      withSiblings({ ...second, leaf: { ...second.leaf, amount: amount - 1n } }, (siblings) =>
        siblings.map((node, at) => (at === 0 ? { ...node, sum: fen(node.sum + 1n) } : node)),
      ),
    ),
    refusedCase(
      "sum not bound: siblings' sums exchanged between levels",
      withSiblings(honest(eight, 3), (siblings) =>
        siblings.map((node, at) => ({ ...node, sum: must(siblings[(at + 1) % siblings.length]).sum })),
      ),
    ),
    refusedCase("sum not bound: another total claimed for the batch", {
      ...second,
      root: { ...second.root, sum: fen(second.root.sum + 1n) },
    }),
    ...wrapArounds(eight),
    ...duplicates(three),
    refusedCase("inner node opened as a leaf", {
      root: second.root,
      count: 3,
      index: 0,
      leaf: { amount: pair.sum, commitment: pair.hash },
      proof: encodeProof(buildTree(five).proof(0).slice(1)),
    }),
    refusedCase("the root opened as the only leaf", {
      root: second.root,
      count: 1,
      index: 0,
      leaf: { amount: second.root.sum, commitment: second.root.hash },
      proof: new Uint8Array(),
    }),
    refusedCase("wrong direction: the left neighbour's index", { ...second, index: 0 }),
    refusedCase("wrong direction: an index two further", { ...second, index: 3 }),
    refusedCase(
      "wrong direction: siblings from the top down",
      withSiblings(honest(eight, 3), (siblings) => siblings.toReversed()),
    ),
    refusedCase("wrong count: the promoted last donation in a fuller batch", {
      ...honest(five, 4),
      count: 8,
    }),
    refusedCase("wrong count: a smaller batch", { ...second, count: 4 }),
    refusedCase("wrong count: a larger batch", { ...second, count: 9 }),
    refusedCase("wrong count: none", { ...second, count: 0 }),
    refusedCase("index past the end", { ...second, index: 5 }),
    refusedCase("truncated hash: the proof lacks its last byte", {
      ...second,
      proof: second.proof.subarray(0, -1),
    }),
    refusedCase("truncated hash: the first sibling has 20 bytes", {
      ...second,
      proof: concat(second.proof.subarray(0, 20), second.proof.subarray(32)),
    }),
    refusedCase("a sibling missing", { ...second, proof: second.proof.subarray(40) }),
    refusedCase("a sibling too many", {
      ...second,
      proof: concat(second.proof, second.proof.subarray(0, 40)),
    }),
    refusedCase("empty proof in a batch of several", { ...second, proof: new Uint8Array() }),
    refusedCase("another batch's proof", { ...second, proof: honest(leavesOf(5, "another batch"), 1).proof }),
    refusedCase("another batch's donation and proof", {
      ...honest(leavesOf(5, "another batch"), 1),
      root: second.root,
    }),
    refusedCase("another donation's commitment", {
      ...second,
      leaf: { amount, commitment: must(five[2]).commitment },
    }),
    refusedCase("a donation of 0 fen", { ...second, leaf: { ...second.leaf, amount: 0n } }),
  ];
};

/** Sums that only come out right if u64 wraps: the tree is made with the wrapped sum and must still be refused. */
const wrapArounds = (leaves: readonly Leaf[]): readonly VerifyCase[] => {
  const [first, second] = [must(leaves[0]), must(leaves[1])];
  const big = { hash: keccakHex(utf8("a sibling of nearly 2^64 fen")), sum: fen(maxU64) };
  const small = { hash: keccakHex(utf8("one more level")), sum: fen(7n) };
  const leaf = { ...first, amount: fen(2n) };
  const own = buildTree([leaf]);
  const wrapped = { hash: nodeHash({ hash: own.root, sum: own.sum }, big), sum: fen(1n) };
  const top = { hash: nodeHash(wrapped, small), sum: fen(8n) };
  const tree = buildTree([leaf, { ...second, amount: fen(maxU64 - 2n) }]);
  const full = {
    ...honest([leaf, { ...second, amount: fen(maxU64 - 2n) }], 0),
    root: { hash: tree.root, sum: tree.sum },
  };
  return [
    claimed(
      "wrap-around at the first level",
      { root: wrapped, count: 2, index: 0, leaf, proof: encodeProof([big]) },
      false,
    ),
    claimed(
      "wrap-around below the root",
      { root: top, count: 3, index: 0, leaf, proof: encodeProof([big, small]) },
      false,
    ),
    claimed("no wrap-around: a sum of exactly 2^64 - 1", full, true, 0n),
  ];
};

/** A tree of 3 whose last leaf is repeated to fill the pair, as some trees do: it is another tree here. */
const duplicates = (three: readonly Leaf[]): readonly VerifyCase[] => {
  const last = must(three[2]);
  const tree = buildTree(three);
  const root = { hash: tree.root, sum: tree.sum };
  const left = must(tree.proof(2)[0]);
  const copy = { hash: buildTree([last]).root, sum: last.amount };
  const lastLeaf = honest(three, 2);
  return [
    claimed(
      "duplicated last leaf opened at index 3",
      { root, count: 4, index: 3, leaf: last, proof: encodeProof([copy, left]) },
      false,
    ),
    claimed(
      "duplicated last leaf as its own sibling",
      { ...lastLeaf, count: 4, proof: encodeProof([copy, left]) },
      false,
    ),
  ];
};

interface BatchRootCase {
  readonly kind: "batchRoot";
  readonly name: string;
  readonly version: 1;
  readonly chainId: number;
  readonly contract: string;
  readonly fund: number;
  readonly batch: number;
  readonly startsAt: string;
  readonly count: number;
  readonly sum: string;
  readonly treeRoot: string;
  readonly batchRoot: string;
  /** Whether the fields give `batchRoot`. */
  readonly expect: boolean;
}

const batchRootCases = (): readonly BatchRootCase[] => {
  const tree = buildTree(leavesOf(5));
  const sealed: SealedBatch = {
    version: 1,
    chainId: 31_337,
    contract: address("0x5fbdb2315678afecb367f032d93f642f64180aa3"),
    fund: fundId(2),
    batch: batchId(17),
    startsAt: position(1_234_567n),
    count: tree.count,
    sum: tree.sum,
    treeRoot: tree.root,
  };
  const root = batchRoot(sealed);
  const sealedCase = (
    name: string,
    change: Partial<SealedBatch>,
    expected: boolean,
    of = root,
  ): BatchRootCase => {
    const { startsAt, sum, ...rest } = { ...sealed, ...change };
    const text = { startsAt: String(startsAt), sum: String(sum) };
    return { kind: "batchRoot", name, ...rest, ...text, batchRoot: of, expect: expected };
  };
  const far: Partial<SealedBatch> = {
    startsAt: position((1n << 96n) - 1n),
    fund: fundId(0xffff_ffff),
    count: 3000,
  };
  return [
    sealedCase("a batch", {}, true),
    sealedCase("the ends of every range", far, true, batchRoot({ ...sealed, ...far })),
    sealedCase("wrong count that fits the same proofs", { count: 8 }, false),
    sealedCase("another sum", { sum: fen(tree.sum + 1n) }, false),
    sealedCase("another place on the line", { startsAt: position(1_234_568n) }, false),
    sealedCase("another batch's id", { batch: batchId(18) }, false),
    sealedCase("another fund", { fund: fundId(3) }, false),
    sealedCase("another chain", { chainId: 1 }, false),
    sealedCase("another ledger", { contract: address(`0x${"11".repeat(20)}`) }, false),
    sealedCase("another batch's tree", { treeRoot: buildTree(leavesOf(5, "another batch")).root }, false),
  ];
};

const operationCases = (): readonly unknown[] =>
  [
    { fund: 1, channel: "alipay", day: 20_191_130, count: 3 },
    { fund: 4_294_967_295, channel: "a-channel-of-thirty-one-letters", day: 20_280_229, count: 1 },
  ].map(({ fund, channel, day, count }) => {
    const leaves = encodeLeaves(leavesOf(count));
    return {
      kind: "operation",
      name: `batch of ${count} by ${channel}`,
      fund,
      channel,
      channelHex: encodeChannel(channel),
      day,
      leavesHex: toHex(leaves),
      operation: batchOperation(fundId(fund), channel, day, leaves),
    };
  });

const commitmentCases = (): readonly unknown[] =>
  [
    {
      amount: "1",
      channel: "alipay",
      occurredAt: "2019-11-30T08:15:00+08:00",
      transactionNumber: "2019113000000001",
    },
    {
      amount: "18446744073709551615",
      channel: "bank",
      occurredAt: "2020-02-29",
      transactionNumber: '示例-"0001"',
    },
  ].map((payload) => {
    const salt = keccakHex(utf8(`salt ${payload.amount}`));
    const name = `${payload.amount} by ${payload.channel}`;
    return { kind: "commitment", name, salt, payload, commitment: donationCommitment(salt, payload) };
  });

/** The text of the vectors file. */
export const vectorsText = (): string => {
  const record = recordCases();
  const verify = [...validProofs(), ...attacks()];
  const rest = { batchRoot: batchRootCases(), operation: operationCases(), commitment: commitmentCases() };
  return `${JSON.stringify({ version: 1, record, verify, ...rest }, undefined, 2)}\n`;
};

if (import.meta.main)
  writeFileSync(fileURLToPath(new URL("merkle-sum.json", import.meta.url)), vectorsText());
