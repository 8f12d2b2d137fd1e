/**
 * Contract, protocol, index and per-fen model (laws L4, L6, L7 and L8): random histories with every verb,
 * each record, donation, payout and share told by all four. `npm run histories -- --chain N` does it for more.
 */
import { expect } from "chai";
import { addedTallies } from "../model/tally.ts";
import type { Tally } from "../model/tally.ts";
import { leaveStage } from "./stage.ts";
import { playSeed } from "./witnesses.ts";

/** The last of them is a long one. */
const seeds = [...Array.from({ length: 79 }, (_, index) => index + 1), 100];
/** How often each thing must at least have happened in all of them. */
const leastOften = 5;

let tally: Tally = {};

describe("random histories: contract, protocol, index and per-fen model", () => {
  after(leaveStage);

  for (const seed of seeds) {
    it(`agree on every event, record, donation and payout: seed ${seed}`, async () => {
      const played = await playSeed(seed);
      tally = addedTallies(tally, played.tally);
    });
  }

  it("reached what they were to compare", () => {
    for (const [name, count] of Object.entries(tally)) expect(count, name).to.be.at.least(leastOften);
  });
});
