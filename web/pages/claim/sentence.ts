/** A claim in one or two sentences: where it stands, and why. */
import type { Reason } from "../../../protocol/ledger/events.ts";
import type { ClaimView } from "../../../protocol/ports/views.ts";
import { money } from "../../format/money.ts";
import { html, type Html } from "../../html.ts";
import { programmePath } from "../../paths.ts";
import { localPath, type Visit } from "../../visit.ts";

export const reasonText = (reason: Reason | undefined, visit: Visit): string =>
  reason === undefined ? visit.words.noData : visit.words.claim.reasons[reason];

/** `gifts`: how many gave to what stands in the claim; absent where only a part of them is listed. */
export const sentence = (claim: ClaimView, gifts: string | undefined, visit: Visit): Html => {
  const { claim: say } = visit.words;
  const programme = html`<a href="${localPath(visit, programmePath(claim.programme))}"
    >${claim.programmeName[visit.language]}</a
  >`;
  const amount = (value: bigint): Html => html`<b>${money(value, claim.currency)}</b>`;
  const reason = reasonText(claim.reason, visit);
  switch (claim.state) {
    case "filed":
      return say.filedSentence(amount(claim.requested), programme);
    case "approved":
      return claim.payouts.length === 0
        ? say.approvedSentence(amount(claim.approved), programme)
        : say.againSentence(amount(claim.approved), programme);
    case "onHold":
      return say.onHoldSentence(amount(claim.approved), programme, reason);
    case "rejected":
      return say.rejectedSentence(amount(claim.requested), programme, reason);
    case "withdrawn":
      return say.withdrawnSentence(amount(claim.requested), programme);
    case "cancelled":
      return say.cancelledSentence(programme, reason);
    case "paid":
      return paidSentence(claim, programme, gifts, visit);
  }
};

const paidSentence = (claim: ClaimView, programme: Html, gifts: string | undefined, visit: Visit): Html => {
  const { claim: say } = visit.words;
  const net = claim.paid - claim.recovered;
  const amount = (value: bigint): Html => html`<b>${money(value, claim.currency)}</b>`;
  if (net === 0n) return say.takenBack(programme, amount(claim.paid));
  const paid =
    gifts === undefined
      ? say.paidSentencePaged(amount(net), programme)
      : say.paidSentence(amount(net), programme, gifts);
  if (claim.recovered === 0n) return paid;
  return html`${paid} ${say.recoveredPart(amount(claim.paid), amount(claim.recovered))}`;
};
