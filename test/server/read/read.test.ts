import { expect } from "chai";
import { addFen, fen } from "../../../protocol/amounts.ts";
import { leafAt, leafStarts } from "../../../protocol/donations/leaves.ts";
import { batchId, claimId, fundId, payoutId, periodNumber, programmeId } from "../../../protocol/ids.ts";
import { rolledTo } from "../../../protocol/ledger/periods.ts";
import { queueOf, shortfallOf } from "../../../protocol/ledger/state.ts";
import { claimStates } from "../../../protocol/ledger/events.ts";
import { InvalidCursor } from "../../../protocol/ports/read.ts";
import type { PageRequest } from "../../../protocol/ports/read.ts";
import { places } from "../../../protocol/trace/types.ts";
import { InvalidPageLimit } from "../../../server/read/pages.ts";
import { randomHistory } from "../../model/history.ts";
import { modelPartition } from "../../model/places.ts";
import { modelSources, sourcesOf } from "../../model/sources.ts";
import { InventedChain } from "../index/invented-chain.ts";
import { histories, refusalOf, there } from "./histories.ts";
import { allPages, OpenedRead } from "./opened.ts";

const historyLength = 200;
const seeds = [2, 5, 8, 13, 17];

describe("reading the books of random histories", () => {
  const all = histories(seeds, historyLength);

  it("each fund's partition is the per-fen model's, and the summary adds them up", async () => {
    for (const { opened, model, state } of all) {
      const summary = await opened.read.summary();
      for (const { fund, donated, donations, batches } of state.funds) {
        const view = await opened.read.fund(fund);
        expect(view?.partition).to.deep.equal(modelPartition(model, fund, 0, Number(donated)));
        expect(view).to.include({ donations, batches: batches.length });
        const interest = batches.filter(({ channel }) => channel === "interest").map(({ sum }) => sum);
        expect(view?.interest).to.equal(addFen(...interest));
        const refunds = model.refunds.filter((refund) => refund.fens[0]?.fund === fund);
        const sumOf = (some: typeof refunds) => some.reduce((sum, { fens }) => sum + fens.length, 0);
        expect(view?.refunded).to.equal(fen(sumOf(refunds)));
        expect(view?.refundOwed).to.equal(fen(sumOf(refunds.filter(({ covered }) => covered === undefined))));
      }
      expect(summary.funds).to.deep.equal(await opened.read.funds());
      expect(summary.programmes).to.deep.equal(await opened.read.programmes());
      for (const place of places) {
        const sum = addFen(...summary.funds.map(({ partition }) => partition[place]));
        expect(addFen(...summary.currencies.map(({ partition }) => partition[place]))).to.equal(sum);
      }
    }
  });

  it("each programme's parts add up to what came to it and stayed, and its promises are the queue's", async () => {
    const seen = { moved: 0n, recovered: 0n };
    for (const { opened, state } of all) {
      for (const record of state.programmes) {
        const view = there(await opened.read.programme(record.programme));
        const { allocated, movedIn, movedOut, paid, inReserve, operatingSpent, operatingUnspent } =
          view.partition;
        expect(addFen(paid, inReserve, operatingSpent, operatingUnspent)).to.equal(
          allocated + movedIn - movedOut,
        );
        expect(allocated).to.equal(addFen(...record.allocations.map(({ amount }) => amount)));
        const net = record.payouts.map(({ amount, recovered }) => fen(amount - recovered));
        expect(paid).to.equal(addFen(...net));
        const moved = record.movesIn.flatMap((move) => [move.reserveAmount, move.operationsAmount]);
        expect(movedIn).to.equal(addFen(...moved));
        seen.moved += movedIn;
        seen.recovered += record.totals.recovered;
        expect(view.shortfall).to.equal(shortfallOf(record));
        const { filed, approved, onHold, paid: paidClaims } = record.claims;
        expect(view.claims).to.deep.equal({ filed, approved, onHold, paid: paidClaims });
        const queue = await allPages(3, (page) => opened.read.queue(record.programme, page));
        expect(queue.map(({ claim }) => claim)).to.deep.equal(queueOf(record));
        let needed = 0n;
        for (const [index, claim] of queue.entries()) {
          needed += claim.approved;
          const missing = fen(needed > inReserve ? needed - inReserve : 0n);
          expect(claim).to.include({ claimsAhead: index, missing });
        }
        expect(queue.at(-1)?.missing ?? 0n).to.equal(view.shortfall);
      }
    }
    expect(seen.moved > 0n && seen.recovered > 0n).to.equal(true);
  });

  it("carried forward is what stands in reserve of what stood there when the period began", async () => {
    let carried = 0;
    for (const { opened, model, endsAt } of all) {
      const expected = model.programmes.map((programme) => {
        const start = programme.periods.findLast(({ verb }) => verb.end <= endsAt)?.verb.end;
        if (start === undefined) return 0;
        const inflows = programme.flows.filter(({ flow }) =>
          ["allocated", "movedIn", "recovered"].includes(flow),
        );
        const before = inflows.filter(({ at }) => at < start).reduce((sum, { amount }) => sum + amount, 0);
        return Math.max(0, before - programme.reserve.takers.length);
      });
      const [currency] = (await opened.read.summary()).currencies;
      const sum = expected.reduce((total, amount) => total + amount, 0);
      expect(currency?.carriedForward).to.equal(fen(sum));
      carried += sum;
    }
    expect(carried).to.be.greaterThan(0);
  });

  it("periods are those of the reducer, as if rolled to the clock's time", async () => {
    const year = 366 * 86_400;
    for (const { opened, state, endsAt } of all) {
      for (const time of [endsAt, endsAt + year, endsAt + 5 * year]) {
        opened.time = time;
        for (const record of state.programmes) {
          const rolled = rolledTo(record, time);
          const views = await opened.read.periods(record.programme);
          expect(
            views.map(({ period, state: is, record: own, claimsPaid }) => [period, is, own, claimsPaid]),
          ).to.deep.equal(rolled.periods.map((own) => [own.period, own.state, own.record, own.claimsPaid]));
          expect(await opened.read.programme(record.programme)).to.include({
            currentPeriod: rolled.currentPeriod,
            inRunOff: rolled.inRunOff,
          });
          const first = await opened.read.period(record.programme, periodNumber(1));
          expect(first).to.deep.equal(views[0]);
        }
      }
      opened.time = endsAt;
    }
  });

  it("each donation's pages add up to its parts, and are the same however long they are", async () => {
    for (const { opened, state } of all.slice(0, 2)) {
      for (const { batch, count, leaves, startsAt } of state.batches) {
        const starts = leafStarts(leaves);
        for (let index = 0; index < count; index += 1) {
          const view = await opened.read.donation(batch, index);
          expect(view).to.deep.include({ index, ...leafAt(leaves, index) });
          expect(view?.start).to.equal(startsAt + (starts[index] ?? 0n));
          const slicesBy = async (limit: number) =>
            allPages(limit, async (page) => {
              const trace = await opened.read.donationTrace(batch, index, page);
              if (trace === undefined) throw new RangeError("a donation is missing");
              return { items: trace.slices, ...(trace.next === undefined ? {} : { next: trace.next }) };
            });
          const slices = await slicesBy(2);
          expect(slices).to.deep.equal(await slicesBy(100));
          for (const { slice, viaCode, viaAt } of slices) {
            const via = slice.place === "unallocated" ? undefined : slice.via;
            expect([viaCode === undefined, viaAt === undefined]).to.deep.equal([
              via === undefined,
              via === undefined,
            ]);
          }
          const partition = (await opened.read.donationTrace(batch, index, { limit: 1 }))?.partition;
          for (const place of places) {
            const own = slices.filter(({ slice }) => slice.place === place).map(({ slice }) => slice.amount);
            expect(partition?.[place]).to.equal(addFen(...own));
          }
        }
      }
    }
  });

  it("a claim's sources are what stands in it, a payout's all that it took, as the per-fen model has them", async () => {
    const seen = { paid: 0, hops: 0, recovered: 0 };
    for (const { opened, state, model } of all) {
      const { read } = opened;
      const checked = async (
        what: string,
        list: (page: PageRequest) => ReturnType<typeof read.claimSources>,
        programme: number,
        start: number,
        end: number,
      ) => {
        const sources = await allPages(2, async (page) => {
          const found = there(await list(page));
          return { items: found.sources, ...(found.next === undefined ? {} : { next: found.next }) };
        });
        const own = sources.map(({ source }) => source);
        expect(sourcesOf(model, own), what).to.deep.equal(modelSources(model, programme, start, end));
        expect(there(await list({ limit: 1 })).total, what).to.equal(fen(end - start));
        for (const { source, batch, firstIndex, lastIndex, donations, viaCode, viaAt } of sources) {
          expect(batch.batch).to.equal(source.batch);
          expect(donations).to.be.within(1, lastIndex - firstIndex + 1);
          expect([viaCode === undefined, viaAt === undefined]).to.deep.equal([
            source.hops === 0,
            source.hops === 0,
          ]);
          seen.hops += source.hops;
        }
      };
      for (const { payout, programme, reserveStart, amount, recovered } of state.payouts) {
        const [start, end] = [Number(reserveStart), Number(reserveStart + amount)];
        const list = (page: PageRequest) => read.payoutSources(payout, page);
        await checked(`payout ${payout}`, list, programme, start, end);
        seen.paid += 1;
        seen.recovered += Number(recovered);
      }
      for (const { claim, programme, payouts } of state.claims) {
        const last = payouts.at(-1);
        const end = last === undefined ? 0 : Number(last.reserveStart + last.amount);
        const left = last === undefined ? 0 : Number(last.amount - last.recovered);
        const list = (page: PageRequest) => read.claimSources(claim, page);
        await checked(`claim ${claim}`, list, programme, end - left, end);
      }
    }
    expect(seen.paid).to.be.greaterThan(10);
    expect(Math.min(seen.hops, seen.recovered)).to.be.greaterThan(0);
  }).timeout(30_000);

  it("every list is the same in short pages as in long ones, and holds every record once", async () => {
    for (const { opened, state } of all) {
      const { read } = opened;
      for (const { fund, batches, allocations } of state.funds) {
        const found = await allPages(2, (page) => read.batches(fund, page));
        expect(found.map(({ batch }) => batch)).to.deep.equal(batches.map(({ batch }) => batch));
        const own = await allPages(3, (page) => read.allocations({ fund }, page));
        expect(own.map(({ allocation }) => allocation)).to.deep.equal(
          allocations.map(({ allocation }) => allocation),
        );
      }
      for (const { programme, expenses, allocations } of state.programmes) {
        const found = await allPages(2, (page) => read.expenses(programme, page));
        expect(found.map(({ expense }) => expense)).to.deep.equal(expenses.map(({ expense }) => expense));
        const own = await allPages(2, (page) => read.allocations({ programme }, page));
        expect(own.length).to.equal(allocations.length);
        const claims = await allPages(3, (page) => read.claims({ programme }, page));
        const expected = state.claims.filter((claim) => claim.programme === programme);
        expect(claims.map(({ claim }) => claim)).to.deep.equal(expected.map(({ claim }) => claim));
      }
      const every = await allPages(100, (page) => read.claims({}, page));
      expect(every.length).to.equal(state.claims.length);
      for (const is of claimStates) {
        const some = await allPages(2, (page) => read.claims({ state: is }, page));
        expect(some).to.deep.equal(every.filter((claim) => claim.state === is));
      }
    }
  });

  it("every law holds", async () => {
    for (const { opened } of all) {
      const laws = await opened.read.laws();
      expect(laws.every(({ holds, checked }) => holds && checked > 0)).to.equal(true);
    }
  });

  it("unknown ids have no answer", async () => {
    const read = all[0]?.opened.read;
    if (read === undefined) throw new RangeError("no books");
    const page: PageRequest = { limit: 10 };
    expect([
      await read.fund(fundId(99)),
      await read.programme(programmeId(99)),
      await read.period(programmeId(99), periodNumber(1)),
      await read.period(programmeId(1), periodNumber(99)),
      await read.claim(claimId(9_999)),
      await read.claimSources(claimId(9_999), page),
      await read.payoutSources(payoutId(9_999), page),
      await read.settlement(programmeId(99)),
      await read.insurerStatement(programmeId(99), periodNumber(1), 1, page),
      await read.insurerStatement(programmeId(1), periodNumber(99), 1, page),
      await read.donation(batchId(9_999), 0),
      await read.donation(batchId(1), 3_000),
      await read.donation(batchId(1), -1),
      await read.donation(batchId(1), 0.5),
      await read.donationTrace(batchId(9_999), 0, page),
      await read.donationProof(batchId(9_999), 0),
    ]).to.deep.equal(Array.from({ length: 16 }, () => undefined));
    expect(await read.periods(programmeId(99))).to.deep.equal([]);
    expect(await read.batches(fundId(99), page)).to.deep.equal({ items: [] });
    expect(await read.rosters(programmeId(99), periodNumber(1), page)).to.deep.equal({ items: [] });
  });

  it("a cursor that was made by nobody, or for another list, is refused", async () => {
    const read = all[0]?.opened.read;
    if (read === undefined) throw new RangeError("no books");
    const { next } = await read.claims({}, { limit: 1 });
    if (next === undefined) throw new RangeError("no second page");
    const made = (content: unknown): string => Buffer.from(JSON.stringify(content)).toString("base64url");
    const foreign = [
      "",
      "garbage",
      "%%%",
      "x".repeat(5_000),
      made(null),
      made({ v: 2, list: "allocations", at: 1 }),
      made({ v: 1, list: "allocations", at: -1 }),
      made({ v: 1, list: "allocations", at: "1" }),
      next,
    ];
    for (const cursor of foreign) {
      const refusal = await refusalOf(read.allocations({}, { limit: 1, cursor }));
      expect(refusal, cursor.slice(0, 40)).to.be.instanceOf(InvalidCursor);
    }
    const inner = made({ v: 1, list: "trace", at: 0, in: "t1.c.999999999.5" });
    expect(await refusalOf(read.donationTrace(batchId(1), 0, { limit: 1, cursor: inner }))).to.be.instanceOf(
      InvalidCursor,
    );
    const beyond = made({ v: 1, list: "sources", at: 0, in: "s1.99999999" });
    expect(await refusalOf(read.claimSources(claimId(1), { limit: 1, cursor: beyond }))).to.be.instanceOf(
      InvalidCursor,
    );
  });

  it("a page has 1 to 100 items", async () => {
    const read = all[0]?.opened.read;
    if (read === undefined) throw new RangeError("no books");
    for (const limit of [0, -1, 101, 1.5, Number.NaN]) {
      const questions = [
        read.claims({}, { limit }),
        read.donationTrace(batchId(1), 0, { limit }),
        read.claimSources(claimId(1), { limit }),
        read.payoutSources(payoutId(1), { limit }),
        read.channelDays({}, { limit }),
        read.headNotes({ limit }),
      ];
      for (const question of questions) {
        expect(await refusalOf(question), String(limit)).to.be.instanceOf(InvalidPageLimit);
      }
    }
  });

  it("figures of a block are not shown for the next", async () => {
    const { model } = randomHistory(23, historyLength);
    const chain = new InventedChain();
    const cut = Math.floor(model.events.length / 2);
    chain.grow(model.events.slice(0, cut));
    const opened = await OpenedRead.open(chain.identity, chain);
    const before = await opened.read.summary();
    expect(await opened.read.summary()).to.deep.equal(before);
    chain.grow(model.events.slice(cut));
    await opened.indexer.catchUp();
    const fresh = await OpenedRead.open(chain.identity, chain);
    expect(await opened.read.summary()).to.deep.equal(await fresh.read.summary());
    expect(await opened.read.laws()).to.deep.equal(await fresh.read.laws());
    await opened.close();
    await fresh.close();
  });
});
