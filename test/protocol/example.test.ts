import { expect } from "chai";
import { position } from "../../protocol/amounts.ts";
import { batchId, fundId, programmeId } from "../../protocol/ids.ts";
import { booksOf } from "../../protocol/ledger/books.ts";
import { rolledTo } from "../../protocol/ledger/periods.ts";
import { shortfallOf } from "../../protocol/ledger/state.ts";
import { checkLaws } from "../../protocol/laws/laws.ts";
import { claimsBetween } from "../../protocol/lines/share.ts";
import { partitionOf } from "../../protocol/trace/partition.ts";
import { runSync } from "../../protocol/trace/run.ts";
import { exampleBooks, secondYear } from "./books.ts";
import { allSlices, allSources } from "./pages.ts";

const fund = fundId(1);
const interval = (
  start: bigint,
  end: bigint,
): { start: ReturnType<typeof position>; end: ReturnType<typeof position> } => ({
  start: position(start),
  end: position(end),
});

describe("the worked example of the design", () => {
  const keeper = exampleBooks();
  const { state } = keeper;
  const books = booksOf(state);
  const p = (): (typeof state.programmes)[number] => {
    const programme = state.programmes[0];
    if (programme === undefined) throw new RangeError("no programme");
    return programme;
  };
  const laws = (): readonly string[] =>
    checkLaws(state, keeper.now)
      .filter((law) => !law.holds)
      .flatMap((law) => law.facts);

  it("A gives 1, B 999, C 10,000 fen: they own [0,1), [1,1000), [1000,11000), and give 0, 900, 9000 to claims", () => {
    expect(state.batches.map((batch) => [batch.startsAt, batch.startsAt + batch.sum])).to.deep.equal([
      [0n, 1n],
      [1n, 1000n],
      [1000n, 11_000n],
    ]);
    const shares = [interval(0n, 1n), interval(1n, 1000n), interval(1000n, 11_000n)].map(({ start, end }) =>
      claimsBetween(start, end, 9000),
    );
    expect(shares).to.deep.equal([0n, 900n, 9000n]);
    expect(claimsBetween(position(0n), position(11_000n), 9000)).to.equal(9900n);
  });

  it("5,500 to P and 5,500 to Q: each reserve gets 4,950, each operations line 550", () => {
    keeper.record(keeper.allocationEvent(1, 5500n, 4950n));
    keeper.record(keeper.allocationEvent(2, 5500n, 4950n));
    for (const { totals } of state.programmes)
      expect([totals.reserveIn, totals.operationsIn]).to.deep.equal([4950n, 550n]);
  });

  it("claim 1 at P pays 4,000: B paid 900 of it, C 3,100", () => {
    keeper.approveClaim(1, 4000n);
    keeper.record(keeper.payEvent(1));
    const sources = allSources(books, programmeId(1), interval(0n, 4000n));
    expect(sources.map(({ batch, amount }) => [batch, amount])).to.deep.equal([
      [batchId(2), 900n],
      [batchId(3), 3100n],
    ]);
    expect(
      allSlices(books, fund, interval(1n, 1000n)).map(({ place, amount }) => [place, amount]),
    ).to.deep.equal([
      ["paid", 900n],
      ["operatingUnspent", 99n],
    ]);
    expect(laws()).to.deep.equal([]);
  });

  it("the year closes with 950 carried forward, all of it C's", () => {
    keeper.now = secondYear;
    const rolled = rolledTo(p(), keeper.now);
    expect(rolled.currentPeriod).to.equal(2);
    expect(
      rolled.periods.map((period) => [period.state, period.record.opening, period.record.closing]),
    ).to.deep.equal([
      ["closed", 0n, 950n],
      ["open", 950n, 950n],
    ]);
    const event = keeper.closeEvent(1);
    const { allocated, paid, closing } = event.record;
    expect([allocated, paid, closing]).to.deep.equal([4950n, 4000n, 950n]);
    keeper.record(event);
    const sources = allSources(books, programmeId(1), interval(4000n, 4950n));
    expect(sources.map(({ batch, amount }) => [batch, amount])).to.deep.equal([[batchId(3), 950n]]);
  });

  it("claim 2 for 1,200 waits with a shortfall of 250", () => {
    keeper.approveClaim(1, 1200n);
    expect(shortfallOf(p())).to.equal(250n);
    expect(() => keeper.record(keeper.payEvent(2))).to.throw("reserve should be at least 5200 and is 4950");
  });

  it("until a donor gives 278 more and they are allocated: c(11278) - c(11000) = 250", () => {
    expect(claimsBetween(position(11_000n), position(11_278n), 9000)).to.equal(250n);
    expect(claimsBetween(position(11_000n), position(11_277n), 9000)).to.equal(249n);
    keeper.record(keeper.batchEvent([278n]));
    keeper.record(keeper.allocationEvent(1, 278n, 250n));
    expect(shortfallOf(p())).to.equal(0n);
    keeper.record(keeper.payEvent(2));
    const sources = allSources(books, programmeId(1), interval(4950n - 950n, 5200n));
    expect(sources.map(({ batch, amount }) => [batch, amount])).to.deep.equal([
      [batchId(3), 950n],
      [batchId(4), 250n],
    ]);
    expect(runSync(partitionOf(fund, interval(0n, 11_278n)), books)).to.deep.equal({
      total: 11_278n,
      unallocated: 0n,
      paid: 5200n,
      inReserve: 4950n,
      operatingSpent: 0n,
      operatingUnspent: 1128n,
    });
    expect(laws()).to.deep.equal([]);
  });
});
