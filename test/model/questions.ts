/** Every question about where money is that a witness must answer as the per-fen model does, and the checks. */
import { fen, position } from "../../protocol/amounts.ts";
import { fundId, programmeId } from "../../protocol/ids.ts";
import type { FundId } from "../../protocol/ids.ts";
import type { PaidFromReserve } from "../../protocol/trace/sources.ts";
import type { Interval, Partition, Slice, Source } from "../../protocol/trace/types.ts";
import { expectAgreement } from "./agreement.ts";
import type { PerFenModel } from "./per-fen.ts";
import { modelPartition, modelRuns, runsOf } from "./places.ts";
import type { Run } from "./places.ts";
import { sourcesOf, sourcesOfPlaces } from "./sources.ts";
import type { ModelSource } from "./sources.ts";

export interface DonationQuestion {
  readonly about: string;
  readonly fund: FundId;
  readonly batch: number;
  readonly index: number;
  readonly interval: Interval;
  readonly runs: readonly Run[];
  readonly partition: Partition;
  /** How many of its fen, from the first, are still the donor's. */
  readonly ownFen: number;
}

/** Every donation, one after the other. `name` is that of the history. */
export function* donationQuestions(model: PerFenModel, name: string): Generator<DonationQuestion> {
  const ends = model.funds.map(() => 0);
  for (const { batch, fund, leaves } of model.batches) {
    for (const [index, { amount }] of leaves.entries()) {
      const start = ends[fund - 1] ?? 0;
      const end = start + Number(amount);
      ends[fund - 1] = end;
      const fens = model.fund(fund).fens.slice(start, end);
      const isOwn = fens.map(({ refund }) => refund === 0);
      const ownFen = isOwn.filter(Boolean).length;
      // What was repaid is the back of the donation.
      expectAgreement(`${name}, the donor's fen`, isOwn.indexOf(false), ownFen === fens.length ? -1 : ownFen);
      yield {
        about: `${name}, donation ${index} of batch ${batch}`,
        fund: fundId(fund),
        batch,
        index,
        interval: { start: position(start), end: position(end) },
        runs: modelRuns(model, fund, start, end),
        partition: modelPartition(model, fund, start, end),
        ownFen,
      };
    }
  }
}

/** Throws Disagreement. */
export const checkSlices = ({ about, runs }: DonationQuestion, slices: readonly Slice[]): void =>
  expectAgreement(about, runs, runsOf(slices));

export const checkPartition = ({ about, partition }: DonationQuestion, answer: Partition): void =>
  expectAgreement(`${about}, its parts`, partition, answer);

export interface PayoutQuestion {
  readonly about: string;
  readonly claim: number;
  readonly payout: PaidFromReserve;
  /** Only the last payout of a claim can have money that did not come back. */
  readonly isLast: boolean;
  readonly gross: readonly ModelSource[];
  readonly net: readonly ModelSource[];
}

export function* payoutQuestions(model: PerFenModel, name: string): Generator<PayoutQuestion> {
  for (const { payout, claim, reserveStart, places, recovered } of model.payouts) {
    yield {
      about: `${name}, payout ${payout}`,
      claim,
      payout: {
        programme: programmeId(model.claim(claim).programme),
        reserveStart: position(reserveStart),
        amount: fen(places.length),
        recovered: fen(recovered),
      },
      isLast: model.payoutsOf(claim).at(-1)?.payout === payout,
      gross: sourcesOfPlaces(model, places),
      net: sourcesOfPlaces(model, places.slice(recovered)),
    };
  }
}

export const checkGross = (
  model: PerFenModel,
  { about, gross }: PayoutQuestion,
  answer: readonly Source[],
): void => expectAgreement(`${about}, gross`, gross, sourcesOf(model, answer));

export const checkNet = (
  model: PerFenModel,
  { about, net }: PayoutQuestion,
  answer: readonly Source[],
): void => expectAgreement(`${about}, net`, net, sourcesOf(model, answer));
