/** A waterfall: a table whose rows each carry their run, from what there was to what is left. Rows share one scale. */
import { waterfallStep, type StepKind } from "../charts/waterfall-step.ts";
import { signedMoney } from "../format/money.ts";
import { html, type Html } from "../html.ts";
import type { Words } from "../words/languages.ts";

export interface Flow {
  readonly name: string;
  readonly kind: Exclude<StepKind, "level">;
  readonly amount: bigint;
}

export interface Waterfall {
  readonly caption: string;
  readonly currency: string;
  /** Absent where the flows are shown without what there was before. */
  readonly opening?: { readonly name: string; readonly amount: bigint };
  readonly flows: readonly Flow[];
  readonly closing: string;
}

interface Step {
  readonly name: string;
  readonly kind: StepKind;
  readonly sign: "" | "+" | "−" | "=";
  readonly amount: bigint;
  readonly from: bigint;
  readonly to: bigint;
}

const stepsOf = ({ opening, flows, closing }: Waterfall): readonly Step[] => {
  let running = opening?.amount ?? 0n;
  const steps = flows.map(({ name, kind, amount }): Step => {
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
    ...(opening === undefined ? [] : [level(opening.name, "", opening.amount)]),
    ...steps,
    level(closing, "=", running),
  ];
};

const largest = (values: readonly bigint[]): bigint =>
  values.reduce((most, value) => (value > most ? value : most), 0n);
const smallest = (values: readonly bigint[]): bigint =>
  values.reduce((least, value) => (value < least ? value : least), 0n);

/** The last row is computed from the rows above it. Where it is below 0, all runs are shifted to stay on the scale. */
export const waterfallTable = (waterfall: Waterfall, words: Words): Html => {
  const steps = stepsOf(waterfall);
  const ends = steps.flatMap((step) => [step.from, step.to]);
  const floor = smallest(ends);
  const peak = largest(ends) - floor;
  const say = words.programme;
  return html`<table class="sum waterfall">
    <caption class="out-of-sight">
      ${waterfall.caption}
    </caption>
    <thead>
      <tr>
        <th scope="col">${say.item}</th>
        <th scope="col" class="bar-cell">${say.flow}</th>
        <th scope="col" class="number">${say.amount}</th>
      </tr>
    </thead>
    <tbody>
      ${steps.map(
        (step) =>
          html`<tr class="${step.kind === "level" ? "level" : "flow"}">
            <th scope="row">${step.name}</th>
            <td class="bar-cell">${waterfallStep(step.kind, step.from - floor, step.to - floor, peak)}</td>
            <td class="number">
              <span class="sign">${step.sign}</span> ${signedMoney(step.amount, waterfall.currency)}
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;
};
