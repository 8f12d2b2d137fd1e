/** Words of a programme's queue in English. */
import { html, type Html, type HtmlValue } from "../../html.ts";
import { counted } from "../counted.ts";
import type { queue as queueInChinese } from "./zh.ts";

export const queue = {
  kind: "Claims waiting to be paid",
  title: (programme: string): string => `${programme}: claims waiting to be paid`,
  short: (shortfall: HtmlValue, claims: HtmlValue): Html =>
    html`${shortfall} is missing before the ${counted(claims, "claim", "claims")} in the queue can be paid.`,
  enough: (claims: HtmlValue): Html =>
    html`The reserve holds enough for the ${counted(claims, "claim", "claims")} in the queue.`,
  none: "No claim is waiting.",
  rulesTitle: "How the queue works",
  rules: [
    "Claims stand in the order in which they were approved, and are paid whole.",
    "The first waits until the reserve holds all of it; while it waits, those behind it wait too.",
    "Only a claim on hold, with its reason, is overtaken; released, it goes back to its place.",
    "Shortfall = waiting to be paid − available in reserve, and never below zero. It is covered by raising more.",
  ],
  figures: "In figures",
  waiting: "Waiting to be paid",
  list: "In the order of payment",
  order: "Order",
  claim: "Claim",
  approvedOn: "Approved",
  amount: "Approved for",
  need: "Needed up to here",
  covered: "Reserve",
  enoughForIt: "holds enough",
  lacks: (amount: HtmlValue): Html => html`lacks ${amount}`,
  held: "On hold",
  heldNone: "No claim is on hold.",
  heldLead:
    "These claims are approved and on hold for the reason given. They take no place in the queue and are no part of the shortfall.",
  heldSince: "Held on",
  reason: "Reason",
  appeal: "Appeal",
  appealLead: "Gifts to these funds are for this programme only:",
  appealFund: (fund: HtmlValue, share: HtmlValue): Html => html`${fund} (${share} of it for claims)`,
} satisfies typeof queueInChinese;
