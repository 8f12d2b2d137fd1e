/** Counting in English. */
import { html, type Html, type HtmlValue } from "../html.ts";

/** "1 claim", "2 claims", "1,204 claims"; the count comes formatted. */
export const counted = (count: HtmlValue, one: string, many: string): Html =>
  html`${count} ${String(count) === "1" ? one : many}`;
