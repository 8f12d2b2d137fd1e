import { expect } from "chai";
import { fen, position } from "../../protocol/amounts.ts";
import { NoSuchLeaf } from "../../protocol/donations/leaves.ts";
import { fundId, programmeId } from "../../protocol/ids.ts";
import { booksOf } from "../../protocol/ledger/books.ts";
import { InvalidCursor } from "../../protocol/ports/read.ts";
import { donationInterval, donationsOfSource } from "../../protocol/trace/donors.ts";
import { GapInBooks, InvalidLimit, OutsideLine } from "../../protocol/trace/limits.ts";
import { partitionOf } from "../../protocol/trace/partition.ts";
import { UnknownLine, WrongAnswer } from "../../protocol/trace/requests.ts";
import type { Books } from "../../protocol/trace/requests.ts";
import { runSync } from "../../protocol/trace/run.ts";
import { traceInterval } from "../../protocol/trace/slices.ts";
import { reserveSources } from "../../protocol/trace/sources.ts";
import type { Interval } from "../../protocol/trace/types.ts";
import { exampleBooks } from "./books.ts";
import { allSlices, allSources } from "./pages.ts";

const fund = fundId(1);
const programme = programmeId(1);
const line = (start: bigint, end: bigint): Interval => ({ start: position(start), end: position(end) });
const everything = line(0n, 11_000n);

/** 60 claims of 70 fen, 30 expenses of 10, and 3,300 fen not yet allocated. */
const paidBooks = (): Books => {
  const keeper = exampleBooks();
  keeper.record(keeper.allocationEvent(1, 5500n, 4950n));
  keeper.record(keeper.allocationEvent(2, 2200n, 1980n));
  for (let claim = 1; claim <= 60; claim += 1) {
    keeper.approveClaim(1, 70n);
    keeper.record(keeper.payEvent(claim));
  }
  for (let expense = 1; expense <= 30; expense += 1) keeper.record(keeper.expenseEvent(1, 10n));
  return booksOf(keeper.state);
};

describe("a trace", () => {
  const books = paidBooks();

  it("tells the same slices in pages of any size, and no page is empty", () => {
    const whole = allSlices(books, fund, everything, 50);
    for (const limit of [1, 2, 7, 49]) expect(allSlices(books, fund, everything, limit)).to.deep.equal(whole);
    expect(whole).to.have.lengthOf(60 + 1 + 30 + 1 + 1 + 1 + 1);
    expect(whole.reduce((sum, slice) => sum + slice.amount, 0n)).to.equal(11_000n);
    let cursor: string | undefined;
    do {
      const page = runSync(traceInterval(fund, everything, cursor, 1), books);
      expect(page.slices).to.have.lengthOf(1);
      cursor = page.next;
    } while (cursor !== undefined);
  });

  it("goes by allocation, claims before operations, the unallocated last", () => {
    const places = allSlices(books, fund, everything).map((slice) => slice.place);
    const runs = places.filter((place, index) => place !== places[index - 1]);
    expect(runs).to.deep.equal([
      "paid",
      "inReserve",
      "operatingSpent",
      "operatingUnspent",
      "inReserve",
      "operatingUnspent",
      "unallocated",
    ]);
  });

  it("asks for no more records than its page shows", () => {
    let asked = 0;
    const counting: Books = {
      ...books,
      payoutsOfReserve: (...query) => {
        const records = books.payoutsOfReserve(...query);
        asked += records.length;
        return records;
      },
    };
    runSync(traceInterval(fund, everything, undefined, 5), counting);
    expect(asked).to.equal(5);
    runSync(partitionOf(fund, everything), counting);
    expect(asked).to.equal(5);
  });

  it("of nothing is nothing", () => {
    expect(runSync(traceInterval(fund, line(5n, 5n), undefined, 50), books)).to.deep.equal({ slices: [] });
    expect(runSync(partitionOf(fund, line(5n, 5n)), books).total).to.equal(0n);
    expect(runSync(reserveSources(programme, line(5n, 5n), undefined, 50), books)).to.deep.equal({
      sources: [],
    });
  });

  it("finds sources that add up, in pages of any size", () => {
    const whole = allSources(books, programme, line(0n, 4950n));
    expect(whole.reduce((sum, source) => sum + source.amount, 0n)).to.equal(4950n);
    for (const limit of [1, 2])
      expect(allSources(books, programme, line(0n, 4950n), limit)).to.deep.equal(whole);
  });

  it("refuses what is not on the line, an unknown line, a limit that is none", () => {
    for (const interval of [line(0n, 11_001n), line(6n, 5n)]) {
      expect(() => runSync(traceInterval(fund, interval, undefined, 50), books)).to.throw(OutsideLine);
      expect(() => runSync(partitionOf(fund, interval), books)).to.throw(OutsideLine);
    }
    expect(() => runSync(reserveSources(programme, line(0n, 4951n), undefined, 50), books)).to.throw(
      OutsideLine,
    );
    expect(() => runSync(partitionOf(fundId(9), line(0n, 1n)), books)).to.throw(UnknownLine, "fund 9");
    expect(() => runSync(reserveSources(programmeId(9), line(0n, 1n), undefined, 1), books)).to.throw(
      UnknownLine,
    );
    for (const limit of [0, 51, 1.5, Number.NaN]) {
      expect(() => runSync(traceInterval(fund, everything, undefined, limit), books)).to.throw(InvalidLimit);
      expect(() => runSync(reserveSources(programme, line(0n, 9n), undefined, limit), books)).to.throw(
        InvalidLimit,
      );
    }
  });

  it("refuses a cursor that it did not make", () => {
    const strange = [
      "",
      "t1",
      "t1.c.0",
      "t1.x.0.0",
      "t1.c.-1.0",
      "t1.c.00.0",
      "t2.c.0.0",
      "s1.5",
      "t1.c.0.0 ",
      `t1.c.${"9".repeat(40)}.0`,
    ];
    strange.push("t1.c.11001.", "t1.c.0.4951", "t1.o.0.551", "t1.c.99999999999999999999999999999.0");
    for (const cursor of strange) {
      expect(() => runSync(traceInterval(fund, everything, cursor, 50), books), cursor).to.throw(
        InvalidCursor,
      );
    }
    for (const cursor of [
      "",
      "s1",
      "s1.-1",
      "s1.00",
      "t1.c.0.0",
      "s1.4951",
      "s1.99999999999999999999999999999",
    ]) {
      expect(() => runSync(reserveSources(programme, line(0n, 4950n), cursor, 50), books), cursor).to.throw(
        InvalidCursor,
      );
    }
    const before = line(1000n, 2000n);
    expect(() => runSync(traceInterval(fund, before, "t1.c.0.", 50), books)).to.throw(InvalidCursor);
  });

  it("says so where the books have a gap, instead of telling a wrong story", () => {
    const gaps: readonly Partial<Books>[] = [
      { allocationsOfFund: () => [] },
      { allocationsOfFund: (...query) => books.allocationsOfFund(...query).slice(1) },
      { payoutsOfReserve: (...query) => books.payoutsOfReserve(...query).slice(1) },
      { payoutsOfReserve: (...query) => books.payoutsOfReserve(...query).slice(0, 2) },
      {
        expensesOfOperations: (...query) =>
          books.expensesOfOperations(...query).filter((_, index) => index !== 3),
      },
    ];
    for (const gap of gaps)
      expect(() => allSlices({ ...books, ...gap }, fund, everything)).to.throw(GapInBooks);
    for (const gap of gaps.slice(0, 2)) {
      expect(() => runSync(partitionOf(fund, everything), { ...books, ...gap })).to.throw(GapInBooks);
    }
    const sourceGaps: readonly Partial<Books>[] = [
      { allocationsOfReserve: () => [] },
      { batchesOfFund: () => [] },
      { batchesOfFund: (...query) => books.batchesOfFund(...query).slice(1) },
    ];
    for (const gap of sourceGaps) {
      expect(() => allSources({ ...books, ...gap }, programme, line(0n, 4950n))).to.throw(GapInBooks);
    }
  });

  it("refuses an answer to another question", () => {
    const trace = traceInterval(fund, everything, undefined, 50);
    trace.next();
    expect(() => trace.next({ kind: "batchesOfFund", records: [] })).to.throw(WrongAnswer);
  });
});

describe("the donations behind a source", () => {
  it("own every claims fen of it, and the ones too small to own any are left out", () => {
    const starts = BigUint64Array.of(0n, 1n, 2n, 12n, 13n, 30n);
    const startsAt = position(1000n);
    const whole = donationsOfSource(
      { fundStart: position(1000n), fundEnd: position(1030n) },
      startsAt,
      starts,
      9000,
    );
    // Positions 1000, 1010 and 1020 are operating fen: the first donation is one of them.
    expect(whole).to.deep.equal([
      { index: 1, amount: fen(1n) },
      { index: 2, amount: fen(9n) },
      { index: 3, amount: fen(1n) },
      { index: 4, amount: fen(16n) },
    ]);
    const part = donationsOfSource(
      { fundStart: position(1003n), fundEnd: position(1013n) },
      startsAt,
      starts,
      9000,
    );
    expect(part).to.deep.equal([
      { index: 2, amount: fen(8n) },
      { index: 3, amount: fen(1n) },
    ]);
  });

  it("stand on the fund's line behind their batch's start", () => {
    const starts = BigUint64Array.of(0n, 7n, 8n);
    expect(donationInterval(position(100n), starts, 1)).to.deep.equal(line(107n, 108n));
    expect(() => donationInterval(position(100n), starts, 2)).to.throw(NoSuchLeaf);
  });
});
