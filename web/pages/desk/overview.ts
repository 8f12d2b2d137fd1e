/** The desk's first page: what waits for somebody, programme by programme, and what became of the latest writes. */
import type { WaitingOperation, WaitingOperations } from "../../../protocol/ports/desk-access.ts";
import type { UnixSeconds } from "../../../protocol/ledger/events.ts";
import type { Read } from "../../../protocol/ports/read.ts";
import type { FindingView, PeriodView, ProgrammeView } from "../../../protocol/ports/views.ts";
import { isOwn, may, type DeskPage, type DeskVisit } from "../../desk/visit.ts";
import { dayOfText, momentText } from "../../format/moments.ts";
import { grouped, money } from "../../format/money.ts";
import { html, type Html, type HtmlValue } from "../../html.ts";
import { cardTable } from "../../parts/card-table.ts";
import { deskBar } from "../../parts/desk-bar.ts";
import {
  deskAllocationPath,
  deskClaimsPath,
  deskFindingPath,
  deskOperationPath,
  programmePath,
} from "../../paths.ts";
import { localPath } from "../../visit.ts";
import type { ListedState } from "./claims.ts";
import { openFindings } from "./finding.ts";
import { kindText } from "./operation.ts";

const daySeconds = 86_400;
/** So many days before its end a period is spoken of. */
const endsSoonDays = 30;
/** So many claims at the head of a queue are looked at for what the reserve holds. */
const queueLooked = 100;

interface Waiting {
  readonly programme: ProgrammeView;
  /** At the head of the queue, held by the reserve. */
  readonly payable: number;
  readonly current: PeriodView | undefined;
}

const waitingOf = async (read: Read, programme: ProgrammeView): Promise<Waiting> => {
  const [queue, periods] = await Promise.all([
    read.queue(programme.programme, { limit: queueLooked }),
    read.periods(programme.programme),
  ]);
  return {
    programme,
    payable: queue.items.filter(({ missing }) => missing === 0n).length,
    current: periods.find(({ state }) => state === "open"),
  };
};

const claimsLink = (
  count: number,
  state: ListedState,
  { code }: ProgrammeView,
  visit: DeskVisit,
): HtmlValue =>
  count === 0
    ? "0"
    : html`<a href="${localPath(visit, deskClaimsPath)}?programme=${code}&amp;state=${state}"
        >${grouped(count)}</a
      >`;

const periodEnd = (period: PeriodView | undefined, now: UnixSeconds, visit: DeskVisit): HtmlValue => {
  const { overview: say } = visit.words.desk;
  if (period?.end === undefined) return visit.words.none;
  const days = Math.ceil((period.end - now) / daySeconds);
  // The end is exclusive; a reader is told the last day.
  const end = dayOfText(period.end - 1, visit.language);
  return days > endsSoonDays ? end : html`${end} <b>${say.daysLeft(Math.max(0, days))}</b>`;
};

const shortfall = ({ programme }: Waiting, visit: DeskVisit): HtmlValue => {
  const { shortfall: missing, currency, code } = programme;
  if (missing === 0n) return visit.words.none;
  const shown = html`<b>${money(missing, currency)}</b>`;
  return may(visit, "treasurer")
    ? html`<a href="${localPath(visit, deskAllocationPath)}?programme=${code}">${shown}</a>`
    : shown;
};

const programmeTable = (rows: readonly Waiting[], now: UnixSeconds, visit: DeskVisit): Html => {
  const { overview: say } = visit.words.desk;
  return cardTable(
    [
      { name: say.programme },
      { name: say.toDecide, isNumber: true },
      { name: say.payable, isNumber: true },
      { name: say.queue, isNumber: true },
      { name: say.onHold, isNumber: true },
      { name: say.reserve, isNumber: true },
      { name: say.shortfall, isNumber: true },
      { name: say.periodEnds },
    ],
    rows.map((row) => {
      const { programme, payable, current } = row;
      const { claims, partition, currency, name } = programme;
      return [
        html`<a href="${localPath(visit, programmePath(programme.programme))}">${name[visit.language]}</a>`,
        claimsLink(claims.filed, "filed", programme, visit),
        claimsLink(payable, "approved", programme, visit),
        claimsLink(claims.approved, "approved", programme, visit),
        claimsLink(claims.onHold, "onHold", programme, visit),
        money(partition.inReserve, currency),
        shortfall(row, visit),
        periodEnd(current, now, visit),
      ];
    }),
  );
};

const operationList = (name: string, operations: readonly WaitingOperation[], visit: DeskVisit): HtmlValue =>
  operations.length > 0 &&
  html`<h3>${name}</h3>
    <ul class="desk-list">
      ${operations.map(
        ({ operation, kind, acceptedAtMs }) =>
          html`<li>
            <a href="${localPath(visit, deskOperationPath(operation))}">${kindText(kind, visit)}</a>
            <span class="quiet">${momentText(Math.floor(acceptedAtMs / 1_000), visit.language)}</span>
          </li>`,
      )}
    </ul>`;

const operations = (waiting: WaitingOperations, visit: DeskVisit): Html => {
  const { overview: say } = visit.words.desk;
  const { underWay, underWayCount, held, refused } = waiting;
  return html`<section id="writes">
    <h2>${say.writes}</h2>
    ${underWay.length + held.length + refused.length === 0 && html`<p>${say.writesNone}</p>`}
    ${operationList(say.underWay(underWayCount), underWay, visit)} ${operationList(say.held, held, visit)}
    ${operationList(say.refused, refused, visit)}
  </section>`;
};

const findings = (open: readonly FindingView[], visit: DeskVisit): HtmlValue => {
  const { desk: say, audit, noData } = visit.words;
  return (
    open.length > 0 &&
    html`<section id="findings">
      <h2>${say.overview.findings}</h2>
      <ul class="desk-list">
        ${open.map(
          ({ finding, opened, subject }) =>
            html`<li>
              <a href="${localPath(visit, deskFindingPath(finding))}"
                >${audit.finding(finding)} ${opened.statement?.title[visit.language] ?? noData}</a
              >
              <span class="quiet">${subject.programmeName?.[visit.language] ?? audit.subject.ledger}</span>
            </li>`,
        )}
      </ul>
    </section>`
  );
};

export const overviewPage: DeskPage = async (read, visit) => {
  const { desk: say } = visit.words;
  const [head, all, waiting, open] = await Promise.all([
    read.head(),
    read.programmes(),
    visit.access.waiting(visit.who),
    openFindings(read, visit),
  ]);
  const own = all.filter(({ programme }) => isOwn(visit, programme));
  const rows = await Promise.all(own.map((programme) => waitingOf(read, programme)));
  return {
    title: say.title,
    status: 200,
    body: html`${deskBar(visit)}
      <h1>${say.title}</h1>
      <section id="programmes">
        <h2>${say.overview.waits}</h2>
        ${rows.length === 0 ? html`<p>${say.overview.noProgramme}</p>` : programmeTable(rows, head.blockTime, visit)}
      </section>
      ${findings(open, visit)} ${operations(waiting, visit)}`,
  };
};
