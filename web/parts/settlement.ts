/** How long claims take, for cells of at least 11 claims; the others are named and not shown. */
import type { SettlementFigure, SettlementView } from "../../protocol/ports/views.ts";
import type { Published, Statistic } from "../../protocol/statistics/cells.ts";
import type { Percentiles } from "../../protocol/statistics/percentiles.ts";
import { durationText } from "../format/duration.ts";
import { grouped } from "../format/money.ts";
import { html, type Html, type HtmlValue } from "../html.ts";
import type { Visit } from "../visit.ts";
import { cardTable } from "./card-table.ts";

type Group = Statistic<number, SettlementFigure>;
type PublishedGroup = Published<number, SettlementFigure>;

/** How the cells of a group are called: periods of a programme, or programmes. */
export type CellsName = (cells: readonly number[], visit: Visit) => Html;

export const namedPeriods: CellsName = (cells, { words }) => {
  const { settlement: say } = words.period;
  const [first, last] = [cells[0] ?? 0, cells.at(-1) ?? 0];
  return first === last ? say.onePeriod(first) : say.periods(first, last);
};

const percentileCells = (percentiles: Percentiles, visit: Visit): readonly HtmlValue[] => {
  if (percentiles.state === "noData") return [0, 1, 2].map(() => visit.words.noData);
  return [percentiles.p50, percentiles.p90, percentiles.p99].map((seconds) =>
    durationText(seconds, visit.words),
  );
};

const percentileColumns = ({ words: { period } }: Visit) =>
  [period.settlement.half, period.settlement.nineInTen, period.settlement.ninetyNine].map((name) => ({
    name,
    isNumber: true,
  }));

/** Both stretches and the whole of one figure. */
export const settlementFigure = (figure: SettlementFigure, visit: Visit): Html => {
  const { settlement: say } = visit.words.period;
  return cardTable(
    [{ name: say.stretch }, ...percentileColumns(visit)],
    [
      [say.filedToApproved, ...percentileCells(figure.filedToApproved, visit)],
      [say.approvedToPaid, ...percentileCells(figure.approvedToPaid, visit)],
      [say.filedToPaid, ...percentileCells(figure.filedToPaid, visit)],
    ],
  );
};

const groupRow = (group: PublishedGroup, nameOf: CellsName, visit: Visit): readonly HtmlValue[] => [
  nameOf(group.cells, visit),
  visit.words.unit.claims(grouped(group.figure.paid)),
  ...percentileCells(group.figure.filedToPaid, visit),
];

const isPublished = (group: Group): group is PublishedGroup => group.state === "published";

/** The whole, then each group of cells; what is withheld is said to be. Counts of rejected claims are never shown. */
export const settlementSection = (
  settlement: SettlementView,
  heading: string,
  nameOf: CellsName,
  visit: Visit,
): Html => {
  const { settlement: say } = visit.words.period;
  const { groups, total } = settlement;
  const published = groups.filter(isPublished);
  const withheld = groups.filter((group) => !isPublished(group)).flatMap(({ cells }) => cells);
  return html`<section id="settlement">
    <h2>${heading}</h2>
    <p class="quiet">${say.lead}</p>
    ${total.state === "published" && settlementFigure(total.figure, visit)}
    ${
      published.length > 0 &&
      html`<h3>${say.filedToPaid}</h3>
        ${cardTable(
          [{ name: say.group }, { name: say.paid, isNumber: true }, ...percentileColumns(visit)],
          published.map((group) => groupRow(group, nameOf, visit)),
        )}`
    }
    ${withheld.length > 0 && html`<p class="quiet">${say.withheldNote(nameOf(withheld, visit))}</p>`}
    ${groups.length === 0 && html`<p>${say.none}</p>`}
  </section>`;
};
