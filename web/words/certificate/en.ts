/** Words of the printable certificate in English. */
import { html, type Html, type HtmlValue } from "../../html.ts";
import type { certificate as certificateInChinese } from "./zh.ts";

export const certificate = {
  link: "Print a certificate",
  title: "Certificate of a gift",
  name: "The name on the certificate",
  nameHint:
    "It goes on this paper only: it is not sent, not stored, and gone when you leave the page. Left empty, there is a line to write on.",
  print: "Print",
  size: "Paper",
  to: "This certifies for",
  gave: (amount: HtmlValue, fund: HtmlValue, day: HtmlValue): Html =>
    html`that a gift of ${amount}, settled on ${day}, is recorded in the books of “${fund}”.`,
  share: (claims: HtmlValue): Html => html`${claims} of it are promised to claims.`,
  code: "Code of the gift",
  block: (number: HtmlValue): Html => html`recorded in block ${number}`,
  scan: "Scan to see where each fen went",
  noName: "The ledger knows no donor's name; its holder writes it.",
} satisfies typeof certificateInChinese;
