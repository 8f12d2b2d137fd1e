/** What claims and queues must say. */
import { addFen, fen, zeroFen } from "../../../protocol/amounts.ts";
import { dayOf, formatDay, formatInstant } from "../../../protocol/calendar.ts";
import type { ClaimId } from "../../../protocol/ids.ts";
import { waitingIn } from "../../../protocol/ledger/queue.ts";
import type {
  ClaimRecord,
  ClaimStep,
  LedgerState,
  PayoutRecord,
  ProgrammeRecord,
} from "../../../protocol/ledger/records.ts";
import type { Expected } from "./told.ts";
import { claimCode, money, moneys, place, programmeCode } from "./wire.ts";
import { programmeNamedBy, type AuditedBooks } from "./words.ts";

const payoutOf = (payout: PayoutRecord, currency: string): Expected => ({
  payout: payout.payout,
  ...moneys({ amount: payout.amount, recovered: payout.recovered }, currency),
  reserveStart: payout.reserveStart.toString(),
  period: payout.period,
  paidAt: place(payout.place),
  paymentReference: payout.paymentReference,
});

const stepOf = ({ step, at, actor, amount, reason }: ClaimStep, currency: string): Expected => ({
  step,
  at: place(at),
  actor,
  amount: amount === undefined ? undefined : money(amount, currency),
  reason,
});

const incidentOf = ({ aidOf, incidentFrom, toTheMinute }: ClaimRecord): string | undefined => {
  if (aidOf !== 0) return undefined;
  return toTheMinute ? formatInstant(incidentFrom) : formatDay(dayOf(incidentFrom));
};

/** How many stand before it in the queue, and what the reserve lacks to pay it and them. */
const waitingOf = (state: LedgerState, programme: ProgrammeRecord, { claim, state: stands }: ClaimRecord) => {
  if (stands !== "approved") return { claimsAhead: undefined, missing: undefined };
  const queue = waitingIn(programme.queue);
  const claimsAhead = queue.indexOf(claim);
  const needed = queue
    .slice(0, claimsAhead + 1)
    .reduce((sum, one) => sum + (state.claims[one - 1]?.approval?.amount ?? 0n), 0n);
  const available = programme.totals.reserveIn - programme.totals.reserveSpent;
  const missing = needed > available ? fen(needed - available) : zeroFen;
  return { claimsAhead, missing: money(missing, programme.currency) };
};

const grantsByClaim = new WeakMap<LedgerState, ReadonlyMap<number, readonly ClaimRecord[]>>();

/** Counted once for the books, which change no more. */
const grantsOf = (state: LedgerState): ReadonlyMap<number, readonly ClaimRecord[]> => {
  const known = grantsByClaim.get(state);
  if (known !== undefined) return known;
  const grants = new Map<number, ClaimRecord[]>();
  for (const claim of state.claims) {
    if (claim.aidOf !== 0) grants.set(claim.aidOf, [...(grants.get(claim.aidOf) ?? []), claim]);
  }
  grantsByClaim.set(state, grants);
  return grants;
};

export const expectedClaim = (books: AuditedBooks, claim: ClaimRecord): Expected => {
  const { state } = books;
  const grants = grantsOf(state).get(claim.claim) ?? [];
  const programme = state.programmes[claim.programme - 1];
  if (programme === undefined) return {};
  const { currency } = programme;
  const { approval, payouts } = claim;
  return {
    code: claimCode(claim.claim),
    programme: programmeCode(claim.programme),
    ...programmeNamedBy(books, programme.programme, "programmeName"),
    policyPeriod: claim.policyPeriod,
    state: claim.state,
    reason: claim.reason,
    benefit: claim.benefit,
    incident: incidentOf(claim),
    roster: claim.roster === 0 ? undefined : claim.roster,
    ...moneys(
      {
        requested: claim.requested,
        approved: approval?.amount ?? zeroFen,
        remaining: approval?.remaining ?? zeroFen,
        granted: claim.granted,
        paid: addFen(...payouts.map(({ amount }) => amount)),
        recovered: addFen(...payouts.map(({ recovered }) => recovered)),
      },
      currency,
    ),
    aidOf: claim.aidOf === 0 ? undefined : claimCode(claim.aidOf),
    grants: grants.map((grant) => claimCode(grant.claim)),
    queueNumber: approval?.queueNumber,
    ...waitingOf(state, programme, claim),
    filedAt: place(claim.filedAt),
    approvedAt: approval === undefined ? undefined : place(approval.place),
    payouts: payouts.map((payout) => payoutOf(payout, currency)),
    steps: claim.steps.map((step) => stepOf(step, currency)),
  };
};

export const expectedClaims = (books: AuditedBooks): readonly Expected[] =>
  books.state.claims.map((claim) => expectedClaim(books, claim));

/** The claims in the order in which they will be paid. */
export const expectedQueue = ({ queue }: ProgrammeRecord): readonly ClaimId[] => waitingIn(queue);
