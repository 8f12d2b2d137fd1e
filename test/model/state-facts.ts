/** What the books say that were rebuilt from events, in the shape in which the per-fen model says it. */
import type { Fen, Position } from "../../protocol/amounts.ts";
import { partsOf, readShares } from "../../protocol/insurers/split.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import { rolledTo } from "../../protocol/ledger/periods.ts";
import type { PeriodFigures } from "../../protocol/ledger/periods.ts";
import type {
  ClaimRecord,
  LedgerState,
  PayoutRecord,
  PolicyPeriod,
  ProgrammeRecord,
  RecoveryRecord,
} from "../../protocol/ledger/records.ts";
import { advanceOf, openClaimsOf, queueOf, shortfallOf } from "../../protocol/ledger/state.ts";
import { intervalOf } from "../../protocol/lines/interval.ts";
import type {
  BooksFacts,
  ClaimFacts,
  PayoutFacts,
  PeriodFacts,
  ProgrammeFacts,
  RecoveryFacts,
} from "./facts.ts";
import { recordFacts } from "./model-facts.ts";

const policyFacts = (policy: PolicyPeriod): NonNullable<PeriodFacts["policy"]> => ({
  cover: Number(policy.cover),
  toTheMinute: policy.toTheMinute,
  paid: Number(policy.paid),
  recovered: Number(policy.recovered),
  shares: policy.insurers?.sharesBps ?? [],
  committed: Object.fromEntries(
    [...policy.committed].filter(([, amount]) => amount > 0n).map(([who, amount]) => [who, Number(amount)]),
  ),
});

const periodFacts = (programme: ProgrammeRecord, { period, state, record }: PeriodFigures): PeriodFacts => {
  const facts = { period: Number(period), closed: state === "closed", record: recordFacts(record) };
  const policy = programme.periods[period - 1];
  return policy === undefined ? facts : { ...facts, policy: policyFacts(policy) };
};

const programmeFacts = (programme: ProgrammeRecord, now: UnixSeconds): ProgrammeFacts => {
  const rolled = rolledTo(programme, now);
  const { totals } = programme;
  return {
    programme: programme.programme,
    currentPeriod: rolled.currentPeriod,
    inRunOff: rolled.inRunOff,
    fallbackTo: programme.fallbackTo,
    available: Number(totals.reserveIn - totals.reserveSpent),
    approvedUnpaid: Number(totals.approvedUnpaid),
    shortfall: Number(shortfallOf(programme)),
    advance: Number(advanceOf(programme)),
    operationsIn: Number(totals.operationsIn),
    operationsOut: Number(totals.operationsOut),
    openClaims: openClaimsOf(programme),
    queue: queueOf(programme).map(Number),
    periods: rolled.periods
      .filter(({ period }) => period <= rolled.currentPeriod)
      .map((figures) => periodFacts(programme, figures)),
  };
};

const withoutFigure: readonly string[] = ["withdrawn", "rejected", "held", "released", "cancelled"];

const stepTexts = ({ steps }: ClaimRecord): readonly string[] =>
  steps.map(({ step, amount, reason }) =>
    [step, ...(withoutFigure.includes(step) ? [] : [amount]), ...(reason === undefined ? [] : [reason])].join(
      " ",
    ),
  );

const claimFacts = (claim: ClaimRecord): ClaimFacts => ({
  claim: claim.claim,
  programme: claim.programme,
  policyPeriod: claim.policyPeriod,
  roster: claim.roster,
  aidOf: claim.aidOf,
  person: claim.person,
  incidentFrom: claim.incidentFrom,
  toTheMinute: claim.toTheMinute,
  requested: Number(claim.requested),
  benefit: claim.benefit,
  state: claim.state,
  reason: claim.reason ?? "none",
  approved: Number(claim.approval?.amount ?? 0n),
  remaining: Number(claim.approval?.remaining ?? 0n),
  granted: Number(claim.granted),
  queueNumber: claim.approval?.queueNumber ?? 0,
  payouts: claim.payouts.map(({ payout }) => payout),
  steps: stepTexts(claim),
});

const partsIn = (
  state: LedgerState,
  {
    claim,
    policyStart,
    amount,
  }: { readonly claim: number; readonly policyStart: Position; readonly amount: Fen },
): readonly number[] => {
  const own = state.claims[claim - 1];
  const period = state.programmes[(own?.programme ?? 0) - 1]?.periods[(own?.policyPeriod ?? 0) - 1];
  if (period?.insurers === undefined) return [];
  return partsOf(intervalOf(policyStart, amount), readShares(period.insurers.sharesBps)).map(Number);
};

const payoutFacts = (state: LedgerState, payout: PayoutRecord): PayoutFacts => ({
  payout: payout.payout,
  claim: payout.claim,
  reserveStart: Number(payout.reserveStart),
  amount: Number(payout.amount),
  recovered: Number(payout.recovered),
  recoveries: payout.recoveries.map(({ recovery }) => recovery),
  policyStart: Number(payout.policyStart),
  parts: partsIn(state, payout),
});

const recoveryFacts = (state: LedgerState, recovery: RecoveryRecord): RecoveryFacts => ({
  recovery: recovery.recovery,
  payout: recovery.payout,
  claim: recovery.claim,
  returned: recovery.returned,
  offset: Number(recovery.offset),
  reserveStart: Number(recovery.reserveStart),
  amount: Number(recovery.amount),
  policyStart: Number(recovery.policyStart),
  parts: partsIn(state, recovery),
});

/** As if every period that has ended by `now` were closed. */
export const stateFacts = (state: LedgerState, now: UnixSeconds): BooksFacts => ({
  funds: state.funds.map(({ fund, donated, allocated, claimsAllocated, donations }) => ({
    fund,
    donated: Number(donated),
    allocated: Number(allocated),
    claimsAllocated: Number(claimsAllocated),
    donations,
  })),
  programmes: state.programmes.map((programme) => programmeFacts(programme, now)),
  claims: state.claims.map(claimFacts),
  payouts: state.payouts.map((payout) => payoutFacts(state, payout)),
  recoveries: state.recoveries.map((recovery) => recoveryFacts(state, recovery)),
  refunds: state.refunds.map(({ refund, batch, index, start, amount, covered }) => ({
    refund,
    batch,
    index,
    start: Number(start),
    amount: Number(amount),
    covered: covered?.channel ?? "owed",
  })),
  findings: state.findings.map((finding) => finding.state),
  counts: {
    allocations: state.allocations.length,
    expenses: state.expenses.length,
    moves: state.moves.length,
    rosters: state.rosters.length,
    attestations: state.attestations.length,
    confirmations: state.confirmations.length,
    corrections: state.corrections.length,
  },
});
