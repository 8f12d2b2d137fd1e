/** The terms of a period in plain words, from the published document that its digest names. */
import type { Read } from "../../../protocol/ports/read.ts";
import type { PeriodView } from "../../../protocol/ports/views.ts";
import { InvalidTerms, readTerms } from "../../../protocol/terms/read.ts";
import type { Terms } from "../../../protocol/terms/types.ts";
import { api } from "../../api.ts";
import { html, type Html } from "../../html.ts";
import { digest } from "../../parts/facts.ts";
import { termsSection } from "../../parts/terms.ts";
import type { Visit } from "../../visit.ts";

/** Absent where this gateway does not hold the document, or it holds no terms that can be read. */
export const readPeriodTerms = async (
  read: Pick<Read, "document">,
  { terms }: Pick<PeriodView, "terms">,
): Promise<Terms | undefined> => {
  const text = terms === undefined ? undefined : await read.document(terms);
  if (text === undefined) return undefined;
  try {
    return readTerms(JSON.parse(text));
  } catch (error) {
    if (error instanceof InvalidTerms || error instanceof SyntaxError) return undefined;
    throw error;
  }
};

export const periodTerms = (period: PeriodView, terms: Terms | undefined, visit: Visit): Html => {
  const { words } = visit;
  const { period: say } = words;
  const own = period.terms;
  return html`<section id="terms">
    <h2>${say.terms}</h2>
    <p>${own === undefined ? words.noData : say.termsLead}</p>
    ${own !== undefined && terms !== undefined && termsSection(terms, own, visit.words)}
    ${
      own !== undefined &&
      terms === undefined &&
      html`<p>${say.termsMissing} <a href="${api.document(own)}">${digest(own)}</a></p>`
    }
  </section>`;
};
