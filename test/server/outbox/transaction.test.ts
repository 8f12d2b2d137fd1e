import { expect } from "chai";
import { keccak256, parseTransaction } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { address } from "../../../protocol/ids.ts";
import { signTransaction, type TransactionFields } from "../../../server/outbox/transaction.ts";

const account = privateKeyToAccount(`0x${"5d".repeat(32)}`);
const to = address(`0x${"0a".repeat(20)}`);
const fees = { maxFeePerGas: 7_000_000_000n, maxPriorityFeePerGas: 1n };
const fieldsOf = (fields: Partial<TransactionFields>): TransactionFields => ({
  chainId: 8_650,
  nonce: 1,
  ...fees,
  ...fields,
});

/** What the library makes of the same. */
const expected = async (fields: TransactionFields) => {
  const raw = await account.signTransaction({ type: "eip1559", ...fields });
  return { hash: keccak256(raw), raw };
};

const expectSame = async (fields: TransactionFields): Promise<void> => {
  expect(await signTransaction(account, fields)).to.deep.equal(await expected(fields));
};

describe("a signed transaction", () => {
  it("has the bytes and the hash that the library gives it, whatever its data is long", async () => {
    for (const length of [0, 1, 2, 54, 55, 56, 255, 256, 257, 65_536, 120_260]) {
      for (const byte of ["00", "7f", "80"]) {
        await expectSame(fieldsOf({ to, gas: 16_000_000n, data: `0x${byte.repeat(length)}` }));
      }
    }
  });

  it("so too with every field absent, zero or large", async () => {
    const none = { maxFeePerGas: 0n, maxPriorityFeePerGas: 0n };
    await expectSame(fieldsOf({ ...none, nonce: 0 }));
    await expectSame(fieldsOf({ ...none, nonce: 0, gas: 21_000n, to }));
    await expectSame(fieldsOf({ gas: 5_000_000n, data: "0x6001" }));
    await expectSame(fieldsOf({ to, value: 1n }));
    await expectSame(fieldsOf({ to, value: 2n ** 128n, gas: 2n ** 63n, nonce: 2 ** 40, chainId: 2 ** 50 }));
  });

  it("so too where a number of the signature begins with zeros, which are left out", async () => {
    let shorter = 0;
    for (let nonce = 0; nonce < 400; nonce += 1) {
      const signed = await signTransaction(account, fieldsOf({ nonce, to, gas: 21_000n }));
      const { r = "0x", s = "0x" } = parseTransaction(signed.raw);
      if (!r.startsWith("0x00") && !s.startsWith("0x00")) continue;
      shorter += 1;
      expect(signed).to.deep.equal(await expected(fieldsOf({ nonce, to, gas: 21_000n })));
    }
    expect(shorter).to.be.greaterThan(0);
  });
});
