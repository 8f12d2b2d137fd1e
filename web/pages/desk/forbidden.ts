/** For a page that the key's roles have nothing for. */
import type { DeskRole, DeskVisit } from "../../desk/visit.ts";
import { html } from "../../html.ts";
import { deskBar } from "../../parts/desk-bar.ts";
import { deskPath } from "../../paths.ts";
import { localPath, type PageContent } from "../../visit.ts";

export const forbiddenPage = (visit: DeskVisit, role: DeskRole): PageContent => {
  const { desk: say } = visit.words;
  return {
    title: say.forbiddenTitle,
    status: 403,
    body: html`${deskBar(visit)}
      <h1>${say.forbiddenTitle}</h1>
      <p class="lead">${say.forbidden(say.roleNames[role])}</p>
      <p class="ways-out"><a class="button" href="${localPath(visit, deskPath)}">${say.back}</a></p>`,
  };
};
