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
  ExpenseId,
  FundId,
  MoveId,
  PeriodNumber,
  ProgrammeId,
} from "../ids.ts";
import type {
  AttestationRecord,
  ConfirmationRecord,
  CorrectionRecord,
  FindingRecord,
  HeadNoteRecord,
  RefundRecord,
} from "./audit-records.ts";
import type {
  ClaimRecord,
  InsurersRecord,
  PayoutRecord,
  Queue,
  RecoveryRecord,
  RosterRecord,
} from "./claim-records.ts";
import type {
  ClaimState,
  CloseRecord,
  DayNumber,
  EventPlace,
  ExpenseKind,
  ProgrammeKind,
  UnixSeconds,
} from "./events.ts";

export type * from "./audit-records.ts";
export type * from "./claim-records.ts";

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

/** All that an ended programme had left went to another: reserve to reserve, operations to operations. */
export interface MoveRecord {
  readonly move: MoveId;
  readonly from: ProgrammeId;
  readonly to: ProgrammeId;
  readonly reserveFrom: Position;
  readonly reserveTo: Position;
  readonly reserveAmount: Fen;
  readonly operationsFrom: Position;
  readonly operationsTo: Position;
  readonly operationsAmount: Fen;
  /** Cash periods. */
  readonly fromPeriod: PeriodNumber;
  readonly toPeriod: PeriodNumber;
  readonly treasurer: ActorId;
  readonly place: EventPlace;
}

/** A programme's totals at one moment; the figures of a period are the difference of two of these. */
export interface Totals {
  /** Length of the reserve line: allocated + moved in + recovered. */
  readonly reserveIn: Position;
  /** Its spent front: paid + moved out. Never past `reserveIn`. */
  readonly reserveSpent: Position;
  /** Length of the operations line: allocated + moved in. */
  readonly operationsIn: Position;
  /** Its taken front: expenses + moved out. What lies past `operationsIn` is an advance. */
  readonly operationsOut: Position;
  /** Approved, not on hold, not paid. */
  readonly approvedUnpaid: Fen;
  readonly filedUndecided: Fen;
  /** Reserve money from ended programmes, and to one after this programme ended. */
  readonly movedIn: Fen;
  readonly movedOut: Fen;
  readonly recovered: Fen;
  readonly operationsMovedIn: Fen;
  readonly operationsMovedOut: Fen;
  /** Payments: a claim that is paid again after a bank return counts again. */
  readonly claimsPaid: number;
}

export interface DeclaredPeriod {
  readonly period: PeriodNumber;
  readonly start: UnixSeconds;
  /** Exclusive. */
  readonly end: UnixSeconds;
  readonly filingDeadline: UnixSeconds;
  readonly cover: Fen;
  /** Incidents are recorded to the minute: day policies. */
  readonly toTheMinute: boolean;
  readonly terms: Bytes32;
  readonly place: EventPlace;
}

/** A declared period with what its claims were paid, whenever that was. */
export interface PolicyPeriod extends DeclaredPeriod {
  /** What its insurers share. */
  paid: Position;
  recovered: Position;
  /** Absent while none are declared: the programme bears the risk itself. */
  insurers?: InsurersRecord;
  /** Approved and unpaid + paid − recovered of each insured person, where there is a cover (law L6). */
  readonly committed: Map<Bytes32, Fen>;
}

export interface ClosedPeriod {
  readonly record: CloseRecord;
  /** Payments in the period. */
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
  readonly periods: PolicyPeriod[];
  /** Close records of the periods from 1 on; the current period is one past them. */
  readonly closed: ClosedPeriod[];
  /** The one fallback of every restricted fund that the programme accepted; 0 while it accepted none. */
  fallbackTo: ProgrammeId;
  readonly contributions: Map<FundId, FundContribution>;
  readonly allocations: AllocationRecord[];
  readonly expenses: ExpenseRecord[];
  readonly payouts: PayoutRecord[];
  readonly recoveries: RecoveryRecord[];
  /** The same recoveries, ascending by where their money stood when it was paid. */
  readonly recoveriesBySource: RecoveryRecord[];
  readonly movesIn: MoveRecord[];
  readonly movesOut: MoveRecord[];
  readonly queue: Queue;
  lastQueueNumber: number;
  /** How many of its claims are in each state. */
  readonly claims: Record<ClaimState, number>;
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
  readonly rosters: RosterRecord[];
  readonly claims: ClaimRecord[];
  readonly payouts: PayoutRecord[];
  readonly recoveries: RecoveryRecord[];
  readonly moves: MoveRecord[];
  readonly refunds: RefundRecord[];
  /** The same refunds by batch. */
  readonly refundsOfBatch: Map<BatchId, RefundRecord[]>;
  readonly attestations: AttestationRecord[];
  readonly findings: FindingRecord[];
  readonly confirmations: ConfirmationRecord[];
  readonly corrections: CorrectionRecord[];
  readonly headNotes: HeadNoteRecord[];
}
