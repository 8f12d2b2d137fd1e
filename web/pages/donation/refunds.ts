/** What of a gift the foundation repaid to the donor: that part of the line is the foundation's since. */
import type { DonationView, RefundView } from "../../../protocol/ports/views.ts";
import { channelText } from "../../format/channels.ts";
import { dayOfText } from "../../format/moments.ts";
import { grouped, money } from "../../format/money.ts";
import { html, type Html } from "../../html.ts";
import type { Visit } from "../../visit.ts";

const refundItem = (refund: RefundView, visit: Visit): Html => {
  const { words, language } = visit;
  const { donation: say } = words;
  const { covered, start, amount } = refund;
  return html`<li>
    ${say.refundText(
      html`<b>${money(amount, refund.currency)}</b>`,
      dayOfText(refund.refundedAt.blockTime, language),
      grouped(start),
      grouped(start + amount),
    )}
    ${
      covered === undefined
        ? html`<b>${say.refundOwed}</b>`
        : say.refundCovered(channelText(covered.channel, words), dayOfText(covered.at.blockTime, language))
    }
  </li>`;
};

/** Nothing where nothing was repaid. */
export const refundSection = (donation: DonationView, visit: Visit): Html => {
  const { refunds, amount, currency } = donation;
  if (refunds.length === 0) return html``;
  const { donation: say } = visit.words;
  const left = refunds.reduce((rest, refund) => rest - refund.amount, BigInt(amount));
  return html`<section id="refund" class="note">
    <h2>${say.refund}</h2>
    <ul>
      ${refunds.map((refund) => refundItem(refund, visit))}
    </ul>
    <p>${left === 0n ? say.refundAll : say.refundRest(html`<b>${money(left, currency)}</b>`)}</p>
    <p class="quiet">${say.refundNote}</p>
  </section>`;
};
