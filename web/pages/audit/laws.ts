/** The ledger's laws, each in a sentence with what was found for this page; one that was not looked at is said not to be. */
import type { LawCheck } from "../../../protocol/ports/views.ts";
import { api } from "../../api.ts";
import { grouped } from "../../format/money.ts";
import { html, joined, type Html, type HtmlValue } from "../../html.ts";
import { cardTable } from "../../parts/card-table.ts";
import type { Visit } from "../../visit.ts";

const everyLaw = [
  "L1",
  "L2",
  "L3",
  "L4",
  "L5",
  "L6",
  "L7",
  "L8",
] as const satisfies readonly LawCheck["law"][];

/** Laws that need every path or a second witness, too much for a page: the commands that check them. */
const checkedBy: Partial<Record<LawCheck["law"], readonly string[]>> = {
  L4: ["npm test", "npm run rehearse"],
  L7: ["npm test"],
  L8: ["npm test"],
};

const unseen = (law: LawCheck["law"], { words }: Visit): readonly HtmlValue[] => {
  const { audit: say } = words;
  const commands = checkedBy[law];
  if (commands === undefined) return [html`<span class="quiet">${say.notChecked}</span>`, words.noData];
  const named = commands.map((command) => html`<code>${command}</code>`);
  return [html`<span class="quiet">${say.elsewhere(joined(named, say.and))}</span>`, say.notCounted];
};

const row = (law: LawCheck["law"], check: LawCheck | undefined, visit: Visit): readonly HtmlValue[] => {
  const { audit: say } = visit.words;
  const name = html`<span>${law} · ${say.sentences[law]}</span>`;
  if (check === undefined) return [name, ...unseen(law, visit)];
  const { holds, facts, checked } = check;
  return [
    html`${name} ${!holds && facts.map((fact) => html`<code class="digest">${fact}</code>`)}`,
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
          ? say.lawsHold(grouped(laws.length))
          : html`${say.lawsBroken} <b>${broken.map(({ law }) => law).join(", ")}</b>`
      }
    </p>
    ${cardTable(
      [{ name: say.law }, { name: say.result }, { name: say.checked, isNumber: true }],
      everyLaw.map((law) =>
        row(
          law,
          laws.find((check) => check.law === law),
          visit,
        ),
      ),
    )}
    <p class="links"><a href="${api.audit}">${footer.rawJson}</a></p>
  </section>`;
};
