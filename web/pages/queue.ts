/** The queue of a programme: who waits in which order, what it all needs, what is missing, and who is on hold. */
import type { Fen } from "../../protocol/amounts.ts";
import type { Read } from "../../protocol/ports/read.ts";
import type { ClaimView, FundView, Page, ProgrammeView } from "../../protocol/ports/views.ts";
import { api } from "../api.ts";
import { dayOfText } from "../format/moments.ts";
import { grouped, money } from "../format/money.ts";
import { html, type Html, type HtmlValue } from "../html.ts";
import { appealText } from "../parts/appeal.ts";
import { cardTable } from "../parts/card-table.ts";
import { amounts } from "../parts/facts.ts";
import { pageOf, paging } from "../parts/paging.ts";
import { programmePath } from "../paths.ts";
import { localPath, type PageAnswer, type Visit } from "../visit.ts";
import { reasonText } from "./claim/sentence.ts";

const rowsPerPage = 50;

const claimLink = (claim: ClaimView, visit: Visit): Html =>
  html`<a href="${localPath(visit, `/c/${claim.code}`)}"><code>${claim.code}</code></a>`;

/**
 * What must stand in the reserve to pay each claim and all before it. On the first page that is the running sum; on a
 * later one it follows from the first claim that lacks something. Unknown on a later page where nothing is missing.
 */
export const runningNeeds = (
  claims: readonly Pick<ClaimView, "approved" | "missing">[],
  available: Fen,
  isFirstPage: boolean,
): readonly (bigint | undefined)[] => {
  const sums: bigint[] = [];
  for (const { approved } of claims) sums.push((sums.at(-1) ?? 0n) + approved);
  if (isFirstPage) return sums;
  const at = claims.findIndex(({ missing }) => missing !== undefined && missing > 0n);
  const lacking = claims[at]?.missing;
  if (lacking === undefined) return claims.map(() => undefined);
  const before = available + lacking - (sums[at] ?? 0n);
  return sums.map((sum) => before + sum);
};

const queueTable = (programme: ProgrammeView, queue: Page<ClaimView>, visit: Visit): Html => {
  const { words, language } = visit;
  const { queue: say } = words;
  const shown = (amount: bigint): string => money(amount, programme.currency);
  const needs = runningNeeds(queue.items, programme.partition.inReserve, visit.query("queue") === undefined);
  const coverText = ({ missing }: ClaimView): HtmlValue => {
    if (missing === undefined) return words.noData;
    return missing === 0n ? say.enoughForIt : say.lacks(html`<b>${shown(missing)}</b>`);
  };
  return cardTable(
    [
      { name: say.claim },
      { name: say.order, isNumber: true },
      { name: say.approvedOn },
      { name: say.amount, isNumber: true },
      { name: say.need, isNumber: true },
      { name: say.covered, isNumber: true },
    ],
    queue.items.map((claim, at) => {
      const need = needs[at];
      return [
        claimLink(claim, visit),
        claim.claimsAhead === undefined ? words.noData : grouped(claim.claimsAhead + 1),
        claim.approvedAt === undefined ? words.noData : dayOfText(claim.approvedAt.blockTime, language),
        shown(claim.approved),
        need === undefined ? words.noData : shown(need),
        coverText(claim),
      ];
    }),
  );
};

const heldSection = (held: Page<ClaimView>, visit: Visit): Html => {
  const { words, language } = visit;
  const { queue: say } = words;
  const since = ({ steps }: ClaimView): HtmlValue => {
    const step = steps.findLast((one) => one.step === "held");
    return step === undefined ? words.noData : dayOfText(step.at.blockTime, language);
  };
  return html`<section id="held">
    <h2>${say.held}</h2>
    ${
      held.items.length === 0
        ? html`<p>${say.heldNone}</p>`
        : html`<p>${say.heldLead}</p>
            ${cardTable(
              [
                { name: say.claim },
                { name: say.heldSince },
                { name: say.reason },
                { name: say.amount, isNumber: true },
              ],
              held.items.map((claim) => [
                claimLink(claim, visit),
                since(claim),
                reasonText(claim.reason, visit),
                money(claim.approved, claim.currency),
              ]),
            )}`
    }
    ${paging(visit, "held", held.next)}
  </section>`;
};

const lead = ({ claims, shortfall, currency }: ProgrammeView, visit: Visit): Html => {
  const { queue: say } = visit.words;
  const count = grouped(claims.approved);
  if (shortfall > 0n) return say.short(html`<b>${money(shortfall, currency)}</b>`, count);
  return claims.approved === 0 ? html`${say.none}` : say.enough(count);
};

const figures = (programme: ProgrammeView, funds: readonly FundView[], visit: Visit): Html => {
  const { queue: say, programme: own, unit } = visit.words;
  const { claims, shortfall, currency } = programme;
  const shown = (amount: bigint): string => money(amount, currency);
  return html`<section id="figures" class="${shortfall > 0n ? "notice" : "plain"}">
    <h2>${shortfall > 0n ? own.shortfall : say.figures}</h2>
    ${amounts([
      [say.waiting, shown(programme.approvedUnpaid)],
      [own.available, html`− ${shown(programme.partition.inReserve)}`],
      [own.shortfall, html`<b>= ${shown(shortfall)}</b>`],
      [own.onHold, unit.claims(grouped(claims.onHold))],
      [own.filedUndecided, shown(programme.filedUndecided)],
    ])}
    ${shortfall > 0n && appealText(programme.programme, funds, visit)}
  </section>`;
};

export const queuePage = async (read: Read, visit: Visit, programme: ProgrammeView): Promise<PageAnswer> => {
  const id = programme.programme;
  const [queue, held, funds] = await Promise.all([
    read.queue(id, pageOf(visit, "queue", rowsPerPage)),
    read.claims({ programme: id, state: "onHold" }, pageOf(visit, "held", rowsPerPage)),
    read.funds(),
  ]);
  const { queue: say } = visit.words;
  const name = programme.name[visit.language];
  return {
    title: say.title(name),
    status: 200,
    rawJson: api.queue(programme.code),
    body: html`<div class="title">
        <p class="kind"><a href="${localPath(visit, programmePath(id))}">${name}</a></p>
        <h1>${say.kind}</h1>
      </div>
      <p class="lead">${lead(programme, visit)}</p>
      ${figures(programme, funds, visit)}
      <section id="queue">
        <h2>${say.list}</h2>
        ${queue.items.length === 0 ? html`<p>${say.none}</p>` : queueTable(programme, queue, visit)}
        ${paging(visit, "queue", queue.next)}
      </section>
      ${heldSection(held, visit)}
      <section id="rules">
        <h2>${say.rulesTitle}</h2>
        <ul>
          ${say.rules.map((rule) => html`<li>${rule}</li>`)}
        </ul>
      </section>`,
  };
};
