/** Search: a code or address goes straight to its page; everything else is explained. */
import { parseSearch, type NothingReason } from "../../protocol/codes/search.ts";
import type { Read } from "../../protocol/ports/read.ts";
import { html, type Html } from "../html.ts";
import { searchBox } from "../parts/facts.ts";
import { findForm, noEntries } from "../parts/find-form.ts";
import { pathOf } from "../paths.ts";
import { localPath, type PageAnswer, type PageContent, type Visit } from "../visit.ts";

const answerPage = (visit: Visit, typed: string, status: number, answer: Html): PageContent => ({
  title: visit.words.search.title,
  status,
  body: html`<h1>${visit.words.search.title}</h1>
    ${searchBox(visit, typed)} ${answer}`,
});

const explained = (what: string, whatToDo: string, more?: Html): Html =>
  html`<p class="lead">${what}</p>
    <p>${whatToDo}</p>
    ${more}`;

const longestName = 40;

interface Match {
  readonly name: string;
  readonly path: string;
}

/** Funds and programmes whose name holds the text in either language, or whose region code it is. */
const named = async (read: Read, text: string, visit: Visit): Promise<readonly Match[]> => {
  const wanted = text.toLowerCase();
  const [programmes, funds] = await Promise.all([read.programmes(), read.funds()]);
  const fits = (name: { readonly zh: string; readonly en: string }): boolean =>
    name.zh.toLowerCase().includes(wanted) || name.en.toLowerCase().includes(wanted);
  return [
    ...programmes
      .filter((programme) => fits(programme.name) || String(programme.region) === wanted)
      .map((programme) => ({ name: programme.name[visit.language], path: `/p/${programme.code}` })),
    ...funds
      .filter((fund) => fits(fund.name))
      .map((fund) => ({ name: fund.name[visit.language], path: `/f/${fund.code}` })),
  ];
};

const matchesPage = (visit: Visit, typed: string, matches: readonly Match[]): PageAnswer => {
  const [only] = matches;
  if (matches.length === 1 && only !== undefined) return { redirectTo: localPath(visit, only.path) };
  return answerPage(
    visit,
    typed,
    200,
    html`<p>${visit.words.search.matches}</p>
      <ul class="matches">
        ${matches.map((match) => html`<li><a href="${localPath(visit, match.path)}">${match.name}</a></li>`)}
      </ul>`,
  );
};

/** The number is kept out of the search box: it belongs into the form that posts. */
const numberPage = (visit: Visit, transactionNumber: string): PageAnswer => {
  const { search: say } = visit.words;
  const form = findForm(visit, { ...noEntries, transactionNumber });
  return { ...answerPage(visit, "", 200, explained(say.number, say.numberDo, form)), secret: true };
};

const nothingPage = (visit: Visit, typed: string, reason: NothingReason): PageAnswer => {
  const { search: say, nav } = visit.words;
  switch (reason) {
    case "empty":
      return answerPage(visit, "", 200, html`<p>${say.prompt}</p>`);
    case "tooLong":
      return answerPage(visit, "", 400, explained(say.tooLong, say.prompt));
    case "mistypedCode":
      return answerPage(visit, typed, 404, explained(say.badCode, say.badCodeDo));
    case "otherAddress":
    case "unknownText": {
      const find = html`<p><a class="button" href="${localPath(visit, "/find")}">${nav.find}</a></p>`;
      return answerPage(visit, typed, 404, explained(say.unknown, say.unknownDo, find));
    }
  }
};

const isHash = (text: string): boolean => /^(0x)?[0-9a-f]{64}$/i.test(text);

export const searchPage = async (read: Read, visit: Visit): Promise<PageAnswer> => {
  const { search: say } = visit.words;
  const typed = visit.query("q") ?? "";
  const target = parseSearch(typed);
  if (target.kind === "code") return { redirectTo: localPath(visit, pathOf(target.code)) };
  if (isHash(typed.trim())) {
    const docs = html`<p><a href="/docs">/docs</a></p>`;
    return answerPage(visit, typed, 404, explained(say.hash, say.hashDo, docs));
  }
  const name = typed.normalize("NFKC").trim();
  const matches = name === "" || name.length > longestName ? [] : await named(read, name, visit);
  if (matches.length > 0) return matchesPage(visit, typed, matches);
  return target.kind === "transactionNumber"
    ? numberPage(visit, target.transactionNumber)
    : nothingPage(visit, typed, target.reason);
};
