/** The ledger's laws as they were checked for this page, each in a sentence. */
import type { LawCheck } from "../../../protocol/ports/views.ts";
import { api } from "../../api.ts";
import { grouped } from "../../format/money.ts";
import { html, type Html, type HtmlValue } from "../../html.ts";
import { cardTable } from "../../parts/card-table.ts";
import type { Visit } from "../../visit.ts";

const row = ({ law, holds, checked, facts }: LawCheck, visit: Visit): readonly HtmlValue[] => {
  const { audit: say } = visit.words;
  return [
    html`<span>${law} · ${say.sentences[law]}</span>
      ${!holds && facts.map((fact) => html`<code class="digest">${fact}</code>`)}`,
    html`<span class="tag law-${holds ? "holds" : "fails"}">${holds ? say.holds : say.fails}</span>`,
    grouped(checked),
  ];
};

export const lawsSection = (laws: readonly LawCheck[], visit: Visit): Html => {
  const { audit: say, footer } = visit.words;
  const broken = laws.filter(({ holds }) => !holds);
  return html`<section id="laws" class="${broken.length > 0 ? "notice" : "plain"}">
    <h2>${say.laws}</h2>
    <p>
      ${
        broken.length === 0
          ? say.lawsAll
          : html`${say.lawsBroken} <b>${broken.map(({ law }) => law).join(", ")}</b>`
      }
    </p>
    ${cardTable(
      [{ name: say.law }, { name: say.result }, { name: say.checked, isNumber: true }],
      laws.map((law) => row(law, visit)),
    )}
    <p class="links"><a href="${api.audit}">${footer.rawJson}</a></p>
  </section>`;
};
