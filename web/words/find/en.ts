/** Words of search and find-my-gift in English. */
import { html, type Html, type HtmlValue } from "../../html.ts";
import type { search as searchInChinese, find as findInChinese } from "./zh.ts";

export const search = {
  title: "Look up",
  prompt:
    "Enter the code of a gift, claim, programme, fund or batch, an address of this site, or a county's name.",
  query: (text: HtmlValue): Html => html`You asked for: ${text}`,
  badCode:
    "This looks like a code, but its check character does not fit; one character is probably mistyped.",
  badCodeDo:
    "Compare it with the receipt. 0 and O, and 1, I and L are taken as the same; every other character must be right.",
  number: "This looks like a payment's transaction number.",
  numberDo: "To protect donors, a number alone opens nothing. Add the amount:",
  hash: "This looks like the hash of a block or a transaction.",
  hashDo:
    "These pages go by codes. To check by hash use the open API, or connect your own tool to the ledger.",
  unknown: "Nothing here matches.",
  unknownDo:
    "Check it for typing errors, scan the QR code on the receipt, or look up your gift by transaction number and amount.",
  tooLong: "That is too long. A code has at most 40 characters.",
  matches: "These match:",
} satisfies typeof searchInChinese;

export const find = {
  title: "Find my gift",
  lead: "Enter your payment's transaction number and the amount. No login, no name.",
  number: "Transaction number",
  numberHint: "In the details of the bill at Alipay, WeChat or your bank: a long run of digits or letters.",
  amount: "Amount (yuan)",
  amountHint: "Exactly what was paid, such as 12.50",
  channel: "Channel (optional)",
  channelHint: "The channel's id: alipay for Alipay, wechat for WeChat Pay",
  button: "Find my gift",
  numberMissing: "Enter the transaction number.",
  numberTooLong: "That transaction number is too long; it has at most 128 characters.",
  amountWrong: "That amount cannot be read. Write digits with at most two decimals, such as 12.50.",
  channelWrong: "A channel's id has lower-case letters, digits and hyphens only. Leave it empty if unsure.",
  foundTitle: "Found",
  found: (amount: HtmlValue, when: HtmlValue): Html =>
    html`Your gift of ${amount}, given on ${when}, is recorded.`,
  open: "See where it went",
  code: "Code of the gift",
  receipt: "Your receipt",
  receiptLead:
    "Keep it. Only you and the foundation hold the salt in it: even if the foundation deletes your data one day, it still proves that this gift is yours. Do not share it in public.",
  receiptDownload: "Save the receipt (JSON)",
  receiptCheck: "Check it on this device",
  receiptShow: "Show the receipt",
  notFoundTitle: "Not found",
  notFound: "No recorded gift fits this transaction number and this amount.",
  notFoundDo: [
    "Compare the number with the bill, character by character; the amount must be exact to the fen.",
    "A new gift is recorded after its channel has settled, usually the next day.",
    "Still not found? Write to the foundation you gave to, with a picture of the bill.",
  ],
  tooManyTitle: "Too many questions",
  tooMany: (wait: HtmlValue): Html =>
    html`To keep anyone from guessing, questions are limited. Try again in ${wait}.`,
  privacy: "This form writes the transaction number neither to the ledger nor into an address.",
} satisfies typeof findInChinese;
