/** What the head key signs, byte by byte: whoever writes a check of their own compares with this. */
import { expect } from "chai";
import { hashMessage, verifyMessage } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { address, bytes32 } from "../../../protocol/ids.ts";
import { chainRules, signBlock, signerOf, statementText } from "../../../server/heads/statement.ts";

const account = privateKeyToAccount(`0x${"11".repeat(32)}`);
const identity = {
  chainId: 8650,
  genesis: bytes32(`0x${"aa".repeat(32)}`),
  ledger: address(`0x${"bb".repeat(20)}`),
  rules: chainRules,
};
const named = { block: 7, hash: bytes32(`0x${"cc".repeat(32)}`) };

describe("a statement about a block", () => {
  it("is one text of seven lines, signed as EIP-191 says", async () => {
    const text = [
      "everyfen head v1",
      "chain 8650",
      `genesis 0x${"aa".repeat(32)}`,
      `ledger 0x${"bb".repeat(20)}`,
      "rules hardhat 3.18.0 prague",
      "block 7",
      `hash 0x${"cc".repeat(32)}`,
    ].join("\n");
    expect(statementText("head", identity, named)).to.equal(text);
    expect(hashMessage(text)).to.equal("0xc4aa3700c5740523602e4c32984d34abd92d44d041097b17e5866b347d5cfce6");
    const { signature } = await signBlock(account, "head", identity, named);
    expect(signature).to.equal(
      "0x1ccdb8413da987afca5e7327f0bd7c5752dc98fd7152abdd49bfd91a979413fc5b97b7887a00d4746db460870461d4fa554d5415259a31c279330f8d7ab0b1491c",
    );
    expect(await verifyMessage({ address: account.address, message: text, signature })).to.equal(true);
  });

  it("names its signer only for the very chain, block, hash and purpose that were signed", async () => {
    const signed = await signBlock(account, "head", identity, named);
    const own = address(account.address);
    expect(await signerOf("head", identity, signed)).to.equal(own);
    const others = [
      signerOf("agreement", identity, signed),
      signerOf("head", { ...identity, chainId: 8651 }, signed),
      signerOf("head", { ...identity, genesis: named.hash }, signed),
      signerOf("head", { ...identity, ledger: own }, signed),
      signerOf("head", { ...identity, rules: "hardhat 3.19.0 prague" }, signed),
      signerOf("head", identity, { ...signed, block: 8 }),
      signerOf("head", identity, { ...signed, hash: identity.genesis }),
    ];
    for (const other of others) expect(await other).to.not.equal(own);
  });

  it("has no signer where the signature is none", async () => {
    expect(await signerOf("head", identity, { ...named, signature: "0x" })).to.equal(undefined);
    expect(await signerOf("head", identity, { ...named, signature: `0x${"ff".repeat(65)}` })).to.equal(
      undefined,
    );
  });
});
