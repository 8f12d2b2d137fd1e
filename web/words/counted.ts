/** Counting in English. */
import { html, type Html, type HtmlValue } from "../html.ts";

/** "1 claim", "2 claims", "1,204 claims"; the count comes formatted, and may stand in an element. */
export const counted = (count: HtmlValue, one: string, many: string): Html =>
  html`${count} ${html`${count}`.toString().replace(/<[^>]*>/g, "") === "1" ? one : many}`;
