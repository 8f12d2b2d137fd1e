/** Words for money that came back, moved on or was repaid, and for what was said of a record since, in English. */
import { html, type Html, type HtmlValue } from "../../html.ts";
import type { history as historyInChinese } from "./zh.ts";

export const history = {
  moves: "Moved in and out",
  movesLead:
    "When a programme has ended, what is left goes whole to one other programme: reserve to reserve, operations to operations. The way of each gift goes on from here.",
  movedOn: "Date",
  from: "From",
  to: "To",
  reserve: "Reserve",
  operations: "Operations",
  both: "Together",
  recoveries: "Came back",
  recoveriesLead:
    "Money that was paid and came back stands at the end of the reserve and pays later claims. Whoever gave it before gave it still.",
  recoveredOn: "Date",
  claim: "Claim",
  amount: "Amount",
  kind: "Kind",
  kinds: { recovered: "recovered", returned: "returned by the bank, to be paid again" },
  refunds: "Repaid to donors",
  refundsLead:
    "The foundation repays a donor from its own money and takes the donor's place. No money in the books moves, and nobody else's gift is touched.",
  refundedOn: "Date",
  gift: "Gift",
  state: "State",
  owed: "owed by the foundation",
  covered: (channel: HtmlValue, day: HtmlValue): Html =>
    html`the foundation's own payment came in through ${channel} on ${day}`,
  corrections: "Correction notes",
  correctionsLead:
    "No record is changed or deleted. What was said wrongly is put right by a further note that names the record.",
  correctionsNone: "There is no correction note.",
  notHeld: "This site does not hold the document, only the digest that stands on the ledger.",
  note: "Correction note",
  by: (actor: HtmlValue): Html => html`by actor ${actor}`,
  document: "Digest of the document",
  about: "About",
  records: {
    actor: "actor",
    fund: "fund",
    programme: "programme",
    batch: "batch",
    allocation: "allocation",
    expense: "expense",
    claim: "claim",
    payout: "payment",
    roster: "roster",
    recovery: "recovery",
    move: "move",
    refund: "refund",
    attestation: "attestation",
    finding: "finding",
    confirmation: "confirmation",
    correction: "correction note",
  },
  recordNumber: (kind: HtmlValue, number: HtmlValue): Html => html`${kind} ${number}`,
} satisfies typeof historyInChinese;
