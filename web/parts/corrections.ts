/** Correction notes: shown on the audit page, and on the page of the record that they name. */

import { batchId, claimId, fundId, programmeId } from "../../protocol/ids.ts";
import type { RecordKind } from "../../protocol/ledger/events.ts";
import type { Read } from "../../protocol/ports/read.ts";
import type { CorrectionView } from "../../protocol/ports/views.ts";
import { html, type Html } from "../html.ts";
import { batchPath, claimPath, fundPath, programmePath } from "../paths.ts";
import { localPath, type Visit } from "../visit.ts";
import { publishedStatement } from "./statements.ts";

const notesPerRecord = 20;

/** The page of a record, where it has one. */
const pathOfRecord = (kind: RecordKind, record: number): string | undefined => {
  switch (kind) {
    case "fund":
      return fundPath(fundId(record));
    case "programme":
      return programmePath(programmeId(record));
    case "batch":
      return batchPath(batchId(record));
    case "claim":
      return claimPath(claimId(record));
    case "actor":
    case "allocation":
    case "expense":
    case "payout":
    case "roster":
    case "recovery":
    case "move":
    case "refund":
    case "attestation":
    case "finding":
    case "confirmation":
    case "correction":
      return undefined;
  }
};

/** "claim 17", as a link where the record has a page. */
export const recordName = ({ kind, record }: Pick<CorrectionView, "kind" | "record">, visit: Visit): Html => {
  const { history: say } = visit.words;
  const name = say.recordNumber(say.records[kind], record);
  const path = pathOfRecord(kind, record);
  return path === undefined ? name : html`<a href="${localPath(visit, path)}">${name}</a>`;
};

export type NamedRecord = { readonly kind: RecordKind; readonly record: number };

/** The notes about some records, in the order of the records. */
export const correctionsOf = async (
  read: Pick<Read, "corrections">,
  records: readonly NamedRecord[],
): Promise<readonly CorrectionView[]> => {
  const pages = await Promise.all(records.map((named) => read.corrections(named, { limit: notesPerRecord })));
  return pages.flatMap(({ items }) => items);
};

export const correctionList = (corrections: readonly CorrectionView[], visit: Visit): Html =>
  html`<ul class="statements">
    ${corrections.map(
      (correction) =>
        html`<li>
          <h3>${recordName(correction, visit)}</h3>
          ${publishedStatement(visit.words.history.note, correction.published, visit)}
        </li>`,
    )}
  </ul>`;

/** A section on the page of what the notes name; nothing where there is none. */
export const correctionSection = (corrections: readonly CorrectionView[], visit: Visit): Html => {
  if (corrections.length === 0) return html``;
  const { history: say } = visit.words;
  return html`<section id="corrections" class="note">
    <h2>${say.corrections}</h2>
    <p class="quiet">${say.correctionsLead}</p>
    ${correctionList(corrections, visit)}
  </section>`;
};
