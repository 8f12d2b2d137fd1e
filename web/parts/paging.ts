/** Lists in pages: which page a visit asks for, and the links to the others. */
import type { PageRequest } from "../../protocol/ports/read.ts";
import { html, type Html } from "../html.ts";
import { localPath, type Visit } from "../visit.ts";

/** The page of a list that the visit asks for: its cursor stands in the query under the list's name. */
export const pageOf = (visit: Visit, list: string, limit: number): PageRequest => {
  const cursor = visit.query(list);
  return { limit, ...(cursor === undefined ? {} : { cursor }) };
};

/**
 * Links to the next page of a list and back to its first. Nothing where the list has a single page. `kept` names the
 * parameters that say which list it is, and so stay.
 */
export const paging = (
  visit: Visit,
  list: string,
  next: string | undefined,
  kept: readonly string[] = [],
): Html => {
  const isLater = visit.query(list) !== undefined;
  if (next === undefined && !isLater) return html``;
  const stays = kept.flatMap((name) => {
    const value = visit.query(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const address = (cursor?: string): string => {
    const query = new URLSearchParams([
      ...stays.map(([name, value]) => [name, value]),
      ...(cursor === undefined ? [] : [[list, cursor]]),
    ]).toString();
    return `${localPath(visit, visit.path)}${query === "" ? "" : `?${query}`}#${list}`;
  };
  return html`<nav class="paging" aria-label="${visit.words.paging.label}">
    ${isLater && html`<a href="${address()}">${visit.words.paging.first}</a>`}
    ${next !== undefined && html`<a href="${address(next)}">${visit.words.paging.next} →</a>`}
  </nav>`;
};
