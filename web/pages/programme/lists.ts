/** The lists of a programme's page: who waits, what each fund promised, the claims and the expenses. */
import type { ClaimView, ExpenseView, FundView, Page, ProgrammeView } from "../../../protocol/ports/views.ts";
import { dayOfText } from "../../format/moments.ts";
import { grouped, money } from "../../format/money.ts";
import { basisPoints, percentage } from "../../format/percentages.ts";
import { html, type Html } from "../../html.ts";
import { cardTable } from "../../parts/card-table.ts";
import { amounts } from "../../parts/facts.ts";
import { appealText } from "../../parts/appeal.ts";
import { paging } from "../../parts/paging.ts";
import { queuePath } from "../../paths.ts";
import { localPath, type Visit } from "../../visit.ts";

const claimLink = (claim: ClaimView, visit: Visit): Html =>
  html`<a href="${localPath(visit, `/c/${claim.code}`)}"><code>${claim.code}</code></a>`;

/** What is missing, what is on hold beside it, and the front of the queue; the whole of it has its own page. */
export const queueSection = (
  programme: ProgrammeView,
  queue: Page<ClaimView>,
  funds: readonly FundView[],
  visit: Visit,
): Html => {
  const { words } = visit;
  const say = words.programme;
  const { claims, shortfall, currency } = programme;
  const shown = (amount: bigint): string => money(amount, currency);
  return html`<section id="queue" class="${shortfall > 0n ? "notice" : "plain"}">
    <h2>${say.queue}</h2>
    ${
      shortfall > 0n
        ? html`<p>${words.shortfall.programme(html`<b>${shown(shortfall)}</b>`)}</p>`
        : html`<p>${queue.items.length === 0 ? say.queueNone : words.shortfall.enough}</p>`
    }
    ${amounts([
      [say.approvedUnpaid, shown(programme.approvedUnpaid)],
      [say.available, shown(programme.partition.inReserve)],
      [say.shortfall, shown(shortfall)],
      [say.onHold, words.unit.claims(grouped(claims.onHold))],
      [say.filedUndecided, shown(programme.filedUndecided)],
    ])}
    <p class="quiet">${say.shortfallRule}</p>
    ${queue.items.length > 0 && queueTable(queue.items, currency, visit)}
    ${shortfall > 0n && appealText(programme.programme, funds, visit)}
    <p class="links">
      <a href="${localPath(visit, queuePath(programme.programme))}">${say.queueWhole}</a>
    </p>
  </section>`;
};

const queueTable = (queue: readonly ClaimView[], currency: string, visit: Visit): Html => {
  const { words } = visit;
  const say = words.programme;
  return cardTable(
    [
      { name: say.claim },
      { name: say.queueNumber, isNumber: true },
      { name: say.approved, isNumber: true },
      { name: say.missing, isNumber: true },
    ],
    queue.map((claim) => [
      claimLink(claim, visit),
      claim.queueNumber === undefined ? words.noData : grouped(claim.queueNumber),
      money(claim.approved, currency),
      claim.missing === undefined ? words.noData : money(claim.missing, currency),
    ]),
  );
};

export const fundsSection = (programme: ProgrammeView, funds: readonly FundView[], visit: Visit): Html => {
  const { words } = visit;
  const say = words.programme;
  const shown = (amount: bigint): string => money(amount, programme.currency);
  return html`<section id="funds">
    <h2>${say.funds}</h2>
    ${
      programme.funds.length === 0
        ? html`<p>${say.fundsNone}</p>`
        : cardTable(
            [
              { name: say.fund },
              { name: say.given, isNumber: true },
              { name: say.toClaims, isNumber: true },
              { name: say.toOperations, isNumber: true },
              { name: say.promised, isNumber: true },
              { name: say.kept, isNumber: true },
            ],
            programme.funds.map((given) => {
              const fund = funds.find((candidate) => candidate.fund === given.fund);
              return [
                fund === undefined
                  ? words.noData
                  : html`<a href="${localPath(visit, `/f/${fund.code}`)}">${fund.name[visit.language]}</a>`,
                shown(given.allocated),
                shown(given.claimsAmount),
                shown(given.allocated - given.claimsAmount),
                basisPoints(given.claimsShareBps),
                percentage(given.claimsAmount, given.allocated) ?? words.noData,
              ];
            }),
          )
    }
    ${programme.advance > 0n && html`<p class="note">${say.advance(html`<b>${shown(programme.advance)}</b>`)}</p>`}
  </section>`;
};

/** Nothing was approved, or is approved no more, where a claim has no queue number or was closed off. */
const approvedText = (claim: ClaimView, visit: Visit): string => {
  switch (claim.state) {
    case "filed":
      return visit.words.claim.notYet;
    case "rejected":
    case "withdrawn":
    case "cancelled":
      return visit.words.none;
    case "approved":
    case "onHold":
    case "paid":
      return money(claim.approved, claim.currency);
  }
};

export const claimsSection = (claims: Page<ClaimView>, visit: Visit): Html => {
  const { words, language } = visit;
  const say = words.programme;
  return html`<section id="claims">
    <h2>${say.claims}</h2>
    ${
      claims.items.length === 0
        ? html`<p>${say.claimsNone}</p>`
        : cardTable(
            [
              { name: say.claim },
              { name: say.state },
              { name: say.filedOn },
              { name: say.requested, isNumber: true },
              { name: say.approved, isNumber: true },
            ],
            claims.items.map((claim) => [
              claimLink(claim, visit),
              html`<span class="tag state-${claim.state}">${words.claim.states[claim.state]}</span>`,
              dayOfText(claim.filedAt.blockTime, language),
              money(claim.requested, claim.currency),
              approvedText(claim, visit),
            ]),
          )
    }
    ${paging(visit, "claims", claims.next)}
  </section>`;
};

export const expensesSection = (
  programme: ProgrammeView,
  expenses: Page<ExpenseView>,
  visit: Visit,
): Html => {
  const say = visit.words.programme;
  return html`<section id="expenses">
    <h2>${say.expenses}</h2>
    ${
      expenses.items.length === 0
        ? html`<p>${say.expensesNone}</p>`
        : html`<table>
            <thead>
              <tr>
                <th scope="col">${say.day}</th>
                <th scope="col">${say.expenseKind}</th>
                <th scope="col" class="number">${say.amount}</th>
              </tr>
            </thead>
            <tbody>
              ${expenses.items.map(
                (expense) =>
                  html`<tr>
                    <th scope="row">${dayOfText(expense.recordedAt.blockTime, visit.language)}</th>
                    <td>${say.expenseKinds[expense.kind]}</td>
                    <td class="number">${money(expense.amount, programme.currency)}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }
    ${paging(visit, "expenses", expenses.next)}
  </section>`;
};
