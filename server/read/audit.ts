/** What auditors attest and find, what was corrected, and the heads that actors put their signature to. */
import type { PeriodNumber, ProgrammeId } from "../../protocol/ids.ts";
import type { EventPlace, RecordKind } from "../../protocol/ledger/events.ts";
import type { StatementRecord } from "../../protocol/ledger/records.ts";
import type { PageRequest } from "../../protocol/ports/read.ts";
import type {
  AttestationView,
  CorrectionView,
  FindingState,
  FindingView,
  HeadNoteView,
  Page,
  PublishedStatement,
  SubjectView,
} from "../../protocol/ports/views.ts";
import type { NotedHead } from "../../protocol/receipt/types.ts";
import { attestationOf, correctionOf, findingOf, headNoteOf } from "../index/codecs/audit.ts";
import { mapPage, pageOf } from "./pages.ts";
import { nameOfProgramme } from "./reading.ts";
import type { Reading } from "./reading.ts";

const subjectView = async (
  reading: Reading,
  { programme, period }: { readonly programme: ProgrammeId; readonly period: PeriodNumber },
): Promise<SubjectView> => {
  if (programme === 0) return {};
  const programmeName = await nameOfProgramme(reading, programme);
  return { programme, programmeName, ...(period === 0 ? {} : { period }) };
};

const publishedStatement = async (
  { shared }: Reading,
  { document, actor, place }: StatementRecord,
): Promise<PublishedStatement> => {
  const statement = await shared.statements.of(document);
  return { document, ...(statement === undefined ? {} : { statement }), at: place, actor };
};

/** In the order in which they were recorded. Of a programme: those about it and about its periods. */
export const readAttestations = async (
  reading: Reading,
  { programme }: { readonly programme?: ProgrammeId },
  page: PageRequest,
): Promise<Page<AttestationView>> => {
  const rows = await pageOf(
    "attestations",
    page,
    (after, count) => {
      let query = reading.database.selectFrom("attestations").selectAll().where("attestation", ">", after);
      if (programme !== undefined) query = query.where("programme", "=", programme);
      return query.orderBy("attestation").limit(count).execute();
    },
    ({ attestation }) => attestation,
  );
  return mapPage(rows, (found) =>
    Promise.all(
      found.map(attestationOf).map(async (record): Promise<AttestationView> => {
        const notedHead = await newestNote(reading, record.place);
        return {
          attestation: record.attestation,
          subject: await subjectView(reading, record),
          published: await publishedStatement(reading, record),
          ...(notedHead === undefined ? {} : { notedHead }),
        };
      }),
    ),
  );
};

const findingViews = async (
  reading: Reading,
  rows: readonly Parameters<typeof findingOf>[0][],
): Promise<readonly FindingView[]> => {
  if (rows.length === 0) return [];
  const ids = rows.map(({ finding }) => finding);
  const statements = await reading.database
    .selectFrom("finding_statements")
    .selectAll()
    .where("finding", "in", ids)
    .execute();
  const views: FindingView[] = [];
  for (const row of rows) {
    const said = statements.filter(({ finding }) => finding === row.finding);
    const record = findingOf(row, said);
    if (record === undefined) continue;
    const { finding, state, opened, answered, closed } = record;
    views.push({
      finding,
      subject: await subjectView(reading, record),
      state,
      opened: await publishedStatement(reading, opened),
      ...(answered === undefined ? {} : { answered: await publishedStatement(reading, answered) }),
      ...(closed === undefined ? {} : { closed: await publishedStatement(reading, closed) }),
    });
  }
  return views;
};

/** In the order in which they were opened. */
export const readFindings = async (
  reading: Reading,
  filter: { readonly programme?: ProgrammeId; readonly state?: FindingState },
  page: PageRequest,
): Promise<Page<FindingView>> => {
  const rows = await pageOf(
    "findings",
    page,
    (after, count) => {
      let query = reading.database.selectFrom("findings").selectAll().where("finding", ">", after);
      if (filter.programme !== undefined) query = query.where("programme", "=", filter.programme);
      if (filter.state !== undefined) query = query.where("state", "=", filter.state);
      return query.orderBy("finding").limit(count).execute();
    },
    ({ finding }) => finding,
  );
  return mapPage(rows, (found) => findingViews(reading, found));
};

/** In the order in which they were noted. */
export const readCorrections = async (
  reading: Reading,
  filter: { readonly kind?: RecordKind; readonly record?: number },
  page: PageRequest,
): Promise<Page<CorrectionView>> => {
  const rows = await pageOf(
    "corrections",
    page,
    (after, count) => {
      let query = reading.database.selectFrom("corrections").selectAll().where("correction", ">", after);
      if (filter.kind !== undefined) query = query.where("kind", "=", filter.kind);
      if (filter.record !== undefined) query = query.where("record", "=", filter.record);
      return query.orderBy("correction").limit(count).execute();
    },
    ({ correction }) => correction,
  );
  return mapPage(rows, (found) =>
    Promise.all(
      found.map(correctionOf).map(async (record): Promise<CorrectionView> => ({
        correction: record.correction,
        kind: record.kind,
        record: record.record,
        published: await publishedStatement(reading, record),
      })),
    ),
  );
};

/** The newest first: a day brings another, and the last one says most. */
export const readHeadNotes = async (
  { database }: Reading,
  page: PageRequest,
): Promise<Page<HeadNoteView>> => {
  const rows = await pageOf(
    "headNotes",
    page,
    (before, count) => {
      const notes = database.selectFrom("head_notes").selectAll().orderBy("note", "desc").limit(count);
      // Notes are counted from 1: 0 is where no page was before.
      return (before === 0 ? notes : notes.where("note", "<", before)).execute();
    },
    ({ note }) => note,
  );
  return mapPage(rows, (found) =>
    found.map(headNoteOf).map(({ place, ...note }): HeadNoteView => ({ ...note, at: place })),
  );
};

/** The head that was noted last, before `place` where one is given; undefined while none is. */
export const newestNote = async (
  { database }: Reading,
  place?: EventPlace,
): Promise<NotedHead | undefined> => {
  let query = database.selectFrom("head_notes").selectAll();
  if (place !== undefined) {
    const { blockNumber, logIndex } = place;
    query = query.where((where) =>
      where(where.refTuple("block_number", "log_index"), "<", where.tuple(blockNumber, logIndex)),
    );
  }
  const row = await query.orderBy("note", "desc").limit(1).executeTakeFirst();
  if (row === undefined) return undefined;
  const { blockNumber, blockHash } = headNoteOf(row);
  return { number: blockNumber, hash: blockHash };
};
