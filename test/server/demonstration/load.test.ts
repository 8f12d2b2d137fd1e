/** The demonstration loaded by the gateway itself: once, resumable, equal to its script, the same after a restart. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { claimId, periodNumber, programmeId } from "../../../protocol/ids.ts";
import type { HeadNoteView, LawCheck, ProgrammeView } from "../../../protocol/ports/views.ts";
import { dayOf } from "../../../protocol/calendar.ts";
import { encodeCode, parseCode } from "../../../protocol/codes/code.ts";
import {
  demonstrationCounty,
  demonstrationCounty2017,
} from "../../../protocol/terms/examples/demonstration.ts";
import { termsDocument } from "../../../protocol/terms/types.ts";
import {
  aid,
  chicheng,
  guyuan,
  kangbao,
  yangyuan,
  yuxian,
} from "../../../server/commands/demonstration/counties.ts";
import { periodsOf } from "../../../server/commands/demonstration/documents.ts";
import { loadDemonstration, StepRefused } from "../../../server/commands/demonstration/load.ts";
import {
  claimFolder,
  DamagedMark,
  NotADemonstration,
  type Example,
} from "../../../server/commands/demonstration/mark.ts";
import { demonstrationScript } from "../../../server/commands/demonstration/script.ts";
import type { Step } from "../../../server/commands/demonstration/steps.ts";
import { at, openingTime } from "../../../server/commands/demonstration/timetable.ts";
import { readConfig, type Config } from "../../../server/config.ts";
import { actors, type Actor } from "../../../server/desk/actors.ts";
import { openDataFolder } from "../../../server/folder.ts";
import { openGateway, type Gateway } from "../../../server/gateway.ts";
import { openVaultKey } from "../../../server/keys/secrets.ts";
import { DatabaseOutbox } from "../../../server/outbox/database-outbox.ts";
import { temporaryFolder } from "../gateway.ts";

const log = { info: (): void => {}, error: (): void => {} };
const script = demonstrationScript();

const configOf = (path: string): Config => readConfig({ DATA_DIR: path });

const load = (path: string, part: readonly Step[] = script): Promise<readonly Example[]> =>
  loadDemonstration({ config: configOf(path), log, progress: () => {}, script: part });

/** Opens the folder as `npm run demo` does after loading, and closes it after `work`. */
const opened = async <Result>(path: string, work: (gateway: Gateway) => Promise<Result>): Promise<Result> => {
  const failures: unknown[] = [];
  const gateway = await openGateway({
    config: configOf(path),
    log,
    onFailure: (error) => failures.push(error),
  });
  try {
    return await work(gateway);
  } finally {
    await gateway.close();
    expect(failures).to.deep.equal([]);
  }
};

const programmeIn = async ({ read }: Gateway, programme: number): Promise<ProgrammeView> => {
  const view = await read.programme(programmeId(programme));
  if (view === undefined) throw new Error(`no programme ${programme}`);
  return view;
};

const broken = (laws: readonly LawCheck[]): readonly LawCheck[] => laws.filter(({ holds }) => !holds);

/** Changes the meta text that marks the folder. */
const writeMark = async (path: string, text: string): Promise<void> => {
  const folder = openDataFolder(path);
  const outbox = await DatabaseOutbox.open(
    { kind: "sqlite", path: folder.file("outbox.db") },
    openVaultKey(folder),
  );
  await outbox.setMeta("demonstration", text);
  await outbox.close();
  folder.release();
};

describe("the demonstration, loaded", function () {
  this.timeout(180_000);
  const { path, remove } = temporaryFolder();
  let gateway: Gateway;
  let examples: readonly Example[] = [];

  before(async () => {
    examples = await load(path);
    gateway = await openGateway({ config: configOf(path), log, onFailure: () => {} });
  });
  after(async () => {
    await gateway.close();
    remove();
  });

  it("shows Kangbao's published figures", async () => {
    const { partition, claims, shortfall, currentPeriod } = await programmeIn(gateway, kangbao);
    expect(partition.allocated).to.equal(268_560_000n);
    expect(partition.paid).to.equal(167_700_000n);
    expect(partition.inReserve).to.equal(74_004_000n);
    expect(claims).to.deep.equal({ filed: 0, approved: 0, onHold: 0, paid: 210 });
    expect(shortfall).to.equal(0n);
    expect(currentPeriod).to.equal(2);
  });

  it("noted a head on every day that began with something new, and two more in the auditor's name", async () => {
    const notes: HeadNoteView[] = [];
    let cursor: string | undefined;
    do {
      const page = await gateway.read.headNotes({ limit: 100, ...(cursor === undefined ? {} : { cursor }) });
      notes.push(...page.items);
      cursor = page.next;
    } while (cursor !== undefined);
    const daysOf = (actor: Actor): readonly number[] =>
      notes
        .filter((note) => note.actor === actors.indexOf(actor) + 1)
        .map((note) => dayOf(note.at.blockTime))
        .toReversed();
    const expected = script.flatMap(({ at: moment }, index) => {
      const before = script[index - 1];
      const begins = before === undefined || dayOf(before.at) !== dayOf(moment);
      return begins && before?.act.verb !== "noteHead" ? [dayOf(moment)] : [];
    });
    expect(expected.length).to.be.greaterThan(200);
    expect(daysOf("recorder")).to.deep.equal(expected);
    expect(daysOf("auditor")).to.deep.equal([20190315, 20191120]);
  });

  it("closed the first year of every county and carried its reserve forward, part of it promised", async () => {
    for (const { programme, kind } of await gateway.read.programmes()) {
      if (kind === "aid") continue;
      const [first, second, third] = await gateway.read.periods(programme);
      expect(first?.state).to.equal("closed");
      expect(second?.state).to.equal("open");
      expect(third?.state).to.equal("declared");
      expect(first?.record.closing).to.equal(second?.record.opening);
      expect((first?.record.closing ?? 0n) > 0n).to.equal(true);
    }
    const [first] = await gateway.read.periods(programmeId(kangbao));
    expect((first?.record.approvedUnpaid ?? 0n) > 0n).to.equal(true);
  });

  it("paid Chicheng's queue from its appeal, and leaves Yangyuan short with three claims waiting", async () => {
    const topped = await programmeIn(gateway, chicheng);
    expect(topped.funds.map(({ fund }): number => fund)).to.deep.equal([1, 2]);
    expect(topped.shortfall).to.equal(0n);
    expect(topped.approvedUnpaid).to.equal(0n);
    const short = await programmeIn(gateway, yangyuan);
    expect(short.shortfall).to.equal(870_750n);
    const { items } = await gateway.read.queue(programmeId(yangyuan), { limit: 100 });
    expect(items).to.have.length(3);
    expect(items[0]?.missing).to.equal(412_300n);
    const held = await gateway.read.claims(
      { programme: programmeId(yangyuan), state: "onHold" },
      { limit: 9 },
    );
    expect(held.items.map(({ approved, reason }) => [approved, reason])).to.deep.equal([
      [336_000n, "evidence"],
    ]);
    expect((held.items[0]?.queueNumber ?? Infinity) < (items[0]?.queueNumber ?? 0)).to.equal(true);
  });

  it("insures the published numbers of people on published terms, two years by two versions", async () => {
    const periods = await gateway.read.periods(programmeId(kangbao));
    expect(periods.map(({ enrolment }) => enrolment.people)).to.deep.equal([27_488, 29_421, 0]);
    expect(periods.map(({ terms }) => terms)).to.deep.equal([
      demonstrationCounty2017.digest,
      demonstrationCounty.digest,
      demonstrationCounty.digest,
    ]);
    let elsewhere = 0;
    for (const programme of [2, 3, 4, 5, 6]) {
      const period = await gateway.read.period(programmeId(programme), periodNumber(2));
      elsewhere += period?.enrolment.people ?? 0;
      expect((period?.enrolment.denominator ?? 0) > (period?.enrolment.people ?? 0)).to.equal(true);
    }
    expect(elsewhere).to.equal(171_405);
    const published = await gateway.read.document(demonstrationCounty.digest);
    expect(JSON.parse(published ?? "")).to.deep.equal(termsDocument(demonstrationCounty.terms));
  });

  it("shares Guyuan's second year between two insurers, whose statements reconcile", async () => {
    const statements = await Promise.all(
      [1, 2].map((ordinal) =>
        gateway.read.insurerStatement(programmeId(guyuan), periodNumber(2), ordinal, { limit: 100 }),
      ),
    );
    const [first, second] = statements;
    expect(statements.map((statement) => statement?.reconciles)).to.deep.equal([true, true]);
    const period = await gateway.read.period(programmeId(guyuan), periodNumber(2));
    expect((period?.policyPaid ?? 0n) > 0n).to.equal(true);
    expect((first?.part.paid ?? 0n) + (second?.part.paid ?? 0n)).to.equal(period?.policyPaid);
  });

  it("shows a recovery, a payment that the bank returned, a grant, and gifts repaid", async () => {
    const { items } = await gateway.read.recoveries({}, { limit: 9 });
    expect(items.map(({ returned }) => returned)).to.have.members([false, true]);
    const again = items.find(({ returned }) => returned);
    const claim = await gateway.read.claim(again?.claim ?? claimId(0));
    expect(claim?.payouts).to.have.length(2);
    expect(claim?.state).to.equal("paid");
    const grants = await gateway.read.claims({ programme: programmeId(aid) }, { limit: 9 });
    expect(grants.items.map(({ state, approved }) => [state, approved])).to.deep.equal([["paid", 247_434n]]);
    const followed = await gateway.read.claim(grants.items[0]?.aidOf?.claim ?? claimId(0));
    expect(followed?.approved).to.equal(3_307_500n);
    expect(followed?.granted).to.equal(247_434n);
    const refunds = await gateway.read.refunds({}, { limit: 9 });
    expect(refunds.items.map(({ covered }) => covered?.channel)).to.have.members(["bank", undefined]);
    const [fund] = await gateway.read.funds();
    expect(fund?.refundOwed).to.equal(50_000n);
  });

  it("says of every county how fast the first year's claims were settled, and how many were rejected", async () => {
    for (const { programme, kind } of await gateway.read.programmes()) {
      if (kind === "aid") continue;
      const settlement = await gateway.read.settlement(programme);
      const [first] = settlement?.groups ?? [];
      if (first?.state !== "published") throw new Error(`programme ${programme}: nothing is published`);
      expect(first.cells).to.deep.equal([1]);
      expect(first.figure.rejected >= 11).to.equal(programme === yuxian);
      expect(first.figure.filedToPaid.state).to.equal("data");
    }
  });

  it("carries what auditors and providers put on record, one finding and three settlements still open", async () => {
    const findings = await gateway.read.findings({}, { limit: 9 });
    expect(findings.items.map(({ state }) => state)).to.have.members(["closed", "open"]);
    const attestations = await gateway.read.attestations({ programme: programmeId(kangbao) }, { limit: 9 });
    expect(attestations.items.map(({ subject }) => subject.period)).to.deep.equal([1]);
    const open = await gateway.read.channelDays({ state: "unconfirmed" }, { limit: 100 });
    expect(open.items.map(({ channel, day }) => `${channel} ${day}`)).to.have.members([
      "alipay 20191121",
      "wechat 20191121",
      "wechat 20180814",
    ]);
    expect((await gateway.read.channelDays({ state: "differs" }, { limit: 100 })).items).to.deep.equal([]);
    const corrections = await gateway.read.corrections({ kind: "expense" }, { limit: 9 });
    expect(corrections.items).to.have.length(1);
  });

  it("holds every gift of the script, to the fen, and every law", async () => {
    const gifts = script.flatMap(({ act }) => (act.verb === "recordDonations" ? act.gifts : []));
    const { donations, currencies } = await gateway.read.summary();
    expect(donations).to.equal(gifts.length);
    expect(currencies.map(({ partition }) => partition.total)).to.deep.equal([
      gifts.reduce((total, { amount }) => total + amount, 0n),
    ]);
    const laws = await gateway.read.laws();
    expect(laws).not.to.deep.equal([]);
    expect(broken(laws)).to.deep.equal([]);
  });

  it("recorded every allocation at the moment that the script names", async () => {
    const planned = script.flatMap(({ at: moment, act }) =>
      act.verb === "allocatePremium" ? [`${moment} ${act.request.programme} ${act.request.amount}`] : [],
    );
    const { items } = await gateway.read.allocations({}, { limit: 100 });
    const recorded = items.map(
      ({ allocatedAt, programme, amount }) => `${allocatedAt.blockTime} ${programme} ${amount}`,
    );
    expect(recorded.toSorted()).to.deep.equal(planned.toSorted());
  });

  it("names a gift that paid several claims, the known claim, and a payment that finds its gift", async () => {
    const [gift, payment, claim] = examples;
    const several = Number(/^a gift that paid ([0-9]+) claims$/.exec(gift?.what ?? "")?.[1]);
    expect(several).to.be.greaterThan(1);
    const [transactionNumber = "", amount = ""] = payment?.where.split(", ") ?? [];
    const sent = script
      .flatMap(({ act }) => (act.verb === "recordDonations" ? act.gifts : []))
      .find((candidate) => candidate.transactionNumber === transactionNumber);
    if (sent === undefined) throw new Error("the example names no gift of the script");
    expect(amount).to.equal((Number(sent.amount) / 100).toFixed(2));
    const answer = await gateway.read.findGift({
      transactionNumber,
      amount: sent.amount,
      askedFrom: "127.0.0.1",
    });
    if (answer.outcome !== "found") throw new Error("the example is not found");
    const { batch, index } = answer.receipt;
    expect(encodeCode({ kind: "donation", batch: batch.batch, index })).to.equal(gift?.where);
    const parsed = parseCode(claim?.where ?? "");
    if (!parsed.ok || parsed.code.kind !== "claim") throw new Error("the example names no claim");
    const known = await gateway.read.claim(parsed.code.claim);
    expect(known?.approved).to.equal(3_307_500n);
    expect(known?.state).to.equal("paid");
    expect(known?.programme).to.equal(kangbao);
  });

  it("runs its clock on inside the second year, and says that it is a demonstration", async () => {
    const head = await gateway.read.head();
    expect(head.demonstration).to.equal(true);
    expect(head.blockTime).to.equal(at(20191121, 22));
  });

  it("is replayed to the same head, and left alone the next time", async () => {
    const before = await gateway.read.head();
    await gateway.close();
    const lines: string[] = [];
    const again = await loadDemonstration({
      config: configOf(path),
      log,
      progress: (line) => lines.push(line),
      script: [],
    });
    expect(lines).to.deep.equal([]);
    expect(again).to.deep.equal(examples);
    gateway = await openGateway({ config: configOf(path), log, onFailure: () => {} });
    const replayed = await gateway.chain.head();
    expect(replayed).to.include({ number: before.blockNumber, hash: before.blockHash });
    expect(await gateway.read.head()).to.deep.equal(before);
  });
});

describe("loading the demonstration", function () {
  // Contracts are compiled first where they changed.
  this.timeout(120_000);
  const part = script.filter(({ at: moment }) => moment < at(20180106, 0));
  let folder = temporaryFolder();
  beforeEach(() => (folder = temporaryFolder()));
  afterEach(() => folder.remove());

  /** The script as far as the step at `index`, whose content cannot be had. */
  const tornAt = (index: number): readonly Step[] =>
    part.map((step, place) =>
      place !== index
        ? step
        : {
            at: step.at,
            key: step.key,
            get act(): Step["act"] {
              throw new Error("stopped in the middle");
            },
          },
    );

  it("goes on where it was interrupted, in the middle of a moment, and records nothing twice", async () => {
    const middle = part.findIndex(({ act }) => act.verb === "allocatePremium") + 2;
    let message = "";
    await load(folder.path, tornAt(middle)).catch((error: Error) => (message = error.message));
    expect(message).to.equal("stopped in the middle");
    await load(folder.path, part);
    await opened(folder.path, async ({ read }) => {
      const gifts = part.flatMap(({ act }) => (act.verb === "recordDonations" ? act.gifts : []));
      const planned = part.flatMap(({ at: moment, act }) =>
        act.verb === "allocatePremium" ? [`${moment} ${act.request.programme} ${act.request.amount}`] : [],
      );
      const [fund] = await read.funds();
      expect(fund?.donations).to.equal(gifts.length);
      const { items } = await read.allocations({}, { limit: 100 });
      const recorded = items.map(
        ({ allocatedAt, programme, amount }) => `${allocatedAt.blockTime} ${programme} ${amount}`,
      );
      expect(recorded.toSorted()).to.deep.equal(planned.toSorted());
      expect(broken(await read.laws())).to.deep.equal([]);
    });
  });

  it("stops at a step that the ledger refuses, and names step and reason", async () => {
    const [period] = periodsOf(kangbao);
    if (period === undefined) throw new Error("no period");
    const twice: Step = {
      at: openingTime + 7_200,
      key: "once-more",
      act: { verb: "declarePeriod", request: period },
    };
    let refusal: unknown;
    const begun = part.filter(({ at: moment }) => moment < twice.at);
    await load(folder.path, [...begun, twice]).catch((error: unknown) => (refusal = error));
    expect(refusal).to.be.instanceOf(StepRefused);
    expect(refusal).to.include({ key: "once-more", verb: "declarePeriod" });
    expect((refusal as StepRefused).message).to.include("delete the data folder");
    expect((refusal as StepRefused).refusal).not.to.equal("accepted");
  });

  it("refuses a folder that holds other books, and leaves it as it is", async () => {
    await opened(folder.path, async () => {});
    let refusal: unknown;
    await load(folder.path, part).catch((error: unknown) => (refusal = error));
    expect(refusal).to.be.instanceOf(NotADemonstration);
    expect((refusal as NotADemonstration).folder).to.equal(folder.path);
    await opened(folder.path, async ({ read }) => {
      expect((await read.head()).demonstration).to.equal(false);
      expect(await read.funds()).to.deep.equal([]);
    });
  });

  it("marks an empty folder before anything else, and refuses a mark that it cannot read", async () => {
    const mark = await claimFolder(folder.path, openingTime);
    expect(mark).to.deep.equal({ state: "loading", moment: openingTime });
    expect(existsSync(join(folder.path, "vault.db"))).to.equal(false);
    for (const text of ["{", '{"state":"half"}']) {
      await writeMark(folder.path, text);
      let refusal: unknown;
      await claimFolder(folder.path, openingTime).catch((error: unknown) => (refusal = error));
      expect(refusal).to.be.instanceOf(DamagedMark);
    }
  });
});
