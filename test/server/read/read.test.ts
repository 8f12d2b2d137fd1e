import { expect } from "chai";
import { addFen, fen } from "../../../protocol/amounts.ts";
import { leafAt, leafStarts } from "../../../protocol/donations/leaves.ts";
import { batchId, claimId, fundId, periodNumber, programmeId } from "../../../protocol/ids.ts";
import { rolledTo } from "../../../protocol/ledger/periods.ts";
import type { LedgerState } from "../../../protocol/ledger/records.ts";
import { applyEvent, emptyState, queueOf, shortfallOf } from "../../../protocol/ledger/state.ts";
import { InvalidCursor } from "../../../protocol/ports/read.ts";
import type { PageRequest } from "../../../protocol/ports/read.ts";
import { places } from "../../../protocol/trace/types.ts";
import { InvalidPageLimit } from "../../../server/read/pages.ts";
import { modelPartition, modelSources } from "../../model/places.ts";
import { randomHistory } from "../../model/history.ts";
import type { PerFenModel } from "../../model/per-fen.ts";
import { InventedChain } from "../index/invented-chain.ts";
import { allPages, OpenedRead } from "./opened.ts";

const historyLength = 200;
const seeds = [2, 5, 8, 13, 17];

interface Books {
  readonly opened: OpenedRead;
  readonly state: LedgerState;
  readonly model: PerFenModel;
  readonly endsAt: number;
}

const openHistory = async (seed: number): Promise<Books> => {
  const { model, endsAt } = randomHistory(seed, historyLength);
  const chain = new InventedChain();
  chain.grow(model.events);
  const opened = await OpenedRead.open(chain.identity, chain);
  opened.time = endsAt;
  return { opened, model, endsAt, state: model.events.reduce(applyEvent, emptyState()) };
};

const refusalOf = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
  } catch (error) {
    return error;
  }
  return undefined;
};

describe("reading the books of random histories", () => {
  const all: Books[] = [];
  before(async () => {
    for (const seed of seeds) all.push(await openHistory(seed));
  });
  after(async () => {
    for (const { opened } of all) await opened.close();
  });

  it("each fund's partition is the per-fen model's, and the summary adds them up", async () => {
    for (const { opened, model, state } of all) {
      const summary = await opened.read.summary();
      for (const { fund, donated, donations, batches } of state.funds) {
        const view = await opened.read.fund(fund);
        expect(view?.partition).to.deep.equal(modelPartition(model, fund, 0, Number(donated)));
        expect(view).to.include({ donations, batches: batches.length });
        const interest = batches.filter(({ channel }) => channel === "interest").map(({ sum }) => sum);
        expect(view?.interest).to.equal(addFen(...interest));
      }
      expect(summary.funds).to.deep.equal(await opened.read.funds());
      expect(summary.programmes).to.deep.equal(await opened.read.programmes());
      for (const place of places) {
        const sum = addFen(...summary.funds.map(({ partition }) => partition[place]));
        expect(addFen(...summary.currencies.map(({ partition }) => partition[place]))).to.equal(sum);
      }
    }
  });

  it("each programme's parts add up to what it was allocated, and its promises are the queue's", async () => {
    for (const { opened, state } of all) {
      for (const record of state.programmes) {
        const view = await opened.read.programme(record.programme);
        if (view === undefined) throw new RangeError("a programme is missing");
        const { allocated, paid, inReserve, operatingSpent, operatingUnspent } = view.partition;
        expect(addFen(paid, inReserve, operatingSpent, operatingUnspent)).to.equal(allocated);
        expect(allocated).to.equal(addFen(...record.allocations.map(({ amount }) => amount)));
        expect(view.shortfall).to.equal(shortfallOf(record));
        expect(view.claims).to.deep.equal({
          filed: record.claimsFiled,
          approved: record.queue.length,
          paid: record.queuePaid,
        });
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
          const partition = (await opened.read.donationTrace(batch, index, { limit: 1 }))?.partition;
          for (const place of places) {
            const own = slices.filter(({ slice }) => slice.place === place).map(({ slice }) => slice.amount);
            expect(partition?.[place]).to.equal(addFen(...own));
          }
        }
      }
    }
  });

  it("each claim's sources name the donations that the per-fen model names", async () => {
    let paid = 0;
    for (const { opened, state, model } of all) {
      for (const claim of state.claims) {
        const sources = await allPages(2, async (page) => {
          const found = await opened.read.claimSources(claim.claim, page);
          if (found === undefined) throw new RangeError("a claim is missing");
          return { items: found.sources, ...(found.next === undefined ? {} : { next: found.next }) };
        });
        const [payout] = claim.payouts;
        if (payout === undefined) {
          expect(sources).to.deep.equal([]);
          continue;
        }
        paid += 1;
        const end = Number(payout.reserveStart + payout.amount);
        const expected = modelSources(model, claim.programme, Number(payout.reserveStart), end);
        const named = sources.map(({ source, firstIndex, lastIndex, donations }) => ({
          batch: Number(source.batch),
          amount: Number(source.amount),
          firstIndex,
          lastIndex,
          donations,
        }));
        expect(named).to.deep.equal(
          expected.map(({ batch, amount, donors }) => ({
            batch,
            amount,
            firstIndex: donors[0]?.index,
            lastIndex: donors.at(-1)?.index,
            donations: donors.length,
          })),
        );
        const total = (await opened.read.claimSources(claim.claim, { limit: 1 }))?.total;
        expect(total).to.equal(addFen(...sources.map(({ source }) => source.amount)));
      }
    }
    expect(paid).to.be.greaterThan(10);
  });

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
      for (const is of ["filed", "approved", "paid"] as const) {
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
      await read.donation(batchId(9_999), 0),
      await read.donation(batchId(1), 3_000),
      await read.donation(batchId(1), -1),
      await read.donation(batchId(1), 0.5),
      await read.donationTrace(batchId(9_999), 0, page),
      await read.donationProof(batchId(9_999), 0),
    ]).to.deep.equal(Array.from({ length: 12 }, () => undefined));
    expect(await read.periods(programmeId(99))).to.deep.equal([]);
    expect(await read.batches(fundId(99), page)).to.deep.equal({ items: [] });
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
    const beyond = made({ v: 1, list: "sources", at: 7 });
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
