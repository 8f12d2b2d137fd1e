/** What auditors, providers and corrections say: each record's row, and the record of a row. */
import {
  actorId,
  attestationId,
  confirmationId,
  correctionId,
  findingId,
  periodNumber,
  programmeId,
} from "../../../protocol/ids.ts";
import { findingStates, recordKinds } from "../../../protocol/ledger/events.ts";
import type { FindingState } from "../../../protocol/ledger/events.ts";
import type {
  AttestationRecord,
  ConfirmationRecord,
  CorrectionRecord,
  FindingRecord,
  HeadNoteRecord,
  StatementRecord,
} from "../../../protocol/ledger/records.ts";
import { amountText, bytes32Of, bytesOf, fenOf, placeColumns, placeOf } from "../columns.ts";
import type { PlaceColumns } from "../columns.ts";
import type { RowOf } from "../tables.ts";
import { oneOf } from "./choices.ts";

interface StatementColumns extends PlaceColumns {
  document: Uint8Array;
  actor: number;
}

const statementColumns = (statement: StatementRecord): StatementColumns => ({
  document: bytesOf(statement.document),
  actor: statement.actor,
  ...placeColumns(statement.place),
});

export const statementOf = (row: StatementColumns): StatementRecord => ({
  document: bytes32Of(row.document),
  actor: actorId(row.actor),
  place: placeOf(row),
});

export const attestationRow = (record: AttestationRecord): RowOf<"attestations"> => ({
  attestation: record.attestation,
  programme: record.programme,
  period: record.period,
  ...statementColumns(record),
});

export const attestationOf = (row: RowOf<"attestations">): AttestationRecord => ({
  attestation: attestationId(row.attestation),
  programme: programmeId(row.programme),
  period: periodNumber(row.period),
  ...statementOf(row),
});

export const findingRow = (record: FindingRecord): RowOf<"findings"> => ({
  finding: record.finding,
  programme: record.programme,
  period: record.period,
  state: record.state,
});

export const findingStateOf = (row: { readonly state: string }): FindingState =>
  oneOf(findingStates, row.state);

/** The rows of what was said of a finding so far. */
export const findingStatementRows = ({
  finding,
  opened,
  answered,
  closed,
}: FindingRecord): readonly RowOf<"finding_statements">[] => [
  { finding, step: "open", ...statementColumns(opened) },
  ...(answered === undefined ? [] : [{ finding, step: "answered", ...statementColumns(answered) }]),
  ...(closed === undefined ? [] : [{ finding, step: "closed", ...statementColumns(closed) }]),
];

/** A finding with what was said of it; undefined where nobody opened it. */
export const findingOf = (
  row: RowOf<"findings">,
  statements: readonly RowOf<"finding_statements">[],
): FindingRecord | undefined => {
  const [opened, answered, closed] = findingStates.map((state) => {
    const said = statements.find(({ step }) => step === state);
    return said === undefined ? undefined : statementOf(said);
  });
  if (opened === undefined) return undefined;
  return {
    finding: findingId(row.finding),
    programme: programmeId(row.programme),
    period: periodNumber(row.period),
    state: findingStateOf(row),
    opened,
    ...(answered === undefined ? {} : { answered }),
    ...(closed === undefined ? {} : { closed }),
  };
};

export const confirmationRow = (record: ConfirmationRecord): RowOf<"confirmations"> => ({
  confirmation: record.confirmation,
  channel: record.channel,
  day: record.day,
  currency: record.currency,
  count: record.count,
  sum: amountText(record.sum),
  provider: record.provider,
  ...placeColumns(record.place),
});

export const confirmationOf = (row: RowOf<"confirmations">): ConfirmationRecord => ({
  confirmation: confirmationId(row.confirmation),
  channel: row.channel,
  day: row.day,
  currency: row.currency,
  count: row.count,
  sum: fenOf(row.sum),
  provider: actorId(row.provider),
  place: placeOf(row),
});

export const correctionRow = (record: CorrectionRecord): RowOf<"corrections"> => ({
  correction: record.correction,
  kind: record.kind,
  record: record.record,
  ...statementColumns(record),
});

export const correctionOf = (row: RowOf<"corrections">): CorrectionRecord => ({
  correction: correctionId(row.correction),
  kind: oneOf(recordKinds, row.kind),
  record: row.record,
  ...statementOf(row),
});

/** `note` counts the notes from 1. */
export const headNoteRow = (note: number, record: HeadNoteRecord): RowOf<"head_notes"> => ({
  note,
  noted_block: record.blockNumber,
  noted_hash: bytesOf(record.blockHash),
  actor: record.actor,
  ...placeColumns(record.place),
});

export const headNoteOf = (row: RowOf<"head_notes">): HeadNoteRecord => ({
  blockNumber: row.noted_block,
  blockHash: bytes32Of(row.noted_hash),
  actor: actorId(row.actor),
  place: placeOf(row),
});
