import { expect } from "chai";
import { fen } from "../../protocol/amounts.ts";
import { keccakHex, utf8 } from "../../protocol/bytes.ts";
import { encodeLeaves, InvalidLeaves, sortLeaves } from "../../protocol/donations/leaves.ts";
import { buildTree } from "../../protocol/donations/merkle-sum.ts";
import { packedTree } from "../../protocol/donations/packed-tree.ts";

const leavesOf = (count: number) =>
  sortLeaves(
    Array.from({ length: count }, (_, index) => ({
      amount: fen(BigInt(index) * 7n + 1n),
      commitment: keccakHex(utf8(`invented gift ${index}`)),
    })),
  );

describe("the packed tree", () => {
  for (const count of [1, 2, 3, 4, 5, 7, 8, 9, 31, 100, 257]) {
    it(`of ${count} gifts is the tree that gives proofs`, () => {
      const leaves = leavesOf(count);
      const { root, sum } = buildTree(leaves);
      expect(packedTree(encodeLeaves(leaves))).to.deep.equal({ root, sum, count });
    });
  }

  it("leaves the leaves as they were", () => {
    const packed = encodeLeaves(leavesOf(6));
    const before = packed.slice();
    packedTree(packed);
    expect(packed).to.deep.equal(before);
  });

  it("refuses what is no batch", () => {
    expect(() => packedTree(new Uint8Array())).to.throw(InvalidLeaves, "at least one donation");
    expect(() => packedTree(new Uint8Array(39))).to.throw(InvalidLeaves, "exactly 40 bytes");
  });
});
