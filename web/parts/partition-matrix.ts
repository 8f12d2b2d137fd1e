/** Many partitions under each other: one row a fund or county, one column a place, and a row that adds them up. */
import { stackedBar, type BarPart } from "../charts/stacked-bar.ts";
import { money } from "../format/money.ts";
import { percentages } from "../format/percentages.ts";
import { html, type Html } from "../html.ts";
import type { Words } from "../words/languages.ts";
import { swatch } from "./partition.ts";

export interface MatrixRow {
  readonly name: string;
  readonly href: string;
  readonly total: bigint;
  /** The same places in the same order in every row. */
  readonly parts: readonly BarPart[];
}

export interface Matrix {
  readonly caption: string;
  readonly nameLabel: string;
  readonly totalLabel: string;
  readonly currency: string;
  readonly rows: readonly MatrixRow[];
}

const partCells = (parts: readonly BarPart[], currency: string, words: Words): readonly Html[] => {
  const shares = percentages(parts.map((part) => part.amount));
  return parts.map(
    (part, at) =>
      html`<td role="cell" class="number" data-label="${words.parts[part.place]}">
        ${swatch(part.place)}<span class="figure"
          >${money(part.amount, currency)} <small>${shares?.[at] ?? words.noData}</small></span
        >
      </td>`,
  );
};

const summed = (rows: readonly MatrixRow[]): readonly BarPart[] =>
  (rows[0]?.parts ?? []).map((part, at) => ({
    place: part.place,
    amount: rows.reduce((sum, row) => sum + (row.parts[at]?.amount ?? 0n), 0n),
  }));

const row = (name: Html, total: bigint, parts: readonly BarPart[], matrix: Matrix, words: Words): Html =>
  html`<tr role="row">
    <th role="rowheader" scope="row">${name}</th>
    <td role="cell" class="bar-cell">${stackedBar(parts)}</td>
    ${partCells(parts, matrix.currency, words)}
    <td role="cell" class="number whole" data-label="${matrix.totalLabel}">
      <span class="figure">${money(total, matrix.currency)}</span>
    </td>
  </tr>`;

/** Roles are written out because narrow screens lay the rows out as cards, and browsers then forget the table. */
export const partitionMatrix = (matrix: Matrix, words: Words): Html => {
  const sums = summed(matrix.rows);
  const total = matrix.rows.reduce((sum, { total }) => sum + total, 0n);
  return html`<table class="matrix" role="table">
    <caption>
      ${matrix.caption}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col">${matrix.nameLabel}</th>
        <th role="columnheader" scope="col">${words.home.bar}</th>
        ${sums.map(
          (part) => html`<th role="columnheader" scope="col" class="number">${words.parts[part.place]}</th>`,
        )}
        <th role="columnheader" scope="col" class="number">${matrix.totalLabel}</th>
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${matrix.rows.map((one) =>
        row(html`<a href="${one.href}">${one.name}</a>`, one.total, one.parts, matrix, words),
      )}
    </tbody>
    ${
      matrix.rows.length > 1 &&
      html`<tfoot role="rowgroup">
        ${row(html`${words.home.total}`, total, sums, matrix, words)}
      </tfoot>`
    }
  </table>`;
};
