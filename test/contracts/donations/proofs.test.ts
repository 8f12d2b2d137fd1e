import { expect } from "chai";
import { getContract, parseAbi } from "viem";
import { concat, toHex } from "../../../protocol/bytes.ts";
import type { Leaf } from "../../../protocol/donations/leaves.ts";
import { buildTree, encodeProof } from "../../../protocol/donations/merkle-sum.ts";
import { leavesOf, openBooks } from "../books.ts";
import { chain } from "../chain.ts";
import { expectRefusal } from "../refusals.ts";

const abi = parseAbi([
  "function climb(uint256 index, uint256 count, uint256 amount, bytes32 commitment, bytes proof) pure returns (bool ok, bytes32 treeRoot, uint256 sum, uint256 leftSum)",
]);
const harness = getContract({
  address: await chain.deploy("MerkleSumHarness"),
  abi,
  client: chain.reader(),
});
const refused = [false, `0x${"0".repeat(64)}`, 0n, 0n];

const climb = (leaves: readonly Leaf[], index: number, proof: Uint8Array) => {
  const { amount, commitment } = leaves[index] ?? expect.fail();
  return harness.read.climb([BigInt(index), BigInt(leaves.length), amount, commitment, toHex(proof)]);
};

/** Bytes more or less than the whole number of siblings that index and count ask for. */
const surplus = [1, 8, 31, 32, 39, 40, 41, 80];

describe("Merkle-sum proofs: the length is that of index and count, to the byte", () => {
  // The last sums end in a zero byte: what stands behind calldata reads as zeros too.
  for (const [count, amounts] of [
    [1, [256]],
    [2, [256, 512]],
    [3, [256, 512, 768]],
    [5, [256, 512, 768, 1024, 1280]],
  ] as const) {
    const leaves = leavesOf(amounts, "ends in zero");
    const tree = buildTree(leaves);

    for (let index = 0; index < count; index += 1) {
      it(`donation ${index} of ${count}: neither shorter nor longer`, async () => {
        const proof = encodeProof(tree.proof(index));
        expect((await climb(leaves, index, proof)).slice(0, 3)).to.deep.equal([true, tree.root, tree.sum]);
        for (const bytes of surplus) {
          const longer = concat(proof, new Uint8Array(bytes));
          expect(await climb(leaves, index, longer), `${bytes} longer`).to.deep.equal(refused);
          if (bytes > proof.length) continue;
          const shorter = proof.subarray(0, proof.length - bytes);
          expect(await climb(leaves, index, shorter), `${bytes} shorter`).to.deep.equal(refused);
        }
      });
    }
  }
});

describe("Merkle-sum proofs: amounts are 64 bits", () => {
  it("a donation alone in its batch is none of 2^64 more", async () => {
    const [leaf] = leavesOf([7]);
    if (leaf === undefined) expect.fail();
    for (const more of [2n ** 64n, 2n ** 65n, 2n ** 192n]) {
      const claim = [0n, 1n, leaf.amount + more, leaf.commitment, "0x"] as const;
      expect(await harness.read.climb(claim), `${more} more`).to.deep.equal(refused);
    }
  });

  it("the ledger repays no more than was given, whatever amount the leaf is said to have", async () => {
    const books = await openBooks();
    const leaves = leavesOf([7]);
    await books.record({ leaves });
    // In the batch's root the count stands behind the sum: 2^64 more looks like the count of 1 that is there.
    const attempt = books.refund({ leaves, leafAmount: 7n + 2n ** 64n, amount: 8 });
    await expectRefusal("DonationNotProven", [1, 0], attempt);
  });
});
