/** Pages for what is not there or went wrong: what happened, and what to do. */
import { waitText } from "../format/wait.ts";
import { html, type Html, type HtmlValue } from "../html.ts";
import { searchBox } from "../parts/facts.ts";
import { localPath, type PageContent, type Visit } from "../visit.ts";

interface Trouble {
  readonly status: number;
  readonly title: string;
  readonly what: HtmlValue;
  readonly whatToDo: HtmlValue;
}

const troublePage = (visit: Visit, trouble: Trouble, more?: Html): PageContent => ({
  title: trouble.title,
  status: trouble.status,
  body: html`<h1>${trouble.title}</h1>
    <p class="lead">${trouble.what}</p>
    <p>${trouble.whatToDo}</p>
    ${more}
    <p class="ways-out">
      <a class="button" href="${localPath(visit, "/")}">${visit.words.errors.home}</a>
      <a href="${localPath(visit, "/find")}">${visit.words.nav.find}</a>
    </p>`,
});

export const notFoundPage = (visit: Visit): PageContent => {
  const { errors } = visit.words;
  return troublePage(
    visit,
    { status: 404, title: errors.notFoundTitle, what: errors.notFound, whatToDo: errors.notFoundDo },
    searchBox(visit),
  );
};

/** For a code whose check character does not fit. */
export const badCodePage = (visit: Visit, code: string): PageContent => {
  const { errors } = visit.words;
  return troublePage(
    visit,
    { status: 404, title: errors.badCodeTitle, what: errors.badCode, whatToDo: errors.badCodeDo },
    searchBox(visit, code.slice(0, 60)),
  );
};

/** For a well-formed code without a record. */
export const unknownCodePage = (visit: Visit, code: string): PageContent => {
  const { errors } = visit.words;
  return troublePage(
    visit,
    { status: 404, title: errors.unknownTitle, what: errors.unknown, whatToDo: errors.unknownDo },
    searchBox(visit, code),
  );
};

export const badCursorPage = (visit: Visit): PageContent => {
  const { errors, paging } = visit.words;
  return troublePage(
    visit,
    { status: 400, title: errors.cursorTitle, what: errors.cursor, whatToDo: errors.cursorDo },
    html`<p><a href="${localPath(visit, visit.path)}">${paging.first}</a></p>`,
  );
};

/** For a request that the server could not read: too long, or in the wrong form. */
export const badRequestPage = (visit: Visit, status: number): PageContent => {
  const { errors } = visit.words;
  return troublePage(visit, {
    status,
    title: errors.badRequestTitle,
    what: errors.badRequest,
    whatToDo: errors.badRequestDo,
  });
};

/** For an address that asks too much; the gateway says how long to wait. */
export const busyPage = (visit: Visit, retryAfterSeconds: number): PageContent => {
  const { errors } = visit.words;
  const page = troublePage(visit, {
    status: 429,
    title: errors.busyTitle,
    what: errors.busy,
    whatToDo: errors.busyDo(waitText(retryAfterSeconds, visit.words)),
  });
  return { ...page, retryAfterSeconds };
};

/** For a gateway that is asked more than it can answer, by whomever. */
export const overloadedPage = (visit: Visit, retryAfterSeconds: number): PageContent => {
  const { errors } = visit.words;
  const page = troublePage(visit, {
    status: 503,
    title: errors.overloadedTitle,
    what: errors.overloaded,
    whatToDo: errors.busyDo(waitText(retryAfterSeconds, visit.words)),
  });
  return { ...page, retryAfterSeconds };
};

/** For a gateway that has just been started and has no figures to show yet. */
export const startingPage = (visit: Visit, retryAfterSeconds: number): PageContent => {
  const { errors } = visit.words;
  const page = troublePage(visit, {
    status: 503,
    title: errors.startingTitle,
    what: errors.starting,
    whatToDo: errors.startingDo,
  });
  return { ...page, retryAfterSeconds };
};

/** For a failure of ours; `reference` finds it in the log, and nothing of the failure itself is told. */
export const failedPage = (visit: Visit, reference: string): PageContent => {
  const { errors } = visit.words;
  return troublePage(
    visit,
    { status: 500, title: errors.failedTitle, what: errors.failed, whatToDo: errors.failedDo },
    html`<p class="quiet">${errors.reference} <code>${reference}</code></p>`,
  );
};
