import { expect } from "chai";
import { position } from "../../../protocol/amounts.ts";
import { recordKinds } from "../../../protocol/ledger/events.ts";
import type { RecordKind } from "../../../protocol/ledger/events.ts";
import { cumulativeParts, partsOf, readShares } from "../../../protocol/insurers/split.ts";
import { committedOf, insurerParts, refundedOf } from "../../../chain/lens.ts";
import { packShares } from "../../../chain/coding.ts";
import { batchId, bytes32, periodNumber, programmeId } from "../../../protocol/ids.ts";
import { keccakHex, utf8 } from "../../../protocol/bytes.ts";
import { expectRefusal } from "../refusals.ts";
import { coveredScene, end, filingDeadline, fundedScene, openScene, start } from "./scene.ts";

const kind = (name: RecordKind): number => recordKinds.indexOf(name);
const [first, insured] = [programmeId(1), periodNumber(1)];

describe("the lens: records", () => {
  it("names the ledger that it reads", async () => {
    const { read, books } = await openScene();
    expect((await read.ledger()).toLowerCase()).to.equal(books.ledger);
  });

  it("counts what was recorded, of every kind", async () => {
    const scene = await fundedScene(10_000);
    const none = { attestations: 0, confirmations: 0, corrections: 0, moves: 0 };
    const opened = { actors: 10, funds: 1, programmes: 2, batches: 1, allocations: 1 };
    await scene.payMany(1, 100);
    await scene.file(1);
    await scene.recover(1, 10);
    await scene.spend(1);
    await scene.refund(1, 0, 5);
    await scene.books.openFinding();
    const since = { expenses: 1, claims: 2, payouts: 1, rosters: 2, recoveries: 1, refunds: 1, findings: 1 };
    expect(await scene.read.counters()).to.deep.equal({ ...none, ...opened, ...since });
  });

  it("says so of a record that does not exist, and of its programme before it answers for it", async () => {
    const { read } = await openScene();
    const person = keccakHex(utf8("somebody"));
    const refused = (name: RecordKind, record: number, attempt: Promise<unknown>) =>
      expectRefusal("UnknownRecord", [kind(name), record], attempt);
    await refused("fund", 2, read.fund([2]));
    await refused("fund", 0, read.fund([0]));
    await refused("batch", 1, read.batch([1]));
    await refused("programme", 3, read.programme([3]));
    await refused("programme", 3, read.currentPeriod([3]));
    await refused("programme", 3, read.period([3, 1]));
    await refused("programme", 3, read.reserveOf([3]));
    await refused("allocation", 1, read.allocation([1]));
    await refused("expense", 1, read.expense([1]));
    await refused("claim", 1, read.claim([1]));
    await refused("payout", 1, read.payout([1]));
    await refused("roster", 3, read.roster([3]));
    await refused("recovery", 1, read.recovery([1]));
    await refused("move", 1, read.move([1]));
    await refused("refund", 1, read.isCovered([1]));
    await refused("refund", 0, read.isCovered([0]));
    await refused("finding", 1, read.findingState([1]));
    await refused("batch", 1, read.refundedOf([1, 0]));
    await refused("claim", 1, read.claimSources([1, "0x"]));
    await refused("payout", 1, read.payoutSources([1, "0x"]));
    await refused("fund", 9, read.traceInterval([9, 0n, 1n, "0x"]));
    await expectRefusal("UnknownPeriod", [1, 2], read.committedOf([1, 2, person]));
    await expectRefusal("UnknownPeriod", [1, 2], read.insurerParts([1, 2]));
    await expectRefusal("UnknownPeriod", [3, 1], read.committedOf([3, 1, person]));
  });

  it("has a record of every declared period and of the run-off after them", async () => {
    const { read } = await openScene();
    expect(await read.period([1, 1])).to.include({ start, end, filingDeadline, closed: false });
    expect(await read.period([1, 2])).to.include({ start: 0, end: 0, closed: false });
    await expectRefusal("UnknownPeriod", [1, 0], read.period([1, 0]));
    await expectRefusal("UnknownPeriod", [1, 3], read.period([1, 3]));
  });

  it("tells the figures of a period that is over and not yet written, and of the run-off after it", async () => {
    const scene = await fundedScene(1000);
    await scene.payMany(1, 300);
    await scene.endPeriods();
    expect(await scene.read.currentPeriod([1])).to.equal(2);
    const before = await scene.read.period([1, 1]);
    expect(before).to.deep.include({ closed: true, paidForPolicy: 300n, recoveredForPolicy: 0n });
    expect(before.record).to.include({ opening: 0n, allocated: 900n, paid: 300n, closing: 600n });
    await scene.recover(1, 20);
    await scene.move(1, 2);
    const { record } = await scene.read.period([1, 2]);
    expect(record).to.include({ opening: 600n, allocated: 0n, recovered: 20n, movedOut: 620n, closing: 0n });
    expect(record).to.include({ operationsIn: 0n, operationsMovedOut: 100n, expenses: 0n });
    expect(await scene.read.period([1, 1])).to.deep.include({
      record: before.record,
      recoveredForPolicy: 20n,
    });
    expect((await scene.read.period([2, 2])).record).to.include({ movedIn: 620n, operationsMovedIn: 100n });
  });

  it("shows a shortfall only where more is approved than the reserve holds", async () => {
    const scene = await fundedScene(1000);
    expect(await scene.read.reserveOf([1])).to.deep.equal([900n, 0n, 0n]);
    await scene.approve(await scene.file(900), 900);
    expect(await scene.read.reserveOf([1])).to.deep.equal([900n, 900n, 0n]);
    const claim = await scene.file(1);
    expect(await scene.read.reserveOf([1])).to.deep.equal([900n, 900n, 0n]);
    await scene.approve(claim, 1);
    expect(await scene.read.reserveOf([1])).to.deep.equal([900n, 901n, 1n]);
  });

  it("tells what a person's cover holds: approved and unpaid + paid - recovered", async () => {
    const scene = await coveredScene(500n);
    await scene.payMany(1, 200);
    const person = bytes32((await scene.read.claim([1])).person);
    const committed = () => committedOf(scene.at, first, insured, person);
    expect(await committed()).to.equal(200n);
    await scene.approve(await scene.file(250), 250);
    expect(await committed()).to.equal(450n);
    await scene.recover(1, 30);
    expect(await committed()).to.equal(420n);
    expect(await committedOf(scene.at, first, insured, keccakHex(utf8("another")))).to.equal(0n);
  });

  it("tells what of a donation was repaid, and whether the foundation's own payment came in", async () => {
    const scene = await openScene(100, 50);
    await scene.refund(1, 1, 20);
    await scene.refund(1, 1, 30);
    expect(await refundedOf(scene.at, batchId(1), 1)).to.equal(50n);
    expect(await refundedOf(scene.at, batchId(1), 0)).to.equal(0n);
    await expectRefusal("UnknownDonation", [1, 2], scene.read.refundedOf([1, 2]));
    await scene.books.cover(2);
    expect([await scene.read.isCovered([1]), await scene.read.isCovered([2])]).to.deep.equal([false, true]);
  });
});

describe("the lens: what co-insurers bear", () => {
  const shares = [3333, 3333, 3334];
  const word = packShares(shares);

  it("adds up to what the policy period was paid and recovered, by peeling", async () => {
    const scene = await fundedScene(1000);
    await scene.books.insure({ shares });
    expect(await insurerParts(scene.at, first, insured)).to.deep.equal({
      sharesBps: shares,
      paid: [0n, 0n, 0n],
      recovered: [0n, 0n, 0n],
    });
    await scene.payMany(2, 50);
    await scene.recover(1, 7);
    expect(await insurerParts(scene.at, first, insured)).to.deep.equal({
      sharesBps: shares,
      paid: cumulativeParts(position(100n), readShares(shares)),
      recovered: cumulativeParts(position(7n), readShares(shares)),
    });
  });

  it("is nothing where no insurer is declared", async () => {
    const scene = await fundedScene(1000);
    await scene.payMany(1, 50);
    const none = { sharesBps: [], paid: [], recovered: [] };
    expect(await insurerParts(scene.at, first, insured)).to.deep.equal(none);
    expect(await scene.read.partsOf([0n, 0n, 50n])).to.deep.equal([]);
  });

  it("splits every payout of a row as the protocol does, without a negative part", async () => {
    const { read } = await openScene();
    let from = 0n;
    for (const amount of [1n, 1n, 1n, 2n, 97n, 5000n, 123_457n, 2n ** 64n]) {
      const to = from + amount;
      const parts = await read.partsOf([word, from, to]);
      const interval = { start: position(from), end: position(to) };
      expect(parts).to.deep.equal(partsOf(interval, readShares(shares)));
      expect(parts.reduce((sum, part) => sum + part, 0n)).to.equal(amount);
      from = to;
    }
    const sixteen = Array.from({ length: 16 }, () => 625);
    expect(await read.partsOf([packShares(sixteen), 0n, 16n])).to.deep.equal(
      partsOf({ start: position(0n), end: position(16n) }, readShares(sixteen)),
    );
    await expectRefusal("InvalidInterval", [5n, 4n], read.partsOf([word, 5n, 4n]));
  });
});
