import { Type, type Static } from "typebox";
import { findingStates, recordKinds } from "../../protocol/ledger/events.ts";
import type {
  AttestationView,
  ChannelDayView,
  CorrectionView,
  FindingView,
  HeadNoteView,
  PublishedStatement,
  SubjectView,
} from "../../protocol/ports/views.ts";
import { longestText } from "../documents.ts";
import {
  bilingual,
  closed,
  CodeText,
  Currency,
  Digest,
  money,
  Money,
  Place,
  place,
  programmeCode,
  Text,
} from "./common.ts";
import { Channel } from "./donations.ts";

const SubjectWire = Type.Object(
  {
    programme: Type.Optional(CodeText),
    programmeName: Type.Optional(Text),
    period: Type.Optional(Type.Integer()),
  },
  { ...closed, description: "A period of a programme, a programme, or, without either, the whole ledger." },
);

const subject = ({ programme, programmeName, period }: SubjectView): Static<typeof SubjectWire> => ({
  ...(programme === undefined ? {} : { programme: programmeCode(programme) }),
  ...(programmeName === undefined ? {} : { programmeName: bilingual(programmeName) }),
  ...(period === undefined ? {} : { period }),
});

const longText = Type.String({ minLength: 1, maxLength: longestText });

const PublishedWire = Type.Object(
  {
    document: Digest,
    title: Type.Optional(Text),
    text: Type.Optional(Type.Object({ zh: longText, en: longText }, closed)),
    at: Place,
    actor: Type.Integer(),
  },
  {
    ...closed,
    description: "A published document; its words are absent where this gateway does not have it.",
  },
);

const published = ({ document, statement, at, actor }: PublishedStatement): Static<typeof PublishedWire> => ({
  document,
  ...(statement === undefined ? {} : { title: bilingual(statement.title), text: bilingual(statement.text) }),
  at: place(at),
  actor,
});

export const AttestationWire = Type.Object(
  {
    attestation: Type.Integer(),
    subject: SubjectWire,
    published: PublishedWire,
    notedHead: Type.Optional(
      Type.Object(
        { block: Type.Integer(), hash: Digest },
        { ...closed, description: "The newest block that was noted on the chain when this was attested." },
      ),
    ),
  },
  closed,
);

export const attestation = (view: AttestationView): Static<typeof AttestationWire> => ({
  attestation: view.attestation,
  subject: subject(view.subject),
  published: published(view.published),
  ...(view.notedHead === undefined
    ? {}
    : { notedHead: { block: view.notedHead.number, hash: view.notedHead.hash } }),
});

export const FindingStateWire = Type.Enum([...findingStates]);

export const FindingWire = Type.Object(
  {
    finding: Type.Integer(),
    subject: SubjectWire,
    state: FindingStateWire,
    opened: PublishedWire,
    answered: Type.Optional(PublishedWire),
    closed: Type.Optional(PublishedWire),
  },
  closed,
);

export const finding = (view: FindingView): Static<typeof FindingWire> => ({
  finding: view.finding,
  subject: subject(view.subject),
  state: view.state,
  opened: published(view.opened),
  ...(view.answered === undefined ? {} : { answered: published(view.answered) }),
  ...(view.closed === undefined ? {} : { closed: published(view.closed) }),
});

export const RecordKindWire = Type.Enum([...recordKinds]);

export const CorrectionWire = Type.Object(
  {
    correction: Type.Integer(),
    kind: RecordKindWire,
    record: Type.Integer(),
    published: PublishedWire,
  },
  { ...closed, description: "The record that it names stays as it is." },
);

export const correction = (view: CorrectionView): Static<typeof CorrectionWire> => ({
  correction: view.correction,
  kind: view.kind,
  record: view.record,
  published: published(view.published),
});

export const ConfirmationStateWire = Type.Union([
  Type.Literal("unconfirmed"),
  Type.Literal("confirmed"),
  Type.Literal("differs"),
]);

export const ChannelDayWire = Type.Object(
  {
    channel: Channel,
    day: Type.Integer({ description: "Settlement day in Asia/Shanghai, YYYYMMDD." }),
    currency: Currency,
    state: ConfirmationStateWire,
    recorded: Type.Object({ count: Type.Integer(), sum: Money }, closed),
    confirmed: Type.Optional(
      Type.Object(
        {
          count: Type.Integer(),
          sum: Money,
          at: Place,
          provider: Type.Integer(),
          earlier: Type.Integer({ description: "Confirmations of the same day before this one." }),
        },
        closed,
      ),
    ),
  },
  closed,
);

export const channelDay = (view: ChannelDayView): Static<typeof ChannelDayWire> => ({
  channel: view.channel,
  day: view.day,
  currency: view.currency,
  state: view.state,
  recorded: { count: view.recordedCount, sum: money(view.recordedSum, view.currency) },
  ...(view.confirmed === undefined
    ? {}
    : {
        confirmed: {
          count: view.confirmed.count,
          sum: money(view.confirmed.sum, view.currency),
          at: place(view.confirmed.at),
          provider: view.confirmed.provider,
          earlier: view.confirmed.earlier,
        },
      }),
});

export const HeadNoteWire = Type.Object(
  { block: Type.Integer(), hash: Digest, actor: Type.Integer(), at: Place },
  closed,
);

export const headNote = (view: HeadNoteView): Static<typeof HeadNoteWire> => ({
  block: view.blockNumber,
  hash: view.blockHash,
  actor: view.actor,
  at: place(view.at),
});
