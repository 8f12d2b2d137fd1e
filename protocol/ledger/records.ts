/**
 * The whole state of the books as plain records, rebuilt from events alone (law L7). Lists are in recording order,
 * which is line order, so that every reader can search them by halving.
 */
import type { Fen, Position } from "../amounts.ts";
import type {
  ActorId,
  Address,
  AllocationId,
  BatchId,
  Bytes32,
  ClaimId,
  ExpenseId,
  FundId,
  PayoutId,
  PeriodNumber,
  ProgrammeId,
} from "../ids.ts";
import type {
  BenefitKind,
  CloseRecord,
  DayNumber,
  EventPlace,
  ExpenseKind,
  ProgrammeKind,
  UnixSeconds,
} from "./events.ts";

export interface BatchRecord {
  readonly batch: BatchId;
  readonly fund: FundId;
  readonly channel: string;
  readonly day: DayNumber;
  readonly startsAt: Position;
  readonly count: number;
  readonly sum: Fen;
  readonly root: Bytes32;
  readonly recorder: ActorId;
  readonly operation: Bytes32;
  /** The wire form, kept packed: 40 bytes a donation. */
  readonly leaves: Uint8Array;
  readonly place: EventPlace;
}

export interface AllocationRecord {
  readonly allocation: AllocationId;
  readonly fund: FundId;
  readonly programme: ProgrammeId;
  readonly fundStart: Position;
  readonly amount: Fen;
  readonly reserveStart: Position;
  readonly claimsAmount: Fen;
  readonly operationsStart: Position;
  readonly period: PeriodNumber;
  readonly treasurer: ActorId;
  readonly place: EventPlace;
}

export interface ExpenseRecord {
  readonly expense: ExpenseId;
  readonly programme: ProgrammeId;
  readonly operationsStart: Position;
  readonly amount: Fen;
  readonly kind: ExpenseKind;
  readonly period: PeriodNumber;
  readonly evidence: Bytes32;
  readonly treasurer: ActorId;
  readonly place: EventPlace;
}

export interface PayoutRecord {
  readonly payout: PayoutId;
  readonly claim: ClaimId;
  readonly programme: ProgrammeId;
  /** The cash period. */
  readonly period: PeriodNumber;
  readonly reserveStart: Position;
  readonly amount: Fen;
  readonly paymentReference: Bytes32;
  readonly payer: ActorId;
  readonly place: EventPlace;
}

export interface FiledPart {
  readonly claim: ClaimId;
  readonly programme: ProgrammeId;
  readonly policyPeriod: PeriodNumber;
  readonly person: Bytes32;
  readonly incidentFrom: UnixSeconds;
  readonly toTheMinute: boolean;
  readonly requested: Fen;
  readonly benefit: BenefitKind;
  readonly evidence: Bytes32;
  readonly filer: ActorId;
  readonly filedAt: EventPlace;
}

export interface Approval {
  readonly amount: Fen;
  readonly remaining: Fen;
  readonly queueNumber: number;
  readonly adjudicator: ActorId;
  readonly place: EventPlace;
}

/** A claim is filed until it has an approval, approved until it has a payout. */
export interface ClaimRecord extends FiledPart {
  approval?: Approval;
  readonly payouts: PayoutRecord[];
}

/** A programme's totals at one moment; the figures of a period are the difference of two of these. */
export interface Totals {
  readonly reserveIn: Position;
  readonly reserveSpent: Position;
  readonly operationsIn: Position;
  readonly expenses: Position;
  readonly approvedUnpaid: Fen;
  readonly filedUndecided: Fen;
  readonly claimsPaid: number;
}

export interface DeclaredPeriod {
  readonly period: PeriodNumber;
  readonly start: UnixSeconds;
  /** Exclusive. */
  readonly end: UnixSeconds;
  readonly filingDeadline: UnixSeconds;
  readonly cover: Fen;
  readonly terms: Bytes32;
  readonly place: EventPlace;
}

export interface ClosedPeriod {
  readonly record: CloseRecord;
  readonly claimsPaid: number;
  readonly place: EventPlace;
}

export interface FundContribution {
  readonly fund: FundId;
  readonly allocated: Fen;
  readonly claimsAmount: Fen;
}

export interface ProgrammeRecord {
  readonly programme: ProgrammeId;
  readonly kind: ProgrammeKind;
  readonly currency: string;
  readonly region: number;
  readonly document: Bytes32;
  readonly place: EventPlace;
  totals: Totals;
  /** The totals when the current period began: zero for the first. */
  atPeriodStart: Totals;
  readonly periods: DeclaredPeriod[];
  /** Close records of the periods from 1 on; the current period is one past them. */
  readonly closed: ClosedPeriod[];
  readonly contributions: Map<FundId, FundContribution>;
  readonly allocations: AllocationRecord[];
  readonly expenses: ExpenseRecord[];
  readonly payouts: PayoutRecord[];
  /** All approved claims in queue order; the first `queuePaid` of them are paid. */
  readonly queue: ClaimId[];
  queuePaid: number;
  claimsFiled: number;
}

export interface FundRecord {
  readonly fund: FundId;
  readonly currency: string;
  readonly claimsShareBps: number;
  /** 0 for a general fund. */
  readonly restrictedTo: ProgrammeId;
  readonly fallbackTo: ProgrammeId;
  readonly document: Bytes32;
  readonly place: EventPlace;
  donated: Position;
  allocated: Position;
  /** What of the allocated went to claims. */
  claimsAllocated: Fen;
  donations: number;
  readonly batches: BatchRecord[];
  readonly allocations: AllocationRecord[];
}

/** Ids count from 1: the record of id n is at n − 1 of its list. */
export interface LedgerState {
  /** The place of the last event; undefined for empty books. */
  last: EventPlace | undefined;
  paused: boolean;
  /** actors[id − 1] is the account. */
  readonly actors: Address[];
  readonly roles: Map<Bytes32, Set<Address>>;
  readonly channels: Set<string>;
  readonly operations: Set<Bytes32>;
  readonly funds: FundRecord[];
  readonly programmes: ProgrammeRecord[];
  readonly batches: BatchRecord[];
  readonly allocations: AllocationRecord[];
  readonly expenses: ExpenseRecord[];
  readonly claims: ClaimRecord[];
  readonly payouts: PayoutRecord[];
}
