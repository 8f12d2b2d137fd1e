/** Lists in pages: which page a visit asks for, and the links to the others. */
import type { PageRequest } from "../../protocol/ports/read.ts";
import { html, type Html } from "../html.ts";
import { localPath, type Visit } from "../visit.ts";

/** The page of a list that the visit asks for: its cursor stands in the query under the list's name. */
export const pageOf = (visit: Visit, list: string, limit: number): PageRequest => {
  const cursor = visit.query(list);
  return { limit, ...(cursor === undefined ? {} : { cursor }) };
};

/** Links to the next page of a list and back to its first. Nothing where the list has a single page. */
export const paging = (visit: Visit, list: string, next: string | undefined): Html => {
  const here = localPath(visit, visit.path);
  const isLater = visit.query(list) !== undefined;
  if (next === undefined && !isLater) return html``;
  return html`<nav class="paging" aria-label="${visit.words.paging.label}">
    ${isLater && html`<a href="${here}#${list}">${visit.words.paging.first}</a>`}
    ${
      next !== undefined &&
      html`<a href="${here}?${list}=${encodeURIComponent(next)}#${list}">${visit.words.paging.next} →</a>`
    }
  </nav>`;
};
