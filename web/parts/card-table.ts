/**
 * A table whose rows are laid out as cards on a narrow screen. Roles are written out because a browser forgets that
 * it is a table once its rows are laid out otherwise.
 */
import { html, type Html, type HtmlValue } from "../html.ts";

export interface Column {
  readonly name: string;
  readonly isNumber?: boolean;
}

/** A sum below the rows: its name, and one cell for each of the last columns. */
export interface SumRow {
  readonly name: string;
  readonly cells: readonly HtmlValue[];
}

const align = (column: Column | undefined): string => (column?.isNumber === true ? "number" : "text");

/** Whatever a cell holds stays together beside its label; an empty cell has no label on a narrow screen. */
const bodyCell = (column: Column | undefined, cell: HtmlValue): Html =>
  html`<td role="cell" class="${align(column)}" data-label="${column?.name}">
    ${cell !== "" && html`<span>${cell}</span>`}
  </td>`;

const bodyRow = (columns: readonly Column[], [heading, ...cells]: readonly HtmlValue[]): Html =>
  html`<tr role="row">
    <th role="rowheader" scope="row">${heading}</th>
    ${cells.map((cell, at) => {
      const column = columns[at + 1];
      return bodyCell(column, cell);
    })}
  </tr>`;

const sumRow = (columns: readonly Column[], sum: SumRow): Html => {
  const span = columns.length - sum.cells.length;
  return html`<tr role="row">
    <th role="rowheader" scope="row" colspan="${span}">${sum.name}</th>
    ${sum.cells.map((cell, at) => {
      const column = columns[span + at];
      return bodyCell(column, cell);
    })}
  </tr>`;
};

/** The first cell of a row is its heading. */
export const cardTable = (
  columns: readonly Column[],
  rows: readonly (readonly HtmlValue[])[],
  sums: readonly SumRow[] = [],
): Html =>
  html`<table class="cards" role="table">
    <thead role="rowgroup">
      <tr role="row">
        ${columns.map(
          (column) => html`<th role="columnheader" scope="col" class="${align(column)}">${column.name}</th>`,
        )}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map((row) => bodyRow(columns, row))}
    </tbody>
    ${
      sums.length > 0 &&
      html`<tfoot role="rowgroup">
        ${sums.map((sum) => sumRow(columns, sum))}
      </tfoot>`
    }
  </table>`;
