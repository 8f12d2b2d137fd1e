/** A policy period: its money, who is insured by whom and on what terms, and how long its claims took. */
import type { PeriodNumber } from "../../../protocol/ids.ts";
import type { Read } from "../../../protocol/ports/read.ts";
import type {
  AttestationView,
  FindingView,
  PeriodView,
  ProgrammeView,
  SettlementView,
  SubjectView,
} from "../../../protocol/ports/views.ts";
import { api } from "../../api.ts";
import { momentText } from "../../format/moments.ts";
import { grouped, money } from "../../format/money.ts";
import { html, type Html } from "../../html.ts";
import { facts } from "../../parts/facts.ts";
import { auditSection } from "../../parts/findings.ts";
import { pageOf } from "../../parts/paging.ts";
import { periodDates, periodReserve, periodState, periodTitle } from "../../parts/period.ts";
import { namedPeriods, settlementFigure } from "../../parts/settlement.ts";
import { waterfallTable } from "../../parts/waterfall.ts";
import { periodPath, programmePath } from "../../paths.ts";
import { localPath, type PageAnswer, type Visit } from "../../visit.ts";
import { notFoundPage } from "../error.ts";
import { enrolmentSection } from "./enrolment.ts";
import { insurersSection } from "./insurers.ts";
import { periodTerms, readPeriodTerms } from "./terms.ts";

const rostersPerPage = 20;
/** What auditors said of a period is picked from what they said of its programme. */
const auditRows = 100;

const operations = (period: PeriodView, currency: string, visit: Visit): Html => {
  const { words } = visit;
  const { period: say } = words;
  const { operationsIn, operationsMovedIn, operationsMovedOut, expenses } = period.record;
  return html`<h3>${say.operations}</h3>
    <p class="quiet">${say.operationsLead}</p>
    ${waterfallTable(
      {
        caption: say.operationsWaterfall,
        currency,
        flows: [
          { name: say.operationsIn, kind: "in", amount: operationsIn },
          { name: say.operationsMovedIn, kind: "in", amount: operationsMovedIn },
          { name: say.operationsMovedOut, kind: "out", amount: operationsMovedOut },
          { name: say.operationsSpent, kind: "out", amount: expenses },
        ],
        closing: say.operationsNet,
      },
      words,
    )}`;
};

const moneySection = (period: PeriodView, currency: string, visit: Visit): Html =>
  html`<section id="money">
    <h2>${visit.words.programme.money}</h2>
    <div class="periods">
      <div class="period">
        <h3>${visit.words.period.reserve}</h3>
        ${periodReserve(period, currency, visit.words)}
      </div>
      ${
        period.state !== "declared" &&
        html`<div class="period operations">${operations(period, currency, visit)}</div>`
      }
    </div>
  </section>`;

const coverSection = (period: PeriodView, currency: string, visit: Visit): Html => {
  const { words, language } = visit;
  const { programme: say, period: own } = words;
  return html`<section id="cover">
    <h2>${own.policyTitle}</h2>
    ${facts([
      [say.cover, period.cover === 0n ? say.noCover : money(period.cover, currency)],
      [
        say.filingDeadline,
        period.filingDeadline === undefined ? words.noData : momentText(period.filingDeadline, language),
      ],
      [own.precision, period.toTheMinute ? own.toTheMinute : own.toTheDay],
      [say.claimsPaid, words.unit.claims(grouped(period.claimsPaid))],
      [own.policyPaid, money(period.policyPaid, currency)],
      [own.policyRecovered, money(period.policyRecovered, currency)],
    ])}
  </section>`;
};

/** The published figures that this period is a part of, or that there are none. */
const settlementOf = (settlement: SettlementView | undefined, period: PeriodNumber, visit: Visit): Html => {
  const { settlement: say } = visit.words.period;
  const group = settlement?.groups.find(({ cells }) => cells.includes(period));
  return html`<section id="settlement">
    <h2>${say.title}</h2>
    ${
      group?.state === "published"
        ? html`<p class="quiet">${say.lead} ${say.together(namedPeriods(group.cells, visit))}</p>
            ${settlementFigure(group.figure, visit)}`
        : html`<p>${say.withheld}</p>`
    }
  </section>`;
};

const neighbours = (
  programme: ProgrammeView,
  period: PeriodNumber,
  all: readonly PeriodView[],
  visit: Visit,
): Html => {
  const { period: say } = visit.words;
  const at = all.findIndex((one) => one.period === period);
  const link = (one: PeriodView | undefined, name: string): Html | false =>
    one !== undefined &&
    html`<a href="${localPath(visit, periodPath(programme.programme, one.period))}">${name}</a>`;
  return html`<nav class="paging" aria-label="${say.nav}">
    ${link(all[at - 1], say.previous)} ${link(all[at + 1], say.next)}
    <a href="${localPath(visit, programmePath(programme.programme))}"
      >${say.backTo(programme.name[visit.language])}</a
    >
  </nav>`;
};

const isOf =
  (period: PeriodNumber) =>
  ({ subject }: { readonly subject: SubjectView }): boolean =>
    subject.period === period;

const saidOf = async (
  read: Pick<Read, "attestations" | "findings">,
  { programme, period }: PeriodView,
): Promise<{
  readonly attestations: readonly AttestationView[];
  readonly findings: readonly FindingView[];
}> => {
  const [attestations, findings] = await Promise.all([
    read.attestations({ programme }, { limit: auditRows }),
    read.findings({ programme }, { limit: auditRows }),
  ]);
  return {
    attestations: attestations.items.filter(isOf(period)),
    findings: findings.items.filter(isOf(period)),
  };
};

/** All that holds for claims of the period, whenever they are decided and paid. The run-off has no such claims. */
const policySections = async (
  read: Read,
  visit: Visit,
  { code, currency }: ProgrammeView,
  period: PeriodView,
): Promise<Html> => {
  if (period.state === "runOff") return html`<p class="note">${visit.words.period.runOffNote}</p>`;
  const { programme: id, period: number } = period;
  const [rosters, terms, settlement] = await Promise.all([
    read.rosters(id, number, pageOf(visit, "rosters", rostersPerPage)),
    readPeriodTerms(read, period),
    read.settlement(id),
  ]);
  return html`${enrolmentSection(code, period, rosters, currency, visit)}
  ${insurersSection(code, period, currency, visit)} ${coverSection(period, currency, visit)}
  ${periodTerms(period, terms, visit)} ${settlementOf(settlement, number, visit)}`;
};

export const periodPage = async (
  read: Read,
  visit: Visit,
  programme: ProgrammeView,
  number: PeriodNumber,
): Promise<PageAnswer> => {
  const id = programme.programme;
  const all = await read.periods(id);
  const period = all.find((one) => one.period === number);
  if (period === undefined) return notFoundPage(visit);
  const [policy, said] = await Promise.all([
    policySections(read, visit, programme, period),
    saidOf(read, period),
  ]);
  const { words, language } = visit;
  const title = periodTitle(period, words);
  const name = programme.name[language];
  return {
    title: words.period.title(name, title.toString()),
    status: 200,
    rawJson: api.periods(programme.code),
    body: html`<div class="title">
        <p class="kind"><a href="${localPath(visit, programmePath(id))}">${name}</a></p>
        <h1>${title} ${periodState(period, words)}</h1>
        <p>${periodDates(period, visit)}</p>
      </div>
      ${moneySection(period, programme.currency, visit)} ${policy}
      ${auditSection(said.attestations, said.findings, visit)} ${neighbours(programme, number, all, visit)}`,
  };
};
