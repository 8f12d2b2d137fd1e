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
  ClaimId,
  ExpenseId,
  FundId,
  PayoutId,
  PeriodNumber,
  ProgrammeId,
} from "../ids.ts";

/** On chain the index in this list is the value: 0 = insurance, 1 = aid. */
export const programmeKinds = ["insurance", "aid"] as const;
export type ProgrammeKind = (typeof programmeKinds)[number];

/** On chain the index in this list is the value. */
export const benefitKinds = ["cash", "service", "device"] as const;
export type BenefitKind = (typeof benefitKinds)[number];

/** On chain the index in this list is the value. A coarse code: the ledger carries no free text. */
export const expenseKinds = [
  "administration",
  "channelFee",
  "fieldWork",
  "fundRaising",
  "audit",
  "other",
] as const;
export type ExpenseKind = (typeof expenseKinds)[number];

/** Seconds since 1970-01-01T00:00Z, as block times and period limits are stored. */
export type UnixSeconds = number;
/** A day in Asia/Shanghai as the decimal number YYYYMMDD. */
export type DayNumber = number;

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
  /** Flows of the operations line in this period. */
  readonly operationsIn: Fen;
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

export interface ClaimFiled {
  readonly type: "ClaimFiled";
  readonly claim: ClaimId;
  readonly programme: ProgrammeId;
  /** The period whose cover, terms and deadline bind the claim. */
  readonly policyPeriod: PeriodNumber;
  /** Salted pseudonym, new for every programme and period. */
  readonly person: Bytes32;
  /** First second of the incident's day (Asia/Shanghai), or of its minute when `toTheMinute`. */
  readonly incidentFrom: UnixSeconds;
  readonly toTheMinute: boolean;
  readonly requested: Fen;
  readonly benefit: BenefitKind;
  /** Salted commitment to the settlement slip. */
  readonly evidence: Bytes32;
  readonly filer: ActorId;
  readonly operation: Bytes32;
}

export interface ClaimApproved {
  readonly type: "ClaimApproved";
  readonly claim: ClaimId;
  readonly programme: ProgrammeId;
  readonly amount: Fen;
  /** What the person still owes after all payers, attested as an upper bound; an aid grant reads it. */
  readonly remaining: Fen;
  readonly queueNumber: number;
  readonly adjudicator: ActorId;
}

export interface ClaimPaid {
  readonly type: "ClaimPaid";
  readonly claim: ClaimId;
  readonly payout: PayoutId;
  readonly programme: ProgrammeId;
  /** The cash period, by block time; the policy period is the claim's. */
  readonly period: PeriodNumber;
  readonly reserveStart: Position;
  readonly amount: Fen;
  /** Salted commitment to the bank's or platform's payment number. */
  readonly paymentReference: Bytes32;
  readonly payer: ActorId;
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
  | ClaimFiled
  | ClaimApproved
  | ClaimPaid
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
