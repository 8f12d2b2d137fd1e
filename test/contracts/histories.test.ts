/**
 * Contract, protocol, index and per-fen model (laws L4, L6, L7 and L8): random histories with every verb,
 * each record, donation, payout and share told by all four. `npm run histories -- --chain N` does it for more.
 */
import { expect } from "chai";
import { addedTallies } from "../model/tally.ts";
import type { Tally } from "../model/tally.ts";
import { playSeed } from "./witnesses.ts";

const historyCount = 80;
/** How often each thing must at least have happened in all of them. */
const leastOften = 5;

let tally: Tally = {};

describe("random histories: contract, protocol, index and per-fen model", () => {
  for (let seed = 1; seed <= historyCount; seed += 1) {
    it(`agree on every event, record, donation and payout: seed ${seed}`, async () => {
      const played = await playSeed(seed);
      tally = addedTallies(tally, played.tally);
    });
  }

  it("reached what they were to compare", () => {
    for (const [name, count] of Object.entries(tally)) expect(count, name).to.be.at.least(leastOften);
  });
});
