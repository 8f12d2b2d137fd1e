import { expect } from "chai";
import { fen } from "../../../protocol/amounts.ts";
import { fundId, programmeId, recoveryId } from "../../../protocol/ids.ts";
import { booksOf } from "../../../protocol/ledger/books.ts";
import { GapInBooks } from "../../../protocol/trace/limits.ts";
import { partitionOf } from "../../../protocol/trace/partition.ts";
import type { Books, TracedHop } from "../../../protocol/trace/requests.ts";
import { runSync } from "../../../protocol/trace/run.ts";
import { traceInterval } from "../../../protocol/trace/slices.ts";
import { claimSources, payoutSources } from "../../../protocol/trace/sources.ts";
import { exampleBooks } from "../books.ts";
import type { Bookkeeper } from "../books.ts";
import { allSlices, allSources } from "../pages.ts";
import { line, partitionFrom, reserveFrom, slicesOf, sourcesOf } from "./told.ts";

/**
 * Of 5,500 fen, 4,950 are in reserve. Claim 1 takes [0, 1000), claim 2 [1000, 1500). 300 of claim 1 come back to
 * [4950, 5250). Claim 3 takes [1500, 5200), which holds 250 of these, and its first 3,500 come back to [5250, 8750).
 */
const recovered = (): Bookkeeper => {
  const keeper = exampleBooks();
  keeper.record(keeper.allocationEvent(1, 5500n, 4950n));
  keeper.payClaim(1, 1000n);
  keeper.record(keeper.recoverEvent(1, 300n));
  keeper.payClaim(1, 500n);
  keeper.payClaim(1, 3700n);
  keeper.record(keeper.recoverEvent(3, 3500n));
  return keeper;
};

describe("money that came back, in a trace", () => {
  it("is told where it is now, in its turn on the donor's line, and again where it came back again", () => {
    const keeper = recovered();
    expect(slicesOf(keeper, 1, 1000)).to.deep.equal([
      "50 inReserve at 1:8700 after 2, recovery 2",
      "200 paid claim 3 at 1:5000 after 1, recovery 1",
      "50 inReserve at 1:5200 after 1, recovery 1",
      "600 paid claim 1 at 1:300",
      "99 operatingUnspent at 1:1",
    ]);
    expect(slicesOf(keeper, 1000, 6000)).to.deep.equal([
      "100 paid claim 1 at 1:900",
      "500 paid claim 2 at 1:1000",
      "3450 inReserve at 1:5250 after 1, recovery 2",
      "450 operatingUnspent at 1:100",
      "500 unallocated at 5500",
    ]);
  });

  it("counts as in reserve in totals, and what stands in claims is net", () => {
    const keeper = recovered();
    expect(partitionFrom(keeper, 1, 1000)).to.deep.equal({
      total: 999n,
      unallocated: 0n,
      paid: 800n,
      inReserve: 100n,
      operatingSpent: 0n,
      operatingUnspent: 99n,
    });
    expect(partitionFrom(keeper, 0, 11_000)).to.deep.include({ paid: 1400n, inReserve: 3550n });
    expect(partitionFrom(keeper, 10, 12)).to.deep.include({ total: 2n, paid: 0n, inReserve: 1n });
  });

  it("shows which gifts a claim holds now, and which each payment took", () => {
    const keeper = recovered();
    const net = (claim: number) =>
      sourcesOf(keeper, (cursor, limit) => claimSources(keeper.claim(claim).payouts.at(-1), cursor, limit));
    const gross = (payout: number) =>
      sourcesOf(keeper, (cursor, limit) => payoutSources(keeper.payout(payout), cursor, limit));
    expect(net(1)).to.deep.equal(["600 of batch 2 [334, 1000) by 1", "100 of batch 3 [1001, 1112) by 1"]);
    expect(gross(1)).to.deep.equal(["900 of batch 2 [1, 1000) by 1", "100 of batch 3 [1001, 1112) by 1"]);
    expect(net(3)).to.deep.equal(["200 of batch 2 [56, 278) by 1 after 1, recovery 1"]);
    expect(gross(3)).to.deep.equal([
      "3450 of batch 3 [1667, 5500) by 1",
      "250 of batch 2 [1, 278) by 1 after 1, recovery 1",
    ]);
    expect(reserveFrom(keeper, 1, 8690, 8750)).to.deep.equal([
      "10 of batch 3 [5489, 5500) by 1 after 1, recovery 2",
      "50 of batch 2 [1, 56) by 1 after 2, recovery 2",
    ]);
  });

  it("of a claim that is not paid, or all of whose payment came back, is nothing", () => {
    const keeper = recovered();
    keeper.record(keeper.recoverEvent(1, 700n, true));
    expect(sourcesOf(keeper, (cursor) => claimSources(undefined, cursor, 50))).to.deep.equal([]);
    const last = keeper.claim(1).payouts.at(-1);
    expect(sourcesOf(keeper, (cursor) => claimSources(last, cursor, 50))).to.deep.equal([]);
  });

  it("of a bank return pays its claim again from new positions, and the first payment still shows what it took", () => {
    const keeper = exampleBooks();
    keeper.record(keeper.allocationEvent(1, 5500n, 4950n));
    keeper.payClaim(1, 1000n);
    keeper.record(keeper.recoverEvent(1, 200n));
    keeper.record(keeper.recoverEvent(1, 800n, true));
    expect(slicesOf(keeper, 1, 1000)).to.deep.equal([
      "200 inReserve at 1:4950 after 1, recovery 1",
      "700 inReserve at 1:5150 after 1, recovery 2",
      "99 operatingUnspent at 1:1",
    ]);
    keeper.record(keeper.payEvent(1));
    keeper.payClaim(1, 3950n, 1, 78);
    expect(keeper.claim(1).payouts.map(({ reserveStart, amount }) => [reserveStart, amount])).to.deep.equal([
      [0n, 1000n],
      [1000n, 800n],
    ]);
    const gross = (payout: number) =>
      sourcesOf(keeper, (cursor, limit) => payoutSources(keeper.payout(payout), cursor, limit));
    expect(gross(1)).to.deep.equal(["900 of batch 2 [1, 1000) by 1", "100 of batch 3 [1001, 1112) by 1"]);
    expect(gross(2)).to.deep.equal(["800 of batch 3 [1112, 2000) by 1"]);
    const net = sourcesOf(keeper, (cursor) => claimSources(keeper.claim(1).payouts.at(-1), cursor, 50));
    expect(net).to.deep.equal(gross(2));
    // Claim 2 took what was left of the line, and then what had come back.
    expect(slicesOf(keeper, 1, 1000)).to.deep.equal([
      "200 paid claim 2 at 1:4950 after 1, recovery 1",
      "600 paid claim 2 at 1:5150 after 1, recovery 2",
      "100 inReserve at 1:5750 after 1, recovery 2",
      "99 operatingUnspent at 1:1",
    ]);
  });

  it("is the same page by page as all at once", () => {
    const keeper = recovered();
    const books = booksOf(keeper.state);
    const whole = allSlices(books, fundId(1), line(0, 11_000));
    const sources = allSources(books, programmeId(1), line(0, 8750));
    expect(sources.reduce((sum, { amount }) => sum + amount, 0n)).to.equal(8750n);
    for (const limit of [1, 2, 3, 4, 5]) {
      expect(allSlices(books, fundId(1), line(0, 11_000), limit)).to.deep.equal(whole);
      expect(allSources(books, programmeId(1), line(0, 8750), limit)).to.deep.equal(sources);
    }
  });

  it("of one payment can come back in many parts", () => {
    const keeper = exampleBooks();
    keeper.record(keeper.allocationEvent(1, 5500n, 4950n));
    keeper.payClaim(1, 4950n);
    for (let part = 0; part < 720; part += 1) keeper.record(keeper.recoverEvent(1, 5n));
    const books = booksOf(keeper.state);
    const whole = allSlices(books, fundId(1), line(0, 5500));
    expect(whole).to.have.lengthOf(720 + 1 + 1);
    expect(allSlices(books, fundId(1), line(0, 5500), 7)).to.deep.equal(whole);
    expect(partitionFrom(keeper, 0, 5500)).to.deep.include({ paid: 1350n, inReserve: 3600n });
  });
});

describe("the books asked about money that came back", () => {
  const counting = (books: Books): { readonly books: Books; readonly asked: string[] } => {
    const asked: string[] = [];
    return {
      asked,
      books: {
        ...books,
        payoutsOfReserve: (...query) => {
          asked.push("payouts");
          return books.payoutsOfReserve(...query);
        },
        arrivalsOfReserve: (...query) => {
          asked.push("arrivals");
          return books.arrivalsOfReserve(...query);
        },
        departuresOfReserve: (...query) => {
          asked.push("departures");
          return books.departuresOfReserve(...query);
        },
        departuresOfOperations: (...query) => {
          asked.push("moved operations");
          return books.departuresOfOperations(...query);
        },
      },
    };
  };

  it("are not asked where none did", () => {
    const keeper = exampleBooks();
    keeper.record(keeper.allocationEvent(1, 5500n, 4950n));
    for (let claim = 0; claim < 60; claim += 1) keeper.payClaim(1, 10n);
    const { books, asked } = counting(booksOf(keeper.state));
    runSync(partitionOf(fundId(1), line(0, 11_000)), books);
    expect(asked).to.deep.equal([]);
    runSync(traceInterval(fundId(1), line(0, 11_000), undefined, 50), books);
    expect(asked).to.deep.equal(["payouts"]);
    runSync(payoutSources(keeper.payout(7), undefined, 50), books);
    expect(asked).to.deep.equal(["payouts"]);
  });

  it("are asked once for all that a fund's money went through at a time, however many parts it has", () => {
    const keeper = exampleBooks();
    keeper.record(keeper.allocationEvent(1, 5500n, 4950n));
    for (let claim = 1; claim <= 100; claim += 1) {
      keeper.payClaim(1, 10n);
      keeper.record(keeper.recoverEvent(claim, 4n));
    }
    keeper.payClaim(1, 4000n);
    const { books, asked } = counting(booksOf(keeper.state));
    expect(runSync(partitionOf(fundId(1), line(0, 5500)), books)).to.deep.include({ paid: 4600n });
    // What came in, and then what came back as one: claim 101 took some of it.
    expect(asked).to.deep.equal(["departures", "departures"]);
  });

  it("are not believed where they let fen go on twice or from elsewhere", () => {
    const keeper = recovered();
    const books = booksOf(keeper.state);
    const hop: TracedHop = {
      via: { kind: "recovery", recovery: recoveryId(9) },
      amount: fen(300n),
      from: programmeId(1),
      fromStart: line(0, 1).start,
      to: programmeId(1),
      toStart: line(4950, 4951).start,
    };
    const wrong: readonly Partial<Books>[] = [
      {
        departuresOfReserve: (id, interval, limit) => [
          ...(interval.start === 0n ? [hop] : []),
          ...books.departuresOfReserve(id, interval, limit),
        ],
      },
      { departuresOfReserve: () => [{ ...hop, fromStart: line(8000, 8001).start }] },
    ];
    for (const change of wrong) {
      const changed = { ...books, ...change };
      expect(() => allSlices(changed, fundId(1), line(0, 11_000))).to.throw(GapInBooks);
      expect(() => runSync(partitionOf(fundId(1), line(0, 11_000)), changed)).to.throw(GapInBooks);
    }
    const arrivals = { ...books, arrivalsOfReserve: () => [hop, hop] };
    expect(() => allSources(arrivals, programmeId(1), line(0, 8750))).to.throw(GapInBooks);
  });
});
