/** What the ledger emits about refunds, and what auditors, providers and corrections say. */
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
import type { DayNumber, RecordKind } from "./codes.ts";

/** The foundation repaid a donor: [start, start + amount) of the fund line is the foundation's from now on. */
export interface DonationRefunded {
  readonly type: "DonationRefunded";
  readonly refund: RefundId;
  readonly batch: BatchId;
  readonly index: number;
  readonly fund: FundId;
  readonly start: Position;
  readonly amount: Fen;
  /** Salted commitment to the repayment's number. */
  readonly paymentReference: Bytes32;
  readonly treasurer: ActorId;
  readonly operation: Bytes32;
}

/** The foundation's own payment for a refund came in; until then it is owed by the foundation. */
export interface RefundCovered {
  readonly type: "RefundCovered";
  readonly refund: RefundId;
  readonly channel: string;
  readonly paymentReference: Bytes32;
  readonly provider: ActorId;
}

/** Programme 0 and period 0: the whole ledger. Period 0: the whole programme. */
export interface Attested {
  readonly type: "Attested";
  readonly attestation: AttestationId;
  readonly programme: ProgrammeId;
  readonly period: PeriodNumber;
  readonly document: Bytes32;
  readonly auditor: ActorId;
  readonly operation: Bytes32;
}

export interface FindingOpened {
  readonly type: "FindingOpened";
  readonly finding: FindingId;
  readonly programme: ProgrammeId;
  readonly period: PeriodNumber;
  readonly document: Bytes32;
  readonly auditor: ActorId;
  readonly operation: Bytes32;
}

export interface FindingAnswered {
  readonly type: "FindingAnswered";
  readonly finding: FindingId;
  readonly document: Bytes32;
  readonly treasurer: ActorId;
}

export interface FindingClosed {
  readonly type: "FindingClosed";
  readonly finding: FindingId;
  readonly document: Bytes32;
  readonly auditor: ActorId;
}

/** What a provider or bank says with its own key that it received on a day; gross, before fees and refunds. */
export interface ChannelTotalConfirmed {
  readonly type: "ChannelTotalConfirmed";
  readonly confirmation: ConfirmationId;
  readonly channel: string;
  readonly day: DayNumber;
  readonly currency: string;
  readonly count: number;
  readonly sum: Fen;
  readonly provider: ActorId;
  readonly operation: Bytes32;
}

export interface CorrectionNoted {
  readonly type: "CorrectionNoted";
  readonly correction: CorrectionId;
  readonly kind: RecordKind;
  readonly record: number;
  readonly document: Bytes32;
  readonly treasurer: ActorId;
  readonly operation: Bytes32;
}

/** The actor's signature is valid only on a chain that has this block. */
export interface HeadNoted {
  readonly type: "HeadNoted";
  readonly blockNumber: number;
  readonly blockHash: Bytes32;
  readonly actor: ActorId;
}
