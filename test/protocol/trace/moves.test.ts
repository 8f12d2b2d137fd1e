import { expect } from "chai";
import { fundId, programmeId } from "../../../protocol/ids.ts";
import { booksOf } from "../../../protocol/ledger/books.ts";
import { checkLaws } from "../../../protocol/laws/laws.ts";
import { runSync } from "../../../protocol/trace/run.ts";
import { partitionOf } from "../../../protocol/trace/partition.ts";
import { claimSources } from "../../../protocol/trace/sources.ts";
import { Bookkeeper, day, firstDay } from "../books.ts";
import { allSlices, allSources } from "../pages.ts";
import { line, partitionFrom, reserveFrom, slicesOf, sourcesOf } from "./told.ts";

const year = 365 * day;

/**
 * One gift of 11,000 fen. Programme 1 gets 5,500 of them, pays 1,000, spends 50 and ends; the rest moves to programme 2,
 * which had 1,000 of its own, pays 4,500 and spends 300. Programme 1 recovers 40 of its payment, which move as well.
 * Programme 2 ends, and the rest moves to programme 3, which pays 60 of it and 90 of its own.
 */
const moved = (): Bookkeeper => {
  const keeper = new Bookkeeper();
  keeper.openFund(9000);
  for (let programme = 1; programme <= 3; programme += 1) {
    keeper.openProgramme();
    keeper.declareYear(programme, firstDay, firstDay + programme * year);
  }
  keeper.record(keeper.batchEvent([11_000n]));
  keeper.record(keeper.allocationEvent(1, 5500n, 4950n));
  keeper.record(keeper.allocationEvent(2, 1000n, 900n));
  keeper.payClaim(1, 1000n);
  keeper.record(keeper.expenseEvent(1, 50n));
  keeper.goTo(firstDay + year + 91 * day);
  keeper.record(keeper.moveEvent(1, 2));
  keeper.payClaim(2, 4500n);
  keeper.record(keeper.expenseEvent(2, 300n));
  keeper.tell(
    () => keeper.recoverEvent(1, 40n),
    () => keeper.moveEvent(1, 2),
  );
  keeper.goTo(firstDay + 2 * year + 91 * day);
  keeper.record(keeper.allocationEvent(3, 100n, 90n));
  keeper.record(keeper.moveEvent(2, 3));
  keeper.payClaim(3, 150n);
  return keeper;
};

describe("money that moved on, in a trace", () => {
  it("is told where it is now, through every programme and every recovery that it went through", () => {
    const keeper = moved();
    // Programme 2: [0, 900) its own, [900, 4850) moved, [4850, 4890) recovered and moved; 4,500 of it are paid.
    // Programme 3: [0, 90) its own, [90, 440) and [440, 480) moved; 150 of it are paid.
    expect(slicesOf(keeper, 0, 5500)).to.deep.equal([
      "40 inReserve at 3:440 after 3, move 3",
      "960 paid claim 1 at 1:40",
      "3600 paid claim 2 at 2:900 after 1, move 1",
      "60 paid claim 3 at 3:90 after 2, move 3",
      "290 inReserve at 3:150 after 2, move 3",
      "50 expense 1 at 1:0",
      "200 expense 2 at 2:100 after 1, move 1",
      "300 operatingUnspent at 3:10 after 2, move 3",
    ]);
    expect(slicesOf(keeper, 5500, 7000)).to.deep.equal([
      "900 paid claim 2 at 2:0",
      "100 expense 2 at 2:0",
      "90 paid claim 3 at 3:0",
      "10 operatingUnspent at 3:0",
      "400 unallocated at 6600",
    ]);
  });

  it("counts where it is now, whoever it was first given to", () => {
    const keeper = moved();
    expect(partitionFrom(keeper, 0, 5500)).to.deep.equal({
      total: 5500n,
      unallocated: 0n,
      paid: 4620n,
      inReserve: 330n,
      operatingSpent: 250n,
      operatingUnspent: 300n,
    });
    expect(partitionFrom(keeper, 0, 11_000)).to.deep.equal({
      total: 11_000n,
      unallocated: 4400n,
      paid: 5610n,
      inReserve: 330n,
      operatingSpent: 350n,
      operatingUnspent: 310n,
    });
  });

  it("leads back to the gifts from the claims that it paid and from where it waits", () => {
    const keeper = moved();
    const net = (claim: number) =>
      sourcesOf(keeper, (cursor, limit) => claimSources(keeper.claim(claim).payouts.at(-1), cursor, limit));
    expect(net(2)).to.deep.equal([
      "900 of batch 1 [5501, 6500) by 2",
      "3600 of batch 1 [1112, 5112) by 1 after 1, move 1",
    ]);
    expect(net(3)).to.deep.equal([
      "90 of batch 1 [6501, 6600) by 3",
      "60 of batch 1 [5112, 5178) by 1 after 2, move 3",
    ]);
    expect(reserveFrom(keeper, 3, 440, 480)).to.deep.equal(["40 of batch 1 [1, 45) by 1 after 3, move 3"]);
  });

  it("is the same page by page as all at once, and keeps every law", () => {
    const keeper = moved();
    const books = booksOf(keeper.state);
    const whole = allSlices(books, fundId(1), line(0, 11_000));
    const sources = allSources(books, programmeId(3), line(0, 480));
    for (const limit of [1, 2, 3, 4]) {
      expect(allSlices(books, fundId(1), line(0, 11_000), limit)).to.deep.equal(whole);
      expect(allSources(books, programmeId(3), line(0, 480), limit)).to.deep.equal(sources);
    }
    for (const check of checkLaws(keeper.state, keeper.now))
      expect(check.holds, check.facts.join("; ")).to.equal(true);
  });

  it("can go to a programme and, once that has ended, back", () => {
    const keeper = moved();
    keeper.goTo(firstDay + 3 * year + 91 * day);
    keeper.tell(
      () => keeper.moveEvent(3, 2),
      () => keeper.moveEvent(2, 3),
      () => keeper.moveEvent(3, 1),
    );
    expect(slicesOf(keeper, 1, 45)).to.deep.equal([
      "40 inReserve at 1:5280 after 6, move 6",
      "4 expense 1 at 1:1",
    ]);
    expect(slicesOf(keeper, 3000, 3001)).to.deep.equal(["1 operatingUnspent at 1:610 after 5, move 6"]);
    expect(runSync(partitionOf(fundId(1), line(0, 5500)), booksOf(keeper.state))).to.deep.include({
      inReserve: 330n,
      operatingUnspent: 300n,
    });
  });
});
