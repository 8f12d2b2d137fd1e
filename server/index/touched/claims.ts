/** Rows of events about claims, what they were paid and what came back. */
import type { ClaimId } from "../../../protocol/ids.ts";
import type { ClaimPaid, LedgerEvent, PayoutRecovered } from "../../../protocol/ledger/events.ts";
import type { ClaimRecord } from "../../../protocol/ledger/records.ts";
import { approvalRow, claimRow, stepRow } from "../codecs/claims.ts";
import { recoveryHop } from "../codecs/hops.ts";
import { payoutRow, recoveryRow } from "../codecs/lines.ts";
import { kept, touchOperation, touchPeriod, touchProgramme } from "./records.ts";
import type { Touched } from "./records.ts";

export type ClaimEvent = Extract<LedgerEvent, { readonly claim: ClaimId }>;

const touchClaimRow = ({ state, rows }: Touched, id: ClaimId): ClaimRecord => {
  const record = kept(state.claims, id);
  rows.put("claims", id, () => claimRow(record));
  return record;
};

const touchPayout = (touched: Touched, event: ClaimPaid | PayoutRecovered, claim: ClaimRecord): void => {
  const payout = kept(touched.state.payouts, event.payout);
  touchPeriod(touched, claim.programme, claim.policyPeriod);
  touched.rows.put("payouts", event.payout, () => payoutRow(payout, claim.policyPeriod));
  if (event.type === "ClaimPaid") return;
  const recovery = kept(touched.state.recoveries, event.recovery);
  touchOperation(touched, event.operation, "recovery", event.recovery);
  touched.rows.put("recoveries", event.recovery, () => recoveryRow(recovery, claim.policyPeriod));
  touched.rows.put("hops", `reserve recovery ${event.recovery}`, () => recoveryHop(recovery));
};

/** Every event of a claim is one more step of it. */
export const touchClaim = (touched: Touched, event: ClaimEvent): void => {
  const { rows } = touched;
  const claim = touchClaimRow(touched, event.claim);
  touchProgramme(touched, claim.programme);
  const { approval, steps, aidOf } = claim;
  const [number, step] = [steps.length, kept(steps, steps.length)];
  rows.put("claim_steps", `${event.claim} ${number}`, () => stepRow(claim, number, step));
  if (approval !== undefined) rows.put("approvals", event.claim, () => approvalRow(claim, approval));
  // What a grant holds of its claim is kept there.
  if (aidOf !== 0) touchClaimRow(touched, aidOf);
  if (event.type === "ClaimFiled" || event.type === "GrantFiled") {
    touchOperation(touched, event.operation, "claim", event.claim);
  }
  if (event.type === "ClaimPaid" || event.type === "PayoutRecovered") touchPayout(touched, event, claim);
};
