/** What pages and routes show of audit: attestations, findings, confirmed totals, corrections, noted heads. */
import type { Fen } from "../amounts.ts";
import type {
  ActorId,
  AttestationId,
  Bytes32,
  CorrectionId,
  FindingId,
  PeriodNumber,
  ProgrammeId,
} from "../ids.ts";
import type { DayNumber, EventPlace, FindingState, RecordKind } from "../ledger/events.ts";
import type { NotedHead } from "../receipt/types.ts";
import type { Statement } from "./insurance-requests.ts";
import type { Bilingual } from "./views.ts";

/** Programme and period are absent where the whole ledger is meant, the period where the whole programme is. */
export interface SubjectView {
  readonly programme?: ProgrammeId;
  readonly programmeName?: Bilingual;
  readonly period?: PeriodNumber;
}

/** A published document by digest; the statement is absent where this gateway does not have it. */
export interface PublishedStatement {
  readonly document: Bytes32;
  readonly statement?: Statement;
  readonly at: EventPlace;
  readonly actor: ActorId;
}

export interface AttestationView {
  readonly attestation: AttestationId;
  readonly subject: SubjectView;
  readonly published: PublishedStatement;
  /** The newest note on the chain when it was attested; absent where there was none. */
  readonly notedHead?: NotedHead;
}

export type { FindingState } from "../ledger/codes.ts";

export interface FindingView {
  readonly finding: FindingId;
  readonly subject: SubjectView;
  readonly state: FindingState;
  readonly opened: PublishedStatement;
  readonly answered?: PublishedStatement;
  readonly closed?: PublishedStatement;
}

/** `differs`: the provider's latest count or sum is not what the ledger recorded. */
export type ConfirmationState = "unconfirmed" | "confirmed" | "differs";

/** One settlement day of one channel in one currency: what the ledger recorded and what the provider says. */
export interface ChannelDayView {
  readonly channel: string;
  readonly day: DayNumber;
  readonly currency: string;
  readonly state: ConfirmationState;
  readonly recordedCount: number;
  readonly recordedSum: Fen;
  /** The latest confirmation; earlier ones stand in the ledger. */
  readonly confirmed?: {
    readonly count: number;
    readonly sum: Fen;
    readonly at: EventPlace;
    readonly provider: ActorId;
    readonly earlier: number;
  };
}

export interface CorrectionView {
  readonly correction: CorrectionId;
  readonly kind: RecordKind;
  readonly record: number;
  readonly published: PublishedStatement;
}

export interface HeadNoteView {
  readonly blockNumber: number;
  readonly blockHash: Bytes32;
  readonly actor: ActorId;
  readonly at: EventPlace;
}
