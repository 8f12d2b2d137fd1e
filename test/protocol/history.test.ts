import { expect } from "chai";
import { fen, position } from "../../protocol/amounts.ts";
import { leafStarts } from "../../protocol/donations/leaves.ts";
import { booksOf } from "../../protocol/ledger/books.ts";
import { rolledTo } from "../../protocol/ledger/periods.ts";
import type { LedgerState } from "../../protocol/ledger/records.ts";
import {
  advanceOf,
  applyEvent,
  emptyState,
  openClaimsOf,
  queueOf,
  shortfallOf,
} from "../../protocol/ledger/state.ts";
import { intervalOf } from "../../protocol/lines/interval.ts";
import { donationInterval, donationsOfSource } from "../../protocol/trace/donors.ts";
import { partitionOf } from "../../protocol/trace/partition.ts";
import { runAsync, runSync } from "../../protocol/trace/run.ts";
import { traceInterval } from "../../protocol/trace/slices.ts";
import { randomHistory } from "../model/history.ts";
import { modelPartition, modelRuns, modelSources, runOf, sourceFigures } from "../model/places.ts";
import type { PerFenModel } from "../model/per-fen.ts";
import { allSlices, allSources } from "./pages.ts";

const historyCount = 320;
const historyLength = 150;

const reduce = (model: PerFenModel): LedgerState => model.events.reduce(applyEvent, emptyState());

const compareDonations = (state: LedgerState, model: PerFenModel, seed: number): number => {
  const books = booksOf(state);
  let donations = 0;
  for (const batch of state.batches) {
    const starts = leafStarts(batch.leaves);
    for (let index = 0; index < batch.count; index += 1) {
      const interval = donationInterval(batch.startsAt, starts, index);
      const [start, end] = [Number(interval.start), Number(interval.end)];
      const limit = 1 + ((seed + index) % 3);
      const runs = allSlices(books, batch.fund, interval, limit).map(runOf);
      const name = `seed ${seed}, batch ${batch.batch}, donation ${index}`;
      expect(runs, name).to.deep.equal(modelRuns(model, batch.fund, start, end));
      const partition = runSync(partitionOf(batch.fund, interval), books);
      expect(partition, name).to.deep.equal(modelPartition(model, batch.fund, start, end));
      donations += 1;
    }
  }
  return donations;
};

const compareClaims = (state: LedgerState, model: PerFenModel, seed: number): number => {
  const books = booksOf(state);
  for (const payout of state.payouts) {
    const interval = intervalOf(payout.reserveStart, payout.amount);
    const sources = allSources(books, payout.programme, interval, 1 + (seed % 4));
    const expected = modelSources(model, payout.programme, Number(interval.start), Number(interval.end));
    const named = sources.map((source) => {
      const batch = state.batches[source.batch - 1];
      const fund = state.funds[source.fund - 1];
      if (batch === undefined || fund === undefined) throw new RangeError("a source without a batch");
      const starts = leafStarts(batch.leaves);
      const shares = donationsOfSource(source, batch.startsAt, starts, fund.claimsShareBps);
      const donors = shares.map(({ index, amount }) => ({ index, amount: Number(amount) }));
      return { ...sourceFigures(source), donors };
    });
    expect(named, `seed ${seed}, payout ${payout.payout}`).to.deep.equal(expected);
  }
  return state.payouts.length;
};

const compareProgrammes = (state: LedgerState, model: PerFenModel, time: number, seed: number): void => {
  for (const [index, programme] of state.programmes.entries()) {
    const own = model.programme(index + 1);
    const name = `seed ${seed}, programme ${index + 1}`;
    const rolled = rolledTo(programme, time);
    expect(rolled.currentPeriod, name).to.equal(model.periodAt(own, time));
    expect(rolled.inRunOff, name).to.equal(model.inRunOff(own, time));
    for (const figures of rolled.periods) {
      if (figures.period > rolled.currentPeriod) expect(figures.state, name).to.equal("declared");
      else
        expect(figures.record, `${name}, period ${figures.period}`).to.deep.equal(
          model.recordOf(own, figures.period, time),
        );
    }
    const reserve = own.reserve.length - own.reserveSpent;
    const unpaid = own.queue.reduce(
      (sum, claim) => sum + Number(model.claim(claim).approval?.amount ?? 0n),
      0,
    );
    expect(queueOf(programme), name).to.deep.equal(own.queue);
    expect(shortfallOf(programme), name).to.equal(fen(Math.max(0, unpaid - reserve)));
    expect(advanceOf(programme), name).to.equal(
      fen(Math.max(0, own.expenses.length - own.operations.length)),
    );
    const open = model.claims.filter(
      (claim) => claim.verb.programme === index + 1 && claim.payment === undefined,
    );
    expect(openClaimsOf(programme), name).to.equal(open.length);
  }
};

describe("random histories: reducer and trace against the per-fen model", () => {
  it(`agree on every donation, claim and period of ${historyCount} histories (laws L4, L7, L8)`, () => {
    const seen = {
      donations: 0,
      payouts: 0,
      slices: new Set<string>(),
      runOffs: 0,
      advances: 0,
      shortfalls: 0,
    };
    for (let seed = 1; seed <= historyCount; seed += 1) {
      const { model, endsAt } = randomHistory(seed, historyLength);
      const state = reduce(model);
      seen.donations += compareDonations(state, model, seed);
      seen.payouts += compareClaims(state, model, seed);
      compareProgrammes(state, model, endsAt, seed);
      for (const programme of state.programmes) {
        if (rolledTo(programme, endsAt).inRunOff) seen.runOffs += 1;
        if (advanceOf(programme) > 0n) seen.advances += 1;
        if (shortfallOf(programme) > 0n) seen.shortfalls += 1;
      }
      for (const fund of state.funds) {
        const whole = { start: position(0n), end: fund.donated };
        for (const slice of allSlices(booksOf(state), fund.fund, whole)) seen.slices.add(slice.place);
      }
    }
    // The histories reach what they are to compare.
    expect(seen.slices).to.have.lengthOf(5);
    expect(seen.donations).to.be.greaterThan(historyCount * 10);
    expect(seen.payouts).to.be.greaterThan(historyCount);
    expect(Math.min(seen.runOffs, seen.advances, seen.shortfalls)).to.be.greaterThan(20);
  }).timeout(60_000);

  it("write the same history for the same seed", () => {
    expect(randomHistory(7, 50).history).to.deep.equal(randomHistory(7, 50).history);
    expect(randomHistory(7, 50).history).to.not.deep.equal(randomHistory(8, 50).history);
  });

  it("trace the same over books that take time to answer", async () => {
    const { model } = randomHistory(11, 120);
    const state = reduce(model);
    const books = booksOf(state);
    const later = {
      fundLine: async (...query: Parameters<typeof books.fundLine>) => books.fundLine(...query),
      programmeLines: async (...query: Parameters<typeof books.programmeLines>) =>
        books.programmeLines(...query),
      allocationsOfFund: async (...query: Parameters<typeof books.allocationsOfFund>) =>
        books.allocationsOfFund(...query),
      allocationsOfReserve: async (...query: Parameters<typeof books.allocationsOfReserve>) =>
        books.allocationsOfReserve(...query),
      batchesOfFund: async (...query: Parameters<typeof books.batchesOfFund>) =>
        books.batchesOfFund(...query),
      payoutsOfReserve: async (...query: Parameters<typeof books.payoutsOfReserve>) =>
        books.payoutsOfReserve(...query),
      expensesOfOperations: async (...query: Parameters<typeof books.expensesOfOperations>) =>
        books.expensesOfOperations(...query),
    };
    for (const fund of state.funds) {
      const whole = { start: position(0n), end: fund.donated };
      const now = runSync(traceInterval(fund.fund, whole, undefined, 50), books);
      expect(await runAsync(traceInterval(fund.fund, whole, undefined, 50), later)).to.deep.equal(now);
      const total = runSync(partitionOf(fund.fund, whole), books);
      expect(await runAsync(partitionOf(fund.fund, whole), later)).to.deep.equal(total);
    }
  });
});
