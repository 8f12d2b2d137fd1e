/**
 * HTML that is escaped by construction. Text enters a page only through the `html` tag, which escapes every value
 * that is not itself a result of the tag; there is no way to mark a string as already safe. Always write attribute
 * values between double quotes.
 */
class Markup {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
}

/** A piece of a page. Only {@link html} makes one. */
export type Html = Markup;

/** What may stand in a `${}`: nothing is printed for `undefined` and `false`. */
export type HtmlValue = Html | string | number | bigint | undefined | false | readonly HtmlValue[];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? "");

const printed = (value: HtmlValue): string => {
  if (value === undefined || value === false) return "";
  if (value instanceof Markup) return value.toString();
  if (typeof value === "object") return value.map(printed).join("");
  return escaped(String(value));
};

/** Tagged template: the literal parts are markup, the values are text unless they are {@link Html}. */
export const html = (literals: TemplateStringsArray, ...values: readonly HtmlValue[]): Html => {
  let text = literals[0] ?? "";
  values.forEach((value, at) => {
    text += printed(value) + (literals[at + 1] ?? "");
  });
  return new Markup(text);
};

/** The pieces with `separator` between them, and `last` before the last one. */
export const joined = (pieces: readonly HtmlValue[], separator: string, last = separator): Html =>
  html`${pieces.map((piece, at) => {
    if (at === 0) return piece;
    return [at === pieces.length - 1 ? last : separator, piece];
  })}`;
