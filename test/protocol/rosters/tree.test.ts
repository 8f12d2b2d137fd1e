import { expect } from "chai";
import { concat, keccak256 } from "ethers";
import { fromHex } from "../../../protocol/bytes.ts";
import { bytes32 } from "../../../protocol/ids.ts";
import type { Bytes32 } from "../../../protocol/ids.ts";
import {
  InvalidRoster,
  maxRosterLeaves,
  NotInRoster,
  RosterTree,
  verifyRosterProof,
} from "../../../protocol/rosters/tree.ts";
import { Random } from "../../model/random.ts";

const packed = (leaves: readonly string[]): Uint8Array => fromHex(concat([...leaves]));

const hashPair = (one: string, other: string): string =>
  keccak256(one < other ? concat([one, other]) : concat([other, one]));

/** The root from the definition of the shape, by another library and by recursion. */
const rootByEthers = (leaves: readonly string[]): string => {
  const sorted = [...leaves].sort();
  const node = (place: number): string => {
    const last = 2 * sorted.length - 2;
    return place > last - sorted.length
      ? String(sorted[last - place])
      : hashPair(node(2 * place + 1), node(2 * place + 2));
  };
  return node(0);
};

/** What OpenZeppelin's MerkleProof.processProof computes. */
const processProof = (leaf: string, proof: readonly string[]): string => proof.reduce(hashPair, leaf);

const randomLeaves = (random: Random, count: number): readonly Bytes32[] =>
  Array.from({ length: count }, () => bytes32(random.hex32()));

describe("a roster tree", () => {
  it("has the root of the published shape, and a proof that MerkleProof takes for every leaf, at any size", () => {
    const random = new Random(4);
    for (let count = 1; count <= 70; count += 1) {
      const leaves = randomLeaves(random, count);
      const tree = new RosterTree(packed(leaves));
      expect(tree.root).to.equal(rootByEthers(leaves));
      for (const leaf of leaves) {
        const proof = tree.proof(leaf);
        expect(processProof(leaf, proof)).to.equal(tree.root);
        expect(verifyRosterProof(tree.root, leaf, proof)).to.equal(true);
        expect(proof.length).to.be.at.most(Math.ceil(Math.log2(count)));
      }
    }
  });

  it("has one root for one set of leaves, whatever their order, and leaves them as they are", () => {
    const random = new Random(5);
    const leaves = randomLeaves(random, 200);
    const given = packed(leaves);
    const before = given.slice();
    const { root } = new RosterTree(given);
    expect(given).to.deep.equal(before);
    expect(new RosterTree(packed(leaves.toReversed())).root).to.equal(root);
    const shifted = new Uint8Array(given.length + 3);
    shifted.set(given, 3);
    expect(new RosterTree(shifted.subarray(3)).root).to.equal(root);
  });

  it("sorts leaves that begin alike", () => {
    const start = `0x${"ab".repeat(12)}`;
    const leaves = Array.from({ length: 40 }, (_, n) =>
      bytes32(start + ((n * 17) % 41).toString(16).padStart(40, "0")),
    );
    const tree = new RosterTree(packed(leaves));
    expect(tree.root).to.equal(rootByEthers(leaves));
    for (const leaf of leaves) expect(verifyRosterProof(tree.root, leaf, tree.proof(leaf))).to.equal(true);
  });

  it("accepts no proof with another leaf, root, sibling or length", () => {
    const random = new Random(6);
    for (let round = 0; round < 50; round += 1) {
      const leaves = randomLeaves(random, random.between(3, 60));
      const tree = new RosterTree(packed(leaves));
      const leaf = random.pick(leaves);
      const proof = tree.proof(leaf);
      const at = random.between(0, proof.length - 1);
      const stranger = bytes32(random.hex32());
      expect(verifyRosterProof(tree.root, stranger, proof)).to.equal(false);
      expect(verifyRosterProof(stranger, leaf, proof)).to.equal(false);
      expect(verifyRosterProof(tree.root, leaf, proof.with(at, stranger))).to.equal(false);
      expect(verifyRosterProof(tree.root, leaf, proof.toSpliced(at, 1))).to.equal(false);
      expect(verifyRosterProof(tree.root, leaf, [...proof, stranger])).to.equal(false);
    }
  });

  it("refuses a proof that is longer than any roster's, even where it leads to the root", () => {
    const proof = Array.from({ length: 25 }, (_, n) =>
      bytes32(`0x${(n + 1).toString(16).padStart(64, "0")}`),
    );
    const leaf = bytes32(`0x${"77".repeat(32)}`);
    expect(verifyRosterProof(bytes32(processProof(leaf, proof)), leaf, proof)).to.equal(false);
    const longest = proof.slice(1);
    expect(verifyRosterProof(bytes32(processProof(leaf, longest)), leaf, longest)).to.equal(true);
  });

  it("proves no leaf that it does not have, an inner node neither", () => {
    const leaves = randomLeaves(new Random(8), 9);
    const tree = new RosterTree(packed(leaves));
    expect(() => tree.proof(bytes32(`0x${"00".repeat(32)}`))).to.throw(NotInRoster);
    expect(() => tree.proof(bytes32(`0x${"ff".repeat(32)}`))).to.throw(NotInRoster);
    expect(() => tree.proof(tree.root)).to.throw(NotInRoster, "other rosters");
  });

  it("tells how many of its nodes were hashed, all in the end", () => {
    for (const count of [1, 2, 20_000]) {
      const reports: number[] = [];
      const tree = new RosterTree(packed(randomLeaves(new Random(9), count)), (hashed) =>
        reports.push(hashed),
      );
      expect(reports.reduce((sum, hashed) => sum + hashed, 0)).to.equal(tree.count - 1);
    }
  });

  it("is refused without leaves, with half of one, with one twice, and with too many", () => {
    const [one = ""] = randomLeaves(new Random(10), 1);
    expect(() => new RosterTree(new Uint8Array(0))).to.throw(InvalidRoster, "at least one leaf");
    expect(() => new RosterTree(new Uint8Array(33))).to.throw(InvalidRoster, "32 bytes");
    expect(() => new RosterTree(packed([one, one]))).to.throw(InvalidRoster, "equal");
    // As long as it says, without the half GiB that it would take.
    const tooMany = new Uint8Array(0);
    Object.defineProperty(tooMany, "length", { value: (maxRosterLeaves + 1) * 32 });
    expect(() => new RosterTree(tooMany)).to.throw(InvalidRoster, "split it");
  });
});
