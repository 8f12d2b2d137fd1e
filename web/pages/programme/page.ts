/** A programme (a county or city): its money, its periods, who waits, what each fund promised. */
import type { ProgrammeId } from "../../../protocol/ids.ts";
import type { Read } from "../../../protocol/ports/read.ts";
import type { PeriodView, ProgrammeView } from "../../../protocol/ports/views.ts";
import { grouped, money } from "../../format/money.ts";
import { html, type Html } from "../../html.ts";
import { amounts, copyableCode } from "../../parts/facts.ts";
import { pageOf } from "../../parts/paging.ts";
import { enteredProgramme, partitionFigure, programmeParts } from "../../parts/partition.ts";
import { periodSection } from "../../parts/period.ts";
import type { PageAnswer, Visit } from "../../visit.ts";
import { unknownCodePage } from "../error.ts";
import { claimsSection, expensesSection, fundsSection, queueSection } from "./lists.ts";

const rowsPerList = 10;

const moneySection = (programme: ProgrammeView, visit: Visit): Html => {
  const { words } = visit;
  const { partition, currency } = programme;
  const shown = (amount: bigint): string => money(amount, currency);
  return html`<section id="money">
    <h2>${words.programme.money}</h2>
    ${partitionFigure(
      {
        parts: programmeParts(partition),
        total: enteredProgramme(partition),
        totalLabel: words.partition.entered,
        caption: words.partition.addsProgramme,
        currency,
        beside: html`<div>
          ${amounts([
            [words.partition.allocated, shown(partition.allocated)],
            [words.partition.movedIn, html`+ ${shown(partition.movedIn)}`],
            [words.partition.movedOut, html`− ${shown(partition.movedOut)}`],
            [words.partition.entered, html`= ${shown(enteredProgramme(partition))}`],
          ])}
          <div class="inside">
            <p>${words.partition.insideReserve}</p>
            ${amounts([[words.partition.promised, shown(promisedFromReserve(programme))]])}
          </div>
        </div>`,
      },
      words,
    )}
  </section>`;
};

/** What is approved beyond the reserve is a shortfall, not a part of the reserve. */
const promisedFromReserve = (programme: ProgrammeView): bigint =>
  programme.approvedUnpaid - programme.shortfall;

const periodsSection = (programme: ProgrammeView, periods: readonly PeriodView[], visit: Visit): Html =>
  html`<section id="periods">
    <h2>${visit.words.programme.periods}</h2>
    ${periods.length === 0 && html`<p>${visit.words.programme.periodsNone}</p>`}
    <div class="periods">${periods.map((period) => periodSection(period, programme.currency, visit))}</div>
    <p class="links">
      <a href="/v1/programmes/${programme.code}/periods">${visit.words.footer.rawJson}</a>
    </p>
  </section>`;

export const programmePage = async (
  read: Read,
  visit: Visit,
  code: string,
  id: ProgrammeId,
): Promise<PageAnswer> => {
  const programme = await read.programme(id);
  if (programme === undefined) return unknownCodePage(visit, code);
  const [periods, queue, claims, expenses, funds] = await Promise.all([
    read.periods(id),
    read.queue(id, pageOf(visit, "queue", rowsPerList)),
    read.claims({ programme: id }, pageOf(visit, "claims", rowsPerList)),
    read.expenses(id, pageOf(visit, "expenses", rowsPerList)),
    read.funds(),
  ]);
  const { words, language } = visit;
  const say = words.programme;
  const { partition, currency } = programme;
  const bold = (text: string): Html => html`<b>${text}</b>`;
  return {
    title: programme.name[language],
    status: 200,
    rawJson: `/v1/programmes/${programme.code}`,
    body: html`<div class="title">
        <p class="kind">${say.kinds[programme.kind]}</p>
        <h1>${programme.name[language]}</h1>
        <p>
          ${copyableCode(programme.code, visit)}
          ${programme.region !== 0 && html`<span class="quiet">${say.region} ${programme.region}</span>`}
        </p>
      </div>
      <p class="lead">
        ${say.sentence(
          bold(money(enteredProgramme(partition), currency)),
          bold(money(partition.paid, currency)),
          grouped(programme.claims.paid),
          bold(money(partition.inReserve, currency)),
        )}
      </p>
      ${moneySection(programme, visit)} ${queueSection(programme, queue, visit)}
      ${periodsSection(programme, periods, visit)} ${fundsSection(programme, funds, visit)}
      ${claimsSection(programme, claims, visit)} ${expensesSection(programme, expenses, visit)}`,
  };
};
