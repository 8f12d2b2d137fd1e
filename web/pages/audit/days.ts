/** Each channel's daily totals: what the ledger recorded beside what the provider confirmed. */
import type { ChannelDayView, ConfirmationState, Page } from "../../../protocol/ports/views.ts";
import { api } from "../../api.ts";
import { channelText } from "../../format/channels.ts";
import { dayText } from "../../format/moments.ts";
import { grouped, money } from "../../format/money.ts";
import { html, joined, type Html, type HtmlValue } from "../../html.ts";
import { cardTable } from "../../parts/card-table.ts";
import { confirmationTag } from "../../parts/confirmation.ts";
import { paging } from "../../parts/paging.ts";
import { localPath, type Visit } from "../../visit.ts";

const states = ["unconfirmed", "differs", "confirmed"] as const satisfies readonly ConfirmationState[];
const parameter = "state";

/** The one state that the visit asks for; all of them where it asks for none that there is. */
export const askedState = (visit: Visit): ConfirmationState | undefined =>
  states.find((state) => state === visit.query(parameter));

const filterLinks = (visit: Visit): Html => {
  const { audit: say } = visit.words;
  const here = localPath(visit, visit.path);
  const asked = askedState(visit);
  const link = (state: ConfirmationState | undefined, name: string): Html =>
    state === asked
      ? html`<b aria-current="true">${name}</b>`
      : html`<a href="${here}${state !== undefined && `?${parameter}=${state}`}#days">${name}</a>`;
  return html`<p class="filters">
    ${say.showOnly}
    ${joined([link(undefined, say.showAll), ...states.map((state) => link(state, say.states[state]))], " ")}
  </p>`;
};

const row = (day: ChannelDayView, visit: Visit): readonly HtmlValue[] => {
  const { words, language } = visit;
  const { audit: say } = words;
  const { confirmed, currency } = day;
  return [
    html`${dayText(day.day, language)}`,
    channelText(day.channel, words),
    html`${confirmationTag(day.state, visit)}${
      confirmed !== undefined &&
      confirmed.earlier > 0 &&
      html` <span class="quiet">${say.earlier(grouped(confirmed.earlier))}</span>`
    }`,
    grouped(day.recordedCount),
    confirmed === undefined ? words.noData : grouped(confirmed.count),
    money(day.recordedSum, currency),
    confirmed === undefined ? words.noData : money(confirmed.sum, currency),
  ];
};

export const daysSection = (days: Page<ChannelDayView>, visit: Visit): Html => {
  const { audit: say, none } = visit.words;
  return html`<section id="days">
    <h2>${say.days}</h2>
    <p>${say.daysLead}</p>
    ${filterLinks(visit)}
    ${
      days.items.length === 0
        ? html`<p>${askedState(visit) === undefined ? say.daysNone : none}</p>`
        : cardTable(
            [
              { name: say.day },
              { name: say.channel },
              { name: say.confirmation },
              { name: say.recordedCount, isNumber: true },
              { name: say.confirmedCount, isNumber: true },
              { name: say.recordedSum, isNumber: true },
              { name: say.confirmedSum, isNumber: true },
            ],
            days.items.map((day) => row(day, visit)),
          )
    }
    ${paging(visit, "days", days.next, [parameter])}
    <p class="links"><a href="${api.channelDays}">${visit.words.footer.rawJson}</a></p>
  </section>`;
};
