import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { fen } from "../../protocol/amounts.ts";
import { concat, fromHex, keccakHex, utf8 } from "../../protocol/bytes.ts";
import { maxLeaves, sortLeaves } from "../../protocol/donations/leaves.ts";
import type { Leaf } from "../../protocol/donations/leaves.ts";
import { address, bytes32 } from "../../protocol/ids.ts";
import type { Address, Bytes32 } from "../../protocol/ids.ts";
import { rosterLeaf } from "../../protocol/rosters/leaf.ts";
import { fundedBooks, leavesOf, openBooks, periodLengthSeconds, periodStart } from "./books.ts";
import { chain, hardfork } from "./chain.ts";

/** A change of any figure by more than this has to show in the file's diff. */
const tolerance = 0.01;
const file = new URL("gas-and-size.json", import.meta.url);
const isUpdate = process.env["UPDATE_GAS"] === "1";

/** The budgets of the design; every claim carries a roster proof, so its budget is the one with proof and cover. */
const budgets: Readonly<Record<string, number>> = {
  "gas: a donation in a batch of 3,000": 1_600,
  "gas: a claim filed, approved and paid, with roster proof and cover": 390_000,
  "bytes: ledger": 23_000,
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

const sortedPair = (one: Bytes32, other: Bytes32): Bytes32 => {
  const [left, right] = one < other ? [one, other] : [other, one];
  return keccakHex(concat(fromHex(left), fromHex(right)));
};

/** A person on a roster of 2^depth: the path alone, since nobody asks for the other people. */
const onARoster = (depth: number) => {
  const line = { person: fixed("person"), from: periodStart, to: periodStart + periodLengthSeconds };
  const proof = Array.from({ length: depth }, (_, level) => fixed(`sibling ${level}`));
  const root = proof.reduce(sortedPair, rosterLeaf(line.person, line));
  return { lines: [line], proof, root };
};

/**
 * Three transactions of three actors. Warm counters, and a queue that holds claims before and after: the claim that is
 * measured is filed for the first time for its person, is approved behind two others, and is paid with one behind it.
 */
const measureClaims = async (
  depth: number,
  cover: bigint,
  suffix: string,
): Promise<Readonly<Record<string, number>>> => {
  const books = await fundedBooks(10_000_000);
  await books.openProgramme();
  await books.declarePeriod({ programme: 3, cover });
  await books.record({ leaves: leavesOf([10_000_000], "for claims") });
  await books.allocate({ programme: 3, amount: 10_000_000 });
  await books.enrol({ programme: 3 });
  for (const claim of [1, 2, 3]) {
    await books.file({ programme: 3 });
    await books.approve(claim);
  }
  await books.pay(1);
  const { lines, proof, root } = onARoster(depth);
  await books.enrol({ programme: 3, lines, root });
  const digests = { operation: fixed("file"), evidence: fixed("evidence") };
  const filed = await books.file({ programme: 3, ...digests, proof, requested: 123_456 });
  const approved = await books.approve(4, { amount: 120_000 });
  const paid = await books.pay(2, { paymentReference: fixed("payment") });
  const gas = [filed, approved, paid].map(({ gasUsed }) => Number(gasUsed));
  return {
    [`gas: a claim filed${suffix}`]: gas[0] ?? 0,
    [`gas: a claim approved${suffix}`]: gas[1] ?? 0,
    [`gas: a claim paid${suffix}`]: gas[2] ?? 0,
    [`gas: a claim filed, approved and paid${suffix}`]: gas.reduce((sum, used) => sum + used, 0),
  };
};

/** What else may become of a claim, each for one of a queue of several. */
const measureDecisions = async (): Promise<Readonly<Record<string, number>>> => {
  const books = await fundedBooks(10_000_000);
  for (let claim = 1; claim <= 8; claim += 1) await books.file();
  for (const claim of [3, 4, 5, 6, 7]) await books.approve(claim, { remaining: 500n });
  for (const claim of [3, 4]) await books.pay(claim);
  await books.recover(1, { amount: 1 });
  const withdrawn = await books.withdraw(1);
  const rejected = await books.reject(2);
  const held = await books.hold(6);
  const released = await books.release(6, 5);
  const cancelled = await books.cancel(6);
  const recovered = await books.recover(1, {
    amount: 100,
    operation: fixed("recovery"),
    evidence: fixed("slip"),
  });
  const returned = await books.recover(2, {
    amount: 1000,
    returned: true,
    operation: fixed("return"),
    evidence: fixed("slip"),
  });
  await books.openProgramme({ kind: "aid" });
  await books.declarePeriod({ programme: 3 });
  await books.grant(3);
  const granted = await books.grant(3, { operation: fixed("grant"), evidence: fixed("slip") });
  return {
    "gas: a claim withdrawn": Number(withdrawn.gasUsed),
    "gas: a claim rejected": Number(rejected.gasUsed),
    "gas: a claim held": Number(held.gasUsed),
    "gas: a claim released": Number(released.gasUsed),
    "gas: a claim cancelled": Number(cancelled.gasUsed),
    "gas: a recovery": Number(recovered.gasUsed),
    "gas: a bank return": Number(returned.gasUsed),
    "gas: a grant filed": Number(granted.gasUsed),
  };
};

/** A gift of a batch of 1,000, of which something is repaid. */
const measureRefunds = async (): Promise<Readonly<Record<string, number>>> => {
  const books = await openBooks();
  const leaves = gifts(1000);
  await books.record({ leaves });
  const paymentReference = fixed("payment");
  for (const index of [0, 1]) await books.refund({ leaves, index, amount: 1 });
  const refunded = await books.refund({
    leaves,
    index: 2,
    amount: 1,
    operation: fixed("refund"),
    paymentReference,
  });
  await books.cover(1);
  const covered = await books.cover(2, { paymentReference });
  return {
    "gas: a refund out of a batch of 1,000": Number(refunded.gasUsed),
    "gas: a refund covered": Number(covered.gasUsed),
  };
};

const measureAudit = async (): Promise<Readonly<Record<string, number>>> => {
  const books = await openBooks();
  const [document, operation] = [fixed("document"), (name: string) => fixed(`operation ${name}`)];
  for (const prepare of ["attest", "openFinding", "confirm", "correct"] as const) await books[prepare]();
  const attested = await books.attest({ document, operation: operation("attest") });
  const opened = await books.openFinding({ document, operation: operation("open") });
  const answered = await books.answerFinding(1, { document });
  const closed = await books.closeFinding(1, { document });
  const confirmed = await books.confirm({ operation: operation("confirm"), count: 3000, sum: 1_234_567n });
  const corrected = await books.correct({ document, operation: operation("correct") });
  return {
    "gas: an attestation": Number(attested.gasUsed),
    "gas: a finding opened": Number(opened.gasUsed),
    "gas: a finding answered": Number(answered.gasUsed),
    "gas: a finding closed": Number(closed.gasUsed),
    "gas: a channel's total confirmed": Number(confirmed.gasUsed),
    "gas: a correction noted": Number(corrected.gasUsed),
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

/** A period's insurers and a further roster; the surplus of a programme that has ended. */
const measureProgrammes = async (): Promise<Readonly<Record<string, number>>> => {
  const books = await fundedBooks(1_000_000);
  const [document, root] = [fixed("document"), fixed("root")];
  const insured = await books.insure({ shares: [5000, 3000, 2000], document });
  const enrolled = await books.enrol({ root, operation: fixed("roster"), count: 10_000n });
  await books.spend({ amount: 10 });
  await books.chain.mineAt(periodStart + 3 * periodLengthSeconds);
  await books.close(1);
  await books.close(2);
  const moved = await books.move({ operation: fixed("move") });
  return {
    "gas: insurers declared": Number(insured.gasUsed),
    "gas: a roster appended": Number(enrolled.gasUsed),
    "gas: a surplus moved": Number(moved.gasUsed),
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
      ...(await measureClaims(0, 0n, "")),
      ...(await measureClaims(20, 10_000_000n, ", with roster proof and cover")),
      ...(await measureDecisions()),
      ...(await measureMoney()),
      ...(await measureProgrammes()),
      ...(await measureRefunds()),
      ...(await measureAudit()),
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
