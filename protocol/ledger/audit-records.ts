/** Refunds, and what auditors, providers and corrections say, as plain records. */
import type { Fen, Position } from "../amounts.ts";
import type {
  ActorId,
  AttestationId,
  BatchId,
  Bytes32,
  ConfirmationId,
  CorrectionId,
  FindingId,
  FundId,
  PeriodNumber,
  ProgrammeId,
  RefundId,
} from "../ids.ts";
import type { DayNumber, EventPlace, FindingState, RecordKind } from "./events.ts";

/** [start, start + amount) of the fund line is the foundation's: it repaid the donor. */
export interface RefundRecord {
  readonly refund: RefundId;
  readonly batch: BatchId;
  readonly index: number;
  readonly fund: FundId;
  readonly start: Position;
  readonly amount: Fen;
  readonly paymentReference: Bytes32;
  readonly treasurer: ActorId;
  readonly place: EventPlace;
  /** Absent while the foundation owes it. */
  covered?: RefundCover;
}

/** The foundation's own payment, confirmed by the provider that received it. */
export interface RefundCover {
  readonly channel: string;
  readonly paymentReference: Bytes32;
  readonly provider: ActorId;
  readonly place: EventPlace;
}

/** A published document by its digest, and who put it on the chain. */
export interface StatementRecord {
  readonly document: Bytes32;
  readonly actor: ActorId;
  readonly place: EventPlace;
}

/** Programme 0 and period 0: the whole ledger. Period 0: the whole programme. */
export interface AttestationRecord extends StatementRecord {
  readonly attestation: AttestationId;
  readonly programme: ProgrammeId;
  readonly period: PeriodNumber;
}

export interface FindingRecord {
  readonly finding: FindingId;
  readonly programme: ProgrammeId;
  readonly period: PeriodNumber;
  readonly opened: StatementRecord;
  state: FindingState;
  answered?: StatementRecord;
  closed?: StatementRecord;
}

export interface ConfirmationRecord {
  readonly confirmation: ConfirmationId;
  readonly channel: string;
  readonly day: DayNumber;
  readonly currency: string;
  readonly count: number;
  readonly sum: Fen;
  readonly provider: ActorId;
  readonly place: EventPlace;
}

export interface CorrectionRecord extends StatementRecord {
  readonly correction: CorrectionId;
  readonly kind: RecordKind;
  readonly record: number;
}

export interface HeadNoteRecord {
  readonly blockNumber: number;
  readonly blockHash: Bytes32;
  readonly actor: ActorId;
  readonly place: EventPlace;
}
