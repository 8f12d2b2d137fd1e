import { readFileSync } from "node:fs";
import { expect } from "chai";
import { fen, position } from "../../protocol/amounts.ts";
import { fromHex, toHex, utf8, keccakHex } from "../../protocol/bytes.ts";
import { InvalidChannel, channelId, decodeChannel, encodeChannel } from "../../protocol/donations/channel.ts";
import {
  InvalidPayload,
  donationCommitment,
  donationPayload,
  payloadCommitment,
  transactionNumberOf,
} from "../../protocol/donations/commitment.ts";
import {
  InvalidLeaves,
  NoSuchLeaf,
  decodeLeaves,
  encodeLeaves,
  inspectLeaves,
  leafAt,
  leafStarts,
  maxLeaves,
  sortLeaves,
} from "../../protocol/donations/leaves.ts";
import {
  TruncatedProof,
  batchOperation,
  batchRoot,
  buildTree,
  decodeProof,
  encodeProof,
  leafHash,
  proofLength,
  verify,
} from "../../protocol/donations/merkle-sum.ts";
import { address, batchId, bytes32, fundId } from "../../protocol/ids.ts";
import { canonicalJson } from "../../protocol/json.ts";
import { vectorsText } from "../vectors/generate.ts";

interface Vectors {
  readonly record: readonly {
    readonly name: string;
    readonly leavesHex: string;
    readonly expect: string;
    readonly sum?: string;
    readonly count?: number;
    readonly treeRoot?: string;
  }[];
  readonly verify: readonly {
    readonly name: string;
    readonly treeRoot: string;
    readonly sum: string;
    readonly count: number;
    readonly index: number;
    readonly amount: string;
    readonly commitment: string;
    readonly proofHex: string;
    readonly expect: boolean;
    readonly leftSum?: string;
  }[];
  readonly batchRoot: readonly {
    readonly name: string;
    readonly chainId: number;
    readonly contract: string;
    readonly fund: number;
    readonly batch: number;
    readonly startsAt: string;
    readonly count: number;
    readonly sum: string;
    readonly treeRoot: string;
    readonly batchRoot: string;
    readonly expect: boolean;
  }[];
  readonly operation: readonly {
    readonly name: string;
    readonly fund: number;
    readonly channel: string;
    readonly channelHex: string;
    readonly day: number;
    readonly leavesHex: string;
    readonly operation: string;
  }[];
  readonly commitment: readonly {
    readonly name: string;
    readonly salt: string;
    readonly payload: Parameters<typeof donationCommitment>[1];
    readonly commitment: string;
  }[];
}

const fileText = readFileSync(new URL("../vectors/merkle-sum.json", import.meta.url), "utf8");
const vectors: Vectors = JSON.parse(fileText);

const defectOf = (bytes: Uint8Array): string => {
  try {
    inspectLeaves(bytes);
    return "ok";
  } catch (error) {
    if (error instanceof InvalidLeaves) return error.defect;
    throw error;
  }
};

const holds = (vector: Vectors["verify"][number]): { readonly holds: boolean; readonly leftSum?: bigint } => {
  const leaf = { amount: fen(BigInt(vector.amount)), commitment: bytes32(vector.commitment) };
  let siblings;
  try {
    siblings = decodeProof(fromHex(vector.proofHex));
  } catch (error) {
    if (error instanceof TruncatedProof) return { holds: false };
    throw error;
  }
  const result = verify(leaf, vector.index, vector.count, siblings);
  if (!result.ok || result.root !== vector.treeRoot || String(result.sum) !== vector.sum)
    return { holds: false };
  return { holds: true, leftSum: result.leftSum };
};

describe("the published vectors of a batch", () => {
  it("are what their generator writes", () => {
    expect(vectorsText()).to.equal(fileText);
  });

  for (const vector of vectors.record) {
    it(`record: ${vector.name} → ${vector.expect}`, () => {
      const bytes = fromHex(vector.leavesHex);
      expect(defectOf(bytes)).to.equal(vector.expect);
      if (vector.expect !== "ok") return;
      const tree = buildTree(decodeLeaves(bytes));
      expect([tree.root, String(tree.sum), tree.count]).to.deep.equal([
        vector.treeRoot,
        vector.sum,
        vector.count,
      ]);
      expect(toHex(encodeLeaves(decodeLeaves(bytes)))).to.equal(vector.leavesHex);
    });
  }

  for (const vector of vectors.verify) {
    it(`verify: ${vector.name} → ${vector.expect ? "holds" : "refused"}`, () => {
      const result = holds(vector);
      expect(result.holds).to.equal(vector.expect);
      if (result.leftSum !== undefined) expect(String(result.leftSum)).to.equal(vector.leftSum);
    });
  }

  for (const vector of vectors.batchRoot) {
    it(`batch root: ${vector.name} → ${vector.expect ? "equal" : "another"}`, () => {
      const root = batchRoot({
        version: 1,
        chainId: vector.chainId,
        contract: address(vector.contract),
        fund: fundId(vector.fund),
        batch: batchId(vector.batch),
        startsAt: position(BigInt(vector.startsAt)),
        count: vector.count,
        sum: fen(BigInt(vector.sum)),
        treeRoot: bytes32(vector.treeRoot),
      });
      expect(root === vector.batchRoot).to.equal(vector.expect);
    });
  }

  for (const vector of vectors.operation) {
    it(`operation: ${vector.name}`, () => {
      const operation = batchOperation(
        fundId(vector.fund),
        vector.channel,
        vector.day,
        fromHex(vector.leavesHex),
      );
      expect(operation).to.equal(vector.operation);
      expect(encodeChannel(vector.channel)).to.equal(vector.channelHex);
    });
  }

  for (const vector of vectors.commitment) {
    it(`commitment: ${vector.name}`, () => {
      expect(donationCommitment(bytes32(vector.salt), vector.payload)).to.equal(vector.commitment);
    });
  }
});

describe("the Merkle-sum tree", () => {
  const leaves = (count: number): ReturnType<typeof decodeLeaves> =>
    sortLeaves(
      Array.from({ length: count }, (_, index) => ({
        amount: fen(index + 1),
        commitment: keccakHex(utf8(`leaf ${index}`)),
      })),
    );

  it("proves every donation of every batch of 1 to 40, with what stands before it", () => {
    for (let count = 1; count <= 40; count += 1) {
      const batch = leaves(count);
      const tree = buildTree(batch);
      let leftSum = 0n;
      for (const [index, leaf] of batch.entries()) {
        const proof = tree.proof(index);
        expect(proof).to.have.lengthOf(proofLength(index, count));
        expect(verify(leaf, index, count, proof)).to.deep.equal({
          ok: true,
          root: tree.root,
          sum: tree.sum,
          leftSum,
        });
        expect(decodeProof(encodeProof(proof))).to.deep.equal(proof);
        leftSum += leaf.amount;
      }
      expect(tree.sum).to.equal(leftSum);
    }
  });

  it("is the leaf itself for a batch of one", () => {
    const [leaf] = leaves(1);
    if (leaf === undefined) throw new RangeError("no leaf");
    expect(buildTree([leaf]).root).to.equal(leafHash(0, leaf));
    expect(buildTree([leaf]).proof(0)).to.deep.equal([]);
  });

  it("says why it refuses a proof", () => {
    const batch = leaves(3);
    const tree = buildTree(batch);
    const leaf = leafAt(encodeLeaves(batch), 0);
    const refusal = (...[of, index, count, siblings]: Parameters<typeof verify>): string => {
      const result = verify(of, index, count, siblings);
      return result.ok ? "none" : result.refusal;
    };
    const proof = tree.proof(0);
    expect(refusal(leaf, 3, 3, proof)).to.equal("IndexOutOfRange");
    expect(refusal(leaf, -1, 3, proof)).to.equal("IndexOutOfRange");
    expect(refusal(leaf, 0, 0, [])).to.equal("IndexOutOfRange");
    expect(refusal(leaf, 0, 2 ** 32, proof)).to.equal("IndexOutOfRange");
    expect(refusal(leaf, 0, 3, [])).to.equal("WrongProofLength");
    expect(refusal({ ...leaf, amount: fen(0n) }, 0, 3, proof)).to.equal("ZeroAmount");
    expect(refusal({ ...leaf, amount: fen(1n << 64n) }, 0, 3, proof)).to.equal("SumOverflow");
    const full = proof.map((node) => ({ ...node, sum: fen((1n << 64n) - 1n) }));
    expect(refusal(leaf, 0, 3, full)).to.equal("SumOverflow");
  });

  it("has no proof outside the batch, and no tree of nothing or too much", () => {
    expect(() => buildTree(leaves(3)).proof(3)).to.throw(NoSuchLeaf);
    expect(() => buildTree(leaves(3)).proof(0.5)).to.throw(NoSuchLeaf);
    expect(() => buildTree([])).to.throw(InvalidLeaves);
    const half = { amount: fen(1n << 63n), commitment: bytes32(`0x${"0".repeat(64)}`) };
    expect(() => buildTree([half, half])).to.throw(InvalidLeaves, "2^64");
  });
});

describe("wire leaves", () => {
  const leaf = (
    commitment: number,
    amount = 5n,
  ): { amount: ReturnType<typeof fen>; commitment: ReturnType<typeof bytes32> } => ({
    amount: fen(amount),
    commitment: bytes32(`0x${commitment.toString(16).padStart(64, "0")}`),
  });

  it("take 3,000 donations and refuse one more", () => {
    const most = Array.from({ length: maxLeaves }, (_, index) => leaf(index));
    expect(inspectLeaves(encodeLeaves(most))).to.deep.equal({ count: maxLeaves, sum: 15_000n });
    expect(() => encodeLeaves([...most, leaf(maxLeaves)])).to.throw(InvalidLeaves, "at most 3000");
  });

  it("name the donation at fault", () => {
    try {
      encodeLeaves([leaf(1), leaf(2), leaf(2)]);
      expect.fail("a repeated commitment was accepted");
    } catch (error) {
      if (!(error instanceof InvalidLeaves)) throw error;
      expect([error.defect, error.index]).to.deep.equal(["UnsortedCommitment", 2]);
    }
    expect(() => encodeLeaves([leaf(1, 1n << 64n)])).to.throw(InvalidLeaves, "2^64");
  });

  it("tell where each donation stands in its batch", () => {
    const bytes = encodeLeaves([leaf(1, 7n), leaf(2, 1n), leaf(3, 90n)]);
    expect([...leafStarts(bytes)]).to.deep.equal([0n, 7n, 8n, 98n]);
    expect(leafAt(bytes, 2)).to.deep.equal(leaf(3, 90n));
    expect(() => leafAt(bytes, 3)).to.throw(NoSuchLeaf);
    expect(() => leafAt(bytes, -1)).to.throw(NoSuchLeaf);
  });
});

describe("channels", () => {
  it("are 1 to 31 characters of a-z, 0-9 and -, and fill a bytes32 from the left", () => {
    expect(encodeChannel("alipay")).to.equal(`0x616c69706179${"00".repeat(26)}`);
    for (const text of ["a", "interest", "x".repeat(31), "bank-2"]) {
      expect(decodeChannel(encodeChannel(text))).to.equal(text);
    }
    for (const text of ["", "x".repeat(32), "Alipay", "a b", "支付宝", "a_b"]) {
      expect(() => channelId(text), text).to.throw(InvalidChannel);
    }
    for (const value of [
      `0x${"00".repeat(32)}`,
      `0x${"61".repeat(32)}`,
      `0x6100${"61".repeat(30)}`,
      `0x41${"00".repeat(31)}`,
    ]) {
      expect(() => decodeChannel(bytes32(value)), value).to.throw(InvalidChannel);
    }
  });
});

describe("a donation's commitment", () => {
  const salt = keccakHex(utf8("salt"));
  const payload = { amount: "100", channel: "alipay", occurredAt: "2019-11-30", transactionNumber: "T1" };

  it("commits to the RFC 8785 text of the payload, whatever stands in the number", () => {
    for (const transactionNumber of [
      "T1",
      'quote " and \\',
      "捐赠 – café",
      "\u{1f600}",
      "</script>",
      "\u2028",
    ]) {
      const text = utf8(
        canonicalJson({ transactionNumber, occurredAt: "2019-11-30", channel: "alipay", amount: "1" }),
      );
      const expected = keccakHex(Uint8Array.of(0x10, ...fromHex(salt), ...text));
      expect(payloadCommitment(salt, { ...payload, amount: "1", transactionNumber })).to.equal(expected);
    }
  });

  it("does not depend on spaces around the number or on how its letters are composed", () => {
    const commitment = donationCommitment(salt, { ...payload, transactionNumber: "caf\u00e9 1" });
    expect(donationCommitment(salt, { ...payload, transactionNumber: " cafe\u0301 1\n" })).to.equal(
      commitment,
    );
    expect(transactionNumberOf("  20191130 ")).to.equal("20191130");
    for (const broken of ["T\ud800", "\udc00", "T\u200b1", "T\n1"]) {
      expect(() => transactionNumberOf(broken), JSON.stringify(broken)).to.throw(InvalidPayload);
    }
  });

  it("differs with every field and with the salt", () => {
    const variants = [
      payload,
      { ...payload, amount: "101" },
      { ...payload, channel: "bank" },
      { ...payload, occurredAt: "2019-12-01" },
      { ...payload, transactionNumber: "T2" },
    ];
    const commitments = variants.map((variant) => donationCommitment(salt, variant));
    commitments.push(donationCommitment(keccakHex(utf8("another")), payload));
    expect(new Set(commitments)).to.have.lengthOf(6);
  });

  it("refuses what no donation can be", () => {
    const base = { amount: fen(1n), channel: "bank", occurredAt: "2019-11-30", transactionNumber: "T1" };
    expect(donationPayload(base)).to.deep.equal({ ...base, amount: "1" });
    expect(() => donationPayload({ ...base, amount: fen(0n) })).to.throw(InvalidPayload, "amount");
    expect(() => donationPayload({ ...base, amount: fen(1n << 64n) })).to.throw(InvalidPayload, "amount");
    expect(() => donationPayload({ ...base, transactionNumber: " " })).to.throw(InvalidPayload, "empty");
    expect(() => donationPayload({ ...base, transactionNumber: "x".repeat(129) })).to.throw(
      InvalidPayload,
      "longer",
    );
    expect(() => donationPayload({ ...base, transactionNumber: "a\u0000b" })).to.throw(
      InvalidPayload,
      "control",
    );
    expect(() => donationPayload({ ...base, transactionNumber: "a\u200bb" })).to.throw(
      InvalidPayload,
      "invisible",
    );
  });
});
