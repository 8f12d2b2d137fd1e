/** One search box for everything: a code, a pasted address of one of our pages, or a payment's transaction number. */
import { maxTransactionNumberLength } from "../donations/commitment.ts";
import { encodeCode, parseCode } from "./code.ts";
import type { Code } from "./code.ts";

export type SearchTarget =
  | { readonly kind: "code"; readonly code: Code; readonly text: string }
  /** It may be the number of a payment; to find the gift, ask for the amount as well. */
  | { readonly kind: "transactionNumber"; readonly transactionNumber: string }
  | { readonly kind: "nothing"; readonly reason: NothingReason };

export type NothingReason =
  | "empty"
  /** It has the look of a code, or stands in one of our addresses, but some character is wrong. */
  | "mistypedCode"
  /** An address, but not of a donation, batch, claim, programme or fund. */
  | "otherAddress"
  | "tooLong"
  /** Neither a code nor anything that a payment provider numbers with. */
  | "unknownText";

const maxSearchLength = 2_000;

/** `/zh/d/<code>` and its like, with or without host, query and fragment. */
const pagePath = /(?:^|\/)(?:zh|en)\/[dbcpf]\/([^/?#]+)\/?(?:[?#].*)?$/i;
const looksLikeCode = /^[DBCPF][0-9A-Z]{3}(?:[-\s][0-9A-Z]{4})+$/i;

const fromPath = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

const nothing = (reason: NothingReason): SearchTarget => ({ kind: "nothing", reason });

/** What a text in the search box means. Never throws; asks nobody. */
export const parseSearch = (text: string): SearchTarget => {
  const trimmed = text.trim();
  if (trimmed === "") return nothing("empty");
  if (trimmed.length > maxSearchLength) return nothing("tooLong");
  const page = pagePath.exec(trimmed)?.[1];
  const parsed = parseCode(page === undefined ? trimmed : fromPath(page));
  if (parsed.ok) return { kind: "code", code: parsed.code, text: encodeCode(parsed.code) };
  if (page !== undefined) return nothing("mistypedCode");
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) || trimmed.startsWith("/")) return nothing("otherAddress");
  const number = trimmed.normalize("NFKC");
  if (looksLikeCode.test(number)) return nothing("mistypedCode");
  if (number.length > maxTransactionNumberLength) return nothing("tooLong");
  const isNumber = /^[\p{L}\p{N}][\p{L}\p{N}_\-./#:]*$/u.test(number) && /[0-9]/.test(number);
  return isNumber ? { kind: "transactionNumber", transactionNumber: number } : nothing("unknownText");
};
