/** The policy periods of a programme: the present one in full, and a line for each. */
import { InvalidCursor } from "../../../protocol/ports/read.ts";
import type { PeriodView, ProgrammeView } from "../../../protocol/ports/views.ts";
import { api } from "../../api.ts";
import { money } from "../../format/money.ts";
import { html, type Html, type HtmlValue } from "../../html.ts";
import { cardTable } from "../../parts/card-table.ts";
import { paging } from "../../parts/paging.ts";
import { periodDates, periodReserve, periodState, periodTitle } from "../../parts/period.ts";
import { periodPath } from "../../paths.ts";
import { localPath, type Visit } from "../../visit.ts";

const rowsPerPage = 12;
const list = "periods";

/** Periods are read whole, so the place in the list is a plain number. */
const startOf = (visit: Visit): number => {
  const cursor = visit.query(list);
  if (cursor === undefined) return 0;
  if (!/^[1-9]\d{0,8}$/.test(cursor)) throw new InvalidCursor(cursor);
  return Number(cursor);
};

const link = (period: PeriodView, visit: Visit): Html =>
  html`<a href="${localPath(visit, periodPath(period.programme, period.period))}"
    >${periodTitle(period, visit.words)}</a
  >`;

const presentPeriod = (period: PeriodView, currency: string, visit: Visit): Html => {
  const { words } = visit;
  return html`<div class="period">
    <h3>${link(period, visit)} ${periodState(period, words)}</h3>
    <p class="quiet">${periodDates(period, visit)}</p>
    ${periodReserve(period, currency, words)}
    <p class="links">
      <a href="${localPath(visit, periodPath(period.programme, period.period))}"
        >${words.programme.periodOpen}</a
      >
    </p>
  </div>`;
};

const row = (period: PeriodView, currency: string, visit: Visit): readonly HtmlValue[] => {
  const { noData } = visit.words;
  const { opening, allocated, movedIn, movedOut, recovered, paid, closing } = period.record;
  const shown = (amount: bigint): string => (period.state === "declared" ? noData : money(amount, currency));
  return [
    html`${link(period, visit)} ${periodState(period, visit.words)}`,
    periodDates(period, visit),
    shown(opening),
    shown(allocated + movedIn + recovered),
    shown(movedOut + paid),
    html`<b>${shown(closing)}</b>`,
  ];
};

export const periodsSection = (
  programme: ProgrammeView,
  periods: readonly PeriodView[],
  visit: Visit,
): Html => {
  const { programme: say, footer } = visit.words;
  const { currency } = programme;
  const start = startOf(visit);
  const newestFirst = periods.toReversed();
  const page = newestFirst.slice(start, start + rowsPerPage);
  const next = start + rowsPerPage < periods.length ? String(start + rowsPerPage) : undefined;
  const present = periods.find((period) => period.period === programme.currentPeriod);
  return html`<section id="${list}">
    <h2>${say.periods}</h2>
    ${periods.length === 0 && html`<p>${say.periodsNone}</p>`}
    ${present !== undefined && presentPeriod(present, currency, visit)}
    ${
      periods.length > 0 &&
      html`<h3>${say.periodAll}</h3>
        ${cardTable(
          [
            { name: say.periodColumn },
            { name: say.periodDates },
            { name: say.opening, isNumber: true },
            { name: say.inflow, isNumber: true },
            { name: say.outflow, isNumber: true },
            { name: say.closing, isNumber: true },
          ],
          page.map((period) => row(period, currency, visit)),
        )}
        ${paging(visit, list, next)}`
    }
    <p class="links"><a href="${api.periods(programme.code)}">${footer.rawJson}</a></p>
  </section>`;
};
