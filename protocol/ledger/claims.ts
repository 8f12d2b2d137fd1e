/** Claims: filed, approved into the queue, paid whole from its head. */
import { addFen, after, subtractFen } from "../amounts.ts";
import { expectNewOperation } from "./access.ts";
import type { ClaimState } from "../ports/views.ts";
import type { ClaimApproved, ClaimFiled, ClaimPaid } from "./events.ts";
import { currentPeriodOf, expectRolled } from "./periods.ts";
import type { ClaimRecord, LedgerState } from "./records.ts";
import { expectActor, expectEqual, expectThat, knownClaim, knownProgramme } from "./refusals.ts";
import type { Examination } from "./refusals.ts";

/** Where a claim stands. */
export const claimStateOf = (claim: ClaimRecord): ClaimState =>
  claim.payouts.length > 0 ? "paid" : claim.approval === undefined ? "filed" : "approved";

export const applyClaimFiled = (state: LedgerState, examination: Examination<ClaimFiled>): void => {
  const { event, place } = examination;
  const programme = knownProgramme(state, examination, event.programme);
  expectNewOperation(state, examination, event.operation);
  expectActor(state, examination, event.filer);
  expectRolled(programme, examination);
  expectEqual(examination, "claim", state.claims.length + 1, Number(event.claim));
  const policyPeriod = programme.periods[event.policyPeriod - 1];
  const deadline = policyPeriod?.filingDeadline ?? -1;
  expectThat(examination, policyPeriod !== undefined, "policy period", "a declared one", event.policyPeriod);
  expectThat(examination, place.blockTime <= deadline, "block time", `at most ${deadline}`, place.blockTime);
  expectThat(examination, event.requested >= 1n, "requested", "at least 1", event.requested);
  const filedUndecided = addFen(programme.totals.filedUndecided, event.requested);
  const { type: _type, operation, ...filed } = event;
  state.operations.add(operation);
  state.claims.push({ ...filed, filedAt: place, payouts: [] });
  programme.claimsFiled += 1;
  programme.totals = { ...programme.totals, filedUndecided };
};

export const applyClaimApproved = (state: LedgerState, examination: Examination<ClaimApproved>): void => {
  const { event, place } = examination;
  const claim = knownClaim(state, examination, event.claim);
  const programme = knownProgramme(state, examination, event.programme);
  const { totals } = programme;
  expectActor(state, examination, event.adjudicator);
  expectRolled(programme, examination);
  expectEqual(examination, "programme", claim.programme, event.programme);
  expectEqual(examination, "state of the claim", "filed", claimStateOf(claim));
  expectEqual(examination, "queue number", programme.queue.length + 1, event.queueNumber);
  const fits = event.amount >= 1n && event.amount <= claim.requested;
  expectThat(examination, fits, "amount", `1 to ${claim.requested}`, event.amount);
  expectThat(
    examination,
    event.adjudicator !== claim.filer,
    "adjudicator",
    "not the filer",
    event.adjudicator,
  );
  const { amount, remaining, queueNumber, adjudicator } = event;
  claim.approval = { amount, remaining, queueNumber, adjudicator, place };
  programme.queue.push(event.claim);
  programme.totals = {
    ...totals,
    filedUndecided: subtractFen(totals.filedUndecided, claim.requested),
    approvedUnpaid: addFen(totals.approvedUnpaid, amount),
  };
};

export const applyClaimPaid = (state: LedgerState, examination: Examination<ClaimPaid>): void => {
  const { event, place } = examination;
  const claim = knownClaim(state, examination, event.claim);
  const programme = knownProgramme(state, examination, event.programme);
  const { totals } = programme;
  expectActor(state, examination, event.payer);
  expectRolled(programme, examination);
  expectEqual(examination, "payout", state.payouts.length + 1, Number(event.payout));
  expectEqual(examination, "programme", claim.programme, event.programme);
  expectEqual(examination, "state of the claim", "approved", claimStateOf(claim));
  expectEqual(
    examination,
    "head of the queue",
    Number(programme.queue[programme.queuePaid] ?? 0),
    Number(event.claim),
  );
  expectEqual(examination, "period", currentPeriodOf(programme), event.period);
  expectEqual(examination, "amount", claim.approval?.amount ?? 0n, BigInt(event.amount));
  expectEqual(examination, "reserveStart", totals.reserveSpent, event.reserveStart);
  const distinct = event.payer !== claim.filer && event.payer !== claim.approval?.adjudicator;
  expectThat(examination, distinct, "payer", "neither filer nor adjudicator", event.payer);
  const reserveSpent = after(totals.reserveSpent, event.amount);
  expectThat(
    examination,
    reserveSpent <= totals.reserveIn,
    "reserve",
    `at least ${reserveSpent}`,
    totals.reserveIn,
  );
  const { type: _type, ...paid } = event;
  const payout = { ...paid, place };
  claim.payouts.push(payout);
  state.payouts.push(payout);
  programme.payouts.push(payout);
  programme.queuePaid += 1;
  programme.totals = {
    ...totals,
    reserveSpent,
    approvedUnpaid: subtractFen(totals.approvedUnpaid, event.amount),
    claimsPaid: totals.claimsPaid + 1,
  };
};
