/** Claims paid whole from the head of the queue, and money of payments that comes back. */
import { addFen, after, position, subtractFen, zeroFen } from "../amounts.ts";
import { expectNewOperation } from "./access.ts";
import { claimIn, takeStep } from "./claims.ts";
import { makePayable, owedTo } from "./decisions.ts";
import type { ClaimPaid, PayoutRecovered } from "./events.ts";
import { currentPeriodOf } from "./periods.ts";
import { changePromise } from "./promises.ts";
import { headOf, leaveQueue } from "./queue.ts";
import type { ClaimRecord, LedgerState, PayoutRecord, ProgrammeRecord, RecoveryRecord } from "./records.ts";
import { expectActor, expectAmount, expectDigest, expectEqual, expectThat, known } from "./refusals.ts";
import type { Examination } from "./refusals.ts";

const expectPayable = (
  examination: Examination<ClaimPaid>,
  programme: ProgrammeRecord,
  claim: ClaimRecord,
): void => {
  const { event } = examination;
  const { totals, queue } = programme;
  expectEqual(examination, "head of the queue", Number(headOf(queue)?.claim ?? 0), Number(event.claim));
  expectEqual(examination, "period", currentPeriodOf(programme), event.period);
  expectEqual(examination, "amount", owedTo(claim), event.amount);
  expectEqual(examination, "reserveStart", totals.reserveSpent, event.reserveStart);
  const distinct = event.payer !== claim.filer && event.payer !== claim.approval?.adjudicator;
  expectThat(examination, distinct, "payer", "neither filer nor adjudicator", event.payer);
  const spent = totals.reserveSpent + event.amount;
  expectThat(examination, spent <= totals.reserveIn, "reserve", `at least ${spent}`, totals.reserveIn);
  expectDigest(examination, "payment reference", event.paymentReference);
};

export const applyClaimPaid = (state: LedgerState, examination: Examination<ClaimPaid>): void => {
  const { event, place } = examination;
  const { claim, programme, period } = claimIn(state, examination, event, "approved");
  const { totals } = programme;
  expectActor(state, examination, event.payer);
  expectEqual(examination, "payout", state.payouts.length + 1, Number(event.payout));
  expectPayable(examination, programme, claim);
  expectEqual(examination, "policyStart", period.paid, event.policyStart);
  const { type: _type, ...paid } = event;
  const payout: PayoutRecord = { ...paid, place, recovered: zeroFen, recoveries: [] };
  claim.payouts.push(payout);
  state.payouts.push(payout);
  programme.payouts.push(payout);
  period.paid = after(period.paid, event.amount);
  leaveQueue(programme.queue, claim.approval?.queueNumber ?? 0);
  programme.totals = {
    ...totals,
    reserveSpent: after(totals.reserveSpent, event.amount),
    approvedUnpaid: subtractFen(totals.approvedUnpaid, event.amount),
    claimsPaid: totals.claimsPaid + 1,
  };
  takeStep(programme, claim, "paid", { step: "paid", at: place, actor: event.payer, amount: event.amount });
};

/** Puts a recovery into the list that is ascending by where its money stood when it was paid. */
export const insertBySource = (recoveries: RecoveryRecord[], recovery: RecoveryRecord): void => {
  let [low, high] = [0, recoveries.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((recoveries[middle]?.sourceStart ?? 0n) < recovery.sourceStart) low = middle + 1;
    else high = middle;
  }
  recoveries.splice(low, 0, recovery);
};

/** The front of the payout that has not come back yet stands at the end of the reserve line again. */
const expectRecovery = (
  state: LedgerState,
  examination: Examination<PayoutRecovered>,
  payout: PayoutRecord,
  programme: ProgrammeRecord,
): void => {
  const { event } = examination;
  expectNewOperation(state, examination, event.operation);
  expectActor(state, examination, event.payer);
  expectEqual(examination, "recovery", state.recoveries.length + 1, Number(event.recovery));
  expectEqual(examination, "claim", payout.claim, event.claim);
  expectEqual(examination, "period", currentPeriodOf(programme), event.period);
  expectEqual(examination, "offset", BigInt(payout.recovered), BigInt(event.offset));
  expectEqual(examination, "reserveStart", programme.totals.reserveIn, event.reserveStart);
  expectDigest(examination, "evidence", event.evidence);
  expectAmount(examination, "amount", event.amount);
  const left = payout.amount - payout.recovered;
  if (event.returned) expectEqual(examination, "amount", left, BigInt(event.amount));
  expectThat(examination, event.amount <= left, "amount", `at most ${left}`, event.amount);
};

export const applyPayoutRecovered = (state: LedgerState, examination: Examination<PayoutRecovered>): void => {
  const { event, place } = examination;
  const payout = known(state.payouts, examination, "payout", event.payout);
  // Only the last payout of a paid claim has anything left to come back.
  const { claim, programme, period } = claimIn(state, examination, event, "paid");
  expectRecovery(state, examination, payout, programme);
  expectEqual(examination, "policyStart", period.recovered, event.policyStart);
  const { type: _type, operation, ...recovered } = event;
  const { amount, returned, payer } = event;
  const sourceStart = position(payout.reserveStart + event.offset);
  const recovery: RecoveryRecord = { ...recovered, sourceStart, place };
  const { totals } = programme;
  state.operations.add(operation);
  state.recoveries.push(recovery);
  programme.recoveries.push(recovery);
  insertBySource(programme.recoveriesBySource, recovery);
  payout.recoveries.push(recovery);
  payout.recovered = addFen(payout.recovered, amount);
  period.recovered = after(period.recovered, amount);
  programme.totals = {
    ...totals,
    reserveIn: after(totals.reserveIn, amount),
    recovered: addFen(totals.recovered, amount),
  };
  if (returned) oweAgain(programme, claim, recovery);
  else {
    changePromise(state, claim, period, 0n - amount);
    takeStep(programme, claim, "paid", { step: "recovered", at: place, actor: payer, amount });
  }
};

/** A bank return: what came back is owed again, at the old place in the queue; the cover that it holds stays. */
const oweAgain = (
  programme: ProgrammeRecord,
  claim: ClaimRecord,
  { amount, payer, place }: RecoveryRecord,
): void => {
  if (claim.approval !== undefined) claim.approval = { ...claim.approval, amount };
  makePayable(programme, claim);
  takeStep(programme, claim, "approved", { step: "returned", at: place, actor: payer, amount });
};
