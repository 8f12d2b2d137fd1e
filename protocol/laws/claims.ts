/** Law L6: cover, order, and three pairs of eyes. O(claims log claims). */
import { commitmentsOf, committedOf } from "../ledger/promises.ts";
import type { ClaimRecord, LedgerState } from "../ledger/records.ts";
import type { LawCheck } from "../ports/views.ts";
import { Examination, grouped } from "./check.ts";
import { checkQueue } from "./queue.ts";

/** An approval is what makes a claim payable; it is paid whole, and only its last payment can still hold money. */
const checkPayments = (law: Examination, { claim, state, approval, payouts }: ClaimRecord): void => {
  const name = `claim ${claim}`;
  law.holds(() => `${name} is paid and was never approved`, payouts.length === 0 || approval !== undefined);
  law.holds(() => `${name} is paid without a payment`, state !== "paid" || payouts.length > 0);
  for (const [index, { payout, amount, recovered, recoveries }] of payouts.entries()) {
    const back = recoveries.reduce<bigint>((sum, recovery) => sum + recovery.amount, 0n);
    law.equal(() => `payout ${payout}, its recoveries`, recovered, back);
    const isLast = state === "paid" && index === payouts.length - 1;
    if (isLast) law.equal(() => `${name}, paid whole`, approval?.amount ?? 0n, amount);
    else law.equal(() => `payout ${payout}, come back before it was paid again`, amount, recovered);
  }
};

const checkActors = (law: Examination, { claim, filer, approval, payouts }: ClaimRecord): void => {
  const name = `claim ${claim}: filer, adjudicator and payer are not three`;
  if (approval === undefined) return;
  law.holds(() => name, approval.adjudicator !== filer);
  for (const { payer } of payouts) law.holds(() => name, payer !== filer && payer !== approval.adjudicator);
};

/** Per policy period and insured person: approved and unpaid + paid − recovered. A cover of 0 is no limit. */
const checkCover = (law: Examination, state: LedgerState): void => {
  const byPeriod = grouped(state.claims, ({ programme, policyPeriod }) => `${programme} ${policyPeriod}`);
  for (const { programme, periods } of state.programmes) {
    for (const { period, cover, committed } of periods) {
      if (cover === 0n) continue;
      const name = `programme ${programme}, period ${period}, cover that one person holds`;
      const held = commitmentsOf(byPeriod.get(`${programme} ${period}`) ?? []);
      law.equal(() => `programme ${programme}, period ${period}, people`, held.size, committed.size);
      for (const [person, amount] of held) {
        law.equal(() => name, amount, committed.get(person) ?? 0n);
        law.holds(() => `${name}: ${amount}, the cover is ${cover}`, amount <= cover);
      }
    }
  }
};

/** What grants hold of a claim is never more than was attested as remaining of it. */
const checkGrants = (law: Examination, claims: readonly ClaimRecord[]): void => {
  const held = new Map<number, bigint>();
  for (const claim of claims) {
    if (claim.aidOf !== 0) held.set(claim.aidOf, (held.get(claim.aidOf) ?? 0n) + committedOf(claim));
  }
  for (const { claim, granted, approval } of claims) {
    if (granted === 0n && !held.has(claim)) continue;
    law.equal(() => `claim ${claim}, granted for it`, held.get(claim) ?? 0n, granted);
    const remaining = approval?.remaining ?? 0n;
    law.holds(() => `claim ${claim}: ${granted} granted of ${remaining}`, granted <= remaining);
  }
};

/**
 * L6: within the cover, grants within what remained; paid implies approved; filer, approver and payer pairwise distinct;
 * queue order.
 */
export const lawOfClaims = (state: LedgerState): LawCheck => {
  const law = new Examination("L6");
  for (const claim of state.claims) {
    checkPayments(law, claim);
    checkActors(law, claim);
  }
  const byProgramme = grouped(state.claims, ({ programme }) => programme);
  for (const programme of state.programmes)
    checkQueue(law, programme, byProgramme.get(programme.programme) ?? []);
  checkCover(law, state);
  checkGrants(law, state.claims);
  // Not how many claims there are: less those that are open or paid, that would tell how many were decided otherwise.
  law.figure(`${state.payouts.length} payments`);
  return law.result();
};
