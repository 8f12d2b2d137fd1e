import { expect } from "chai";
import { recordKinds } from "../../../protocol/ledger/events.ts";
import { actorId, digest, largestAmount, openBooks, zeroDigest } from "../books.ts";
import type { TestBooks } from "../books.ts";
import { expectRefusal } from "../refusals.ts";
import { requires } from "../requirements.ts";
import { eventsOf } from "../told.ts";
import { readyBooks } from "../verbs.ts";

type Subject = Parameters<TestBooks["attest"]>[0];
type About = (books: TestBooks, subject?: Subject) => ReturnType<TestBooks["attest"]>;

const attest: About = (books, subject) => books.attest(subject);
const openFinding: About = (books, subject) => books.openFinding(subject);

/** The whole ledger, a programme, a period of it; and nothing that is not there. */
const expectSubjects = async (about: About): Promise<void> => {
  const books = await openBooks();
  for (const [programme, period] of [
    [0, 0],
    [1, 0],
    [2, 1],
  ] as const) {
    const told = eventsOf(await about(books, { programme, period }));
    expect(told[0]).to.include({ programme, period });
  }
  for (const period of [0, 1]) {
    await expectRefusal("UnknownProgramme", [3], about(books, { programme: 3, period }));
  }
  await expectRefusal("UnknownProgramme", [0], about(books, { programme: 0, period: 1 }));
  await expectRefusal("UnknownPeriod", [1, 2], about(books, { programme: 1, period: 2 }));
  await expectRefusal("ZeroDigest", [], about(books, { document: zeroDigest }));
};

describe("audit: attestations and findings", () => {
  it("publish a document about a subject", async () => {
    const books = await openBooks();
    const [document, operation] = [digest(), digest()];
    const shared = { programme: 1, period: 1, document, auditor: actorId("auditor"), operation };
    expect(eventsOf(await books.attest({ document, operation }))).to.deep.equal([
      { type: "Attested", attestation: 1, ...shared },
    ]);
    const [opened] = eventsOf(await books.openFinding({ document }));
    expect(opened).to.include({ type: "FindingOpened", finding: 1, document });
    const { attestations, findings } = await books.lens.read.counters();
    expect([attestations, findings]).to.deep.equal([1, 1]);
  });

  requires("IAudit.attest", "the subject exists; `document` is not zero", () => expectSubjects(attest));

  requires("IAudit.openFinding", "as for {attest}", () => expectSubjects(openFinding));

  it("go from open to answered to closed", async () => {
    const books = await openBooks();
    const document = digest();
    const state = () => books.lens.read.findingState([1]);
    await books.openFinding();
    expect(await state()).to.equal(1);
    expect(eventsOf(await books.answerFinding(1, { document }))).to.deep.equal([
      { type: "FindingAnswered", finding: 1, document, treasurer: actorId("treasurer") },
    ]);
    expect(await state()).to.equal(2);
    expect(eventsOf(await books.closeFinding(1, { document }))).to.deep.equal([
      { type: "FindingClosed", finding: 1, document, auditor: actorId("auditor") },
    ]);
    expect(await state()).to.equal(3);
  });

  requires("IAudit.answerFinding", "the finding exists and is open; `document` is not zero", async () => {
    const books = await openBooks();
    for (const finding of [0, 1]) {
      await expectRefusal("UnknownFinding", [finding], books.answerFinding(finding));
    }
    await books.openFinding();
    await expectRefusal("ZeroDigest", [], books.answerFinding(1, { document: zeroDigest }));
    await books.answerFinding(1);
    await expectRefusal("WrongFindingState", [1], books.answerFinding(1));
    await books.closeFinding(1);
    await expectRefusal("WrongFindingState", [1], books.answerFinding(1));
  });

  requires(
    "IAudit.closeFinding",
    "the finding exists and is not closed; `document` is not zero",
    async () => {
      const books = await openBooks();
      for (const finding of [0, 1]) {
        await expectRefusal("UnknownFinding", [finding], books.closeFinding(finding));
      }
      await books.openFinding();
      await books.openFinding();
      await expectRefusal("ZeroDigest", [], books.closeFinding(1, { document: zeroDigest }));
      // Answered or not.
      await books.closeFinding(1);
      await books.answerFinding(2);
      await books.closeFinding(2);
      for (const finding of [1, 2]) {
        await expectRefusal("WrongFindingState", [finding], books.closeFinding(finding));
      }
    },
  );
});

describe("audit: a channel's total of a day", () => {
  it("is confirmed with the provider's own key; a later one stands beside it", async () => {
    const books = await openBooks();
    const operation = digest();
    const total = { channel: "alipay", day: 20_300_101, currency: "CNY", count: 0, sum: 0n };
    expect(eventsOf(await books.confirm({ ...total, operation }))).to.deep.equal([
      {
        type: "ChannelTotalConfirmed",
        confirmation: 1,
        ...total,
        provider: actorId("provider"),
        operation,
      },
    ]);
    const [later] = eventsOf(await books.confirm({ ...total, count: 3, sum: 1234n }));
    expect(later).to.include({ confirmation: 2, count: 3, sum: 1234n });
  });

  requires(
    "IAudit.confirmChannelTotal",
    "`day` is a day; `currency` is three capital letters; `sum` is at most 2^64 - 1",
    async () => {
      const books = await openBooks();
      for (const settled of [0, 20_301_301, 20_300_132]) {
        await expectRefusal("InvalidDay", [settled], books.confirm({ day: settled }));
      }
      await expectRefusal("InvalidCurrency", ["0x636e79"], books.confirm({ currency: "cny" }));
      const over = [largestAmount, largestAmount + 1n];
      await expectRefusal("AmountTooLarge", over, books.confirm({ sum: largestAmount + 1n }));
      await books.confirm({ sum: largestAmount });
    },
  );
});

describe("audit: correction notes", () => {
  it("name the record that they correct; the record stays", async () => {
    const books = await readyBooks();
    const [document, operation] = [digest(), digest()];
    const before = await books.lens.read.claim([4]);
    const told = eventsOf(await books.correct({ kind: "claim", record: 4, document, operation }));
    expect(told).to.deep.equal([
      {
        type: "CorrectionNoted",
        correction: 1,
        kind: "claim",
        record: 4,
        document,
        treasurer: actorId("treasurer"),
        operation,
      },
    ]);
    expect(await books.lens.read.claim([4])).to.deep.equal(before);
  });

  requires("IAudit.noteCorrection", "the record exists; `document` is not zero", async () => {
    const books = await readyBooks();
    await books.recover(1, { amount: 1 });
    await books.move({ from: 4 });
    await books.spend({ amount: 1 });
    await books.attest();
    await books.confirm();
    await books.correct();
    await expectRefusal("ZeroDigest", [], books.correct({ document: zeroDigest }));
    const counters = await books.lens.read.counters();
    const last = Object.values(counters);
    expect(last).to.have.lengthOf(recordKinds.length);
    for (const [code, kind] of recordKinds.entries()) {
      const record = last[code] ?? 0;
      expect(record, kind).to.be.greaterThan(0);
      await expectRefusal("UnknownRecord", [code, 0], books.correct({ kind, record: 0 }));
      // The note itself is a further correction.
      await expectRefusal("UnknownRecord", [code, record + 20], books.correct({ kind, record: record + 20 }));
      if (kind !== "correction") {
        await expectRefusal("UnknownRecord", [code, record + 1], books.correct({ kind, record: record + 1 }));
      }
      await books.correct({ kind, record });
    }
  });
});

describe("audit: head notes", () => {
  it("bind their author to this chain", async () => {
    const books = await openBooks();
    const { number, hash } = await books.chain.head();
    expect(eventsOf(await books.noteHead(number, hash, "auditor"))).to.deep.equal([
      { type: "HeadNoted", blockNumber: number, blockHash: hash, actor: actorId("auditor") },
    ]);
  });

  requires(
    "IAudit.noteHead",
    "the chain has `blockHash` at `blockNumber`, one of the last 256 blocks",
    async () => {
      const books = await openBooks();
      const { number, hash } = await books.chain.head();
      const other = digest();
      await expectRefusal("HeadMismatch", [hash, other], books.noteHead(number, other));
      await expectRefusal("HeadMismatch", [hash, zeroDigest], books.noteHead(number, zeroDigest));
      // Not the block of the note itself, nor one to come: their hash is not known.
      for (const ahead of [1, 2]) {
        const later = (await books.chain.head()).number + ahead;
        await expectRefusal("HeadMismatch", [zeroDigest, zeroDigest], books.noteHead(later, zeroDigest));
      }
      while ((await books.chain.head()).number < number + 255) {
        await books.chain.mineAt(books.chain.time + 1);
      }
      await books.noteHead(number, hash);
      await expectRefusal("HeadMismatch", [zeroDigest, hash], books.noteHead(number, hash));
    },
  );
});
