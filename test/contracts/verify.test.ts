/**
 * The check that a browser makes, on random histories with every verb: over JSON-RPC alone it finds every step sound
 * and traces every donation as the protocol does over all events.
 */
import { expect } from "chai";
import { lightNode } from "../../chain/light/node.ts";
import { decodeLeaves } from "../../protocol/donations/leaves.ts";
import { buildTree } from "../../protocol/donations/merkle-sum.ts";
import { bytes32 } from "../../protocol/ids.ts";
import { booksOf } from "../../protocol/ledger/books.ts";
import type { BatchRecorded } from "../../protocol/ledger/events.ts";
import { applyEvent, emptyState } from "../../protocol/ledger/state.ts";
import { proofText } from "../../protocol/receipt/write.ts";
import { verifyDonation, type Report } from "../../protocol/verify/verify.ts";
import { randomHistory } from "../model/history.ts";
import { readAll, slicesOf } from "../model/pages.ts";
import { lengthOf } from "../model/run.ts";
import { chain, testChain } from "./chain.ts";
import { playHistory, recordedEvents } from "./play.ts";
import { emptyStage, leaveStage, type Stage } from "./stage.ts";

const seeds = [3, 17, 42, 100, 207];
const mostChecked = 40;

const node = lightNode((method, params) => chain.request({ method, params: [...params] }));

const proofOf = async ({ ledger, lens }: Stage, recorded: BatchRecorded, index: number): Promise<string> => {
  const leaves = decodeLeaves(recorded.leaves);
  const leaf = leaves[index];
  if (leaf === undefined) throw new RangeError("no such donation");
  const { number, hash } = await chain.head();
  const { batch, fund, startsAt, count, sum, root } = recorded;
  return proofText({
    place: { chainId: testChain.id, ledger, lens },
    batch: { batch, fund, startsAt, count, sum, root },
    index,
    siblings: buildTree(leaves).proof(index),
    head: { number, hash: bytes32(hash), time: chain.time },
    leaf,
  });
};

const outcomes = ({ results }: Report) =>
  results.map((result) => `${result.step} ${result.outcome === "failed" ? result.kind : result.outcome}`);

describe("the browser's check on random histories", () => {
  let recovered = 0;
  let moved = 0;
  after(leaveStage);

  for (const seed of seeds) {
    it(`passes for every donation and traces it as everybody does: seed ${seed}`, async function () {
      this.timeout(60_000);
      const { history, endsAt } = randomHistory(seed, lengthOf(seed));
      const stage = await emptyStage();
      await playHistory(stage, history, endsAt);
      const events = await recordedEvents(stage);
      const books = booksOf(events.reduce(applyEvent, emptyState()));
      const batches = events.flatMap(({ event }) => (event.type === "BatchRecorded" ? [event] : []));
      const donations = batches.flatMap((batch) =>
        Array.from({ length: batch.count }, (_, index) => ({ batch, index })),
      );
      const step = Math.ceil(donations.length / mostChecked);
      for (const { batch, index } of donations.filter((_, at) => at % step === 0)) {
        const report = await verifyDonation({ file: await proofOf(stage, batch, index), node });
        const { checked } = report;
        if (checked === undefined) throw new Error(JSON.stringify(outcomes(report)));
        expect(report.verdict, JSON.stringify(report.results)).to.equal("passed");
        const expected = readAll(slicesOf(batch.fund, checked.interval, 50), books);
        expect(checked.slices).to.deep.equal(expected);
        for (const slice of checked.slices) {
          if (slice.place === "unallocated" || slice.via === undefined) continue;
          if (slice.via.kind === "recovery") recovered += 1;
          else moved += 1;
        }
      }
    });
  }

  it("met money that came back, and money that moved on", () => {
    expect(recovered).to.be.greaterThan(3);
    expect(moved).to.be.greaterThan(3);
  });
});
