import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { fen } from "../../protocol/amounts.ts";
import { keccakHex, utf8 } from "../../protocol/bytes.ts";
import { maxLeaves, sortLeaves } from "../../protocol/donations/leaves.ts";
import type { Leaf } from "../../protocol/donations/leaves.ts";
import { address, bytes32 } from "../../protocol/ids.ts";
import type { Address, Bytes32 } from "../../protocol/ids.ts";
import { fundedBooks, leavesOf, openBooks, periodLengthSeconds, periodStart } from "./books.ts";
import type { TestBooks } from "./books.ts";
import { chain, hardfork } from "./chain.ts";

/** A change of any figure by more than this has to show in the file's diff. */
const tolerance = 0.01;
const file = new URL("gas-and-size.json", import.meta.url);
const isUpdate = process.env["UPDATE_GAS"] === "1";

/** The budgets of the design. */
const budgets: Readonly<Record<string, number>> = {
  "gas: a donation in a batch of 3,000": 1_600,
  "gas: a claim filed, approved and paid": 330_000,
  "bytes: ledger": 16_500,
  "bytes: lens": 24_576,
};

/** Fixed digests: how many zero bytes one has is part of what it costs. */
const fixed = (name: string): Bytes32 => keccakHex(utf8(`gas and size: ${name}`));

/** Gifts as a payment platform has them: half at most 10 yuan, one in a hundred above 500. */
const giftAmount = (index: number): bigint => {
  const word = BigInt(fixed(`amount ${index}`)) >> 128n;
  const ceilings = [100n, 500n, 1_000n, 2_000n, 5_000n, 10_000n, 20_000n, 50_000n] as const;
  const ceiling = index % 100 === 0 ? 500_000n : (ceilings[index % ceilings.length] ?? 100n);
  return (word % ceiling) + 1n;
};

const gifts = (count: number): readonly Leaf[] =>
  sortLeaves(
    Array.from({ length: count }, (_, index) => ({
      amount: fen(giftAmount(index)),
      commitment: fixed(`commitment ${index}`),
    })),
  );

const measureDonations = async (): Promise<Readonly<Record<string, number>>> => {
  const books = await fundedBooks(10_000);
  const single = await books.record({ leaves: gifts(1) });
  const largest = await books.record({ leaves: gifts(maxLeaves) });
  return {
    "gas: a single donation": Number(single.gasUsed),
    "gas: a batch of 3,000 donations": Number(largest.gasUsed),
    "gas: a donation in a batch of 3,000": Math.ceil(Number(largest.gasUsed) / maxLeaves),
  };
};

const fileAndApprove = async (books: TestBooks, claim: number) => {
  const digests = { operation: fixed("file"), person: fixed("person"), evidence: fixed("evidence") };
  const filed = await books.file({ ...digests, requested: 123_456 });
  const approved = await books.approve(claim, { amount: 120_000 });
  return { filed, approved };
};

/** Warm counters and a queue that holds claims before and after. */
const measureClaims = async (): Promise<Readonly<Record<string, number>>> => {
  const books = await fundedBooks(10_000_000);
  for (const claim of [1, 2, 3]) {
    await books.file();
    await books.approve(claim);
  }
  await books.pay(1);
  const { filed, approved } = await fileAndApprove(books, 4);
  const paid = await books.pay(2, { paymentReference: fixed("payment") });
  const gas = [filed, approved, paid].map(({ gasUsed }) => Number(gasUsed));
  return {
    "gas: a claim filed": gas[0] ?? 0,
    "gas: a claim approved": gas[1] ?? 0,
    "gas: a claim paid": gas[2] ?? 0,
    "gas: a claim filed, approved and paid": gas.reduce((sum, used) => sum + used, 0),
  };
};

const measureMoney = async (): Promise<Readonly<Record<string, number>>> => {
  const books = await fundedBooks(1_000_000);
  await books.record({ leaves: leavesOf([1_000_000], "later") });
  await books.spend({ amount: 10 });
  const allocation = await books.allocate({ amount: 500_000, operation: fixed("allocation") });
  const digests = { operation: fixed("expense"), evidence: fixed("voucher") };
  const expense = await books.spend({ amount: 20_000, ...digests });
  return {
    "gas: an allocation": Number(allocation.gasUsed),
    "gas: an expense": Number(expense.gasUsed),
  };
};

const measureRoll = async (): Promise<Readonly<Record<string, number>>> => {
  const books = await openBooks();
  await books.record({ leaves: leavesOf([1_000_000]) });
  await books.allocate({ amount: 1_000_000 });
  await books.declarePeriod();
  await books.file();
  await books.approve(1);
  await books.file();
  await books.spend({ amount: 10 });
  books.chain.nextAt(periodStart + periodLengthSeconds);
  return { "gas: one period closed": Number((await books.close()).gasUsed) };
};

const measureSize = async (): Promise<Readonly<Record<string, number>>> => {
  const books = await openBooks();
  const bytes = async (contract: Address) => ((await chain.code(contract)).length - 2) / 2;
  return {
    "bytes: ledger": await bytes(books.ledger),
    "bytes: lens": await bytes(address(books.lens.address)),
  };
};

describe("gas and size", () => {
  let measured: Readonly<Record<string, number>>;
  before(async () => {
    measured = {
      ...(await measureDonations()),
      ...(await measureClaims()),
      ...(await measureMoney()),
      ...(await measureRoll()),
      ...(await measureSize()),
    };
    if (isUpdate) writeFileSync(file, `${JSON.stringify({ hardfork, ...measured }, undefined, 2)}\n`);
  });

  it("are those of the version-controlled file, within 1 % (UPDATE_GAS=1 writes it anew)", () => {
    const recorded: Readonly<Record<string, unknown>> = JSON.parse(readFileSync(file, "utf8"));
    expect(Object.keys(recorded)).to.deep.equal(["hardfork", ...Object.keys(measured)]);
    expect(recorded["hardfork"]).to.equal(hardfork);
    for (const [name, value] of Object.entries(measured)) {
      const before = Number(recorded[name]);
      const isClose = Math.abs(value - before) <= before * tolerance;
      expect(isClose, `${name}: recorded ${before}, measured ${value}`).to.equal(true);
    }
  });

  for (const [name, budget] of Object.entries(budgets)) {
    it(`${name}: at most ${budget.toLocaleString("en")}`, () => {
      expect(measured[name]).to.be.at.most(budget);
    });
  }

  it("are measured with the calldata floor of EIP-7623: 40 gas a byte, 10 a zero byte", async () => {
    const [from, to] = chain.accounts;
    const data = `0x${"11".repeat(1000)}${"00".repeat(100)}`;
    const hash = await chain.request({ method: "eth_sendTransaction", params: [{ from, to, data }] });
    expect((await chain.receipt(bytes32(String(hash)))).gasUsed).to.equal(21_000n + 40_000n + 1_000n);
  });
});
