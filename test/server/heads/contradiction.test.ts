/** Which pairs of signed things prove two histories, and which an honest operator makes. */
import { expect } from "chai";
import type { TransactionSerializableEIP1559 } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { address, bytes32 } from "../../../protocol/ids.ts";
import type { Hex } from "../../../server/chain/port.ts";
import { judge, type Judgement } from "../../../server/heads/contradiction.ts";
import { chainRules, signBlock } from "../../../server/heads/statement.ts";

const account = privateKeyToAccount(`0x${"11".repeat(32)}`);
const other = privateKeyToAccount(`0x${"22".repeat(32)}`);
const signer = address(account.address);
const call = {
  type: "eip1559",
  chainId: 1,
  nonce: 4,
  gas: 50_000n,
  to: other.address,
  value: 0n,
  data: "0x1234",
  maxFeePerGas: 100n,
  maxPriorityFeePerGas: 1n,
} as const satisfies TransactionSerializableEIP1559;

const sign = (fields: Partial<TransactionSerializableEIP1559> = {}, by = account): Promise<Hex> =>
  by.signTransaction({ ...call, ...fields });
const judged = async (one: Promise<Hex>, two: Promise<Hex>): Promise<Judgement> =>
  judge({ proof: "two-transactions", transactions: [await one, await two] });

describe("two transactions of one account and nonce", () => {
  const contradictions: readonly (readonly [string, Partial<TransactionSerializableEIP1559>])[] = [
    ["another recipient", { to: account.address, value: 1n }],
    ["another amount", { value: 1n }],
    ["other calldata", { data: "0x1235" }],
    ["no calldata", { data: "0x" }],
    ["a contract created instead", { to: null }],
    ["other calldata and a higher fee", { data: "0x1235", maxFeePerGas: 200n }],
  ];
  for (const [name, fields] of contradictions) {
    it(`prove two histories: ${name}`, async () => {
      expect(await judged(sign(), sign(fields))).to.deep.equal({ stands: true, signer, at: 4 });
      expect(await judged(sign(fields), sign())).to.deep.equal({ stands: true, signer, at: 4 });
    });
  }

  const honest: readonly (readonly [string, Partial<TransactionSerializableEIP1559>])[] = [
    ["the same once more", {}],
    ["a fee bump", { maxFeePerGas: 113n, maxPriorityFeePerGas: 2n }],
    ["another gas limit", { gas: 60_000n }],
    ["a cancellation: a payment of nothing to oneself", { to: account.address, data: "0x", gas: 21_000n }],
  ];
  for (const [name, fields] of honest) {
    it(`prove nothing: ${name}`, async () => {
      for (const pair of [judged(sign(), sign(fields)), judged(sign(fields), sign())]) {
        expect(await pair).to.have.property("stands", false);
      }
    });
  }

  it("prove nothing of two accounts, two nonces or two chains", async () => {
    const changed = { data: "0x99" } as const;
    expect(await judged(sign(), sign(changed, other)))
      .to.have.property("reason")
      .that.contains("two accounts");
    expect(await judged(sign(), sign({ ...changed, nonce: 5 })))
      .to.have.property("reason")
      .that.contains("two nonces");
    expect(await judged(sign(), sign({ ...changed, chainId: 2 })))
      .to.have.property("reason")
      .that.contains("two chains");
  });

  it("prove nothing where one is no signed transaction", async () => {
    const garbage: Promise<Hex> = Promise.resolve("0x02c0");
    expect(await judged(sign(), garbage)).to.have.property("stands", false);
  });
});

describe("two heads", () => {
  const identity = {
    chainId: 8650,
    genesis: bytes32(`0x${"aa".repeat(32)}`),
    ledger: address(`0x${"bb".repeat(20)}`),
    rules: chainRules,
  };
  const hashes = [bytes32(`0x${"01".repeat(32)}`), bytes32(`0x${"02".repeat(32)}`)] as const;
  const head = (block: number, hash = hashes[0], by = account, about = identity) =>
    signBlock(by, "head", about, { block, hash });
  const judgedHeads = async (
    one: ReturnType<typeof head>,
    two: ReturnType<typeof head>,
  ): Promise<Judgement> => judge({ proof: "two-heads", identity, heads: [await one, await two] });

  it("of one height, one key and two hashes prove two histories", async () => {
    expect(await judgedHeads(head(9), head(9, hashes[1]))).to.deep.equal({ stands: true, signer, at: 9 });
  });

  it("prove nothing of two heights, with one hash, by two keys or about another chain", async () => {
    expect(await judgedHeads(head(9), head(8, hashes[1]))).to.have.property("stands", false);
    expect(await judgedHeads(head(9), head(9))).to.have.property("stands", false);
    expect(await judgedHeads(head(9), head(9, hashes[1], other))).to.have.property("stands", false);
    const elsewhere = { ...identity, chainId: 8651 };
    expect(await judgedHeads(head(9), head(9, hashes[1], account, elsewhere))).to.have.property(
      "stands",
      false,
    );
  });

  it("prove nothing where what is signed is a replica's agreement", async () => {
    const agreement = await signBlock(account, "agreement", identity, { block: 9, hash: hashes[1] });
    expect(await judgedHeads(head(9), Promise.resolve(agreement))).to.have.property("stands", false);
  });
});
