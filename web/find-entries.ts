/** What was typed into the form of find-my-gift, read as a question or refused field by field. */
import { InvalidAmount, parseAmount, type Fen } from "../protocol/amounts.ts";
import { maxTransactionNumberLength } from "../protocol/donations/commitment.ts";
import type { FindEntries, FindErrors } from "./parts/find-form.ts";
import type { Words } from "./words/languages.ts";

export interface FindQuestion {
  readonly transactionNumber: string;
  readonly amount: Fen;
  readonly channel?: string;
}

export type FindReading =
  { readonly question: FindQuestion; readonly errors?: never } | { readonly errors: FindErrors };

/** Copying on a phone brings invisible characters along; no payment's number holds one. */
const invisible = /[\p{Cc}\p{Cf}]/gu;

/** Text of the form's fields; what is missing, repeated or not text counts as empty. */
export const entriesOf = (form: URLSearchParams): FindEntries => {
  const one = (name: string): string => {
    const values = form.getAll(name);
    return values.length === 1 ? (values[0] ?? "").slice(0, 300) : "";
  };
  return { transactionNumber: one("transactionNumber"), amount: one("amount"), channel: one("channel") };
};

/**
 * People copy amounts out of bills: full-width digits, the yuan sign or word and commas between thousands are read
 * as meant. Nothing is recorded from here, so a mended amount can only find a gift or not.
 */
const readAmount = (text: string): Fen | undefined => {
  const plain = text
    .normalize("NFKC")
    .replace(/\s/g, "")
    .replace(/^(¥|￥|CNY|RMB)/i, "")
    .replace(/元$/, "")
    .replace(/,(?=\d{3}(\D|$))/g, "");
  try {
    return parseAmount(plain);
  } catch (error) {
    if (error instanceof InvalidAmount) return undefined;
    throw error;
  }
};

export const readEntries = (entries: FindEntries, words: Words): FindReading => {
  const transactionNumber = entries.transactionNumber.replace(invisible, "").normalize("NFC").trim();
  const channel = entries.channel.trim().toLowerCase();
  const amount = readAmount(entries.amount);
  const errors: FindErrors = {
    ...(transactionNumber === "" ? { transactionNumber: words.find.numberMissing } : {}),
    ...(transactionNumber.length > maxTransactionNumberLength
      ? { transactionNumber: words.find.numberTooLong }
      : {}),
    ...(amount === undefined ? { amount: words.find.amountWrong } : {}),
    ...(/^[a-z0-9-]{0,31}$/.test(channel) ? {} : { channel: words.find.channelWrong }),
  };
  if (amount === undefined || Object.keys(errors).length > 0) return { errors };
  return { question: { transactionNumber, amount, ...(channel === "" ? {} : { channel }) } };
};
