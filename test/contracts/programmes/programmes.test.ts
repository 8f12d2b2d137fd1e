import { expect } from "chai";
import { bytes32 } from "../../../protocol/ids.ts";
import { digest, emptyBooks, openBooks, periodLengthSeconds, periodStart } from "../books.ts";
import { expectRefusal } from "../refusals.ts";

const zero = bytes32(`0x${"0".repeat(64)}`);
const secondStart = periodStart + periodLengthSeconds;

describe("programmes: opened", () => {
  it("keeps kind, currency and region", async () => {
    const books = await emptyBooks();
    await books.openProgramme({ kind: "aid", currency: "HKD", region: 130_726 });
    const programme = await books.lens.read.programme([1]);
    expect(programme).to.include({ kind: 1, currency: "0x484b44", region: 130_726, currentPeriod: 1 });
    expect(programme).to.include({ declaredPeriods: 0, currentEnd: 0, queueHead: 0, openClaims: 0 });
  });

  it("takes a currency of three capital letters alone", async () => {
    const books = await emptyBooks();
    await expectRefusal("InvalidCurrency", ["0x434e00"], books.openProgramme({ currency: "CN" }));
  });

  it("names a published document", async () => {
    const books = await emptyBooks();
    await expectRefusal("ZeroDigest", [], books.openProgramme({ document: zero }));
  });
});

describe("programmes: declared periods", () => {
  it("keeps times, cover and terms", async () => {
    const books = await openBooks();
    const terms = digest();
    await books.declarePeriod({ cover: 10_000_000n, terms });
    const end = secondStart + periodLengthSeconds;
    const period = await books.lens.read.period([1, 2]);
    const filingDeadline = end + periodLengthSeconds;
    expect(period).to.include({ start: secondStart, end, filingDeadline, cover: 10_000_000n, terms });
    expect(period).to.include({ closed: false, paidForPolicy: 0n });
  });

  it("belongs to a programme that exists", async () => {
    const books = await openBooks();
    await expectRefusal("UnknownProgramme", [3], books.declarePeriod({ programme: 3, period: 1 }));
  });

  it("is declared in order, each once", async () => {
    const books = await openBooks();
    for (const period of [0, 1, 3]) {
      await expectRefusal("UnexpectedPeriod", [2, period], books.declarePeriod({ period }));
    }
  });

  it("starts where the one before it ends", async () => {
    const books = await openBooks();
    for (const start of [secondStart - 1, secondStart + 1]) {
      await expectRefusal("PeriodNotContiguous", [secondStart, start], books.declarePeriod({ start }));
    }
  });

  it("starts whenever it likes where it is the first", async () => {
    const books = await emptyBooks();
    await books.openProgramme();
    await books.declarePeriod({ start: 0, end: periodStart });
    expect(await books.lens.read.period([1, 1])).to.include({ start: 0, end: periodStart });
  });

  it("ends after its start, and its filing deadline is not before its end", async () => {
    const books = await openBooks();
    const after = secondStart + 1;
    await expectRefusal(
      "InvalidPeriodTimes",
      [secondStart, secondStart, after],
      books.declarePeriod({ end: secondStart, filingDeadline: after }),
    );
    await expectRefusal(
      "InvalidPeriodTimes",
      [secondStart, after, secondStart],
      books.declarePeriod({ end: after, filingDeadline: secondStart }),
    );
    await books.declarePeriod({ end: after, filingDeadline: after });
  });

  it("ends after the present block, so that no figure is already past", async () => {
    const books = await emptyBooks();
    await books.openProgramme();
    const end = books.chain.time + 1;
    await expectRefusal(
      "InvalidPeriodTimes",
      [end - 100, end, end],
      books.declarePeriod({ start: end - 100, end, filingDeadline: end }),
    );
    const later = books.chain.time + 2;
    await books.declarePeriod({ start: end - 100, end: later, filingDeadline: later });
  });

  it("publishes its terms", async () => {
    const books = await openBooks();
    await expectRefusal("ZeroDigest", [], books.declarePeriod({ terms: zero }));
  });
});
