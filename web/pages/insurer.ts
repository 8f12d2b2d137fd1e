/** An insurer's settlement statement for one policy period: its lines, its totals, and that they reconcile. */
import { encodeCode } from "../../protocol/codes/code.ts";
import type { PeriodNumber } from "../../protocol/ids.ts";
import type { Flows, StatementLine } from "../../protocol/insurers/statement.ts";
import type { Read } from "../../protocol/ports/read.ts";
import type { InsurerStatementView, ProgrammeView } from "../../protocol/ports/views.ts";
import { api } from "../api.ts";
import { dayOfText } from "../format/moments.ts";
import { grouped, money, signedMoney } from "../format/money.ts";
import { basisPoints } from "../format/percentages.ts";
import { html, type Html, type HtmlValue } from "../html.ts";
import { cardTable } from "../parts/card-table.ts";
import { pageOf, paging } from "../parts/paging.ts";
import { claimPath, periodPath, programmePath } from "../paths.ts";
import { localPath, type PageAnswer, type Visit } from "../visit.ts";
import { notFoundPage } from "./error.ts";

const linesPerPage = 50;

const reconciliation = (statement: InsurerStatementView, visit: Visit): Html => {
  const { insurer: say } = visit.words;
  const { part, sum, ledger, reconciles, currency } = statement;
  const row = (name: string, amountOf: (flows: Flows) => bigint): readonly HtmlValue[] => [
    name,
    ...[part, sum, ledger].map((flows) => signedMoney(amountOf(flows), currency)),
  ];
  const text = reconciles ? say.reconciles : say.differs;
  return html`<section id="reconciliation" class="${reconciles ? "plain" : "notice"}">
    <h2>${say.reconcile}</h2>
    <p>${text(signedMoney(sum.net, currency), signedMoney(ledger.net, currency))}</p>
    ${cardTable(
      [
        { name: say.figure },
        { name: say.own, isNumber: true },
        { name: say.all, isNumber: true },
        { name: say.ledger, isNumber: true },
      ],
      [
        row(say.paid, (flows) => flows.paid),
        row(say.recovered, (flows) => flows.recovered),
        row(say.net, (flows) => flows.net),
      ],
    )}
  </section>`;
};

const cashPeriods = (statement: InsurerStatementView, visit: Visit): Html => {
  const { insurer: say, claim } = visit.words;
  const { currency, part, ledger } = statement;
  const shown = (amount: bigint): string => signedMoney(amount, currency);
  return html`<section id="cash-periods">
    <h2>${say.cashPeriods}</h2>
    <p class="quiet">${say.cashPeriodsLead}</p>
    ${cardTable(
      [
        { name: say.cashPeriod },
        { name: say.grossPaid, isNumber: true },
        { name: say.grossRecovered, isNumber: true },
        { name: say.ownPaid, isNumber: true },
        { name: say.ownRecovered, isNumber: true },
        { name: say.ownNet, isNumber: true },
      ],
      statement.cashPeriods.map(({ cashPeriod, gross, part: own }) => [
        html`<a href="${localPath(visit, periodPath(statement.programme, cashPeriod))}"
          >${claim.period(cashPeriod)}</a
        >`,
        shown(gross.paid),
        shown(gross.recovered),
        shown(own.paid),
        shown(own.recovered),
        html`<b>${shown(own.net)}</b>`,
      ]),
      [
        {
          name: say.total,
          cells: [ledger.paid, ledger.recovered, part.paid, part.recovered, part.net].map(shown),
        },
      ],
    )}
  </section>`;
};

const lineRow = (line: StatementLine, currency: string, visit: Visit): readonly HtmlValue[] => {
  const { insurer: say, claim } = visit.words;
  const { movement, part, closing } = line;
  const sign = movement.kind === "payout" ? "" : "−";
  const code = encodeCode({ kind: "claim", claim: movement.claim });
  return [
    dayOfText(movement.at.blockTime, visit.language),
    say.kinds[movement.kind],
    html`<a href="${localPath(visit, claimPath(movement.claim))}"><code>${code}</code></a>`,
    claim.period(movement.cashPeriod),
    `${sign}${money(movement.amount, currency)}`,
    html`<b>${sign}${money(part, currency)}</b>`,
    money(closing, currency),
  ];
};

const linesSection = (statement: InsurerStatementView, visit: Visit): Html => {
  const { insurer: say } = visit.words;
  const { lines, currency } = statement;
  const [first, last] = [lines[0], lines.at(-1)];
  return html`<section id="lines">
    <h2>${say.lines}</h2>
    ${first === undefined && html`<p>${say.linesNone}</p>`}
    ${
      first !== undefined &&
      last !== undefined &&
      html`${first.opening > 0n && html`<p>${say.brought(html`<b>${money(first.opening, currency)}</b>`)}</p>`}
      ${cardTable(
        [
          { name: say.day },
          { name: say.what },
          { name: say.claim },
          { name: say.cashPeriod },
          { name: say.gross, isNumber: true },
          { name: say.part, isNumber: true },
          { name: say.balance, isNumber: true },
        ],
        lines.map((line) => lineRow(line, currency, visit)),
        [{ name: say.carried, cells: [money(last.closing, currency)] }],
      )}`
    }
    ${paging(visit, "lines", statement.next)}
  </section>`;
};

const ways = (code: string, statement: InsurerStatementView, visit: Visit): Html => {
  const { insurer: say, footer, claim } = visit.words;
  const { programme, policyPeriod, ordinal } = statement;
  return html`<p class="links">
    <a href="${api.statementCsv(code, policyPeriod, ordinal)}">${say.csv}</a>
    <a href="${api.statement(code, policyPeriod, ordinal)}">${footer.rawJson}</a>
    <a href="${localPath(visit, periodPath(programme, policyPeriod))}#insurers"
      >${say.backTo(claim.period(policyPeriod))}</a
    >
  </p>`;
};

export const insurerPage = async (
  read: Read,
  visit: Visit,
  programme: ProgrammeView,
  period: PeriodNumber,
  ordinal: number,
): Promise<PageAnswer> => {
  const page = pageOf(visit, "lines", linesPerPage);
  const statement = await read.insurerStatement(programme.programme, period, ordinal, page);
  if (statement === undefined) return notFoundPage(visit);
  const { words, language } = visit;
  const { insurer: say } = words;
  const { currency, part } = statement;
  const [name, programmeName] = [statement.name[language], statement.programmeName[language]];
  const bold = (amount: bigint): Html => html`<b>${signedMoney(amount, currency)}</b>`;
  const link = html`<a href="${localPath(visit, programmePath(programme.programme))}">${programmeName}</a>`;
  return {
    title: say.title(name, programmeName),
    status: 200,
    rawJson: api.statement(programme.code, period, ordinal),
    body: html`<div class="title">
        <p class="kind">${say.kind}</p>
        <h1>${name}</h1>
        <p>${say.of(link, words.claim.period(grouped(period)))}</p>
      </div>
      <p class="lead">
        ${say.sentence(
          name,
          html`<b>${basisPoints(statement.shareBps)}</b>`,
          bold(part.paid),
          bold(part.recovered),
          bold(part.net),
        )}
      </p>
      ${ways(programme.code, statement, visit)} ${reconciliation(statement, visit)}
      ${cashPeriods(statement, visit)} ${linesSection(statement, visit)}`,
  };
};
