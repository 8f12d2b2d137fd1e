/** The invented example that the page tests and the browser tests look at: counties over two years, and the insurance part. */
import { dayStart } from "../../protocol/calendar.ts";
import { batchId, periodNumber } from "../../protocol/ids.ts";
import type { FundId, ProgrammeId } from "../../protocol/ids.ts";
import type { Read } from "../../protocol/ports/read.ts";
import { demonstrationCounty, demonstrationCounty2017 } from "../../protocol/terms/examples/demonstration.ts";
import { fakeRead, type FindableGift } from "./fake-read.ts";
import { AuditedBooks } from "./audited-books.ts";
import { insure, settle, type InsurancePart } from "./sample-insurance.ts";

/** A small generator with a fixed seed, so that the example is the same in every run. */
const numbers = (seed: number): ((from: number, to: number) => bigint) => {
  let state = seed;
  return (from, to) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return BigInt(from + (state % (to - from + 1)));
  };
};

const firstYear = dayStart(20181201);
const secondYear = dayStart(20191201);
const thirdYear = dayStart(20201201);
const day = 86_400;

export const knownGift: FindableGift = {
  transactionNumber: "20190304000000000123",
  batch: batchId(2),
  index: 0,
};
export const knownGiftAmount = "5000.00";

export interface Sample {
  readonly books: AuditedBooks;
  readonly read: Read;
}

/** With the ids of what the insurance part made. */
export interface WholeSample extends Sample, InsurancePart {
  readonly ended: ProgrammeId;
}

const payMany = (books: AuditedBooks, programme: ProgrammeId, amounts: readonly bigint[]): void => {
  amounts.forEach((amount, at) => settle(books, programme, amount, at));
};

/** Three approved claims, of which the reserve holds the first only, and one not decided yet. */
const queueUp = (books: AuditedBooks, programme: ProgrammeId): void => {
  for (const amount of [30_000n, 120_000n, 45_000n]) {
    books.clock += day;
    books.approve(books.file(programme, amount), amount);
  }
  books.file(programme, 66_600n);
};

const firstGifts = (books: AuditedBooks, fund: FundId): void => {
  const next = numbers(7);
  const small = Array.from({ length: 40 }, () => next(1, 20_000));
  books.recordDonations(fund, "sample-pay", 20190303, small);
  books.clock += day;
  books.recordDonations(fund, "sample-bank", 20190304, [500_000n]);
  books.clock += day;
  books.recordDonations(fund, "interest", 20190305, [1_234n]);
};

const counties = (books: AuditedBooks) => {
  const bounds = [firstYear, secondYear, thirdYear];
  const shape = { terms: [demonstrationCounty2017.terms, demonstrationCounty.terms] };
  const open = (zh: string, en: string, region: number, starts = bounds): ProgrammeId =>
    books.openProgramme({ zh, en }, region, starts, shape);
  return {
    one: open("样例一县", "Sample County One", 990001),
    two: open("样例二县", "Sample County Two", 990002),
    three: open("样例三县", "Sample County Three", 990003),
    ended: open("样例四县", "Sample County Four", 990004, [firstYear, dayStart(20190601)]),
  };
};

const enrol = (books: AuditedBooks, one: ProgrammeId, two: ProgrammeId): void => {
  const [first, second] = [periodNumber(1), periodNumber(2)];
  books.appendRoster({ programme: one, policyPeriod: first, count: 180, premiumPerHead: 3_333n });
  books.appendRoster({
    programme: two,
    policyPeriod: first,
    count: 60,
    premiumPerHead: 3_333n,
    denominator: 75,
  });
  books.appendRoster({ programme: one, policyPeriod: second, count: 2, premiumPerHead: 3_333n });
};

export const sample = (): WholeSample => {
  const books = new AuditedBooks(dayStart(20190304) + 3 * 3_600, true);
  const general = books.openFund({ zh: "样例健康基金", en: "Sample health fund" }, 9000);
  const { one, two, ended } = counties(books);
  const restricted = books.openFund({ zh: "样例一县专项基金", en: "Sample appeal for county one" }, 10_000, {
    restrictedTo: one,
    fallbackTo: two,
  });
  firstGifts(books, general);
  books.clock += 5 * day;
  books.allocate(general, one, 600_000n);
  books.allocate(general, two, 200_000n);
  books.allocate(general, ended, 50_000n);
  enrol(books, one, two);
  books.spend(one, "fieldWork", 20_000n);
  books.spend(two, "administration", 25_000n);
  books.spend(ended, "fieldWork", 3_000n);
  const next = numbers(11);
  payMany(
    books,
    one,
    Array.from({ length: 70 }, () => next(2_000, 6_900)),
  );
  payMany(books, two, [60_000n]);
  books.clock = dayStart(20200110);
  books.recordDonations(restricted, "sample-pay", 20200110, [8_800n, 100n, 1n]);
  books.allocate(restricted, one, 8_000n);
  payMany(books, one, [70_000n]);
  queueUp(books, one);
  const part = insure(books, { general, countyOne: one, countyTwo: two, ended });
  books.clock = dayStart(20200320) + 9 * 3_600;
  return { books, read: fakeRead(books, [knownGift]), ended, ...part };
};

/** A ledger before its first record. */
export const emptySample = (): Sample => {
  const books = new AuditedBooks(dayStart(20200301), false);
  return { books, read: fakeRead(books) };
};
