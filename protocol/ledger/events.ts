/**
 * What the ledger's contract emits, as plain values. The state of the books can be rebuilt from these alone
 * (law L7), so every reader, the index and the audit included, starts here. Fields carry the names and order of
 * the event declarations in the interfaces under contracts/; amounts and positions are whole numbers of minor units.
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
import type { DayNumber, ExpenseKind, ProgrammeKind, UnixSeconds } from "./codes.ts";
import type * as Audit from "./audit-events.ts";
import type * as Claims from "./claim-events.ts";

export * from "./codes.ts";
export type * from "./audit-events.ts";
export type * from "./claim-events.ts";

export interface ActorRegistered {
  readonly type: "ActorRegistered";
  readonly actor: ActorId;
  readonly account: Address;
}

/** `role` is keccak256(abi.encode(name, programme)); programme 0 for roles of the whole ledger. */
export interface RoleGranted {
  readonly type: "RoleGranted";
  readonly role: Bytes32;
  readonly account: Address;
}

export interface RoleRevoked {
  readonly type: "RoleRevoked";
  readonly role: Bytes32;
  readonly account: Address;
}

export interface ChannelRegistered {
  readonly type: "ChannelRegistered";
  /** The id in ASCII, such as `alipay`; on chain a bytes32 padded with zeros on the right. */
  readonly channel: string;
}

export interface FundOpened {
  readonly type: "FundOpened";
  readonly fund: FundId;
  /** ISO 4217, such as CNY. */
  readonly currency: string;
  readonly claimsShareBps: number;
  /** 0 for a general fund. */
  readonly restrictedTo: ProgrammeId;
  /** Where a restricted fund's money goes when its programme has ended; 0 for a general fund. */
  readonly fallbackTo: ProgrammeId;
  /** sha256 of the fund's published document in RFC 8785 form. */
  readonly document: Bytes32;
  readonly operation: Bytes32;
}

export interface BatchRecorded {
  readonly type: "BatchRecorded";
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
  /** The wire form: for each leaf amount u64 ‖ commitment 32, ascending by commitment. */
  readonly leaves: Uint8Array;
}

export interface ProgrammeOpened {
  readonly type: "ProgrammeOpened";
  readonly programme: ProgrammeId;
  readonly kind: ProgrammeKind;
  readonly currency: string;
  /** The six-digit code (GB/T 2260) of the county or city; 0 where a programme has no single region. */
  readonly region: number;
  readonly document: Bytes32;
  readonly operation: Bytes32;
}

export interface PeriodDeclared {
  readonly type: "PeriodDeclared";
  readonly programme: ProgrammeId;
  readonly period: PeriodNumber;
  readonly start: UnixSeconds;
  /** Exclusive, and the start of the next period. */
  readonly end: UnixSeconds;
  readonly filingDeadline: UnixSeconds;
  /** Per insured person in this policy period; 0 where the terms set no limit. */
  readonly cover: Fen;
  /** Incidents are recorded to the minute: day policies. Otherwise as a day. */
  readonly toTheMinute: boolean;
  readonly terms: Bytes32;
}

/** A period's figures at its end. opening + allocated + movedIn − movedOut + recovered − paid = closing (law L3). */
export interface CloseRecord {
  readonly opening: Fen;
  readonly allocated: Fen;
  readonly movedIn: Fen;
  readonly movedOut: Fen;
  readonly recovered: Fen;
  readonly paid: Fen;
  readonly closing: Fen;
  /** Promised out of `closing`, not a further term of it. */
  readonly approvedUnpaid: Fen;
  readonly filedUndecided: Fen;
  /** Flows of the operations line in this period: allocated, moved in from ended programmes, moved out, spent. */
  readonly operationsIn: Fen;
  readonly operationsMovedIn: Fen;
  readonly operationsMovedOut: Fen;
  readonly expenses: Fen;
}

export interface PeriodClosed {
  readonly type: "PeriodClosed";
  readonly programme: ProgrammeId;
  readonly period: PeriodNumber;
  readonly record: CloseRecord;
}

export interface PremiumAllocated {
  readonly type: "PremiumAllocated";
  readonly allocation: AllocationId;
  readonly fund: FundId;
  readonly programme: ProgrammeId;
  readonly fundStart: Position;
  readonly amount: Fen;
  readonly reserveStart: Position;
  /** What of `amount` entered the claims reserve line; the rest entered the operations line. */
  readonly claimsAmount: Fen;
  readonly operationsStart: Position;
  /** The cash period, by block time. */
  readonly period: PeriodNumber;
  readonly treasurer: ActorId;
  readonly operation: Bytes32;
}

export interface ExpenseRecorded {
  readonly type: "ExpenseRecorded";
  readonly expense: ExpenseId;
  readonly programme: ProgrammeId;
  readonly operationsStart: Position;
  readonly amount: Fen;
  readonly kind: ExpenseKind;
  readonly period: PeriodNumber;
  /** Salted commitment to the voucher. */
  readonly evidence: Bytes32;
  readonly treasurer: ActorId;
  readonly operation: Bytes32;
}

/** All that an ended programme had left went to another: reserve to reserve, operations to operations. */
export interface SurplusMoved {
  readonly type: "SurplusMoved";
  readonly move: MoveId;
  readonly from: ProgrammeId;
  readonly to: ProgrammeId;
  readonly reserveFrom: Position;
  readonly reserveTo: Position;
  readonly reserveAmount: Fen;
  readonly operationsFrom: Position;
  readonly operationsTo: Position;
  readonly operationsAmount: Fen;
  /** Cash periods, by block time. */
  readonly fromPeriod: PeriodNumber;
  readonly toPeriod: PeriodNumber;
  readonly treasurer: ActorId;
  readonly operation: Bytes32;
}

export interface Paused {
  readonly type: "Paused";
}

export interface Unpaused {
  readonly type: "Unpaused";
}

export type LedgerEvent =
  | ActorRegistered
  | RoleGranted
  | RoleRevoked
  | ChannelRegistered
  | FundOpened
  | BatchRecorded
  | ProgrammeOpened
  | PeriodDeclared
  | PeriodClosed
  | PremiumAllocated
  | ExpenseRecorded
  | Claims.RosterAppended
  | Claims.InsurersDeclared
  | Claims.ClaimFiled
  | Claims.GrantFiled
  | Claims.ClaimWithdrawn
  | Claims.ClaimApproved
  | Claims.ClaimRejected
  | Claims.ClaimHeld
  | Claims.ClaimReleased
  | Claims.ClaimCancelled
  | Claims.ClaimPaid
  | Claims.PayoutRecovered
  | SurplusMoved
  | Audit.DonationRefunded
  | Audit.RefundCovered
  | Audit.Attested
  | Audit.FindingOpened
  | Audit.FindingAnswered
  | Audit.FindingClosed
  | Audit.ChannelTotalConfirmed
  | Audit.CorrectionNoted
  | Audit.HeadNoted
  | Paused
  | Unpaused;

/** Where in the chain an event stands. Every answer that is derived from events names the block it is true of. */
export interface EventPlace {
  readonly blockNumber: number;
  readonly blockTime: UnixSeconds;
  readonly transactionHash: Bytes32;
  readonly logIndex: number;
}

export interface RecordedEvent {
  readonly place: EventPlace;
  readonly event: LedgerEvent;
}
