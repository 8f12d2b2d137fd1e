/** One history before four witnesses: contract by way of its lens, protocol, index, per-fen model (L4, L7 and L8). */
import { claimSources, payoutSources, traceDonation } from "../../chain/lens.ts";
import type { LensAt } from "../../chain/lens.ts";
import { decodeLeaves } from "../../protocol/donations/leaves.ts";
import { buildTree } from "../../protocol/donations/merkle-sum.ts";
import { claimId, payoutId } from "../../protocol/ids.ts";
import { booksOf } from "../../protocol/ledger/books.ts";
import type { RecordedEvent, UnixSeconds } from "../../protocol/ledger/events.ts";
import type { LedgerState } from "../../protocol/ledger/records.ts";
import { applyEvent, emptyState } from "../../protocol/ledger/state.ts";
import { expectAgreement } from "../model/agreement.ts";
import { compareBooks } from "../model/compare.ts";
import { randomHistory } from "../model/history.ts";
import { grossSources, netSources, readAll, slicesOf } from "../model/pages.ts";
import type { PerFenModel } from "../model/per-fen.ts";
import * as Questions from "../model/questions.ts";
import { lengthOf } from "../model/run.ts";
import { tallyOf } from "../model/tally.ts";
import type { Tally } from "../model/tally.ts";
import { chain } from "./chain.ts";
import { compareIndex } from "./index-witness.ts";
import { compareRecords } from "./lens-witness.ts";
import { figuresOf } from "./opaque.ts";
import { playHistory, recordedEvents } from "./play.ts";
import { expectSameBooks } from "./rebuilt.ts";
import { emptyStage } from "./stage.ts";
import type { Stage } from "./stage.ts";

/** The contract emits what the model said it would. */
const compareEvents = (model: PerFenModel, events: readonly RecordedEvent[], name: string): void => {
  const [expected, emitted] = [figuresOf(model.events), figuresOf(events)];
  for (const [index, event] of expected.entries())
    expectAgreement(`${name}, event ${index + 1}`, event, emitted[index]);
  expectAgreement(`${name}, number of events`, expected.length, emitted.length);
};

const pageLength = 50;

const compareDonations = async (
  lens: LensAt,
  state: LedgerState,
  model: PerFenModel,
  name: string,
): Promise<void> => {
  const books = booksOf(state);
  for (const question of Questions.donationQuestions(model, name)) {
    const { about, fund, interval, batch: id, index } = question;
    const batch = state.batches[id - 1];
    const leaves = batch === undefined ? [] : decodeLeaves(batch.leaves);
    const leaf = leaves[index];
    if (batch === undefined || leaf === undefined) throw new RangeError(`${about} is not in the books`);
    const siblings = buildTree(leaves).proof(index);
    const { start, slices } = await traceDonation(lens, { batch: batch.batch, index, ...leaf, siblings });
    expectAgreement(`${about}, its start`, interval.start, start);
    Questions.checkSlices(question, slices);
    // The same slices in the same order, not only the same places.
    const told = readAll(slicesOf(fund, interval, pageLength), books);
    expectAgreement(`${about}, lens and protocol`, told, slices);
  }
};

const comparePayouts = async (
  lens: LensAt,
  state: LedgerState,
  model: PerFenModel,
  name: string,
): Promise<void> => {
  const books = booksOf(state);
  for (const [index, question] of [...Questions.payoutQuestions(model, name)].entries()) {
    const { about, payout, claim, isLast } = question;
    const gross = await payoutSources(lens, payoutId(index + 1));
    Questions.checkGross(model, question, gross);
    expectAgreement(`${about}, lens and protocol`, readAll(grossSources(payout, pageLength), books), gross);
    if (!isLast) continue;
    const net = await claimSources(lens, claimId(claim));
    Questions.checkNet(model, question, net);
    expectAgreement(`${about}, lens and protocol, net`, readAll(netSources(payout, pageLength), books), net);
  }
  for (const { claim, payouts } of state.claims) {
    if (payouts.length === 0)
      expectAgreement(`${name}, unpaid claim ${claim}`, [], await claimSources(lens, claim));
  }
};

/** Contract, lens and protocol as they stand after the chain's last block, which is of `now`. Throws Disagreement. */
const compareAll = async (
  stage: Stage,
  model: PerFenModel,
  now: UnixSeconds,
  name: string,
): Promise<readonly RecordedEvent[]> => {
  const events = await recordedEvents(stage);
  compareEvents(model, events, name);
  const state = events.reduce(applyEvent, emptyState());
  compareBooks(state, model, now, name);
  await compareRecords(stage, model, now, name);
  const lens = { client: chain.reader(), lens: stage.lens };
  await compareDonations(lens, state, model, name);
  await comparePayouts(lens, state, model, name);
  return events;
};

export interface Played {
  readonly events: readonly RecordedEvent[];
  readonly model: PerFenModel;
  readonly tally: Tally;
}

/**
 * Plays the history of a seed on an empty ledger, comparing once on the way and at its end. Throws Disagreement. The
 * chain stays with the last history until leaveStage.
 */
export const playSeed = async (seed: number): Promise<Played> => {
  const { history, model, endsAt } = randomHistory(seed, lengthOf(seed));
  const stage = await emptyStage();
  const after = Math.floor(history.verbs.length / 2);
  const compare = async (earlier: PerFenModel, now: UnixSeconds): Promise<void> => {
    await compareAll(stage, earlier, now, `seed ${seed}, after ${after} verbs`);
  };
  await playHistory(stage, history, endsAt, { after, call: compare });
  const events = await compareAll(stage, model, endsAt, `seed ${seed}, at its end`);
  await expectSameBooks(stage, events.reduce(applyEvent, emptyState()));
  await compareIndex(stage, model, endsAt, `seed ${seed}`);
  return { events, model, tally: tallyOf(model, endsAt) };
};
