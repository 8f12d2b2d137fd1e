/** What histories reached, counted: a comparison that never meets a case says nothing about it. */
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import type { Place } from "./fens.ts";
import type { PerFenModel } from "./per-fen.ts";
import { inRunOff } from "./periods.ts";

/** The steps by which a fen came to a place, in time. */
const cameBy = (place: Place, kind: "recovery" | "move"): number => {
  const until = place.fen.places.indexOf(place) + 1;
  return place.fen.places.slice(0, until).filter(({ via }) => via?.kind === kind).length;
};

const moneyTally = (model: PerFenModel) => {
  const movedPlaces = model.programmes
    .flatMap(({ reserve, operations }) => [...reserve.places, ...operations.places])
    .filter(({ via }) => via?.kind === "move");
  const movedAgain = movedPlaces.filter((place) => cameBy(place, "move") > 1);
  const fallbacks = model.programmes.flatMap(({ verb, reserve }) =>
    reserve.places
      .filter(({ hops }) => hops === 0)
      .filter(({ fen }) => model.fund(fen.fund).verb.fallbackTo === verb.programme)
      .map(({ fen }) => fen.allocation),
  );
  const froms = model.moves.map(({ from }) => from);
  return {
    donations: model.batches.reduce((sum, { leaves }) => sum + leaves.length, 0),
    refunds: model.refunds.length,
    "refunds of a part": model.refunds.filter(({ batch, index, fens }) => {
      const donation = model.batches[batch - 1]?.leaves[index];
      return BigInt(fens.length) !== donation?.amount;
    }).length,
    moves: model.moves.length,
    "moves of moved money": new Set(movedAgain.map(({ via }) => via?.id)).size,
    "further moves of a programme": froms.length - new Set(froms).size,
    "allocations to a fallback": new Set(fallbacks).size,
    advances: model.programmes.filter(({ operations }) => operations.takers.length > operations.places.length)
      .length,
  };
};

const claimTally = (model: PerFenModel) => {
  const steps = model.claims.flatMap((claim) => claim.steps.map((step) => step.split(" ")[0]));
  const count = (step: string): number => steps.filter((one) => one === step).length;
  const covered = model.claims.filter(({ programme, policyPeriod, person }) => {
    const cover = Number(model.policyPeriod(programme, policyPeriod).verb.cover);
    return cover > 0 && model.committed(programme, policyPeriod, person) === cover;
  });
  return {
    claims: count("filed"),
    grants: model.claims.filter(({ aidOf, queueNumber }) => aidOf > 0 && queueNumber > 0).length,
    rejections: count("rejected"),
    withdrawals: count("withdrawn"),
    holds: count("held"),
    releases: count("released"),
    cancellations: count("cancelled"),
    "covers used up": covered.length,
  };
};

const payoutTally = (model: PerFenModel) => {
  const places = model.payouts.map((payout) => payout.places);
  const withMoney = (by: "recovery" | "move"): number =>
    places.filter((paid) => paid.some((place) => cameBy(place, by) > 0)).length;
  const claims = new Set(model.payouts.map(({ claim }) => claim));
  const recoveredAgain = model.recoveries.filter(({ payout, offset, amount }) =>
    model
      .payout(payout)
      .places.slice(offset, offset + amount)
      .some((place) => cameBy(place, "recovery") > 0),
  );
  return {
    payouts: model.payouts.length,
    "payouts shared by insurers": model.payouts.filter(({ parts }) => parts.length > 1).length,
    "payouts of recovered money": withMoney("recovery"),
    "payouts of moved money": withMoney("move"),
    "second payouts of a claim": model.payouts.length - claims.size,
    recoveries: model.recoveries.length,
    "bank returns": model.recoveries.filter(({ returned }) => returned).length,
    "recoveries of recovered money": recoveredAgain.length,
  };
};

/** How often a history did what, and where it stands at its end. */
export const tallyOf = (model: PerFenModel, now: UnixSeconds) => ({
  events: model.events.length,
  ...moneyTally(model),
  ...claimTally(model),
  ...payoutTally(model),
  shortfalls: model.programmes.filter(({ verb, reserve }) => {
    const owed = model.queue(verb.programme).map((claim) => model.approvedOf(model.claim(claim)));
    return owed.reduce((sum, amount) => sum + amount, 0) > reserve.left;
  }).length,
  "closed periods": model.programmes.reduce((sum, { closed }) => sum + closed, 0),
  "programmes with more than eight closed periods": model.programmes.filter(({ closed }) => closed > 8)
    .length,
  "run-offs": model.programmes.filter((programme) => inRunOff(programme, now)).length,
});

export type Tally = Readonly<Record<string, number>>;

export const addedTallies = (one: Tally, other: Tally): Tally => {
  const sum: Record<string, number> = { ...one };
  for (const [name, count] of Object.entries(other)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
};
