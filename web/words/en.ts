/** Every word of the explorer in English: the same keys as the Chinese file, held to it by `satisfies`. */
import { html, joined, type Html, type HtmlValue } from "../html.ts";
import { counted } from "./counted.ts";
import { about } from "./about/en.ts";
import { certificate } from "./certificate/en.ts";
import { claim } from "./claim/en.ts";
import { desk } from "./desk/en.ts";
import { donation } from "./donation/en.ts";
import { errors } from "./errors/en.ts";
import { exports } from "./exports/en.ts";
import { search, find } from "./find/en.ts";
import { fund, batch } from "./fund/en.ts";
import { home } from "./home/en.ts";
import { programme } from "./programme/en.ts";
import { audit } from "./audit/en.ts";
import { history } from "./history/en.ts";
import { insurer } from "./insurer/en.ts";
import { period } from "./period/en.ts";
import { queue } from "./queue/en.ts";
import { replicas } from "./replicas/en.ts";
import { plans, terms } from "./terms/en.ts";
import { verify } from "./verify/en.ts";
import type { Words } from "./zh.ts";

export const en = {
  htmlLanguage: "en",
  languageName: "English",
  brand: "Everyfen",
  tagline: "Every fen, followed to where it went",
  skipToContent: "Skip to content",
  list: (pieces: readonly HtmlValue[]): Html => joined(pieces, ", ", " and "),
  nav: {
    label: "Main",
    home: "Overview",
    find: "Find my gift",
    about: "How it works",
    audit: "Audit",
    verify: "Check",
    api: "Open API",
  },
  searchBox: {
    label: "Look up a code, an address or a county",
    placeholder: "Code, address or county",
    button: "Look up",
    shortcut: "Press / to start typing",
  },
  asOf: {
    block: (number: HtmlValue): Html => html`True of block ${number}`,
    final: "final",
    pending: "may still be replaced",
    moved: (first: HtmlValue): Html => html` (the books moved while this was read, since block ${first})`,
    zone: "Beijing time",
    ledger: "Ledger contract",
    chain: "Chain id",
  },
  demonstration: {
    tag: "Demonstration",
    short: "Demonstration clock; rebuilt from published totals; only Kangbao's money is published.",
    long: "This is a demonstration. A demonstration clock drives it, and the books are rebuilt from published totals. Only Kangbao's money is published; the other counties' amounts, the single gifts and single claims are generated from a fixed seed.",
    details: "What this means",
  },
  channels: {
    alipay: "Alipay",
    wechat: "WeChat Pay",
    bank: "bank transfer",
    cash: "cash",
    interest: "bank interest",
  },
  convention: {
    short:
      "Which gift paid which claim is worked out first in, first out. That is a published convention, not a physical truth about pooled money.",
    more: "Where it comes from and how it works",
  },
  footer: {
    open: "Anyone can recompute these books",
    rawJson: "Raw data (JSON)",
    time: "Dates and times are Beijing time (UTC+8, Asia/Shanghai). Amounts are in yuan, exact to the fen (¥0.01).",
  },
  unit: {
    donations: (count: HtmlValue): Html => counted(count, "gift", "gifts"),
    claims: (count: HtmlValue): Html => counted(count, "claim", "claims"),
    batches: (count: HtmlValue): Html => counted(count, "batch", "batches"),
  },
  fullStop: ".",
  semicolon: "; ",
  noData: "no data",
  none: "none",
  duration: {
    days: (count: number): string => (count === 1 ? "1 day" : `${String(count)} days`),
    hours: (count: number): string => (count === 1 ? "1 hour" : `${String(count)} hours`),
    minutes: (count: number): string => (count === 1 ? "1 minute" : `${String(count)} minutes`),
  },
  wait: {
    seconds: (count: number): string => (count === 1 ? "1 second" : `${String(count)} seconds`),
    minutes: (count: number): string => (count === 1 ? "1 minute" : `${String(count)} minutes`),
  },
  paging: { next: "Next page", first: "Back to the first page", label: "Pages" },
  parts: {
    unallocated: "Not yet allocated",
    paid: "Paid to claims",
    inReserve: "In reserve",
    operatingSpent: "Operating, spent",
    operatingUnspent: "Operating, unspent",
  },
  partition: {
    donated: "Donated",
    entered: "Entered",
    gift: "This gift",
    part: "Where it is",
    amount: "Amount",
    share: "Share",
    adds: "Five parts that add up to the fen",
    addsProgramme: "Four parts that add up to the fen",
    chart: (total: HtmlValue): string =>
      `Bar: where ${String(total)} is; the figures are in the table beside it`,
    allocated: "Allocated",
    movedIn: "Moved in",
    movedOut: "Moved out",
    carriedForward: "carried forward from earlier periods",
    promised: "promised to approved claims not yet paid",
    interest: "bank interest",
    insideReserve: "Parts of the reserve, never added to it:",
    insideDonated: "Part of what was donated, never added to it:",
  },
  shortfall: {
    title: "Shortfall",
    overview: (amount: HtmlValue): Html =>
      html`${amount} is missing before every approved claim can be paid. Claims are paid whole and in order:
      the first in the queue waits until the reserve holds it.`,
    programme: (amount: HtmlValue): Html => html`${amount} is missing before the waiting claims can be paid.`,
    which: "It is missing in:",
    enough: "Every approved claim can be paid. There is no shortfall.",
  },
  home,
  donation,
  claim,
  programme,
  fund,
  batch,
  search,
  find,
  about,
  period,
  insurer,
  queue,
  history,
  audit,
  replicas,
  terms,
  plans,
  verify,
  certificate,
  errors,
  desk,
  exports,
} satisfies Words;
