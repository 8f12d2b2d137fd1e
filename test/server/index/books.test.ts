import { expect } from "chai";
import { Kysely } from "kysely";
import { DatabaseSync } from "node:sqlite";
import { leafStarts } from "../../../protocol/donations/leaves.ts";
import { fundId, programmeId } from "../../../protocol/ids.ts";
import type { FundId } from "../../../protocol/ids.ts";
import { booksOf } from "../../../protocol/ledger/books.ts";
import type { LedgerState } from "../../../protocol/ledger/records.ts";
import { applyEvent, emptyState } from "../../../protocol/ledger/state.ts";
import { position } from "../../../protocol/amounts.ts";
import { donationInterval, donationsOfSource } from "../../../protocol/trace/donors.ts";
import { partitionOf } from "../../../protocol/trace/partition.ts";
import type { AsyncBooks } from "../../../protocol/trace/requests.ts";
import { runAsync } from "../../../protocol/trace/run.ts";
import { traceInterval } from "../../../protocol/trace/slices.ts";
import { claimSources, payoutSources } from "../../../protocol/trace/sources.ts";
import type { SourcesPage } from "../../../protocol/trace/sources.ts";
import type { Trace } from "../../../protocol/trace/requests.ts";
import type { Interval, Slice, Source } from "../../../protocol/trace/types.ts";
import { indexBooks } from "../../../server/index/books.ts";
import { Indexer } from "../../../server/index/indexer.ts";
import { nodeSqliteDialect } from "../../../server/index/sqlite-dialect.ts";
import type { Schema } from "../../../server/index/tables.ts";
import { randomHistory } from "../../model/history.ts";
import { modelPartition, modelRuns, runsOf } from "../../model/places.ts";
import { modelSources, sourcesOf } from "../../model/sources.ts";
import type { PerFenModel } from "../../model/per-fen.ts";
import { InventedChain } from "./invented-chain.ts";
import { OpenedIndexes } from "./opened.ts";

const histories = 40;
const historyLength = 150;

const allSlices = async (
  books: AsyncBooks,
  fund: FundId,
  interval: Interval,
  limit: number,
): Promise<readonly Slice[]> => {
  const slices: Slice[] = [];
  let cursor: string | undefined;
  do {
    const page = await runAsync(traceInterval(fund, interval, cursor, limit), books);
    slices.push(...page.slices);
    cursor = page.next;
  } while (cursor !== undefined);
  return slices;
};

const allSources = async (
  books: AsyncBooks,
  pageFrom: (cursor: string | undefined) => Trace<SourcesPage>,
): Promise<readonly Source[]> => {
  const sources: Source[] = [];
  let cursor: string | undefined;
  do {
    const page = await runAsync(pageFrom(cursor), books);
    sources.push(...page.sources);
    cursor = page.next;
  } while (cursor !== undefined);
  return sources;
};

const compareDonations = async (
  books: AsyncBooks,
  state: LedgerState,
  model: PerFenModel,
  seed: number,
): Promise<number> => {
  let donations = 0;
  for (const batch of state.batches) {
    const starts = leafStarts(batch.leaves);
    for (let index = 0; index < batch.count; index += 1) {
      const interval = donationInterval(batch.startsAt, starts, index);
      const [start, end] = [Number(interval.start), Number(interval.end)];
      const name = `seed ${seed}, batch ${batch.batch}, donation ${index}`;
      const slices = await allSlices(books, batch.fund, interval, 1 + ((seed + index) % 3));
      expect(runsOf(slices), name).to.deep.equal(modelRuns(model, batch.fund, start, end));
      const partition = await runAsync(partitionOf(batch.fund, interval), books);
      expect(partition, name).to.deep.equal(modelPartition(model, batch.fund, start, end));
      donations += 1;
    }
  }
  return donations;
};

/** What each donation gave, by batch and index. */
const givenBy = (
  gifts: readonly { readonly batch: number; readonly index: number; readonly amount: bigint | number }[],
): ReadonlyMap<string, number> => {
  const given = new Map<string, number>();
  for (const { batch, index, amount } of gifts) {
    const name = `batch ${batch}, donation ${index}`;
    given.set(name, (given.get(name) ?? 0) + Number(amount));
  }
  return given;
};

/** The donations that a source names. */
const donorsOf = (state: LedgerState, source: Source) => {
  const batch = state.batches[source.batch - 1];
  const fund = state.funds[source.fund - 1];
  if (batch === undefined || fund === undefined) throw new RangeError("a source without a batch");
  const shares = donationsOfSource(source, batch.startsAt, leafStarts(batch.leaves), fund.claimsShareBps);
  return shares.map((share) => ({ batch: source.batch, ...share }));
};

const compareClaims = async (
  books: AsyncBooks,
  state: LedgerState,
  model: PerFenModel,
  seed: number,
): Promise<number> => {
  const limit = 1 + (seed % 4);
  for (const payout of state.payouts) {
    const name = `seed ${seed}, payout ${payout.payout}`;
    const gross = await allSources(books, (cursor) => payoutSources(payout, cursor, limit));
    const [start, end] = [Number(payout.reserveStart), Number(payout.reserveStart + payout.amount)];
    const expected = modelSources(model, payout.programme, start, end);
    expect(sourcesOf(model, gross), name).to.deep.equal(expected);
    const named = givenBy(gross.flatMap((source) => donorsOf(state, source)));
    const donors = expected.flatMap(({ batch, donors: own }) => own.map((donor) => ({ batch, ...donor })));
    expect(named, name).to.deep.equal(givenBy(donors));
  }
  for (const { claim, programme, payouts } of state.claims) {
    const last = payouts.at(-1);
    const net = await allSources(books, (cursor) => claimSources(last, cursor, limit));
    const left = last === undefined ? 0 : Number(last.amount - last.recovered);
    const end = last === undefined ? 0 : Number(last.reserveStart + last.amount);
    expect(sourcesOf(model, net), `seed ${seed}, claim ${claim}`).to.deep.equal(
      modelSources(model, programme, end - left, end),
    );
  }
  return state.payouts.length;
};

describe("the books in the index", () => {
  let indexes: OpenedIndexes;
  beforeEach(() => {
    indexes = new OpenedIndexes();
  });
  afterEach(() => indexes.remove());

  const indexed = async (seed: number) => {
    const { model } = randomHistory(seed, historyLength);
    const chain = new InventedChain();
    chain.grow(model.events);
    const index = await indexes.open(chain.identity, `index-${seed}.db`);
    await new Indexer({ index, chain }).catchUp();
    return { index, model, state: model.events.reduce(applyEvent, emptyState()) };
  };

  it(`trace every donation and claim of ${histories} histories as the per-fen model does (law L8)`, async () => {
    const seen = { donations: 0, payouts: 0 };
    for (let seed = 1; seed <= histories; seed += 1) {
      const { index, model, state } = await indexed(seed);
      await index.read(async ({ database }) => {
        const books = indexBooks(database);
        seen.donations += await compareDonations(books, state, model, seed);
        seen.payouts += await compareClaims(books, state, model, seed);
      });
      await indexes.closeAll();
    }
    expect(seen.donations).to.be.greaterThan(histories * 10);
    expect(seen.payouts).to.be.greaterThan(histories);
  }).timeout(60_000);

  it("answer every range of every line as the books in memory do, and never more than was asked for", async () => {
    let answers = 0;
    const seen: number[] = [];
    for (const seed of [3, 9, 14]) {
      const { index, state } = await indexed(seed);
      const memory = booksOf(state);
      await index.read(async ({ database }) => {
        const books = indexBooks(database);
        for (let at = 0; at < 400; at += 1) {
          const start = position(BigInt((at * 37) % 900));
          const interval = { start, end: position(start + BigInt(1 + ((at * 13) % 120))) };
          const limit = 1 + (at % 5);
          for (const method of ["allocationsOfFund", "batchesOfFund"] as const) {
            for (const { fund } of state.funds) {
              const found = await books[method](fund, interval, limit);
              expect(found.length).to.be.at.most(limit);
              const ids = found.map((record) => ("batch" in record ? record.batch : record.allocation));
              const expected = memory[method](fund, interval, limit);
              const own = expected.map((record) => ("batch" in record ? record.batch : record.allocation));
              expect(ids, `${method} of fund ${fund}`).to.deep.equal(own);
              answers += ids.length;
            }
          }
          for (const { programme } of state.programmes) {
            const found = [
              (await books.allocationsOfReserve(programme, interval, limit)).map((one) => one.allocation),
              (await books.payoutsOfReserve(programme, interval, limit)).map((one) => one.payout),
              (await books.expensesOfOperations(programme, interval, limit)).map((one) => one.expense),
              await books.arrivalsOfReserve(programme, interval, limit),
              await books.departuresOfReserve(programme, interval, limit),
              await books.arrivalsOfOperations(programme, interval, limit),
              await books.departuresOfOperations(programme, interval, limit),
            ];
            for (const [kind, list] of found.entries()) seen[kind] = (seen[kind] ?? 0) + list.length;
            expect(found, `programme ${programme}`).to.deep.equal([
              memory.allocationsOfReserve(programme, interval, limit).map((one) => one.allocation),
              memory.payoutsOfReserve(programme, interval, limit).map((one) => one.payout),
              memory.expensesOfOperations(programme, interval, limit).map((one) => one.expense),
              memory.arrivalsOfReserve(programme, interval, limit),
              memory.departuresOfReserve(programme, interval, limit),
              memory.arrivalsOfOperations(programme, interval, limit),
              memory.departuresOfOperations(programme, interval, limit),
            ]);
          }
        }
      });
      await indexes.closeAll();
    }
    expect(answers).to.be.greaterThan(1_000);
    expect(seen).to.have.length(7);
    expect(Math.min(...seen)).to.be.greaterThan(20);
  }).timeout(60_000);

  it("read along an index of their line, from where the interval begins, however long the line is", async () => {
    const { state } = await indexed(5);
    await indexes.closeAll();
    const asked: { readonly sql: string; readonly parameters: readonly unknown[] }[] = [];
    const path = indexes.path("index-5.db");
    const database = new Kysely<Schema>({
      dialect: nodeSqliteDialect({ path, readOnly: true, connections: 1 }),
      log: ({ query: { sql, parameters } }) => {
        asked.push({ sql, parameters });
      },
    });
    const books = indexBooks(database);
    const [interval, limit] = [{ start: position(5n), end: position(9n) }, 3];
    const fund = state.funds[0]?.fund ?? fundId(1);
    const programme = state.programmes[0]?.programme ?? programmeId(1);
    await books.fundLine(fund);
    await books.programmeLines(programme);
    await books.allocationsOfFund(fund, interval, limit);
    await books.batchesOfFund(fund, interval, limit);
    await books.allocationsOfReserve(programme, interval, limit);
    await books.payoutsOfReserve(programme, interval, limit);
    await books.expensesOfOperations(programme, interval, limit);
    await books.arrivalsOfReserve(programme, interval, limit);
    await books.departuresOfReserve(programme, interval, limit);
    await books.arrivalsOfOperations(programme, interval, limit);
    await books.departuresOfOperations(programme, interval, limit);
    await database.destroy();
    const file = new DatabaseSync(path, { readOnly: true });
    const plans = asked.map(({ sql, parameters }) =>
      file
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all(...parameters.map(String))
        .map((step) => String(step["detail"])),
    );
    file.close();
    expect(plans.length).to.equal(11);
    for (const plan of plans) {
      for (const step of plan) expect(step).to.match(/^(SEARCH|SCALAR SUBQUERY)/);
    }
  });
});
