/** A policy period: the waterfall of its reserve from opening to closing, and what of the closing is promised. */
import { dayOf } from "../../protocol/calendar.ts";
import type { PeriodView } from "../../protocol/ports/views.ts";
import { dayOfText } from "../format/moments.ts";
import { grouped, money } from "../format/money.ts";
import { html, type Html } from "../html.ts";
import type { Visit } from "../visit.ts";
import type { Words } from "../words/languages.ts";
import { waterfallTable } from "./waterfall.ts";

type Named = Pick<PeriodView, "period" | "state">;

export const periodTitle = (period: Named, words: Words): Html =>
  period.state === "runOff"
    ? html`${words.programme.runOff}`
    : words.programme.period(grouped(period.period));

export const periodState = ({ state }: Named, words: Words): Html =>
  html`<span class="tag state-${state}">${words.programme.states[state]}</span>`;

/** The end is exclusive; a reader is told the last day that belongs to the period. */
export const periodDates = (period: Pick<PeriodView, "start" | "end">, visit: Visit): Html => {
  const { programme: say } = visit.words;
  const start = dayOfText(period.start, visit.language);
  if (period.end === undefined) return say.datesOpen(start);
  const last = period.end - 1;
  return dayOf(period.start) === dayOf(last) ? start : say.dates(start, dayOfText(last, visit.language));
};

const reserveWaterfall = (period: PeriodView, currency: string, words: Words): Html => {
  const { programme: say } = words;
  const { record } = period;
  return waterfallTable(
    {
      caption: say.waterfall(periodTitle(period, words)),
      currency,
      opening: { name: say.opening, amount: record.opening },
      flows: [
        { name: say.allocated, kind: "in", amount: record.allocated },
        { name: say.movedIn, kind: "in", amount: record.movedIn },
        { name: say.movedOut, kind: "out", amount: record.movedOut },
        { name: say.recovered, kind: "in", amount: record.recovered },
        { name: say.paid, kind: "out", amount: record.paid },
      ],
      closing: period.state === "closed" ? say.closing : say.closingSoFar,
    },
    words,
  );
};

/** "carried forward X, of which Y is already promised", and what was missing where the promises exceed X. */
const carriedForward = (period: PeriodView, currency: string, words: Words): Html => {
  const { closing, approvedUnpaid, filedUndecided } = period.record;
  const promised = approvedUnpaid < closing ? approvedUnpaid : closing;
  const say = words.programme;
  const amount = (value: bigint): Html => html`<b>${money(value, currency)}</b>`;
  return html`<p class="carried">
    ${period.state === "closed" ? say.carried(amount(closing)) : say.standing(amount(closing))}${
      approvedUnpaid === 0n ? say.nothingPromised : say.ofWhichPromised(amount(promised))
    }${
      approvedUnpaid > closing && say.overPromised(amount(approvedUnpaid), amount(approvedUnpaid - closing))
    }${filedUndecided > 0n && say.undecided(amount(filedUndecided))}${words.fullStop}
  </p>`;
};

/** The reserve of a period in a table that reconciles, and in a sentence. A period that has not begun has none. */
export const periodReserve = (period: PeriodView, currency: string, words: Words): Html =>
  period.state === "declared"
    ? html`<p>${words.programme.declaredNote}</p>`
    : html`${reserveWaterfall(period, currency, words)} ${carriedForward(period, currency, words)}`;
