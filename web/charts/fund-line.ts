/** A fund's money line from its first fen to its last, what of it is allocated, and where one gift stands. */
import type { Interval } from "../../protocol/trace/types.ts";
import { html, type Html } from "../html.ts";
import { chartWidth, scaled, scaledWidth } from "./scale.ts";

export interface FundLine {
  readonly total: bigint;
  /** The line is spent from the front: [0, allocated) has left the fund. */
  readonly allocated: bigint;
  readonly gift: Interval;
}

const height = 36;

export const fundLine = (line: FundLine, label: string): Html => {
  const width = Math.max(8, scaledWidth(line.gift.end - line.gift.start, line.total));
  const x = Math.min(scaled(line.gift.start, line.total), chartWidth - width);
  const middle = x + width / 2;
  return html`<svg
    class="line"
    viewBox="0 0 ${chartWidth} ${height}"
    preserveAspectRatio="none"
    role="img"
    aria-label="${label}"
  >
    <rect class="bar-empty" x="0" y="16" width="${chartWidth}" height="12" />
    <rect class="line-allocated" x="0" y="16" width="${scaled(line.allocated, line.total)}" height="12" />
    <rect class="line-gift" x="${x}" y="10" width="${width}" height="24" />
    <path class="line-gift" d="M${middle - 9} 0h18l-9 9z" />
  </svg>`;
};
