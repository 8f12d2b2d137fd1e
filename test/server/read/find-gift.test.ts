import { expect } from "chai";
import { readFileSync, existsSync } from "node:fs";
import { fen, position } from "../../../protocol/amounts.ts";
import { donationCommitment, donationPayload } from "../../../protocol/donations/commitment.ts";
import { encodeLeaves, sortLeaves } from "../../../protocol/donations/leaves.ts";
import { verify } from "../../../protocol/donations/merkle-sum.ts";
import { actorId, address, batchId, bytes32, fundId, programmeId } from "../../../protocol/ids.ts";
import type { Bytes32 } from "../../../protocol/ids.ts";
import type { LedgerEvent } from "../../../protocol/ledger/events.ts";
import type { GiftQuery } from "../../../protocol/ports/read.ts";
import { readReceipt } from "../../../protocol/receipt/read.ts";
import { leafOf, receiptText } from "../../../protocol/receipt/write.ts";
import { networkOf } from "../../../server/access/windows.ts";
import type { Opening } from "../../../server/vault/vault.ts";
import { hashOf, InventedChain, inventedLedger } from "../index/invented-chain.ts";
import { inventedLens, OpenedRead } from "./opened.ts";

const limits = { perAddress: 6, perNumber: 3, windowMs: 60_000, remembered: 8, answerMs: 400 };
const blockTime = 1_600_000_000;

const saltOf = (number: number): Bytes32 => hashOf(`invented salt ${number}`);

/** Gift `number`: 100 fen times its number, by number `INVENTED-…`. Odd ones carry a number made up at import. */
const openingOf = (number: number, channel = "invented-pay"): Opening => {
  const payload = donationPayload({
    amount: fen(BigInt(number * 100)),
    channel,
    occurredAt: "2020-02-03T10:11:12+08:00",
    transactionNumber: `INVENTED-${number}`,
  });
  const salt = saltOf(number);
  const commitment = donationCommitment(salt, payload);
  return { commitment, salt, payload, fund: fundId(1), findable: number % 2 === 0 };
};

const gifts = Array.from({ length: 40 }, (_, index) => openingOf(index + 1));
const leaves = sortLeaves(
  gifts.map(({ commitment, payload }) => ({ amount: fen(BigInt(payload.amount)), commitment })),
);

const chainOfGifts = (): InventedChain => {
  const sum = fen(leaves.reduce<bigint>((total, { amount }) => total + amount, 0n));
  const [none, digest] = [programmeId(0), hashOf("document")];
  const events: readonly LedgerEvent[] = [
    { type: "ActorRegistered", actor: actorId(1), account: address(`0x${"01".repeat(20)}`) },
    { type: "ChannelRegistered", channel: "invented-pay" },
    { type: "ChannelRegistered", channel: "other-pay" },
    {
      type: "FundOpened",
      fund: fundId(1),
      currency: "CNY",
      claimsShareBps: 9000,
      restrictedTo: none,
      fallbackTo: none,
      document: digest,
      operation: hashOf("open"),
    },
    {
      type: "BatchRecorded",
      batch: batchId(1),
      fund: fundId(1),
      channel: "invented-pay",
      day: 20_200_203,
      startsAt: position(0n),
      count: leaves.length,
      sum,
      root: hashOf("root"),
      recorder: actorId(1),
      operation: hashOf("batch"),
      leaves: encodeLeaves(leaves),
    },
  ];
  const chain = new InventedChain();
  chain.grow(
    events.map((event, index) => ({
      event,
      place: {
        blockNumber: index + 1,
        blockTime,
        transactionHash: bytes32(`0x${"07".repeat(32)}`),
        logIndex: 0,
      },
    })),
  );
  return chain;
};

describe("finding a gift by its payment", () => {
  let opened: OpenedRead;
  beforeEach(async () => {
    const chain = chainOfGifts();
    opened = await OpenedRead.open(chain.identity, chain, limits);
    await opened.vault.keep(hashOf("batch"), gifts);
  });
  afterEach(() => opened.close());

  const ask = (number: number, change: Partial<GiftQuery> = {}) =>
    opened.read.findGift({
      transactionNumber: `INVENTED-${number}`,
      amount: fen(BigInt(number * 100)),
      askedFrom: `192.0.2.${number % 200}`,
      ...change,
    });

  it("returns the receipt: the opening, and the proof of its place", async () => {
    const answer = await ask(8);
    if (answer.outcome !== "found") throw new RangeError(answer.outcome);
    const { receipt } = answer;
    expect(receipt.opening).to.deep.equal({ salt: gifts[7]?.salt, payload: gifts[7]?.payload });
    const { index, siblings, batch, place, head, notedHead } = receipt;
    expect(leaves[index]).to.deep.equal(leafOf(receipt));
    expect(verify(leafOf(receipt), index, batch.count, siblings).ok).to.equal(true);
    expect(place).to.deep.equal({ chainId: 8650, ledger: inventedLedger, lens: inventedLens });
    expect(head.number).to.equal((await opened.read.head()).blockNumber);
    expect(notedHead).to.equal(undefined);
    expect(readReceipt(receiptText(receipt))).to.deep.equal({ kind: "receipt", receipt });
  });

  it("finds it with or without its channel, and however the number is spaced", async () => {
    const found = await ask(8);
    expect(await ask(8, { channel: "invented-pay" })).to.deep.equal(found);
    expect(await ask(8, { transactionNumber: "  INVENTED-8 " })).to.deep.equal(found);
    expect((await ask(8, { channel: "other-pay", askedFrom: "192.0.2.201" })).outcome).to.equal("tooMany");
    expect((await ask(10, { channel: "other-pay" })).outcome).to.equal("notFound");
  });

  it("answers an unknown number, a wrong amount and a made-up number alike, in body and duration", async () => {
    const asked: string[] = [];
    const byReference = opened.vault.byReference.bind(opened.vault);
    opened.vault.byReference = (reference) => {
      asked.push(reference.channel);
      return byReference(reference);
    };
    const questions = [
      () => ask(999),
      () => ask(10, { amount: fen(1n) }),
      () => ask(7),
      () => ask(10, { channel: "nowhere" }),
      () => ask(12, { transactionNumber: "INVENTED\u0000" }),
    ];
    const answers: unknown[] = [];
    for (const question of questions) {
      const before = opened.timer.nowMs();
      answers.push([await question(), opened.timer.nowMs() - before]);
    }
    expect(answers).to.deep.equal(questions.map(() => [{ outcome: "notFound" }, limits.answerMs]));
    // The first three look in every channel, whatever they find on the way.
    expect(asked.slice(0, 6)).to.deep.equal([1, 2, 3].flatMap(() => ["invented-pay", "other-pay"]));
    const before = opened.timer.nowMs();
    expect((await ask(8)).outcome).to.equal("found");
    expect(opened.timer.nowMs() - before).to.equal(limits.answerMs);
  });

  it("does not find what the books do not hold yet, nor what was forgotten", async () => {
    await opened.vault.keep(hashOf("later"), [openingOf(100)]);
    expect((await ask(100)).outcome).to.equal("notFound");
    // Of an operation that recorded other gifts.
    await opened.vault.keep(hashOf("batch"), [openingOf(102)]);
    expect((await ask(102)).outcome).to.equal("notFound");
    await opened.vault.forget(openingOf(8).payload);
    expect((await ask(8)).outcome).to.equal("notFound");
  });

  it("is limited per address, and says when to ask again", async () => {
    for (let number = 1; number <= limits.perAddress; number += 1) {
      await ask(number * 2, { askedFrom: "192.0.2.7" });
    }
    const passed = limits.perAddress * limits.answerMs;
    const refused = await ask(40, { askedFrom: "192.0.2.7" });
    expect(refused).to.deep.equal({
      outcome: "tooMany",
      retryAfterSeconds: Math.ceil((limits.windowMs - passed) / 1_000),
    });
    expect((await ask(40, { askedFrom: "192.0.2.8" })).outcome).to.equal("found");
    opened.timer.pass(limits.windowMs);
    expect((await ask(38, { askedFrom: "192.0.2.7" })).outcome).to.equal("found");
  });

  it("is limited per number, whether it exists or not, from wherever it is asked", async () => {
    for (const number of [8, 999]) {
      for (let guess = 1; guess <= limits.perNumber; guess += 1) {
        const answer = await ask(number, { amount: fen(BigInt(guess)), askedFrom: `198.51.100.${guess}` });
        expect(answer.outcome).to.equal("notFound");
      }
      expect((await ask(number, { askedFrom: "198.51.100.9" })).outcome).to.equal("tooMany");
    }
  });

  it("lets an asker who is held back use nothing up for others", async () => {
    const [asker, number] = ["203.0.113.200", 6];
    for (let other = 1; other <= limits.perAddress; other += 1) await ask(500 + other, { askedFrom: asker });
    for (let guess = 1; guess <= limits.perNumber + 1; guess += 1) {
      expect((await ask(number, { amount: fen(1n), askedFrom: asker })).outcome).to.equal("tooMany");
    }
    expect((await ask(number, { askedFrom: "203.0.113.201" })).outcome).to.equal("found");
  });

  it("remembers only so many askers", async () => {
    for (let number = 1; number <= limits.remembered * 3; number += 1) {
      await ask(1_000 + number, { askedFrom: `203.0.113.${number}` });
    }
    // The first asker's window made room for later ones.
    expect((await ask(20, { askedFrom: "203.0.113.1" })).outcome).to.equal("found");
  });

  it("counts the addresses of one IPv6 household as one", () => {
    expect(networkOf("2001:db8:1:2::5")).to.equal(networkOf("2001:0db8:0001:0002:ffff::1"));
    expect(networkOf("2001:db8:1:2::5")).to.not.equal(networkOf("2001:db8:1:3::5"));
    expect(networkOf("::1")).to.equal("0:0:0:0");
    expect(networkOf("::ffff:192.0.2.1")).to.equal("192.0.2.1");
  });

  it("leaves neither salt nor number in the index", async () => {
    await ask(8);
    const files = ["", "-wal", "-shm"].map((end) => opened.indexes.path() + end).filter(existsSync);
    const bytes = Buffer.concat(files.map((file) => readFileSync(file)));
    expect(bytes.includes(Buffer.from(leaves[0]?.commitment.slice(2) ?? "", "hex"))).to.equal(true);
    for (const { salt, payload } of gifts) {
      expect(bytes.includes(Buffer.from(salt.slice(2), "hex"))).to.equal(false);
      expect(bytes.includes(salt.slice(2))).to.equal(false);
      expect(bytes.includes(payload.transactionNumber)).to.equal(false);
    }
  });
});
