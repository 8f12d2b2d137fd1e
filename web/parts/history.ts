/** Lists of money that came back, moved on or was repaid to a donor. */
import type { MoveView, Page, RecoveryView, RefundView } from "../../protocol/ports/views.ts";
import { channelText } from "../format/channels.ts";
import { dayOfText } from "../format/moments.ts";
import { money } from "../format/money.ts";
import { html, type Html } from "../html.ts";
import { programmePath } from "../paths.ts";
import { localPath, type Visit } from "../visit.ts";
import { cardTable } from "./card-table.ts";
import { paging } from "./paging.ts";

/** From which programme to which, with what went of reserve and operations money: the trace of each gift goes on there. */
export const movesTable = (moves: readonly MoveView[], visit: Visit): Html => {
  const { words, language } = visit;
  const say = words.history;
  return cardTable(
    [
      { name: say.movedOn },
      { name: say.from },
      { name: say.to },
      { name: say.reserve, isNumber: true },
      { name: say.operations, isNumber: true },
      { name: say.both, isNumber: true },
    ],
    moves.map((move) => [
      dayOfText(move.movedAt.blockTime, language),
      html`<a href="${localPath(visit, programmePath(move.from))}">${move.fromName[language]}</a>`,
      html`<a href="${localPath(visit, programmePath(move.to))}">${move.toName[language]}</a>`,
      money(move.reserveAmount, move.currency),
      money(move.operationsAmount, move.currency),
      html`<b>${money(move.reserveAmount + move.operationsAmount, move.currency)}</b>`,
    ]),
  );
};

/** Nothing where no money was moved. */
export const movesSection = (moves: Page<MoveView>, visit: Visit): Html => {
  if (moves.items.length === 0) return html``;
  const say = visit.words.history;
  return html`<section id="moves">
    <h2>${say.moves}</h2>
    <p class="quiet">${say.movesLead}</p>
    ${movesTable(moves.items, visit)} ${paging(visit, "moves", moves.next)}
  </section>`;
};

/** Nothing where none came back. */
export const recoveriesSection = (recoveries: Page<RecoveryView>, currency: string, visit: Visit): Html => {
  if (recoveries.items.length === 0) return html``;
  const say = visit.words.history;
  return html`<section id="recoveries">
    <h2>${say.recoveries}</h2>
    <p class="quiet">${say.recoveriesLead}</p>
    ${cardTable(
      [
        { name: say.claim },
        { name: say.recoveredOn },
        { name: say.kind },
        { name: say.amount, isNumber: true },
      ],
      recoveries.items.map((recovery) => [
        html`<a href="${localPath(visit, `/c/${recovery.claimCode}`)}"
          ><code>${recovery.claimCode}</code></a
        >`,
        dayOfText(recovery.recoveredAt.blockTime, visit.language),
        say.kinds[recovery.returned ? "returned" : "recovered"],
        money(recovery.amount, currency),
      ]),
    )}
    ${paging(visit, "recoveries", recoveries.next)}
  </section>`;
};

/** Covered by the foundation's own payment, or owed by it. */
export const coverText = ({ covered }: RefundView, visit: Visit): Html => {
  const { words, language } = visit;
  return covered === undefined
    ? html`<b class="tag owed">${words.history.owed}</b>`
    : words.history.covered(channelText(covered.channel, words), dayOfText(covered.at.blockTime, language));
};

export const refundsTable = (refunds: readonly RefundView[], visit: Visit): Html => {
  const say = visit.words.history;
  return cardTable(
    [{ name: say.gift }, { name: say.refundedOn }, { name: say.state }, { name: say.amount, isNumber: true }],
    refunds.map((refund) => [
      html`<a href="${localPath(visit, `/d/${refund.donationCode}`)}"
        ><code>${refund.donationCode}</code></a
      >`,
      dayOfText(refund.refundedAt.blockTime, visit.language),
      coverText(refund, visit),
      html`<b>${money(refund.amount, refund.currency)}</b>`,
    ]),
  );
};
