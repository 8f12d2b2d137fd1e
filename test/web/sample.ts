/** The invented example that the page tests and the browser tests look at: two funds, three counties, two years. */
import { dayStart } from "../../protocol/calendar.ts";
import { batchId } from "../../protocol/ids.ts";
import type { FundId, ProgrammeId } from "../../protocol/ids.ts";
import type { Read } from "../../protocol/ports/read.ts";
import { fakeRead, type FindableGift } from "./fake-read.ts";
import { InventedBooks } from "./invented-books.ts";

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
  readonly books: InventedBooks;
  readonly read: Read;
}

const payMany = (books: InventedBooks, programme: ProgrammeId, amounts: readonly bigint[]): void => {
  for (const amount of amounts) {
    books.clock += 2 * day;
    const claim = books.file(programme, amount + 500n);
    books.approve(claim, amount);
    books.pay(claim);
  }
};

/** Three approved claims, of which the reserve holds the first only, and one not decided yet. */
const queueUp = (books: InventedBooks, programme: ProgrammeId): void => {
  for (const amount of [30_000n, 120_000n, 45_000n]) {
    books.clock += day;
    books.approve(books.file(programme, amount), amount);
  }
  books.file(programme, 66_600n);
};

const firstGifts = (books: InventedBooks, fund: FundId): void => {
  const next = numbers(7);
  const small = Array.from({ length: 40 }, () => next(1, 20_000));
  books.recordDonations(fund, "sample-pay", 20190303, small);
  books.clock += day;
  books.recordDonations(fund, "sample-bank", 20190304, [500_000n]);
  books.clock += day;
  books.recordDonations(fund, "interest", 20190305, [1_234n]);
};

export const sample = (): Sample => {
  const books = new InventedBooks(dayStart(20190304) + 3 * 3_600, true);
  const general = books.openFund({ zh: "样例健康基金", en: "Sample health fund" }, 9000);
  const restricted = books.openFund({ zh: "样例一县专项基金", en: "Sample appeal for county one" }, 10_000);
  const bounds = [firstYear, secondYear, thirdYear];
  const one = books.openProgramme({ zh: "样例一县", en: "Sample County One" }, 990001, bounds);
  const two = books.openProgramme({ zh: "样例二县", en: "Sample County Two" }, 990002, bounds);
  books.openProgramme({ zh: "样例三县", en: "Sample County Three" }, 990003, bounds);
  firstGifts(books, general);
  books.clock += 5 * day;
  books.allocate(general, one, 600_000n);
  books.allocate(general, two, 200_000n);
  books.spend(one, "fieldWork", 20_000n);
  books.spend(two, "administration", 25_000n);
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
  books.clock = dayStart(20200301) + 9 * 3_600;
  return { books, read: fakeRead(books, [knownGift]) };
};

/** A ledger before its first record. */
export const emptySample = (): Sample => {
  const books = new InventedBooks(dayStart(20200301), false);
  return { books, read: fakeRead(books) };
};
