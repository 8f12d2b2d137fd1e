/** The published traces on the contract: it is told what the vectors tell, and its lens answers what they say. */
import { readFileSync } from "node:fs";
import { expect } from "chai";
import { claimSources, payoutSources, traceDonation } from "../../chain/lens.ts";
import { decodeLeaves } from "../../protocol/donations/leaves.ts";
import { buildTree } from "../../protocol/donations/merkle-sum.ts";
import { claimId, payoutId } from "../../protocol/ids.ts";
import type { LedgerEvent, RecordedEvent } from "../../protocol/ledger/events.ts";
import type { History, Verb } from "../model/verbs.ts";
import {
  eventsOf,
  nameIn,
  readTold,
  told,
  type TracedLedger,
  type TraceVectors,
} from "../vectors/trace-run.ts";
import { chain } from "./chain.ts";
import { figuresOf } from "./opaque.ts";
import { playHistory, recordedEvents } from "./play.ts";
import { emptyStage, leaveStage } from "./stage.ts";

const { ledgers, amounts: named } = JSON.parse(
  readFileSync(new URL("../vectors/trace.json", import.meta.url), "utf8"),
) as TraceVectors;
const amounts = new Set(named);

const historyOf = ({ startsAt, verbs }: TracedLedger): History => ({
  startsAt,
  verbs: verbs.map((verb) => readTold(verb, amounts, nameIn(verb, "verb")) as Verb),
});

type Recorded = Extract<LedgerEvent, { type: "BatchRecorded" }>;
const batchesIn = (events: readonly RecordedEvent[]): readonly Recorded[] =>
  events.flatMap(({ event }) => (event.type === "BatchRecorded" ? [event] : []));

describe("the published traces on the contract", function () {
  this.timeout(60_000);
  after(leaveStage);

  for (const ledger of ledgers) {
    it(`${ledger.name}: it emits the events, and its lens traces each donation and payout as published`, async () => {
      const stage = await emptyStage();
      await playHistory(stage, historyOf(ledger), ledger.endsAt);
      const events = await recordedEvents(stage);
      expect(figuresOf(events)).to.deep.equal(figuresOf(eventsOf(ledger, amounts)));
      const lens = { client: chain.reader(), lens: stage.lens };
      const batches = batchesIn(events);
      for (const { batch: id, index, start, slices } of ledger.donations) {
        const batch = batches[Number(id) - 1];
        const leaves = decodeLeaves(batch?.leaves ?? new Uint8Array());
        const leaf = leaves[Number(index)];
        if (batch === undefined || leaf === undefined) throw new RangeError("no such donation");
        const siblings = buildTree(leaves).proof(Number(index));
        const asked = { batch: batch.batch, index: Number(index), ...leaf, siblings };
        const traced = await traceDonation(lens, asked);
        expect(told(traced.start)).to.equal(start);
        expect(told(traced.slices)).to.deep.equal(slices);
      }
      for (const { payout, claim, gross, net } of ledger.payouts) {
        expect(told(await payoutSources(lens, payoutId(Number(payout))))).to.deep.equal(gross);
        if (net === undefined) continue;
        expect(told(await claimSources(lens, claimId(Number(claim))))).to.deep.equal(net);
      }
    });
  }
});
