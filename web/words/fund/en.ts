/** Words of the pages of funds and batches in English. */
import { html, type Html, type HtmlValue } from "../../html.ts";
import { counted } from "../counted.ts";
import type { fund as fundInChinese, batch as batchInChinese } from "./zh.ts";

export const fund = {
  kind: "Fund",
  sentence: (donations: HtmlValue, total: HtmlValue, share: HtmlValue): Html =>
    html`It received ${total} in ${counted(donations, "gift", "gifts")} and promises ${share} of it to claims.`,
  money: "Where the money is",
  empty: "This fund has received no gift yet.",
  rules: "Fixed when it was opened",
  claimsShare: "Share for claims",
  currency: "Currency",
  scope: "Purpose",
  general: "any programme",
  restricted: (programme: HtmlValue): Html => html`only ${programme}`,
  fallback: "When that has ended",
  document: "Published document",
  openedOn: "Opened",
  allocations: "Allocations",
  allocationsNone: "Nothing has been allocated yet.",
  allocatedOn: "Date",
  programme: "Programme",
  amount: "Amount",
  toClaims: "To the reserve",
  toOperations: "To operations",
  refundOwed: "owed by the foundation of that",
  refunded: "repaid to donors; the foundation has their place",
  confirmation: "Confirmed by the provider",
  appeal: (programme: HtmlValue): Html => html`An appeal for ${programme}.`,
  batches: "Batches of gifts",
  batchesNone: "No batch has been recorded yet.",
  batch: "Batch",
  day: "Settlement day",
  channel: "Channel",
  count: "Gifts",
  sum: "Sum",
} satisfies typeof fundInChinese;

export const batch = {
  title: (code: HtmlValue): string => `Batch ${String(code)}`,
  kind: "Batch of gifts",
  sentence: (day: HtmlValue, channel: HtmlValue, count: HtmlValue, sum: HtmlValue): Html =>
    html`${counted(count, "gift", "gifts")} received through ${channel} on ${day}, ${sum} together, recorded
    as one batch.`,
  fund: "Fund",
  day: "Settlement day",
  channel: "Channel",
  count: "Gifts",
  sum: "Sum",
  confirmation: "Confirmed by the provider",
  line: "Its place on the money line (fen)",
  root: "Merkle-sum root",
  recorded: "Recorded",
  transaction: "Transaction",
  first: "First gift",
  last: "Last gift",
  order:
    "Inside a batch gifts stand by their commitment, an order that means nothing and is fixed once recorded.",
} satisfies typeof batchInChinese;
