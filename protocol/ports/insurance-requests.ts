/** What insurers, coordinators, the foundation and auditors ask for beyond money in: the rest of the desk's requests. */
import type { Fen } from "../amounts.ts";
import type {
  BatchId,
  Bytes32,
  ClaimId,
  FindingId,
  PayoutId,
  PeriodNumber,
  ProgrammeId,
  RefundId,
  RosterId,
} from "../ids.ts";
import type { BenefitKind, DayNumber, Reason, RecordKind, UnixSeconds } from "../ledger/codes.ts";
import type { Bilingual } from "./views.ts";

/** Somebody to be insured. Personal: it goes to the vault, never to the chain. */
export interface InsuredPerson {
  readonly idNumber: string;
  /** Validity [from, to), whole minutes. */
  readonly from: UnixSeconds;
  readonly to: UnixSeconds;
}

interface RosterRequest {
  readonly programme: ProgrammeId;
  readonly policyPeriod: PeriodNumber;
  readonly premiumPerHead: Fen;
  /** How many people could have been enrolled; absent where no such figure is published. */
  readonly denominator?: number;
}

/** Up to 10,000 people, whose pseudonyms and salts this gateway makes and keeps; or a roster made elsewhere. */
export type AppendRosterRequest = RosterRequest &
  ({ readonly people: readonly InsuredPerson[] } | { readonly root: Bytes32; readonly count: number });

export interface DeclareInsurersRequest {
  readonly programme: ProgrammeId;
  readonly policyPeriod: PeriodNumber;
  /** 1 to 16, in the order that settles rounding; the shares sum to 10,000. Published, names and all. */
  readonly insurers: readonly { readonly name: Bilingual; readonly shareBps: number }[];
}

/** A line of a roster: looked up in the vault by the person's number, or proven with what `npm run roster` answers. */
export type Membership =
  | { readonly idNumber: string }
  | {
      readonly roster: RosterId;
      readonly person: Bytes32;
      readonly from: UnixSeconds;
      readonly to: UnixSeconds;
      readonly proof: readonly Bytes32[];
    };

export interface FileClaimRequest {
  readonly programme: ProgrammeId;
  readonly policyPeriod: PeriodNumber;
  readonly member: Membership;
  /** First second of the incident's day (Asia/Shanghai), or of its minute where the period says so. */
  readonly incidentFrom: UnixSeconds;
  readonly requested: Fen;
  readonly benefit: BenefitKind;
  /** The settlement slip's number; only a salted commitment to it is published. */
  readonly slip: string;
}

export interface FileGrantRequest {
  readonly programme: ProgrammeId;
  readonly policyPeriod: PeriodNumber;
  readonly aidOf: ClaimId;
  readonly requested: Fen;
  readonly benefit: BenefitKind;
  readonly slip: string;
}

export interface ReasonedRequest {
  readonly claim: ClaimId;
  readonly reason: Reason;
}

export interface RecoverPayoutRequest {
  readonly payout: PayoutId;
  /** Absent for a bank return, which is all that is left. */
  readonly amount?: Fen;
  /** The voucher's number; only a salted commitment to it is published. */
  readonly voucher: string;
}

export interface MoveSurplusRequest {
  readonly from: ProgrammeId;
  readonly to: ProgrammeId;
}

export interface RefundDonationRequest {
  readonly batch: BatchId;
  readonly index: number;
  readonly amount: Fen;
  /** The repayment's number; only a salted commitment to it is published. */
  readonly paymentNumber: string;
}

export interface CoverRefundRequest {
  readonly refund: RefundId;
  readonly channel: string;
  /** The number of the foundation's own payment. */
  readonly paymentNumber: string;
}

/** What an auditor, or the foundation in answer, publishes. The chain carries the digest of the document only. */
export interface Statement {
  readonly title: Bilingual;
  readonly text: Bilingual;
}

/** A transaction that somebody signed with a key of their own. */
export interface RelayRequest {
  readonly transaction: `0x${string}`;
  /** What the transaction carries digests of, so that whoever sees a digest finds the words. */
  readonly statements: readonly Statement[];
}

/** A period of a programme; a programme; or, with neither, the whole ledger. */
export interface AuditSubject {
  readonly programme?: ProgrammeId;
  readonly period?: PeriodNumber;
}

export type AuditRequest = AuditSubject & { readonly statement: Statement };

export interface FindingRequest {
  readonly finding: FindingId;
  readonly statement: Statement;
}

export interface ConfirmTotalRequest {
  readonly channel: string;
  readonly day: DayNumber;
  readonly currency: string;
  readonly count: number;
  readonly sum: Fen;
}

export interface NoteCorrectionRequest {
  readonly kind: RecordKind;
  readonly record: number;
  readonly statement: Statement;
}
