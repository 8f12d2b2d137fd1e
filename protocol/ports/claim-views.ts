/** What pages and routes show of insurance: enrolment, insurers, claims and the money that comes back or moves on. */
import type { Fen, Position } from "../amounts.ts";
import type {
  ActorId,
  BatchId,
  Bytes32,
  ClaimId,
  FundId,
  MoveId,
  PayoutId,
  PeriodNumber,
  ProgrammeId,
  RecoveryId,
  RefundId,
  RosterId,
} from "../ids.ts";
import type { ClaimStep } from "../ledger/claim-records.ts";
import type { BenefitKind, ClaimState, EventPlace, Reason, UnixSeconds } from "../ledger/events.ts";
import type { CashPeriodTotal, Flows, StatementLine } from "../insurers/statement.ts";
import type { Statistic } from "../statistics/cells.ts";
import type { Percentiles } from "../statistics/percentiles.ts";
import type { Bilingual } from "./views.ts";

export { claimStates } from "../ledger/codes.ts";
export type { ClaimState } from "../ledger/codes.ts";
export type { ClaimStep } from "../ledger/claim-records.ts";

/**
 * Open and paid claims only: how many were rejected, withdrawn or cancelled is a statistic for cells of at least 11
 * (settlement), and no sum of these tells it.
 */
export interface ClaimCounts {
  readonly filed: number;
  readonly approved: number;
  readonly onHold: number;
  readonly paid: number;
}

/** How many people a policy period insures, in person-times of this period. */
export interface EnrolmentView {
  readonly people: number;
  /** Premium per head × people, over all rosters. */
  readonly premiums: Fen;
  /** The latest published number of people who could have been enrolled; absent where none is published. */
  readonly denominator?: number;
  readonly rosters: number;
}

export interface RosterView {
  readonly roster: RosterId;
  readonly programme: ProgrammeId;
  readonly policyPeriod: PeriodNumber;
  readonly root: Bytes32;
  readonly count: number;
  readonly premiumPerHead: Fen;
  readonly denominator?: number;
  readonly appendedAt: EventPlace;
}

/** Names come from the published document. */
export interface InsurersView {
  readonly document: Bytes32;
  readonly insurers: readonly {
    readonly ordinal: number;
    readonly name: Bilingual;
    readonly shareBps: number;
    /** This insurer's part of what was paid and recovered for the policy period so far. */
    readonly part: Flows;
  }[];
}

export interface InsurerStatementView {
  readonly programme: ProgrammeId;
  readonly programmeName: Bilingual;
  readonly currency: string;
  readonly policyPeriod: PeriodNumber;
  readonly ordinal: number;
  readonly name: Bilingual;
  readonly shareBps: number;
  readonly lines: readonly StatementLine[];
  readonly next?: string;
  readonly cashPeriods: readonly CashPeriodTotal[];
  /** Of the whole statement: this insurer's part, all insurers together, and what the ledger's counters say. */
  readonly part: Flows;
  readonly sum: Flows;
  readonly ledger: Flows;
  readonly reconciles: boolean;
}

export interface RecoveryView {
  readonly recovery: RecoveryId;
  readonly payout: PayoutId;
  readonly claim: ClaimId;
  readonly claimCode: string;
  readonly programme: ProgrammeId;
  readonly amount: Fen;
  /** A bank return: the claim was approved again. */
  readonly returned: boolean;
  readonly period: PeriodNumber;
  readonly reserveStart: Position;
  readonly recoveredAt: EventPlace;
}

export interface MoveView {
  readonly move: MoveId;
  readonly from: ProgrammeId;
  readonly fromName: Bilingual;
  readonly to: ProgrammeId;
  readonly toName: Bilingual;
  readonly currency: string;
  readonly reserveAmount: Fen;
  readonly operationsAmount: Fen;
  readonly movedAt: EventPlace;
}

export interface RefundView {
  readonly refund: RefundId;
  readonly batch: BatchId;
  readonly index: number;
  readonly donationCode: string;
  readonly fund: FundId;
  readonly currency: string;
  readonly start: Position;
  readonly amount: Fen;
  readonly refundedAt: EventPlace;
  /** Absent while the foundation owes it. */
  readonly covered?: { readonly channel: string; readonly at: EventPlace };
}

export interface PayoutView {
  readonly payout: PayoutId;
  readonly amount: Fen;
  readonly recovered: Fen;
  readonly reserveStart: Position;
  readonly period: PeriodNumber;
  readonly paidAt: EventPlace;
  readonly paymentReference: Bytes32;
}

export interface ClaimView {
  readonly claim: ClaimId;
  readonly code: string;
  readonly programme: ProgrammeId;
  readonly programmeName: Bilingual;
  readonly currency: string;
  readonly policyPeriod: PeriodNumber;
  readonly state: ClaimState;
  readonly benefit: BenefitKind;
  /** Absent for a grant, which has no incident of its own. */
  readonly incidentFrom?: UnixSeconds;
  readonly toTheMinute: boolean;
  readonly roster?: RosterId;
  readonly requested: Fen;
  /** 0 until approved. After a bank return what is owed again. */
  readonly approved: Fen;
  /** Why it is rejected, on hold or cancelled. */
  readonly reason?: Reason;
  /** What the person still owes after all payers, attested at the approval as an upper bound. */
  readonly remaining: Fen;
  /** What of `remaining` aid programmes granted. */
  readonly granted: Fen;
  /** For a grant: the paid claim that it follows. */
  readonly aidOf?: { readonly claim: ClaimId; readonly code: string };
  /** The grants that follow it, whatever became of them, oldest first. */
  readonly grants: readonly { readonly claim: ClaimId; readonly code: string }[];
  readonly queueNumber?: number;
  /** For an approved, unpaid claim: how many approved claims of the programme are paid before it. */
  readonly claimsAhead?: number;
  /** For an approved, unpaid claim: what the reserve lacks to pay it and all that stand before it. */
  readonly missing?: Fen;
  readonly filer: ActorId;
  readonly adjudicator?: ActorId;
  readonly payer?: ActorId;
  readonly filedAt: EventPlace;
  readonly approvedAt?: EventPlace;
  readonly payouts: readonly PayoutView[];
  /** Paid over all payouts, and what of it came back. */
  readonly paid: Fen;
  readonly recovered: Fen;
  readonly steps: readonly ClaimStep[];
}

/** Figures about closed cells of at least 11 claims each; smaller ones are merged or withheld. */
export interface SettlementFigure {
  /** Seconds. */
  readonly filedToApproved: Percentiles;
  readonly approvedToPaid: Percentiles;
  readonly filedToPaid: Percentiles;
  readonly paid: number;
  readonly rejected: number;
}

export interface SettlementView {
  /** Absent: the whole ledger, its cells programmes. Otherwise the programme, its cells policy periods. */
  readonly programme?: ProgrammeId;
  readonly groups: readonly Statistic<number, SettlementFigure>[];
  readonly total: Statistic<number, SettlementFigure>;
}
