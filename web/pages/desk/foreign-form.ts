/** For a form that was not made here for this session: nothing of it was done. */
import { html } from "../../html.ts";
import { deskPath } from "../../paths.ts";
import { localPath, type PageContent, type Visit } from "../../visit.ts";

export const foreignFormPage = (visit: Visit): PageContent => {
  const { desk: say } = visit.words;
  return {
    title: say.foreignTitle,
    status: 403,
    body: html`<h1>${say.foreignTitle}</h1>
      <p class="lead">${say.foreign}</p>
      <p>${say.foreignDo}</p>
      <p class="ways-out"><a class="button" href="${localPath(visit, deskPath)}">${say.back}</a></p>`,
  };
};
