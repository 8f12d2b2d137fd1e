/** Who insures a policy period, and each one's part of what its claims were paid. */
import type { InsurersView, PeriodView } from "../../../protocol/ports/views.ts";
import { api } from "../../api.ts";
import { money } from "../../format/money.ts";
import { basisPoints } from "../../format/percentages.ts";
import { html, type Html } from "../../html.ts";
import { cardTable } from "../../parts/card-table.ts";
import { digest } from "../../parts/facts.ts";
import { insurerPath } from "../../paths.ts";
import { localPath, type Visit } from "../../visit.ts";

const table = (period: PeriodView, { insurers }: InsurersView, currency: string, visit: Visit): Html => {
  const { period: say } = visit.words;
  const shown = (amount: bigint): string => money(amount, currency);
  const { policyPaid, policyRecovered } = period;
  const bps = insurers.reduce((sum, { shareBps }) => sum + shareBps, 0);
  return cardTable(
    [
      { name: say.insurer },
      { name: say.shareOf, isNumber: true },
      { name: say.partPaid, isNumber: true },
      { name: say.partRecovered, isNumber: true },
      { name: say.partNet, isNumber: true },
      { name: say.statement, isNumber: true },
    ],
    insurers.map(({ ordinal, name, shareBps, part }) => [
      name[visit.language],
      basisPoints(shareBps),
      shown(part.paid),
      shown(part.recovered),
      html`<b>${shown(part.net)}</b>`,
      html`<a href="${localPath(visit, insurerPath(period.programme, period.period, ordinal))}"
        >${say.statement}</a
      >`,
    ]),
    [
      {
        name: say.allInsurers,
        cells: [
          basisPoints(bps),
          shown(policyPaid),
          shown(policyRecovered),
          shown(policyPaid - policyRecovered),
          "",
        ],
      },
    ],
  );
};

export const insurersSection = (code: string, period: PeriodView, currency: string, visit: Visit): Html => {
  const { period: say } = visit.words;
  const { insurers } = period;
  return html`<section id="insurers">
    <h2>${say.insurers}</h2>
    ${
      insurers === undefined
        ? html`<p>${say.insurersNone}</p>`
        : html`<p>${say.insurersLead}</p>
            ${table(period, insurers, currency, visit)}
            <p class="links">
              <a href="${api.insurers(code, period.period)}">${visit.words.footer.rawJson}</a>
            </p>
            <p class="quiet">
              ${say.insurersDocument}
              <a href="${api.document(insurers.document)}">${digest(insurers.document)}</a>
            </p>`
    }
  </section>`;
};
