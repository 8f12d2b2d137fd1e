import { expect } from "chai";
import { dayStart } from "../../../protocol/calendar.ts";
import { bytes32, programmeId } from "../../../protocol/ids.ts";
import type { SettlementFigure } from "../../../protocol/ports/views.ts";
import type { Statistic } from "../../../protocol/statistics/cells.ts";
import { PerFenModel } from "../../model/per-fen.ts";
import type { LedgerVerb } from "../../model/verbs.ts";
import { InventedChain } from "../index/invented-chain.ts";
import { there } from "./histories.ts";
import { OpenedRead } from "./opened.ts";

const day = 86_400;
const start = dayStart(20_300_101);
const lengthDays = 10;
const deadlineDays = 5;
const amount = 5n;
const [one, other] = [programmeId(1), programmeId(2)];

const hex = (value: number) => bytes32(`0x${value.toString(16).padStart(64, "0")}`);

/** Two programmes of two periods with a roster each and money enough; claims are filed, decided and paid by hand. */
class Scene {
  readonly model = new PerFenModel(start);
  #now = start;
  #claims = 0;
  #events = 0;
  readonly #chain = new InventedChain();

  constructor() {
    this.#do({
      verb: "openFund",
      fund: 1,
      currency: "CNY",
      claimsShareBps: 10_000,
      restrictedTo: 0,
      fallbackTo: 0,
    });
    for (const programme of [1, 2]) {
      this.#do({ verb: "openProgramme", programme, kind: "insurance", currency: "CNY", region: 0 });
      for (const period of [1, 2]) this.#declare(programme, period);
    }
    const leaves = [{ amount: 1_000n, commitment: hex(1) }];
    this.#do({ verb: "recordBatch", batch: 1, fund: 1, channel: "bank", day: 20_300_101, leaves });
    for (const programme of [1, 2]) this.#do({ verb: "allocate", fund: 1, programme, amount: 500n });
  }

  /** Waits until so many days have gone by since the first period began. */
  atDay(days: number): void {
    this.#now = start + days * day;
  }

  /** Files, and answers the claim's id. The claims of a period are filed on its first day. */
  file(programme: number, period: number): number {
    this.#claims += 1;
    const claim = this.#claims;
    const incidentFrom = this.#startOf(period);
    const roster = (programme - 1) * 2 + period;
    this.#do({ verb: "file", claim, roster, line: 0, incidentFrom, requested: amount, benefit: "cash" });
    return claim;
  }

  /** A claim that is approved and paid after so many seconds each. */
  settle(programme: number, period: number, approvedAfter: number, paidAfter: number): number {
    const claim = this.file(programme, period);
    this.#now += approvedAfter - 1;
    this.#do({ verb: "approve", claim, amount, remaining: 0n });
    this.#now += paidAfter - 1;
    this.#do({ verb: "pay", claim });
    return claim;
  }

  approve(claim: number): void {
    this.#do({ verb: "approve", claim, amount, remaining: 0n });
  }
  reject(claim: number): void {
    this.#do({ verb: "reject", claim, reason: "terms" });
  }
  withdraw(claim: number): void {
    this.#do({ verb: "withdraw", claim });
  }
  cancel(claim: number): void {
    this.#do({ verb: "cancel", claim, reason: "other" });
  }
  /** The bank returns what the claim was paid. */
  bankReturns(claim: number): void {
    const payout = there(this.model.payoutsOf(claim).at(-1)).payout;
    this.#do({ verb: "recover", payout, amount, returned: true, after: 0 });
  }

  /** What is read when all of it is indexed. */
  async read<Result>(work: (opened: OpenedRead) => Promise<Result>): Promise<Result> {
    // A block of its own moves the time of the books.
    this.#do({ verb: "attest", programme: 0, period: 0 });
    this.#chain.grow(this.model.events.slice(this.#events));
    this.#events = this.model.events.length;
    const opened = await OpenedRead.open(this.#chain.identity, this.#chain);
    try {
      return await work(opened);
    } finally {
      await opened.close();
    }
  }

  #startOf(period: number): number {
    return start + (period - 1) * lengthDays * day;
  }

  #declare(programme: number, period: number): void {
    const [from, to] = [this.#startOf(period), this.#startOf(period + 1)];
    const filingDeadline = to + deadlineDays * day;
    const times = { start: from, end: to, filingDeadline };
    this.#do({ verb: "declarePeriod", programme, period, ...times, cover: 0n, toTheMinute: false });
    const roster = (programme - 1) * 2 + period;
    const lines = [{ person: hex(9 + roster), from, to }];
    const premium = { premiumPerHead: 1n, denominator: 0 };
    this.#do({ verb: "appendRoster", roster, programme, policyPeriod: period, lines, ...premium });
  }

  #do(verb: LedgerVerb): void {
    this.#now += 1;
    this.model.apply(this.#now, verb);
  }
}

const figureOf = (statistic: Statistic<number, SettlementFigure> | undefined) => {
  if (statistic?.state !== "published") return statistic?.state;
  const { figure, cells, claims } = statistic;
  return { cells, claims, paid: figure.paid, rejected: figure.rejected };
};

const ofProgramme = (scene: Scene, programme = one) =>
  scene.read(async (opened) => there(await opened.read.settlement(programme)));

describe("settlement times and rejections", () => {
  let scene: Scene;
  beforeEach(() => {
    scene = new Scene();
  });

  const settleMany = (programme: number, period: number, count: number): readonly number[] =>
    Array.from({ length: count }, (_, at) => scene.settle(programme, period, 10 + at, 100 + at));

  it("are nearest-rank percentiles of what the claims of a closed period really took", async () => {
    settleMany(1, 1, 12);
    scene.atDay(16);
    const { groups, total } = await ofProgramme(scene);
    const [group] = groups;
    if (group?.state !== "published") throw new RangeError("withheld");
    expect(group.figure).to.deep.equal({
      filedToApproved: { state: "data", count: 12, p50: 15, p90: 20, p99: 21 },
      approvedToPaid: { state: "data", count: 12, p50: 105, p90: 110, p99: 111 },
      filedToPaid: { state: "data", count: 12, p50: 120, p90: 130, p99: 132 },
      paid: 12,
      rejected: 0,
    });
    expect(group.cells).to.deep.equal([1]);
    expect(figureOf(total)).to.deep.equal(figureOf(group));
  });

  it("are withheld until the filing deadline has passed by the ledger's own time", async () => {
    settleMany(1, 1, 12);
    scene.atDay(15);
    expect((await ofProgramme(scene)).groups.map(figureOf)).to.deep.equal([
      { cells: [1], claims: 12, paid: 12, rejected: 0 },
      "withheld",
    ]);
    const early = new Scene();
    scene = early;
    settleMany(1, 1, 12);
    early.atDay(14);
    const withheld = await early.read(async (opened) => {
      // The clock of the gateway may run ahead of the chain: a claim could still be filed.
      opened.time = start + 400 * day;
      return opened.read.settlement(one);
    });
    expect(withheld?.groups.map(figureOf)).to.deep.equal(["withheld"]);
    expect(withheld?.total).to.deep.equal({ state: "withheld", minimumClaims: 11, cells: [1, 2] });
  });

  it("are withheld below 11 claims, and while one of the period waits", async () => {
    settleMany(1, 1, 10);
    scene.atDay(16);
    expect((await ofProgramme(scene)).groups.map(figureOf)).to.deep.equal(["withheld"]);
    const waiting = new Scene();
    scene = waiting;
    settleMany(1, 1, 12);
    const [filed, approved] = [waiting.file(1, 1), waiting.file(1, 1)];
    waiting.approve(approved);
    waiting.atDay(16);
    expect((await ofProgramme(waiting)).groups.map(figureOf)).to.deep.equal(["withheld"]);
    waiting.withdraw(filed);
    expect((await ofProgramme(waiting)).groups.map(figureOf)).to.deep.equal(["withheld"]);
    waiting.cancel(approved);
    expect(figureOf((await ofProgramme(waiting)).groups[0])).to.deep.equal({
      cells: [1],
      claims: 12,
      paid: 12,
      rejected: 0,
    });
  });

  it("never show 1 to 10 rejections: the period is merged with the next until there are 11", async () => {
    settleMany(1, 1, 12);
    for (let count = 0; count < 3; count += 1) scene.reject(scene.file(1, 1));
    scene.atDay(11);
    for (let count = 0; count < 8; count += 1) scene.reject(scene.file(1, 2));
    scene.atDay(16);
    expect((await ofProgramme(scene)).groups.map(figureOf)).to.deep.equal(["withheld"]);
    scene.atDay(26);
    const { groups } = await ofProgramme(scene);
    expect(groups.map(figureOf)).to.deep.equal([{ cells: [1, 2], claims: 23, paid: 12, rejected: 11 }]);
  });

  it("count a claim by its first payment, so that what was published never changes", async () => {
    const [first = 0, second = 0] = settleMany(1, 1, 12);
    scene.atDay(16);
    const published = (await ofProgramme(scene)).groups[0];
    scene.bankReturns(first);
    scene.bankReturns(second);
    scene.cancel(second);
    const after = await ofProgramme(scene);
    expect(after.groups[0]).to.deep.equal(published);
    const claim = await scene.read((opened) => opened.read.claims({ state: "cancelled" }, { limit: 5 }));
    expect(claim.items.map((item) => Number(item.claim))).to.deep.equal([second]);
  });

  it("of the ledger are those that its programmes publish, and nothing that one withholds", async () => {
    settleMany(1, 1, 12);
    settleMany(2, 1, 10);
    scene.atDay(16);
    const ledger = await scene.read(async (opened) => there(await opened.read.settlement()));
    expect(ledger.programme).to.equal(undefined);
    expect(ledger.groups.map(figureOf)).to.deep.equal([
      { cells: [1], claims: 12, paid: 12, rejected: 0 },
      "withheld",
    ]);
    expect(figureOf(ledger.total)).to.deep.equal({ cells: [1], claims: 12, paid: 12, rejected: 0 });
    scene.atDay(17);
    const nothing = await scene.read(async (opened) => there(await opened.read.settlement(other)));
    expect(nothing.total.state).to.equal("withheld");
    expect(JSON.stringify(nothing)).to.not.match(/"(paid|rejected|claims|counts|count)"/);
  });
});
