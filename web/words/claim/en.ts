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
  states: { filed: "Filed", approved: "Approved", paid: "Paid" },
  steps: "Steps",
  filed: "Filed",
  approved: "Approved",
  paid: "Paid",
  waiting: "waiting",
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
    html`filed ${filer}, approved ${adjudicator}, paid ${payer}`,
  actor: (number: HtmlValue): Html => html`by actor ${number}`,
  notYet: "not yet",
  reference: "Payment voucher (salted commitment)",
  privacy: "Not public, and not on the ledger: name, identity, illness, hospital.",
} satisfies typeof claimInChinese;
