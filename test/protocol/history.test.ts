/**
 * Reducers and traces of the protocol against the slow per-fen model, over random histories with every verb (laws L4,
 * L6, L7 and L8). `npm run histories` does the same for as many as one likes.
 */
import { expect } from "chai";
import { booksOf } from "../../protocol/ledger/books.ts";
import { applyEvent, emptyState } from "../../protocol/ledger/state.ts";
import type { AsyncBooks } from "../../protocol/trace/requests.ts";
import { compareTraces } from "../model/compare.ts";
import { randomHistory } from "../model/history.ts";
import { lengthOf, runHistory } from "../model/run.ts";
import { addedTallies } from "../model/tally.ts";
import type { Tally } from "../model/tally.ts";

const historyCount = 4000;
/** How often each thing must at least have happened in all histories together, so that the comparison means it. */
const leastOften = 150;

describe("random histories: reducers and traces against the per-fen model", () => {
  it(`agree on every record, donation and payout of ${historyCount} histories, on their way and at their end`, () => {
    let tally: Tally = {};
    for (let seed = 1; seed <= historyCount; seed += 1) tally = addedTallies(tally, runHistory(seed));
    for (const [name, count] of Object.entries(tally)) expect(count, name).to.be.at.least(leastOften);
  }).timeout(120_000);

  it("write the same history for the same seed", () => {
    expect(randomHistory(7, 50).history).to.deep.equal(randomHistory(7, 50).history);
    expect(randomHistory(7, 50).history).to.not.deep.equal(randomHistory(8, 50).history);
  });

  it("trace the same over books that take time to answer", async () => {
    for (const seed of [11, 13, 14]) {
      const { model } = randomHistory(seed, lengthOf(seed));
      const books = booksOf(model.events.reduce(applyEvent, emptyState()));
      const later: AsyncBooks = {
        fundLine: async (...query) => books.fundLine(...query),
        programmeLines: async (...query) => books.programmeLines(...query),
        allocationsOfFund: async (...query) => books.allocationsOfFund(...query),
        allocationsOfReserve: async (...query) => books.allocationsOfReserve(...query),
        batchesOfFund: async (...query) => books.batchesOfFund(...query),
        payoutsOfReserve: async (...query) => books.payoutsOfReserve(...query),
        expensesOfOperations: async (...query) => books.expensesOfOperations(...query),
        arrivalsOfReserve: async (...query) => books.arrivalsOfReserve(...query),
        departuresOfReserve: async (...query) => books.departuresOfReserve(...query),
        arrivalsOfOperations: async (...query) => books.arrivalsOfOperations(...query),
        departuresOfOperations: async (...query) => books.departuresOfOperations(...query),
      };
      await compareTraces(later, model, `seed ${seed}`);
    }
  });
});
