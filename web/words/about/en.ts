/** Words of how it works in English. */
import { html, type Html, type HtmlValue } from "../../html.ts";
import type { about as aboutInChinese } from "./zh.ts";

export const about = {
  title: "How it works",
  lead: "One line, one convention, one division.",
  lineTitle: "One line",
  line: "The money of a fund stands in a line in the order it was recorded, counted in fen (¥0.01). If 5,000 fen came before and you give 1,000, yours are the positions 5000 to 5999, for ever. What is spent is taken from the front. So which gift paid which claim is the overlap of two intervals: nothing to round, not a fen too much or too little.",
  conventionTitle: "One convention",
  convention:
    "Money in one account mixes; nobody can point at the note that paid a bill. First in, first out is a published rule of bookkeeping, not a physical truth. The law has long known it: in Clayton's case (Devaynes v Noble, England, 1816) the sums first paid into a running account were held to be the sums first drawn out. We chose it because it is simple, the same for everyone, known beforehand, and anyone can check it.",
  promiseTitle: "One division",
  promise:
    "A fund that promises nine tenths to claims computes c(x) = x × 9000 ÷ 10000, rounded down, over the whole line and never gift by gift. A gift on [s, e) gives exactly c(e) − c(s) fen to claims. By hand: count positions from 0; a fen whose position ends in 0 runs the programme, the other nine pay claims.",
  exampleTitle: "An example",
  exampleLead: "A gives 1 fen, B 999 and C 10,000 to a fund that promises nine tenths to claims:",
  who: "Gift",
  given: "Amount (fen)",
  positions: "Positions",
  share: "For claims (fen)",
  donors: ["A", "B", "C"],
  sum: "Total",
  exampleAllocate: (half: HtmlValue, claims: HtmlValue, operations: HtmlValue): Html =>
    html`Two counties' programmes are allocated ${half} fen each: ${claims} enter each reserve, ${operations}
    run each programme.`,
  examplePay: (claim: HtmlValue, b: HtmlValue, c: HtmlValue): Html =>
    html`The first county's first claim is ${claim} fen: B paid ${b} of it and C ${c}. (A gave 1 fen, and it
    runs the programme.)`,
  exampleCarry: (rest: HtmlValue): Html =>
    html`At the end of the year ${rest} fen are carried forward, all of them C's. Nothing moves; the line goes
    on.`,
  exampleShort: (claim: HtmlValue, rest: HtmlValue, missing: HtmlValue, gift: HtmlValue): Html =>
    html`Next year a claim of ${claim} fen comes. The reserve holds ${rest}, so it waits with a shortfall of
    ${missing}, until someone gives ${gift} more and they are allocated: exactly ${missing} of them go to
    claims.`,
  wordsTitle: "A few words",
  terms: [
    ["Not yet allocated", "Recorded, and not yet given to any programme."],
    [
      "In reserve",
      "Given to a programme for claims and not yet paid out. What is unused when a period ends is carried forward to the next; it is part of the reserve and never added to it.",
    ],
    ["Promised", "Approved claims that are not yet paid. It too is inside the reserve."],
    ["Shortfall", "What approved claims need beyond the reserve. It is covered by raising more."],
    ["Advance", "Operating expenses beyond the operations money received, covered by the next of it."],
  ],
  checkTitle: "You need not believe us",
  check:
    "The books are kept by a contract whose every record is public. Anyone can replay them and recompute every figure; each page says which block it is true of and links to its raw data. On every gift's page your own device can check it at once; with the receipt you can ask another node, or use the file that works without this site. The chain under the contract is run by one operator: a receipt names the block it was made at and your device remembers the head it saw, so a rewritten chain shows; whether everybody is shown the same chain at one moment takes nodes that others run. And no ledger can prove that a hospital bill is genuine, or that no gift was left out before it was recorded. Where there is no data it says so, and not zero.",
  checkLink: "Check a gift",
} satisfies typeof aboutInChinese;
