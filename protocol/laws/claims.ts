/** Law L6, as far as its verbs exist: cover, order, and three pairs of eyes. O(claims). */
import { claimStateOf } from "../ledger/claims.ts";
import type { ClaimRecord, LedgerState, ProgrammeRecord } from "../ledger/records.ts";
import type { LawCheck } from "../ports/views.ts";
import { Examination } from "./check.ts";

const checkClaim = (law: Examination, claim: ClaimRecord): void => {
  const name = `claim ${claim.claim}`;
  const { approval, payouts } = claim;
  law.holds(() => `${name} is paid and was never approved`, payouts.length === 0 || approval !== undefined);
  const paid = payouts.reduce<bigint>((sum, payout) => sum + payout.amount, 0n);
  if (payouts.length > 0) law.equal(() => `${name}, paid whole`, approval?.amount ?? 0n, paid);
  const actors = [claim.filer, ...(approval === undefined ? [] : [approval.adjudicator])];
  actors.push(...payouts.map((payout) => payout.payer));
  const isDistinct = new Set(actors).size === actors.length;
  law.holds(() => `${name}: filer, adjudicator and payer are not three`, isDistinct);
};

const checkQueue = (law: Examination, state: LedgerState, programme: ProgrammeRecord): void => {
  let waiting = 0n;
  for (const [index, id] of programme.queue.entries()) {
    const claim = state.claims[id - 1];
    const name = (): string => `programme ${programme.programme}, claim ${id}`;
    law.equal(() => `${name()}, queue number`, index + 1, claim?.approval?.queueNumber ?? 0);
    const isPaid = claim !== undefined && claimStateOf(claim) === "paid";
    law.holds(() => `${name()} was paid out of order or passed over`, isPaid === index < programme.queuePaid);
    if (!isPaid) waiting += claim?.approval?.amount ?? 0n;
  }
  law.equal(
    () => `programme ${programme.programme}, approved and unpaid`,
    programme.totals.approvedUnpaid,
    waiting,
  );
};

/** Per policy period and insured person, what is approved stays within the cover. 0 is no limit. */
const checkCover = (law: Examination, state: LedgerState): void => {
  const used = new Map<string, bigint>();
  for (const claim of state.claims) {
    const cover = state.programmes[claim.programme - 1]?.periods[claim.policyPeriod - 1]?.cover ?? 0n;
    if (cover === 0n || claim.approval === undefined) continue;
    const key = `${claim.programme} ${claim.policyPeriod} ${claim.person}`;
    const sum = (used.get(key) ?? 0n) + claim.approval.amount;
    used.set(key, sum);
    law.holds(
      () => `claim ${claim.claim}: ${sum} approved for one person, the cover is ${cover}`,
      sum <= cover,
    );
  }
};

/** L6: within the cover; paid implies approved; filer, approver and payer pairwise distinct; queue order. */
export const lawOfClaims = (state: LedgerState): LawCheck => {
  const law = new Examination("L6");
  for (const claim of state.claims) checkClaim(law, claim);
  for (const programme of state.programmes) checkQueue(law, state, programme);
  checkCover(law, state);
  law.figure(`${state.claims.length} claims, ${state.payouts.length} of them paid`);
  return law.result();
};
