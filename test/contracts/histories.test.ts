/**
 * The contract against the protocol against the per-fen model (laws L4 and L8): every donation and claim of random
 * histories, traced three ways. HISTORIES sets how many, FIRST_SEED where to begin.
 */
import { expect } from "chai";
import { claimSources, reserveOf, traceDonation } from "../../chain/lens.ts";
import type { LensAt } from "../../chain/lens.ts";
import { address } from "../../protocol/ids.ts";
import { decodeLeaves, leafStarts } from "../../protocol/donations/leaves.ts";
import { buildTree } from "../../protocol/donations/merkle-sum.ts";
import { booksOf } from "../../protocol/ledger/books.ts";
import { rolledTo } from "../../protocol/ledger/periods.ts";
import type { LedgerState } from "../../protocol/ledger/records.ts";
import { applyEvent, emptyState, queueOf, shortfallOf } from "../../protocol/ledger/state.ts";
import { intervalOf } from "../../protocol/lines/interval.ts";
import { donationInterval } from "../../protocol/trace/donors.ts";
import { randomHistory } from "../model/history.ts";
import type { PerFenModel } from "../model/per-fen.ts";
import { modelRuns, modelSources, runOf, sourceFigures } from "../model/places.ts";
import { allSlices, allSources } from "../protocol/pages.ts";
import { emptyBooks } from "./books.ts";
import type { TestBooks } from "./books.ts";
import { expectSameBooks } from "./rebuilt.ts";
import { playHistory, recordedEvents } from "./play.ts";

const historyCount = Number(process.env["HISTORIES"] ?? 40);
const firstSeed = Number(process.env["FIRST_SEED"] ?? 1);
const historyLength = 120;

const seen = { donations: 0, payouts: 0, closed: 0, runOffs: 0, places: new Set<string>() };

const compareDonations = async (lens: LensAt, state: LedgerState, model: PerFenModel): Promise<void> => {
  const books = booksOf(state);
  for (const { batch, fund, startsAt, leaves: wire } of state.batches) {
    const [leaves, starts] = [decodeLeaves(wire), leafStarts(wire)];
    const tree = buildTree(leaves);
    for (const [index, leaf] of leaves.entries()) {
      const interval = donationInterval(startsAt, starts, index);
      const proven = { batch, index, ...leaf, siblings: tree.proof(index) };
      const traced = await traceDonation(lens, proven);
      const name = `batch ${batch}, donation ${index}`;
      expect(traced.start, name).to.equal(interval.start);
      expect(traced.slices, name).to.deep.equal(allSlices(books, fund, interval));
      const [start, end] = [Number(interval.start), Number(interval.end)];
      expect(traced.slices.map(runOf), name).to.deep.equal(modelRuns(model, fund, start, end));
      seen.donations += 1;
      for (const { place } of traced.slices) seen.places.add(place);
    }
  }
};

const compareClaims = async (lens: LensAt, state: LedgerState, model: PerFenModel): Promise<void> => {
  const books = booksOf(state);
  for (const { claim, payouts } of state.claims) {
    const sources = await claimSources(lens, claim);
    const [payout] = payouts;
    if (payout === undefined) expect(sources, `claim ${claim}`).to.deep.equal([]);
    else {
      const interval = intervalOf(payout.reserveStart, payout.amount);
      expect(sources, `claim ${claim}`).to.deep.equal(allSources(books, payout.programme, interval));
      const [start, end] = [Number(interval.start), Number(interval.end)];
      const expected = modelSources(model, payout.programme, start, end);
      const figures = expected.map(({ fund, batch, allocation, fundStart, fundEnd, amount }) => ({
        fund,
        batch,
        allocation,
        fundStart,
        fundEnd,
        amount,
      }));
      expect(sources.map(sourceFigures), `claim ${claim}`).to.deep.equal(figures);
      seen.payouts += 1;
    }
  }
};

const comparePeriods = async (
  books: TestBooks,
  state: LedgerState,
  model: PerFenModel,
  time: number,
): Promise<void> => {
  for (const programme of state.programmes) {
    const id = programme.programme;
    const own = model.programme(id);
    const current = await books.lens.read.currentPeriod([id]);
    expect(current, `programme ${id}`).to.equal(model.periodAt(own, time));
    for (let period = 1; period <= current; period += 1) {
      const { record, closed } = await books.lens.read.period([id, period]);
      expect(record, `programme ${id}, period ${period}`).to.deep.equal(model.recordOf(own, period, time));
      expect(closed, `programme ${id}, period ${period}`).to.equal(period < current);
      if (closed) seen.closed += 1;
    }
    const rolled = rolledTo(programme, time);
    for (const { period, record } of rolled.periods) {
      expect((await books.lens.read.period([id, period])).record).to.deep.equal(record);
    }
    if (rolled.inRunOff) seen.runOffs += 1;
  }
};

const compareQueues = async (lens: LensAt, state: LedgerState, model: PerFenModel): Promise<void> => {
  for (const programme of state.programmes) {
    const own = model.programme(programme.programme);
    expect(queueOf(programme)).to.deep.equal(own.queue);
    const reserve = await reserveOf(lens, programme.programme);
    expect(reserve.shortfall).to.equal(shortfallOf(programme));
    expect(reserve.available).to.equal(BigInt(own.reserve.length - own.reserveSpent));
  }
};

describe("random histories: contract, protocol and per-fen model", () => {
  for (let seed = firstSeed; seed < firstSeed + historyCount; seed += 1) {
    it(`agree on every donation, claim and period, and the events hold the whole state: seed ${seed}`, async () => {
      const { history, model, endsAt } = randomHistory(seed, historyLength);
      const books = await emptyBooks();
      await playHistory(books, history, endsAt);
      const state = (await recordedEvents(books)).reduce(applyEvent, emptyState());
      const lens = { client: books.chain.reader(), lens: address(books.lens.address) };
      await compareDonations(lens, state, model);
      await compareClaims(lens, state, model);
      await comparePeriods(books, state, model, endsAt);
      await compareQueues(lens, state, model);
      await expectSameBooks(books, state);
    });
  }

  // Fewer histories, asked for while looking for a defect, need not reach everything.
  if (historyCount < 40) return;
  it("reached what they were to compare", () => {
    expect(seen.places).to.have.lengthOf(5);
    expect(seen.donations).to.be.greaterThan(historyCount * 10);
    expect(seen.payouts).to.be.at.least(historyCount);
    expect(seen.closed).to.be.greaterThan(historyCount);
    expect(seen.runOffs).to.be.greaterThan(0);
  });
});
