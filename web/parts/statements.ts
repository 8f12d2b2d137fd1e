/** What an auditor or the foundation published: read from the document, or its digest where that is not held here. */
import type { PublishedStatement } from "../../protocol/ports/views.ts";
import { api } from "../api.ts";
import { dayOfText } from "../format/moments.ts";
import { html, type Html } from "../html.ts";
import type { Visit } from "../visit.ts";
import { digest } from "./facts.ts";

/** `label` says what kind of statement it is; `heading` is its title, and absent where the document is not held. */
export const publishedStatement = (label: string, published: PublishedStatement, visit: Visit): Html => {
  const { words, language } = visit;
  const { history: say } = words;
  const { statement, document, at, actor } = published;
  return html`<div class="statement">
    <p class="statement-head">
      <b>${label}</b>
      <span class="quiet">${dayOfText(at.blockTime, language)} · ${say.by(actor)}</span>
    </p>
    ${
      statement === undefined
        ? html`<p class="quiet">${say.notHeld}</p>`
        : html`<p><b>${statement.title[language]}</b></p>
            <p>${statement.text[language]}</p>`
    }
    <p class="quiet">${say.document} <a href="${api.document(document)}">${digest(document)}</a></p>
  </div>`;
};
