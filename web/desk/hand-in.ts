/** A posted form handed in to the API, and what came of it: the operation to look at, or the form with what is wrong. */
import type { DeskAnswer } from "../../protocol/ports/desk-access.ts";
import { waitText } from "../format/wait.ts";
import { html, type HtmlValue } from "../html.ts";
import { deskOperationPath } from "../paths.ts";
import { localPath, type PageAnswer } from "../visit.ts";
import type { Entries, FormErrors, FormField, Reading } from "./form.ts";
import type { DeskVisit, Posted } from "./visit.ts";

type Refused = Extract<DeskAnswer, { readonly outcome: "refused" }>;

/** What stands in the fields of a posted form. */
export const entriesOf = (fields: readonly FormField[], posted: Posted): Entries =>
  Object.fromEntries(fields.map(({ name }) => [name, posted.entry(name)]));

/** `claims[0].amount`, `donations[0].amount` and `statement.title.zh` are fields of forms without what stands before. */
const fieldNamed = (field: string): string => field.replace(/^\w+\[\d+\]\./, "").replace(/^statement\./, "");

const knownProblem = (answer: Refused, { words }: DeskVisit): string | undefined => {
  const text: unknown = Object.getOwnPropertyDescriptor(words.desk.problems, answer.problem)?.value;
  return typeof text === "string" ? text : undefined;
};

/** The gateway's own reason, in the language in which it is given. */
const given = (reason: string, visit: DeskVisit): HtmlValue =>
  visit.words.desk.givenReason(html`<span lang="en">${reason}</span>`);

export const errorsOf = (answer: Refused, fields: readonly FormField[], visit: DeskVisit): FormErrors => {
  const { desk: say } = visit.words;
  const known = knownProblem(answer, visit);
  const wrong: Record<string, HtmlValue> = {};
  const others: HtmlValue[] = [];
  if (known !== undefined) others.push(known);
  if (answer.retryAfterSeconds !== undefined) {
    others.push(say.tryAgain(waitText(Math.max(1, answer.retryAfterSeconds), visit.words)));
  }
  for (const { field, reason } of answer.errors) {
    const name = fieldNamed(field);
    if (fields.some((each) => each.name === name)) wrong[name] = given(reason, visit);
    else if (known === undefined) others.push(given(`${field} ${reason}`, visit));
  }
  if (others.length === 0 && Object.keys(wrong).length === 0) others.push(given(answer.detail, visit));
  return { fields: wrong, others };
};

export interface HandIn {
  readonly posted: Posted;
  readonly fields: readonly FormField[];
  readonly read: (entries: Entries) => Reading;
  /** The page with the form once more. */
  readonly again: (entries: Entries, errors: FormErrors, status: number) => Promise<PageAnswer> | PageAnswer;
}

/** Hands the form in. Where it is accepted, the answer leads to its operation. */
export const handIn = async ({ posted, fields, read, again }: HandIn): Promise<PageAnswer> => {
  const entries = entriesOf(fields, posted);
  const reading = read(entries);
  if (reading.errors !== undefined) return again(entries, { fields: reading.errors, others: [] }, 422);
  const answer = await posted.write(reading.request.path, reading.request.body);
  if (answer.outcome === "refused") {
    return again(entries, errorsOf(answer, fields, posted), answer.status);
  }
  return { redirectTo: localPath(posted, deskOperationPath(answer.operations[0] ?? "")) };
};
