/** One bar cut into the parts of a whole. Its figures stand in a table beside it. */
import type { Place } from "../../protocol/trace/types.ts";
import { html, type Html } from "../html.ts";
import { chartWidth, laidEndToEnd } from "./scale.ts";

export interface BarPart {
  readonly place: Place;
  readonly amount: bigint;
}

const height = 40;

/** `label` says to a screen reader what the bar shows; a bar without it is hidden from one. */
export const stackedBar = (parts: readonly BarPart[], label?: string): Html => {
  const runs = laidEndToEnd(parts.map((part) => part.amount));
  const drawn = parts.map((part, at) => {
    const run = runs[at];
    return (
      run !== undefined &&
      run.width > 0 &&
      html`<rect class="part-${part.place}" x="${run.x}" y="0" width="${run.width}" height="${height}" />`
    );
  });
  const frame = html`<rect class="bar-empty" x="0" y="0" width="${chartWidth}" height="${height}" />`;
  return label === undefined
    ? html`<svg
        class="bar"
        viewBox="0 0 ${chartWidth} ${height}"
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        ${frame}${drawn}
      </svg>`
    : html`<svg
        class="bar"
        viewBox="0 0 ${chartWidth} ${height}"
        preserveAspectRatio="none"
        role="img"
        aria-label="${label}"
      >
        ${frame}${drawn}
      </svg>`;
};
