/** Every question about where money is that a witness must answer as the per-fen model does. */
import type { Partition } from "../../protocol/trace/types.ts";
import type { PerFenModel } from "./per-fen.ts";
import { modelPartition, modelRuns } from "./places.ts";
import type { Run } from "./places.ts";
import { sourcesOfPlaces } from "./sources.ts";
import type { ModelSource } from "./sources.ts";

export interface DonationQuestion {
  readonly about: string;
  readonly fund: number;
  readonly batch: number;
  readonly index: number;
  /** Fund positions [start, end). */
  readonly start: number;
  readonly end: number;
  readonly runs: readonly Run[];
  readonly partition: Partition;
  /** How many of its fen are still the donor's: the first of them. */
  readonly ownFen: number;
}

/** Every donation, one after the other. */
export function* donationQuestions(model: PerFenModel): Generator<DonationQuestion> {
  const ends = model.funds.map(() => 0);
  for (const { batch, fund, leaves } of model.batches) {
    for (const [index, { amount }] of leaves.entries()) {
      const start = ends[fund - 1] ?? 0;
      const end = start + Number(amount);
      ends[fund - 1] = end;
      const own = model.fund(fund).fens.slice(start, end);
      yield {
        about: `donation ${index} of batch ${batch}`,
        fund,
        batch,
        index,
        start,
        end,
        runs: modelRuns(model, fund, start, end),
        partition: modelPartition(model, fund, start, end),
        ownFen: own.filter(({ refund }) => refund === 0).length,
      };
    }
  }
}

export interface PayoutQuestion {
  readonly about: string;
  readonly payout: number;
  readonly claim: number;
  readonly programme: number;
  /** Reserve positions [start, end), of which the first `recovered` came back. */
  readonly start: number;
  readonly end: number;
  readonly recovered: number;
  readonly gross: readonly ModelSource[];
  /** What did not come back. */
  readonly net: readonly ModelSource[];
}

export function* payoutQuestions(model: PerFenModel): Generator<PayoutQuestion> {
  for (const { payout, claim, reserveStart, places, recovered } of model.payouts) {
    yield {
      about: `payout ${payout}`,
      payout,
      claim,
      programme: model.claim(claim).programme,
      start: reserveStart,
      end: reserveStart + places.length,
      recovered,
      gross: sourcesOfPlaces(model, places),
      net: sourcesOfPlaces(model, places.slice(recovered)),
    };
  }
}
