/** The partition: one whole, its parts in a bar, and the same figures in a table that adds up. */
import type { Partition, Place } from "../../protocol/trace/types.ts";
import { places } from "../../protocol/trace/types.ts";
import type { ProgrammePartition } from "../../protocol/ports/views.ts";
import { stackedBar, type BarPart } from "../charts/stacked-bar.ts";
import { money } from "../format/money.ts";
import { percentages } from "../format/percentages.ts";
import { html, type Html } from "../html.ts";
import type { Words } from "../words/languages.ts";

/** What was donated, cut into its five present places. */
export const donatedParts = (partition: Partition): readonly BarPart[] =>
  places.map((place) => ({ place, amount: partition[place] }));

const programmePlaces = ["paid", "inReserve", "operatingSpent", "operatingUnspent"] as const;

/** What entered a programme, cut into its four present places. */
export const programmeParts = (partition: ProgrammePartition): readonly BarPart[] =>
  programmePlaces.map((place) => ({ place, amount: partition[place] }));

/** allocated + moved in − moved out. */
export const enteredProgramme = (partition: ProgrammePartition): bigint =>
  partition.allocated + partition.movedIn - partition.movedOut;

export const swatch = (place: Place): Html =>
  html`<svg class="swatch" viewBox="0 0 10 10" aria-hidden="true">
    <rect class="part-${place}" width="10" height="10" />
  </svg>`;

export interface PartitionFacts {
  readonly parts: readonly BarPart[];
  readonly total: bigint;
  readonly totalLabel: string;
  readonly caption: string;
  readonly currency: string;
  /** What is said beside the table: parts of a part, which are never terms of the sum. */
  readonly beside?: Html;
}

/** A figure of bar and table. The last row is the sum of the rows above it, and equals `total`. */
export const partitionFigure = (facts: PartitionFacts, words: Words): Html => {
  const shares = percentages(facts.parts.map((part) => part.amount));
  const total = money(facts.total, facts.currency);
  return html`<figure class="partition">
    ${stackedBar(facts.parts, words.partition.chart(total))}
    <div class="split">
      <table class="sum">
        <caption>
          ${facts.caption}
        </caption>
        <thead>
          <tr>
            <th scope="col">${words.partition.part}</th>
            <th scope="col" class="number">${words.partition.amount}</th>
            <th scope="col" class="number">${words.partition.share}</th>
          </tr>
        </thead>
        <tbody>
          ${facts.parts.map(
            (part, at) =>
              html`<tr>
                <th scope="row">${swatch(part.place)}${words.parts[part.place]}</th>
                <td class="number">${money(part.amount, facts.currency)}</td>
                <td class="number quiet">${shares?.[at] ?? words.noData}</td>
              </tr>`,
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">${facts.totalLabel}</th>
            <td class="number">${total}</td>
            <td class="number quiet">${shares === undefined ? words.noData : "100.00%"}</td>
          </tr>
        </tfoot>
      </table>
      ${facts.beside}
    </div>
  </figure>`;
};
