/** What attestations, findings, corrections and noted heads must say. */
import type { EventPlace } from "../../../protocol/ledger/events.ts";
import type { LedgerState, StatementRecord } from "../../../protocol/ledger/records.ts";
import type { Expected } from "./told.ts";
import { place, programmeCode } from "./wire.ts";
import { programmeNamedBy, statedBy, type AuditedBooks } from "./words.ts";

const publishedOf = (books: AuditedBooks, statement: StatementRecord | undefined): Expected =>
  statement === undefined
    ? undefined
    : {
        document: statement.document,
        ...statedBy(books, statement.document),
        at: place(statement.place),
        actor: statement.actor,
      };

const subjectOf = (
  books: AuditedBooks,
  { programme, period }: { readonly programme: number; readonly period: number },
): Expected => {
  if (programme === 0) return { programme: undefined, programmeName: undefined, period: undefined };
  return {
    programme: programmeCode(programme),
    ...programmeNamedBy(books, programme, "programmeName"),
    period: period === 0 ? undefined : period,
  };
};

const isBefore = (one: EventPlace, other: EventPlace): boolean =>
  one.blockNumber === other.blockNumber ? one.logIndex < other.logIndex : one.blockNumber < other.blockNumber;

/** The newest note before a place, or of all. */
export const notedHeadOf = ({ headNotes }: LedgerState, before?: EventPlace) => {
  const note = headNotes.findLast(({ place: at }) => before === undefined || isBefore(at, before));
  return note === undefined ? undefined : { number: note.blockNumber, hash: note.blockHash };
};

export const expectedAttestations = (books: AuditedBooks): readonly Expected[] =>
  books.state.attestations.map((attestation) => {
    const noted = notedHeadOf(books.state, attestation.place);
    return {
      attestation: attestation.attestation,
      subject: subjectOf(books, attestation),
      published: publishedOf(books, attestation),
      notedHead: noted === undefined ? undefined : { block: noted.number, hash: noted.hash },
    };
  });

export const expectedFindings = (books: AuditedBooks): readonly Expected[] =>
  books.state.findings.map((finding) => ({
    finding: finding.finding,
    subject: subjectOf(books, finding),
    state: finding.state,
    opened: publishedOf(books, finding.opened),
    answered: publishedOf(books, finding.answered),
    closed: publishedOf(books, finding.closed),
  }));

export const expectedCorrections = (books: AuditedBooks): readonly Expected[] =>
  books.state.corrections.map((correction) => ({
    correction: correction.correction,
    kind: correction.kind,
    record: correction.record,
    published: publishedOf(books, correction),
  }));

/** Newest first. */
export const expectedHeads = ({ headNotes }: LedgerState): readonly Expected[] =>
  headNotes.toReversed().map((note) => ({
    block: note.blockNumber,
    hash: note.blockHash,
    actor: note.actor,
    at: place(note.place),
  }));
