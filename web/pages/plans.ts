/** The city plans of Jiangsu: what they published, what that gives when it is computed again, and their terms. */
import { jiangsuTable, type CityRow, type Results } from "../../protocol/terms/jiangsu.ts";
import { termsDigest } from "../../protocol/terms/types.ts";
import { grouped, money } from "../format/money.ts";
import { html, type Html, type HtmlValue } from "../html.ts";
import { cardTable } from "../parts/card-table.ts";
import { termsSection } from "../parts/terms.ts";
import type { PageAnswer, Visit } from "../visit.ts";

const currency = "CNY";
const noDataCells = 7;

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

/** 412 tenths → 41.2. */
const tenths = (value: bigint): string => `${grouped(value / 10n)}.${value % 10n}`;

const printedCell = ({ printedMeanYuan, differenceYuan }: Results, visit: Visit): Html => {
  const say = visit.words.plans;
  return html`<span class="figure"
    >${say.yuan(grouped(printedMeanYuan))}${
      differenceYuan !== 0n &&
      html` <a class="tag differs" href="#differences">${say.differs(grouped(magnitude(differenceYuan)))}</a>`
    }</span
  >`;
};

const rowOf = ({ city, results }: CityRow, visit: Visit): readonly HtmlValue[] => {
  const { plans: say, noData } = visit.words;
  const name = html`<a href="#${city}">${say.cities[city]}</a>`;
  if (results.state === "noData")
    return [name, ...Array.from({ length: noDataCells }, () => html`<span class="figure">${noData}</span>`)];
  return [
    name,
    say.people(grouped(results.insured)),
    say.cases(grouped(results.claims)),
    money(results.paid, currency),
    say.yuan(grouped(results.meanYuan)),
    printedCell(results, visit),
    tenths(results.claimsPerTenThousandTenths),
    money(results.paidPerInsured, currency),
  ];
};

const table = (visit: Visit): Html => {
  const say = visit.words.plans;
  const numbers = [
    say.insured,
    say.claims,
    say.paid,
    say.mean,
    say.printedMean,
    say.perTenThousand,
    say.perInsured,
  ];
  return html`<section>
    <h2>${say.tableTitle}</h2>
    <p>${say.rawNote}</p>
    ${cardTable(
      [{ name: say.city }, ...numbers.map((name) => ({ name, isNumber: true }))],
      jiangsuTable.map((row) => rowOf(row, visit)),
    )}
  </section>`;
};

const differences = (visit: Visit): Html => {
  const say = visit.words.plans;
  const sentences = jiangsuTable.flatMap(({ city, results }) =>
    results.state === "data" && results.differenceYuan !== 0n
      ? [
          html`<p>
            ${say.difference(
              say.cities[city],
              money(results.paid, currency),
              grouped(results.claims),
              money(results.meanFen, currency),
              grouped(results.meanYuan),
              grouped(results.printedMeanYuan),
            )}
          </p>`,
        ]
      : [],
  );
  return html`<section id="differences">
    <h2>${say.differencesTitle}</h2>
    ${
      sentences.length === 0
        ? html`<p>${say.differencesNone}</p>`
        : html`${sentences}
            <p>${say.differenceMeans}</p>`
    }
  </section>`;
};

const insurersText = ({ insurers, otherInsurers }: CityRow, visit: Visit): Html => {
  const say = visit.words.plans;
  return say.named(
    insurers.map((insurer) => say.insurerNames[insurer]),
    otherInsurers,
  );
};

const cityTerms = (row: CityRow, visit: Visit): Html => {
  const say = visit.words.plans;
  const city = say.cities[row.city];
  return html`<section id="${row.city}" class="plan">
    <h3>${city}</h3>
    <p>${say.insurers(insurersText(row, visit))}</p>
    <details>
      <summary>${say.details(city)}</summary>
      ${termsSection(row.terms, termsDigest(row.terms), visit.words)}
    </details>
  </section>`;
};

export const plansPage = (visit: Visit): PageAnswer => {
  const say = visit.words.plans;
  return {
    title: say.title,
    status: 200,
    body: html`<h1>${say.title}</h1>
      <p class="lead">${say.lead}</p>
      ${table(visit)} ${differences(visit)}
      <section>
        <h2>${say.termsTitle}</h2>
        <p>${say.termsLead}</p>
        ${jiangsuTable.map((row) => cityTerms(row, visit))}
      </section>`,
  };
};
