/** Words of an insurer's settlement statement in English. */
import { html, type Html, type HtmlValue } from "../../html.ts";
import type { insurer as insurerInChinese } from "./zh.ts";

export const insurer = {
  kind: "An insurer's settlement statement",
  title: (insurer: string, programme: string): string => `${insurer}: ${programme}`,
  sentence: (
    insurer: HtmlValue,
    share: HtmlValue,
    paid: HtmlValue,
    recovered: HtmlValue,
    net: HtmlValue,
  ): Html =>
    html`${insurer} bears ${share}: ${paid} of what was paid, ${recovered} of what came back, ${net} net.`,
  of: (programme: HtmlValue, period: HtmlValue): Html =>
    html`Claims of ${programme}, ${period}, whenever they were paid`,
  reconcile: "Reconciliation",
  reconciles: (sum: HtmlValue, ledger: HtmlValue): Html =>
    html`Sum of all insurers = ledger: ${sum} = ${ledger}, net. It agrees to the fen.`,
  differs: (sum: HtmlValue, ledger: HtmlValue): Html =>
    html`Sum of all insurers ${sum}, ledger ${ledger}: they differ. Do not settle by this statement; tell the
    auditor.`,
  figure: "Item",
  own: "This insurer",
  all: "All insurers",
  ledger: "Ledger",
  paid: "Paid",
  recovered: "Recovered",
  net: "Net",
  cashPeriods: "By cash period",
  cashPeriodsLead:
    "A statement is of a policy period; here stands in which period the money went or came back.",
  cashPeriod: "Cash period",
  gross: "Gross",
  grossPaid: "Paid, gross",
  grossRecovered: "Recovered, gross",
  ownPaid: "Its part paid",
  ownRecovered: "Its part recovered",
  ownNet: "Its net",
  total: "Total",
  lines: "Lines",
  linesNone: "Nothing has been paid for this policy period.",
  brought: (amount: HtmlValue): Html => html`Brought forward ${amount}`,
  day: "Date",
  what: "What",
  kinds: { payout: "payment", recovery: "recovery" },
  claim: "Claim",
  part: "This insurer",
  balance: "Balance",
  carried: "Balance on this page",
  csv: "Download the statement (CSV)",
  backTo: (period: HtmlValue): Html => html`Back to ${period}`,
} satisfies typeof insurerInChinese;
