/** What the documents say that the chain names by their digests: names, statements, insurers. */
import type { Bytes32 } from "../../../protocol/ids.ts";
import type { UnixSeconds } from "../../../protocol/ledger/events.ts";
import type { LedgerState } from "../../../protocol/ledger/records.ts";
import { memberOf, type Expected } from "./told.ts";
import { fundCode, programmeCode } from "./wire.ts";

/** What became of a document that the chain names. */
export type Served =
  | { readonly kind: "document"; readonly content: unknown }
  /** The gateway does not publish it: it must say so by its answers too, which then have no words. */
  | { readonly kind: "absent" };

/** By digest. A document that is not here could not be asked for, or is not the one of its digest: nothing is said of its words. */
export type Documents = ReadonlyMap<Bytes32, Served>;

/** Everything that answers follow from: the chain's books at the audited block, and the words to them. */
export interface AuditedBooks {
  readonly state: LedgerState;
  readonly time: UnixSeconds;
  readonly documents: Documents;
}

interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

const longestName = 200;
const longestText = 4_000;

/** Undefined for what no page shows: a text that is empty, too long or not in both languages. */
const bilingualIn = (value: unknown, name: string, longest: number): Bilingual | undefined => {
  const inner = memberOf(value, name);
  const [zh, en] = [memberOf(inner, "zh"), memberOf(inner, "en")];
  const isText = (text: unknown): text is string =>
    typeof text === "string" && text.length > 0 && text.length <= longest;
  return isText(zh) && isText(en) ? { zh, en } : undefined;
};

/** Members that an answer must have; none where nothing is known of them. */
type Members = Readonly<Record<string, Expected>>;

const contentOf = ({ documents }: AuditedBooks, digest: Bytes32): Served | undefined => documents.get(digest);

/** The name of a fund or programme as the member `member`: that of its document, or its code where there is none. */
export const namedBy = (books: AuditedBooks, digest: Bytes32, code: string, member = "name"): Members => {
  const served = contentOf(books, digest);
  if (served === undefined) return {};
  const name = served.kind === "absent" ? undefined : bilingualIn(served.content, "name", longestName);
  return { [member]: { ...(name ?? { zh: code, en: code }) } };
};

/** The name of a fund, or of a programme, by its number. */
export const fundNamedBy = (books: AuditedBooks, fund: number, member: string): Members => {
  const record = books.state.funds[fund - 1];
  return record === undefined ? {} : namedBy(books, record.document, fundCode(fund), member);
};
export const programmeNamedBy = (books: AuditedBooks, programme: number, member: string): Members => {
  const record = books.state.programmes[programme - 1];
  return record === undefined ? {} : namedBy(books, record.document, programmeCode(programme), member);
};

const isOf = (content: unknown, kind: string): boolean => memberOf(content, "kind") === kind;

/** Title and text of a statement; neither may be there where the gateway does not publish it. */
export const statedBy = (books: AuditedBooks, digest: Bytes32): Members => {
  const served = contentOf(books, digest);
  if (served === undefined) return {};
  const content = served.kind === "document" && isOf(served.content, "statement") ? served.content : {};
  const title = bilingualIn(content, "title", longestName);
  const text = bilingualIn(content, "text", longestText);
  if (title === undefined || text === undefined) return { title: undefined, text: undefined };
  return { title: { ...title }, text: { ...text } };
};

/** The name of the insurer at `at`, from 0, as the member `name`. */
export const insurerNamedBy = (books: AuditedBooks, digest: Bytes32, at: number): Members => {
  const served = contentOf(books, digest);
  if (served === undefined) return {};
  const content = served.kind === "document" && isOf(served.content, "insurers") ? served.content : {};
  const insurers = memberOf(content, "insurers");
  const name = Array.isArray(insurers) ? bilingualIn(insurers[at], "name", longestName) : undefined;
  return { name: { ...(name ?? { zh: `保险人 ${at + 1}`, en: `Insurer ${at + 1}` }) } };
};
