/** One row of a waterfall: a run from where the row before it ended. Rows share one scale. */
import { html, type Html } from "../html.ts";
import { chartWidth, scaled, scaledWidth } from "./scale.ts";

export type StepKind = "level" | "in" | "out";

const height = 20;

/** `from` and `to` are running totals; `peak` is the largest of the whole waterfall. */
export const waterfallStep = (kind: StepKind, from: bigint, to: bigint, peak: bigint): Html => {
  const [low, high] = from < to ? [from, to] : [to, from];
  const width = scaledWidth(high - low, peak);
  const x = Math.min(scaled(low, peak), chartWidth - width);
  return html`<svg
    class="step"
    viewBox="0 0 ${chartWidth} ${height}"
    preserveAspectRatio="none"
    aria-hidden="true"
  >
    <rect class="bar-empty" x="0" y="9" width="${chartWidth}" height="2" />
    ${width > 0 && html`<rect class="step-${kind}" x="${x}" y="0" width="${width}" height="${height}" />`}
  </svg>`;
};
