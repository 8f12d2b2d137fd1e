/** Rows of what auditors, providers and corrections say. */
import type {
  Attested,
  ChannelTotalConfirmed,
  CorrectionNoted,
  FindingAnswered,
  FindingClosed,
  FindingOpened,
  HeadNoted,
} from "../../../protocol/ledger/events.ts";
import {
  attestationRow,
  confirmationRow,
  correctionRow,
  findingRow,
  findingStatementRows,
  headNoteRow,
} from "../codecs/audit.ts";
import { kept, touchOperation } from "./records.ts";
import type { Touched } from "./records.ts";

export type AuditEvent =
  | Attested
  | FindingOpened
  | FindingAnswered
  | FindingClosed
  | ChannelTotalConfirmed
  | CorrectionNoted
  | HeadNoted;

const touchFinding = (touched: Touched, event: FindingOpened | FindingAnswered | FindingClosed): void => {
  const record = kept(touched.state.findings, event.finding);
  if (event.type === "FindingOpened") touchOperation(touched, event.operation, "finding", event.finding);
  touched.rows.put("findings", event.finding, () => findingRow(record));
  for (const row of findingStatementRows(record)) {
    touched.rows.put("finding_statements", `${event.finding} ${row.step}`, () => row);
  }
};

export const touchAudit = (touched: Touched, event: AuditEvent): void => {
  const { state, rows } = touched;
  switch (event.type) {
    case "Attested": {
      const record = kept(state.attestations, event.attestation);
      touchOperation(touched, event.operation, "attestation", event.attestation);
      return rows.put("attestations", event.attestation, () => attestationRow(record));
    }
    case "FindingOpened":
    case "FindingAnswered":
    case "FindingClosed":
      return touchFinding(touched, event);
    case "ChannelTotalConfirmed": {
      const record = kept(state.confirmations, event.confirmation);
      touchOperation(touched, event.operation, "confirmation", event.confirmation);
      return rows.put("confirmations", event.confirmation, () => confirmationRow(record));
    }
    case "CorrectionNoted": {
      const record = kept(state.corrections, event.correction);
      touchOperation(touched, event.operation, "correction", event.correction);
      return rows.put("corrections", event.correction, () => correctionRow(record));
    }
    case "HeadNoted": {
      const note = state.headNotes.length;
      const record = kept(state.headNotes, note);
      return rows.put("head_notes", note, () => headNoteRow(note, record));
    }
  }
};
