import { expect } from "chai";
import { getContract, parseAbi } from "viem";
import type { Hex } from "viem";
import { fromHex, toHex } from "../../../protocol/bytes.ts";
import { encodeLeaves, maxLeaves } from "../../../protocol/donations/leaves.ts";
import { buildTree, encodeProof } from "../../../protocol/donations/merkle-sum.ts";
import vectors from "../../vectors/merkle-sum.json" with { type: "json" };
import { digest, leavesOf, openBooks } from "../books.ts";
import { chain } from "../chain.ts";
import { expectRefusal, revertOf } from "../refusals.ts";

const abi = parseAbi([
  "function summarize(bytes leaves) pure returns (uint256 count, uint256 sum, bytes32 treeRoot)",
  "function climb(uint256 index, uint256 count, uint256 amount, bytes32 commitment, bytes proof) pure returns (bool ok, bytes32 treeRoot, uint256 sum, uint256 leftSum)",
  "function batchRoot(uint256 chainId, address ledger, uint256 fund, uint256 batch, uint256 startsAt, uint256 count, uint256 sum, bytes32 treeRoot) pure returns (bytes32)",
  "error EmptyBatch()",
  "error TooManyLeaves(uint256 limit, uint256 actual)",
  "error TruncatedLeaves(uint256 lengthBytes)",
  "error ZeroLeafAmount(uint256 index)",
  "error UnsortedCommitment(uint256 index)",
  "error SumOverflow(uint256 sum)",
]);

const harness = getContract({
  address: await chain.deploy("MerkleSumHarness"),
  abi,
  client: chain.reader(),
});

/** The names that the vectors give to refusals, as the contract calls them. */
const errorNames: Readonly<Record<string, string>> = { ZeroAmount: "ZeroLeafAmount" };

const hex = (text: string): Hex => toHex(fromHex(bytesOf(text)));
const bytesOf = (text: string): Hex => `0x${text.slice(2)}`;

describe("Merkle-sum trees: the published vectors on the contract", () => {
  for (const vector of vectors.record) {
    it(`record, ${vector.name}: ${vector.expect}`, async () => {
      const summary = harness.read.summarize([hex(vector.leavesHex)]);
      if (vector.expect === "ok") {
        const expected = [BigInt(vector.count ?? 0), BigInt(vector.sum ?? ""), vector.treeRoot];
        expect(await summary).to.deep.equal(expected);
      } else {
        const name = errorNames[vector.expect] ?? vector.expect;
        expect((await revertOf(summary)).data?.errorName).to.equal(name);
      }
    });
  }

  for (const vector of vectors.verify) {
    it(`${vector.expect ? "a proof" : "an attack"}, ${vector.name}: ${vector.expect ? "holds" : "refused"}`, async () => {
      const { index, count, commitment } = vector;
      const claim = [
        BigInt(index),
        BigInt(count),
        BigInt(vector.amount),
        hex(commitment),
        hex(vector.proofHex),
      ] as const;
      const [ok, treeRoot, sum, leftSum] = await harness.read.climb(claim);
      const holds = ok && treeRoot === vector.treeRoot && sum === BigInt(vector.sum);
      expect(holds).to.equal(vector.expect);
      if ("leftSum" in vector) expect(leftSum).to.equal(BigInt(vector.leftSum));
      if (!ok) expect([treeRoot, sum, leftSum]).to.deep.equal([`0x${"0".repeat(64)}`, 0n, 0n]);
    });
  }

  for (const vector of vectors.batchRoot) {
    it(`batch root, ${vector.name}: ${vector.expect ? "the same" : "another"}`, async () => {
      const { chainId, contract, fund, batch, startsAt, count, sum, treeRoot } = vector;
      const place = [BigInt(chainId), hex(contract), BigInt(fund), BigInt(batch), BigInt(startsAt)] as const;
      const root = await harness.read.batchRoot([...place, BigInt(count), BigInt(sum), hex(treeRoot)]);
      expect(root === vector.batchRoot).to.equal(vector.expect);
    });
  }

  for (const { name, fund, channel, day, leavesHex, operation } of vectors.operation) {
    it(`operation, ${name}: the ledger asks for it`, async () => {
      const books = await openBooks();
      const other = digest();
      const batch = { fund, channel, day, leaves: hex(leavesHex), startsAt: 0n };
      const attempt = books.record({ ...batch, operation: other });
      await expectRefusal("OperationMismatch", [operation, other], attempt);
    });
  }

  it("holds vectors of every kind", () => {
    expect(vectors.record.filter((vector) => vector.expect !== "ok")).to.have.lengthOf.at.least(10);
    expect(vectors.verify.filter((vector) => !vector.expect)).to.have.lengthOf.at.least(20);
  });
});

describe("Merkle-sum trees: limits", () => {
  const most = leavesOf(Array.from({ length: maxLeaves }, (_, index) => index + 1));

  it("takes a batch of 3,000 donations and finds the root that TypeScript finds", async () => {
    const tree = buildTree(most);
    const [count, sum, root] = await harness.read.summarize([toHex(encodeLeaves(most))]);
    expect([count, sum, root]).to.deep.equal([BigInt(maxLeaves), tree.sum, tree.root]);
    for (const index of [0, 1, 1499, 2047, 2048, 2998, 2999]) {
      const leaf = most[index] ?? expect.fail();
      const proof = toHex(encodeProof(tree.proof(index)));
      const claim = [BigInt(index), BigInt(maxLeaves), leaf.amount, leaf.commitment, proof] as const;
      const before = BigInt((index * (index + 1)) / 2);
      expect(await harness.read.climb(claim)).to.deep.equal([true, tree.root, tree.sum, before]);
    }
  });

  it("refuses one donation more", async () => {
    const bytes = toHex(encodeLeaves(most));
    const tooMany = harness.read.summarize([`${bytes}${"f".repeat(80)}`]);
    const { data } = await revertOf(tooMany);
    expect([data?.errorName, data?.args]).to.deep.equal(["TooManyLeaves", [3000n, 3001n]]);
  });
});
