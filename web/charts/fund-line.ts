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
/** However small a gift is beside the line, its place can be seen. */
const leastGiftWidth = 8;

export const fundLine = (line: FundLine, label: string): Html => {
  const width = Math.max(leastGiftWidth, scaledWidth(line.gift.end - line.gift.start, line.total));
  const x = Math.min(scaled(line.gift.start, line.total), chartWidth - width);
  return html`<svg
    class="line"
    viewBox="0 0 ${chartWidth} ${height}"
    preserveAspectRatio="none"
    role="img"
    aria-label="${label}"
  >
    <rect class="line-waiting" x="0" y="10" width="${chartWidth}" height="16" />
    <rect class="line-allocated" x="0" y="10" width="${scaled(line.allocated, line.total)}" height="16" />
    <rect class="line-gift" x="${x}" y="2" width="${width}" height="32" />
  </svg>`;
};
