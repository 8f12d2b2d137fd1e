/** The desk's first page. */
import { html } from "../../html.ts";
import { bar } from "../../parts/desk-bar.ts";
import type { DeskPage } from "../../desk/visit.ts";

export const overviewPage: DeskPage = (_read, visit) => {
  const { desk: say } = visit.words;
  return {
    title: say.title,
    status: 200,
    body: html`${bar(visit)}
      <h1>${say.title}</h1>`,
  };
};
