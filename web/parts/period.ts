/** A policy period: the waterfall of its reserve from opening to closing, and what of the closing is promised. */
import type { CloseRecord } from "../../protocol/ledger/events.ts";
import type { PeriodView } from "../../protocol/ports/views.ts";
import { waterfallStep, type StepKind } from "../charts/waterfall-step.ts";
import { dayOfText } from "../format/moments.ts";
import { grouped, money } from "../format/money.ts";
import { html, type Html } from "../html.ts";
import type { Visit } from "../visit.ts";
import type { Words } from "../words/languages.ts";
import { facts } from "./facts.ts";

interface Step {
  readonly name: string;
  readonly kind: StepKind;
  readonly sign: "" | "+" | "−" | "=";
  readonly amount: bigint;
  readonly from: bigint;
  readonly to: bigint;
}

const stepsOf = (record: CloseRecord, closingName: string, words: Words): readonly Step[] => {
  const flows = [
    [words.programme.allocated, "in", record.allocated],
    [words.programme.movedIn, "in", record.movedIn],
    [words.programme.movedOut, "out", record.movedOut],
    [words.programme.recovered, "in", record.recovered],
    [words.programme.paid, "out", record.paid],
  ] as const;
  let running: bigint = record.opening;
  const steps = flows.map(([name, kind, amount]): Step => {
    const from = running;
    running = kind === "in" ? running + amount : running - amount;
    return { name, kind, sign: kind === "in" ? "+" : "−", amount, from, to: running };
  });
  const level = (name: string, sign: "" | "=", amount: bigint): Step => ({
    name,
    kind: "level",
    sign,
    amount,
    from: 0n,
    to: amount,
  });
  return [
    level(words.programme.opening, "", record.opening),
    ...steps,
    level(closingName, "=", record.closing),
  ];
};

const largest = (values: readonly bigint[]): bigint =>
  values.reduce((most, value) => (value > most ? value : most), 0n);

const waterfall = (period: PeriodView, title: Html, currency: string, words: Words): Html => {
  const isClosed = period.state === "closed";
  const steps = stepsOf(
    period.record,
    isClosed ? words.programme.closing : words.programme.closingSoFar,
    words,
  );
  const peak = largest(steps.flatMap((step) => [step.from, step.to]));
  return html`<table class="sum waterfall">
    <caption class="out-of-sight">
      ${words.programme.waterfall(title)}
    </caption>
    <thead>
      <tr>
        <th scope="col">${words.programme.item}</th>
        <th scope="col" class="bar-cell">${words.programme.flow}</th>
        <th scope="col" class="number">${words.programme.amount}</th>
      </tr>
    </thead>
    <tbody>
      ${steps.map(
        (step) =>
          html`<tr class="${step.kind === "level" ? "level" : "flow"}">
            <th scope="row">${step.name}</th>
            <td class="bar-cell">${waterfallStep(step.kind, step.from, step.to, peak)}</td>
            <td class="number"><span class="sign">${step.sign}</span> ${money(step.amount, currency)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
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

export const periodTitle = (period: Pick<PeriodView, "period" | "state">, words: Words): Html =>
  period.state === "runOff"
    ? html`${words.programme.runOff}`
    : words.programme.period(grouped(period.period));

const dates = (period: PeriodView, visit: Visit): Html => {
  const start = dayOfText(period.start, visit.language);
  // The end is exclusive; a reader is told the last day that belongs to the period.
  return period.end === undefined
    ? visit.words.programme.datesOpen(start)
    : visit.words.programme.dates(start, dayOfText(period.end - 1, visit.language));
};

export const periodSection = (period: PeriodView, currency: string, visit: Visit): Html => {
  const { words, language } = visit;
  const say = words.programme;
  const title = periodTitle(period, words);
  const { operationsIn, expenses } = period.record;
  return html`<section class="period" id="period-${period.period}">
    <h3>${title} <span class="tag state-${period.state}">${say.states[period.state]}</span></h3>
    <p class="quiet">${dates(period, visit)}</p>
    ${
      period.state === "declared"
        ? html`<p>${say.declaredNote}</p>`
        : html`${waterfall(period, title, currency, words)} ${carriedForward(period, currency, words)}
            <p class="quiet">${say.operations(money(operationsIn, currency), money(expenses, currency))}</p>`
    }
    ${facts([
      [say.claimsPaid, words.unit.claims(grouped(period.claimsPaid))],
      [say.cover, period.cover === 0n ? say.noCover : money(period.cover, currency)],
      [
        say.filingDeadline,
        period.filingDeadline === undefined ? words.noData : dayOfText(period.filingDeadline, language),
      ],
    ])}
  </section>`;
};
