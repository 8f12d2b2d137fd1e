import { expect } from "chai";
import { Kysely } from "kysely";
import { DatabaseSync } from "node:sqlite";
import { fundId, programmeId } from "../../../protocol/ids.ts";
import { booksOf } from "../../../protocol/ledger/books.ts";
import { applyEvent, emptyState } from "../../../protocol/ledger/state.ts";
import { position } from "../../../protocol/amounts.ts";
import { indexBooks } from "../../../server/index/books.ts";
import { Indexer } from "../../../server/index/indexer.ts";
import { nodeSqliteDialect } from "../../../server/database/sqlite-dialect.ts";
import type { Schema } from "../../../server/index/tables.ts";
import { compareTraces } from "../../model/compare.ts";
import { randomHistory } from "../../model/history.ts";
import { addedTallies, tallyOf } from "../../model/tally.ts";
import type { Tally } from "../../model/tally.ts";
import { InventedChain } from "./invented-chain.ts";
import { OpenedIndexes } from "./opened.ts";

const histories = 40;
const historyLength = 150;

describe("the books in the index", () => {
  let indexes: OpenedIndexes;
  beforeEach(() => {
    indexes = new OpenedIndexes();
  });
  afterEach(() => indexes.remove());

  const indexed = async (seed: number) => {
    const { model, endsAt } = randomHistory(seed, historyLength);
    const chain = new InventedChain();
    chain.grow(model.events);
    const index = await indexes.open(chain.identity, `index-${seed}.db`);
    await new Indexer({ index, chain }).catchUp();
    return { index, model, endsAt, state: model.events.reduce(applyEvent, emptyState()) };
  };

  it(`trace every donation and payout of ${histories} histories as the per-fen model does (law L8)`, async () => {
    let tally: Tally = {};
    for (let seed = 1; seed <= histories; seed += 1) {
      const { index, model, endsAt } = await indexed(seed);
      await index.read(({ database }) => compareTraces(indexBooks(database), model, `seed ${seed}`));
      tally = addedTallies(tally, tallyOf(model, endsAt));
      await indexes.closeAll();
    }
    const enough = ["donations", "payouts", "recoveries of recovered money", "moves of moved money"] as const;
    for (const name of enough) expect(tally[name], name).to.be.greaterThan(histories);
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
      dialect: nodeSqliteDialect({ path, readOnly: true, connections: 1, promise: "disposable" }),
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
