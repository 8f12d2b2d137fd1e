/** What the per-fen model says, counted. */
import type { CloseRecord, UnixSeconds } from "../../protocol/ledger/events.ts";
import type { ModelClaim, ModelPayout, ModelProgramme } from "./books.ts";
import type { BooksFacts, ClaimFacts, PayoutFacts, PeriodFacts, ProgrammeFacts } from "./facts.ts";
import type { PerFenModel } from "./per-fen.ts";
import { inRunOff, periodAt, recordOf } from "./periods.ts";

export const recordFacts = (record: Readonly<Record<keyof CloseRecord, bigint>>): PeriodFacts["record"] => ({
  opening: Number(record.opening),
  allocated: Number(record.allocated),
  movedIn: Number(record.movedIn),
  movedOut: Number(record.movedOut),
  recovered: Number(record.recovered),
  paid: Number(record.paid),
  closing: Number(record.closing),
  approvedUnpaid: Number(record.approvedUnpaid),
  filedUndecided: Number(record.filedUndecided),
  operationsIn: Number(record.operationsIn),
  operationsMovedIn: Number(record.operationsMovedIn),
  operationsMovedOut: Number(record.operationsMovedOut),
  expenses: Number(record.expenses),
});

const committedOf = (
  model: PerFenModel,
  programme: number,
  period: number,
): Readonly<Record<string, number>> => {
  const persons = new Set(
    model
      .claimsOf(programme)
      .filter(({ policyPeriod }) => policyPeriod === period)
      .map(({ person }) => person),
  );
  const taken = [...persons].map((person) => [person, model.committed(programme, period, person)] as const);
  return Object.fromEntries(taken.filter(([, amount]) => amount > 0));
};

const periodFacts = (
  model: PerFenModel,
  programme: ModelProgramme,
  period: number,
  now: UnixSeconds,
): PeriodFacts => {
  const facts = {
    period,
    closed: period < periodAt(programme, now),
    record: recordFacts(recordOf(model, programme, period)),
  };
  const policy = programme.periods[period - 1];
  if (policy === undefined) return facts;
  const { verb, paid, recovered, insurers } = policy;
  const cover = Number(verb.cover);
  const committed = cover === 0 ? {} : committedOf(model, programme.verb.programme, period);
  const shares = insurers?.shares ?? [];
  return { ...facts, policy: { cover, toTheMinute: verb.toTheMinute, paid, recovered, shares, committed } };
};

const programmeFacts = (model: PerFenModel, programme: ModelProgramme, now: UnixSeconds): ProgrammeFacts => {
  const { programme: id } = programme.verb;
  const { reserve, operations } = programme;
  const current = periodAt(programme, now);
  const queue = model.queue(id);
  const approvedUnpaid = queue.reduce((sum, claim) => sum + model.approvedOf(model.claim(claim)), 0);
  const known = programme.periods.length === 0 ? 0 : current;
  return {
    programme: id,
    currentPeriod: current,
    inRunOff: inRunOff(programme, now),
    fallbackTo: programme.fallbackTo,
    available: reserve.left,
    approvedUnpaid,
    shortfall: Math.max(0, approvedUnpaid - reserve.left),
    advance: Math.max(0, operations.takers.length - operations.places.length),
    operationsIn: operations.places.length,
    operationsOut: operations.takers.length,
    openClaims: model.openClaims(id).length,
    queue,
    periods: Array.from({ length: known }, (_, index) => periodFacts(model, programme, index + 1, now)),
  };
};

const claimFacts = (model: PerFenModel, claim: ModelClaim): ClaimFacts => ({
  claim: claim.claim,
  programme: claim.programme,
  policyPeriod: claim.policyPeriod,
  roster: claim.roster,
  aidOf: claim.aidOf,
  person: claim.person,
  incidentFrom: claim.incidentFrom,
  toTheMinute: claim.toTheMinute,
  requested: claim.requested,
  benefit: claim.benefit,
  state: model.stateOf(claim),
  reason: claim.reason ?? "none",
  approved: model.approvedOf(claim),
  remaining: claim.remaining,
  granted: model.granted(claim.claim),
  queueNumber: claim.queueNumber,
  payouts: model.payoutsOf(claim.claim).map(({ payout }) => payout),
  steps: [...claim.steps],
});

const payoutFacts = (model: PerFenModel, payout: ModelPayout): PayoutFacts => ({
  payout: payout.payout,
  claim: payout.claim,
  reserveStart: payout.reserveStart,
  amount: payout.places.length,
  recovered: payout.recovered,
  recoveries: model.recoveries
    .filter((recovery) => recovery.payout === payout.payout)
    .map(({ recovery }) => recovery),
  policyStart: payout.policyStart,
  parts: payout.parts,
});

/** As if every period that has ended by `now` were closed. */
export const modelFacts = (model: PerFenModel, now: UnixSeconds): BooksFacts => ({
  funds: model.funds.map(({ verb, fens, allocated }) => ({
    fund: verb.fund,
    donated: fens.length,
    allocated,
    claimsAllocated: fens.filter(({ places }) => places[0]?.line.lane === "claims").length,
    donations: model.batches
      .filter(({ fund }) => fund === verb.fund)
      .reduce((sum, { leaves }) => sum + leaves.length, 0),
  })),
  programmes: model.programmes.map((programme) => programmeFacts(model, programme, now)),
  claims: model.claims.map((claim) => claimFacts(model, claim)),
  payouts: model.payouts.map((payout) => payoutFacts(model, payout)),
  recoveries: model.recoveries.map((recovery) => ({
    ...recovery,
    claim: model.payout(recovery.payout).claim,
  })),
  refunds: model.refunds.map(({ refund, batch, index, fens, covered }) => ({
    refund,
    batch,
    index,
    start: fens[0]?.position ?? 0,
    amount: fens.length,
    covered: covered ?? "owed",
  })),
  findings: [...model.findings],
  counts: {
    allocations: model.allocations,
    expenses: model.expenses,
    moves: model.moves.length,
    rosters: model.rosters.length,
    attestations: model.attestations,
    confirmations: model.confirmations,
    corrections: model.corrections,
  },
});
