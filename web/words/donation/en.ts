/** Words of a donation's page in English. */
import { html, type Html, type HtmlValue } from "../../html.ts";
import { counted } from "../counted.ts";
import type { donation as donationInChinese } from "./zh.ts";

export const donation = {
  title: (code: HtmlValue): string => `Gift ${String(code)}`,
  kind: "Gift",
  sentence: (amount: HtmlValue, pieces: Html): Html => html`Of this gift of ${amount}, ${pieces}.`,
  paid: (amount: HtmlValue): Html => html`${amount} has paid claims`,
  inReserve: (amount: HtmlValue): Html => html`${amount} is in reserve for the next claims`,
  operatingSpent: (amount: HtmlValue): Html => html`${amount} was spent on running the programme`,
  operatingUnspent: (amount: HtmlValue): Html => html`${amount} is set aside for running it`,
  unallocated: (amount: HtmlValue): Html =>
    html`${amount} is recorded and waits to be allocated to a programme`,
  steps: "Five steps",
  step: { done: "done", part: "partly done", waiting: "waiting" },
  given: "Given",
  givenText: (channel: HtmlValue): Html =>
    html`Through the channel ${channel}; the date is when it settled, which may be after the payment`,
  recorded: "Recorded",
  recordedText: (fund: HtmlValue): Html => html`Took its place in the money line of ${fund}`,
  allocated: "Allocated",
  allocatedText: (amount: HtmlValue, of: HtmlValue): Html => html`${amount} of ${of} went to programmes`,
  allocatedWaiting: "Waits to be allocated to a programme",
  paidStep: "Paid out",
  paidText: (amount: HtmlValue): Html => html`${amount} has paid claims`,
  paidWaiting: "Its turn to pay a claim has not come yet",
  paidCameBack: "No claim holds any of it now; what came back or moved on stands below",
  rest: "What is left",
  restState: { done: "all used", waiting: "kept" },
  restText: (amount: HtmlValue): Html =>
    html`${amount} is unused; it never lapses and stays for what comes next`,
  restDone: "Every fen has been used",
  where: "Where it is now",
  claims: "The claims it paid",
  claimsNone: "So far this gift has paid no claim.",
  claimsCameBack:
    "No claim holds any of this gift now. What it paid before stands under “What came back or moved on”.",
  claim: "Claim",
  county: "County",
  month: "Paid in",
  itsShare: "From this gift",
  ofClaim: "Whole claim",
  sharePart: "Share of claim",
  claimsMore: "This is one page of the list; the table above holds the totals.",
  others: "The rest of it",
  place: "Where it is",
  carried: "Carried forward",
  carriedText: (amount: HtmlValue, programme: HtmlValue, end: HtmlValue): Html =>
    html`${amount} was unused when a policy period of ${programme} ended on ${end}, and was carried forward
    automatically.`,
  carriedNone: "Nothing of it has been carried forward.",
  carriedNotYet: (amount: HtmlValue): Html =>
    html`${amount} is in reserve. What is still unused when this period ends is carried forward automatically.`,
  restOnOtherPages: "This counts only what is listed on this page.",
  wayOn: "What came back or moved on",
  wayOnLead:
    "Money that was paid sometimes comes back, and what is left of an ended programme moves to another. Of this gift:",
  cameBack: (amount: HtmlValue, claim: HtmlValue, day: HtmlValue, now: HtmlValue): Html =>
    html`${amount}: paid to claim ${claim}, came back on ${day}, ${now}.`,
  movedOn: (amount: HtmlValue, from: HtmlValue, to: HtmlValue, day: HtmlValue, now: HtmlValue): Html =>
    html`${amount}: left when ${from} ended, moved to ${to} on ${day}, ${now}.`,
  wentOn: (amount: HtmlValue, day: HtmlValue, now: HtmlValue): Html =>
    html`${amount}: came back or moved on, the last time on ${day}, ${now}.`,
  earlierSteps: (steps: HtmlValue): Html =>
    html`Before that it came back or moved on ${counted(steps, "time", "times")}.`,
  now: {
    paid: (claim: HtmlValue, programme: HtmlValue): Html => html`now paid to claim ${claim} of ${programme}`,
    inReserve: (programme: HtmlValue): Html => html`now in the reserve of ${programme}`,
    operatingSpent: (programme: HtmlValue): Html => html`now spent on running ${programme}`,
    operatingUnspent: (programme: HtmlValue): Html => html`now set aside for running ${programme}`,
  },
  refund: "Repaid to the donor",
  refundText: (amount: HtmlValue, day: HtmlValue, start: HtmlValue, end: HtmlValue): Html =>
    html`On ${day} the foundation repaid ${amount} of it from its own money: [${start}, ${end}) of the money
    line, which counts as the foundation's from then on.`,
  refundOwed: "Owed by the foundation until its own payment is confirmed.",
  refundCovered: (channel: HtmlValue, day: HtmlValue): Html =>
    html`The foundation's own payment was confirmed through ${channel} on ${day}.`,
  refundRest: (amount: HtmlValue): Html => html`Still the donor's: ${amount}.`,
  refundAll: "All of this gift has been repaid.",
  refundNote:
    "A repayment moves no money in the books: where this gift went stays as it was, and nobody else's gift is touched.",
  confirmation: "Confirmed by the provider",
  check: "Check it yourself",
  byHand: "By hand",
  checkLead: "Pen and paper are enough for these steps.",
  line: "Its place on the money line",
  lineText: (start: HtmlValue, end: HtmlValue, amount: HtmlValue): Html =>
    html`[${start}, ${end}), counted in fen; ${end} − ${start} = ${amount} fen, the amount of the gift.`,
  lineChart: (fund: HtmlValue): string =>
    `The place of this gift on the money line of ${String(fund)}; the dark part is allocated`,
  lineScale: (total: HtmlValue, allocated: HtmlValue): Html =>
    html`The whole line is ${total}; ${allocated} from its front has been allocated.`,
  promise: "What is promised to claims",
  promiseText: (
    end: HtmlValue,
    start: HtmlValue,
    cEnd: HtmlValue,
    cStart: HtmlValue,
    share: HtmlValue,
  ): Html => html`c(${end}) − c(${start}) = ${cEnd} − ${cStart} = ${share} fen`,
  promiseRule: (bps: HtmlValue): Html => html`c(x) = x × ${bps} ÷ 10000, rounded down.`,
  sum: "The parts together",
  sumText: (sum: HtmlValue, total: HtmlValue): Html => html`${sum} = ${total} fen`,
  batch: "Batch",
  indexInBatch: (number: HtmlValue, count: HtmlValue): Html => html`gift ${number} of ${count}`,
  batchRoot: "Merkle-sum root of the batch",
  commitment: "Commitment to the gift (salted)",
  recordedBlock: "Recorded in block and transaction",
  proof: "Proof (JSON)",
  proves:
    "This proves: an amount of this size stands at this place, the books have not changed it since, and its parts add up to the gift.",
  provesNot:
    "It does not prove that a hospital bill is genuine, nor that every gift was really given: for that, see what the payment providers and hospitals sign.",
  qr: "Scan to open this page",
  qrLabel: "QR code of this page's address",
  copy: "Copy the code",
  copied: "Copied",
  anonymous: "This page does not say who gave it, and neither does the ledger.",
} satisfies typeof donationInChinese;
