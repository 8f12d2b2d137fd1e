/** Small pieces that many pages share. */
import { html, type Html, type HtmlValue } from "../html.ts";
import { localPath, type Visit } from "../visit.ts";

type Fact = readonly [name: HtmlValue, fact: HtmlValue];

/** A list of named facts. */
export const facts = (rows: readonly Fact[]): Html => factList("facts", rows);

/** Named amounts, one under the other so that they can be compared. */
export const amounts = (rows: readonly Fact[]): Html => factList("facts amounts", rows);

const factList = (look: string, rows: readonly Fact[]): Html =>
  html`<dl class="${look}">
    ${rows.map(
      ([name, fact]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${fact}</dd>
        </div>`,
    )}
  </dl>`;

/** A digest, commitment or transaction hash, which may break anywhere. */
export const digest = (value: string): Html => html`<code class="digest">${value}</code>`;

/** A code with a button to copy it, which the island shows where the browser can. */
export const copyableCode = (code: string, visit: Visit): Html =>
  html`<span class="code-line"
    ><code class="code">${code}</code
    ><button
      type="button"
      class="copy"
      hidden
      data-copy="${code}"
      data-copied="${visit.words.donation.copied}"
    >
      ${visit.words.donation.copy}
    </button></span
  >`;

export const searchBox = (visit: Visit, value = ""): Html => {
  const { searchBox: words } = visit.words;
  return html`<form class="search" role="search" action="${localPath(visit, "/search")}" method="get">
    <label for="q">${words.label}</label>
    <div class="field-row">
      <input
        id="q"
        name="q"
        type="search"
        maxlength="300"
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        enterkeyhint="search"
        placeholder="${words.placeholder}"
        title="${words.shortcut}"
        value="${value}"
        required
      />
      <button type="submit">${words.button}</button>
    </div>
  </form>`;
};
