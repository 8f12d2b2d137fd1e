/** An auditor's open finding, and the foundation's answer to it, which is published for ever in both languages. */
import type { Read } from "../../../protocol/ports/read.ts";
import type { FindingView } from "../../../protocol/ports/views.ts";
import type { Entries, FormErrors, FormField, Reading } from "../../desk/form.ts";
import { handIn } from "../../desk/hand-in.ts";
import { isOwn, may, type DeskPage, type DeskPost, type DeskVisit } from "../../desk/visit.ts";
import { html } from "../../html.ts";
import { deskBar } from "../../parts/desk-bar.ts";
import { deskForm } from "../../parts/desk-form.ts";
import { findingList } from "../../parts/findings.ts";
import { deskFindingPath } from "../../paths.ts";
import type { PageContent } from "../../visit.ts";
import { notFoundPage } from "../error.ts";
import { forbiddenPage } from "./forbidden.ts";

/** Open findings that are looked through; more than these are answered through the API. */
const mostOpen = 100;

/** Those that the key may see: of the whole ledger only where it is for every programme. */
export const openFindings = async (read: Read, visit: DeskVisit): Promise<readonly FindingView[]> => {
  const { items } = await read.findings({ state: "open" }, { limit: mostOpen });
  return items.filter(({ subject: { programme } }) =>
    programme === undefined ? visit.who.programmes === undefined : isOwn(visit, programme),
  );
};

const findingIn = async (read: Read, visit: DeskVisit): Promise<FindingView | undefined> =>
  (await openFindings(read, visit)).find(({ finding }) => String(finding) === visit.parameter("finding"));

const fieldsOf = ({ words: { desk } }: DeskVisit): readonly FormField[] => [
  { name: "title.zh", label: desk.finding.titleZh, kind: "text", maxLength: 200 },
  { name: "text.zh", label: desk.finding.textZh, kind: "lines", maxLength: 4_000 },
  { name: "title.en", label: desk.finding.titleEn, kind: "text", maxLength: 200 },
  { name: "text.en", label: desk.finding.textEn, kind: "lines", maxLength: 4_000 },
];

const reading =
  ({ finding }: FindingView, visit: DeskVisit) =>
  (entries: Entries): Reading => {
    // A browser sends the end of a line as two characters, of which one may be published.
    const said = (name: string): string => (entries[name] ?? "").replaceAll("\r\n", "\n").trim();
    const missing = fieldsOf(visit).filter(({ name }) => said(name) === "");
    if (missing.length > 0) {
      return { errors: Object.fromEntries(missing.map(({ name }) => [name, visit.words.desk.missing])) };
    }
    const statement = {
      title: { zh: said("title.zh"), en: said("title.en") },
      text: { zh: said("text.zh"), en: said("text.en") },
    };
    return { request: { path: `/v1/findings/${String(finding)}/answer`, body: { statement } } };
  };

const page = (
  finding: FindingView,
  visit: DeskVisit,
  entries: Entries = {},
  errors?: FormErrors,
  status = 200,
): PageContent => {
  const { finding: say } = visit.words.desk;
  const form = {
    path: deskFindingPath(finding.finding),
    id: "answer",
    fields: fieldsOf(visit),
    button: say.button,
    entries,
    errors,
  };
  return {
    title: say.title,
    status,
    body: html`${deskBar(visit)}
      <h1>${say.title}</h1>
      ${findingList([finding], visit)}
      ${
        may(visit, "treasurer") &&
        html`<section id="answer-section">
          <h2>${say.answer}</h2>
          <p>${say.lead}</p>
          ${deskForm(form, visit)}
        </section>`
      }`,
  };
};

export const deskFindingPage: DeskPage = async (read, visit) => {
  const finding = await findingIn(read, visit);
  return finding === undefined ? notFoundPage(visit) : page(finding, visit);
};

export const answerFinding: DeskPost = async (read, posted) => {
  if (!may(posted, "treasurer")) return forbiddenPage(posted, "treasurer");
  const finding = await findingIn(read, posted);
  if (finding === undefined) return notFoundPage(posted);
  return handIn({
    posted,
    fields: fieldsOf(posted),
    read: reading(finding, posted),
    again: (entries, errors, status) => page(finding, posted, entries, errors, status),
  });
};
