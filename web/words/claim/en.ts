/** Words of a claim's page in English. */
import { html, type Html, type HtmlValue } from "../../html.ts";
import { counted } from "../counted.ts";
import type { claim as claimInChinese } from "./zh.ts";

export const claim = {
  title: (code: HtmlValue): string => `Claim ${String(code)}`,
  kind: "Claim",
  paidSentence: (amount: HtmlValue, programme: HtmlValue, gifts: HtmlValue): Html =>
    html`This claim in ${programme} was paid ${amount}, with money from ${counted(gifts, "gift", "gifts")}.`,
  paidSentencePaged: (amount: HtmlValue, programme: HtmlValue): Html =>
    html`This claim in ${programme} was paid ${amount}, with money from the gifts listed below.`,
  approvedSentence: (amount: HtmlValue, programme: HtmlValue): Html =>
    html`This claim in ${programme} is approved for ${amount} and waits in the queue to be paid.`,
  filedSentence: (amount: HtmlValue, programme: HtmlValue): Html =>
    html`This claim in ${programme} asks for ${amount} and is being decided; no gift has been used for it.`,
  onHoldSentence: (amount: HtmlValue, programme: HtmlValue, reason: HtmlValue): Html =>
    html`This claim in ${programme} is approved for ${amount} and on hold: ${reason}. Those behind it may be
    paid first.`,
  rejectedSentence: (amount: HtmlValue, programme: HtmlValue, reason: HtmlValue): Html =>
    html`This claim in ${programme} asked for ${amount} and was rejected: ${reason}. No gift was used for it.`,
  withdrawnSentence: (amount: HtmlValue, programme: HtmlValue): Html =>
    html`This claim in ${programme} asked for ${amount} and was withdrawn by who filed it. No gift was used
    for it.`,
  cancelledSentence: (programme: HtmlValue, reason: HtmlValue): Html =>
    html`This claim in ${programme} was approved and then cancelled: ${reason}. The cover kept for it is free
    again.`,
  againSentence: (amount: HtmlValue, programme: HtmlValue): Html =>
    html`The bank returned the payment of this claim in ${programme}; ${amount} waits again, in its old place,
    to be paid.`,
  recoveredPart: (paid: HtmlValue, recovered: HtmlValue): Html =>
    html`${paid} was paid in all, and ${recovered} of it came back to the reserve.`,
  takenBack: (programme: HtmlValue, paid: HtmlValue): Html =>
    html`All ${paid} that this claim in ${programme} was paid came back; no gift is in it now.`,
  states: {
    filed: "Filed",
    approved: "Approved",
    onHold: "On hold",
    paid: "Paid",
    rejected: "Rejected",
    withdrawn: "Withdrawn",
    cancelled: "Cancelled",
  },
  reasons: {
    evidence: "its evidence is incomplete or has to be checked",
    terms: "the terms do not cover it",
    duplicate: "it was filed or settled twice",
    other: "another reason",
  },
  steps: "Steps",
  waiting: "waiting",
  step: {
    filed: "Filed",
    withdrawn: "Withdrawn",
    approved: "Approved",
    rejected: "Rejected",
    held: "Put on hold",
    released: "Released",
    cancelled: "Cancelled",
    paid: "Paid",
    paidAgain: "Paid again",
    recovered: "Came back",
    returned: "Returned by the bank",
  },
  because: (reason: HtmlValue): Html => html`Because ${reason}`,
  withdrawnText: "Withdrawn by who filed it",
  releasedText: "Can be paid, in its old place",
  recoveredText: (amount: HtmlValue): Html => html`${amount} came back to the reserve`,
  returnedText: (amount: HtmlValue): Html => html`${amount} came back and waits to be paid again`,
  waitingText: {
    approved: "Waits to be decided",
    paid: "Waits to be paid",
    released: "Waits to be released",
  },
  heldTitle: "On hold",
  heldText: (reason: HtmlValue, day: HtmlValue): Html => html`On hold since ${day}: ${reason}.`,
  heldRule: "Released, it goes back to its place. On hold it is no part of the shortfall.",
  payouts: "Payments",
  payoutNumber: (number: HtmlValue): Html => html`No. ${number}`,
  payout: "Payment",
  paidOn: "Paid on",
  cashPeriod: "Cash period",
  paidGross: "Paid",
  cameBack: "Came back",
  stillPaid: "Net",
  payoutsTotal: "Total",
  gross: (payout: HtmlValue): Html => html`Whose money payment ${payout} took`,
  grossTitle: (payout: HtmlValue): Html => html`Whose money payment ${payout} took, whatever came back since`,
  net: "Whose money is in it now",
  sourcesNet: "Only what is in this claim now: what came back is taken off.",
  sourcesGross: "All that this one payment took, whatever came back since.",
  nothingLeft: "All that was paid came back, so it has no sources now.",
  through: (steps: HtmlValue): Html =>
    html`before that, came back or moved on ${counted(steps, "time", "times")}`,
  aid: "Aid",
  aidOf: (claim: HtmlValue): Html => html`This is a grant. It follows the paid claim ${claim}.`,
  remaining: "Still owed by the person after every payer (upper bound)",
  granted: "granted of that by aid programmes",
  grantable: "could still be granted",
  grants: "Grants that follow it",
  ofFollowed: "that of the claim it follows",
  incidentMoment: "Moment of incident",
  roster: "Roster",
  rosterNumber: (number: HtmlValue): Html => html`No. ${number}, which proves the enrolment`,
  requested: (amount: HtmlValue): Html => html`Asked for ${amount}`,
  approvedAmount: (amount: HtmlValue): Html => html`Approved for ${amount}`,
  paidAmount: (amount: HtmlValue): Html => html`${amount} paid, whole`,
  queue: "Place in the queue",
  queueText: (ahead: HtmlValue): Html => html`${counted(ahead, "claim", "claims")} before it`,
  queueFirst: "It is the first in the queue",
  missing: (amount: HtmlValue): Html =>
    html`The reserve lacks ${amount} to pay it and all that stand before it.`,
  nothingMissing: "The reserve holds enough; it waits to be paid.",
  sources: "Whose money paid it",
  sourcesNone: "It is not paid yet, so it has no sources.",
  sourcesLead:
    "First in, first out: the front of the reserve paid it. Each row is a run of neighbouring gifts of one batch.",
  fund: "Fund",
  batch: "Batch",
  gifts: "Gifts",
  firstGift: "First of them",
  gave: "Gave",
  share: "Share",
  total: "Total",
  pageTotal: "On this page",
  wholeTotal: "All sources",
  facts: "On the books",
  policyPeriod: "Policy period",
  period: (number: HtmlValue): Html => html`Period ${number}`,
  benefit: "Benefit",
  benefits: { cash: "cash", service: "service", device: "device" },
  incident: "Day of incident",
  actors: "Handled by",
  actorsText: (filer: HtmlValue, adjudicator: HtmlValue, payer: HtmlValue): Html =>
    html`filed ${filer}, decided ${adjudicator}, paid ${payer}`,
  actor: (number: HtmlValue): Html => html`by actor ${number}`,
  notYet: "not yet",
  reference: "Payment voucher (salted commitment)",
  privacy: "Not public, and not on the ledger: name, identity, illness, hospital.",
} satisfies typeof claimInChinese;
