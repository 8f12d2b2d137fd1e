import { expect } from "chai";
import {
  digest,
  emptyBooks,
  largestAmount,
  openBooks,
  periodLengthSeconds,
  periodStart,
  zeroDigest,
} from "../books.ts";
import { expectRefusal } from "../refusals.ts";
import { requires } from "../requirements.ts";
import { eventsOf } from "../told.ts";

const secondStart = periodStart + periodLengthSeconds;

describe("programmes: opened", () => {
  it("keeps kind, currency and region", async () => {
    const books = await emptyBooks();
    await books.openProgramme({ kind: "aid", currency: "HKD", region: 130_726 });
    const programme = await books.lens.read.programme([1]);
    expect(programme).to.include({ kind: 1, currency: "0x484b44", region: 130_726, currentPeriod: 1 });
    expect(programme).to.include({ declaredPeriods: 0, currentEnd: 0, queueHead: 0, openClaims: 0 });
  });

  requires(
    "IProgrammes.openProgramme",
    "`currency` is three capital letters; `document` is not zero",
    async () => {
      const books = await emptyBooks();
      await expectRefusal("InvalidCurrency", ["0x434e00"], books.openProgramme({ currency: "CN" }));
      await expectRefusal("ZeroDigest", [], books.openProgramme({ document: zeroDigest }));
    },
  );
});

describe("programmes: declared periods", () => {
  it("keeps times, cover and terms", async () => {
    const books = await openBooks();
    const terms = digest();
    const told = eventsOf(await books.declarePeriod({ cover: 10_000_000n, toTheMinute: true, terms }));
    const end = secondStart + periodLengthSeconds;
    const period = await books.lens.read.period([1, 2]);
    const filingDeadline = end + periodLengthSeconds;
    const declared = {
      start: secondStart,
      end,
      filingDeadline,
      cover: 10_000_000n,
      toTheMinute: true,
      terms,
    };
    expect(told).to.deep.equal([{ type: "PeriodDeclared", programme: 1, period: 2, ...declared }]);
    expect(period).to.include(declared);
    expect(period).to.include({ closed: false, paidForPolicy: 0n });
  });

  requires("IProgrammes.declarePeriod", "`programme` exists", async () => {
    const books = await openBooks();
    await expectRefusal("UnknownProgramme", [3], books.declarePeriod({ programme: 3, period: 1 }));
  });

  requires("IProgrammes.declarePeriod", "`period` is one past the last declared", async () => {
    const books = await openBooks();
    for (const period of [0, 1, 3]) {
      await expectRefusal("UnexpectedPeriod", [2, period], books.declarePeriod({ period }));
    }
  });

  requires(
    "IProgrammes.declarePeriod",
    "`start` is the end of the period before, if there is one",
    async () => {
      const books = await openBooks();
      for (const start of [secondStart - 1, secondStart + 1]) {
        await expectRefusal("PeriodNotContiguous", [secondStart, start], books.declarePeriod({ start }));
      }
    },
  );

  it("starts whenever it likes where it is the first", async () => {
    const books = await emptyBooks();
    await books.openProgramme();
    await books.declarePeriod({ start: 0, end: periodStart });
    expect(await books.lens.read.period([1, 1])).to.include({ start: 0, end: periodStart });
  });

  requires(
    "IProgrammes.declarePeriod",
    "`end` is after `start` and after the present block; `filingDeadline` is neither before `end` nor before the deadline of the period before",
    async () => {
      const books = await openBooks();
      const before = secondStart + periodLengthSeconds;
      const refused = async (end: number, filingDeadline: number) => {
        const facts = [secondStart, end, filingDeadline];
        await expectRefusal("InvalidPeriodTimes", facts, books.declarePeriod({ end, filingDeadline }));
      };
      await refused(secondStart, before);
      await refused(before + 1, before);
      // Claims of the period before may be filed until then: no claim of a later period is filed while it is open.
      await refused(before - 10, before - 1);
      await books.declarePeriod({ end: before - 10, filingDeadline: before });
      await books.declarePeriod({ start: before - 10, end: before + 1, filingDeadline: before + 1 });
      const empty = await emptyBooks();
      await empty.openProgramme();
      // No figure is already past: not even at the very second of the end.
      const end = empty.chain.time + 1;
      const past = { start: end - 100, end, filingDeadline: end };
      await expectRefusal("InvalidPeriodTimes", [end - 100, end, end], empty.declarePeriod(past));
      const later = empty.chain.time + 2;
      await empty.declarePeriod({ start: end - 100, end: later, filingDeadline: later });
    },
  );

  requires("IProgrammes.declarePeriod", "`cover` is at most 2^64 - 1; `terms` is not zero", async () => {
    const books = await openBooks();
    const over = [largestAmount, largestAmount + 1n];
    await expectRefusal("AmountTooLarge", over, books.declarePeriod({ cover: largestAmount + 1n }));
    await expectRefusal("ZeroDigest", [], books.declarePeriod({ terms: zeroDigest }));
    await books.declarePeriod({ cover: largestAmount });
  });
});
