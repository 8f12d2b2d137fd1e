/**
 * What pages and API routes are made from: plain records of the books at one block. The wire form of the API is
 * mapped from these in server/schemas; nothing here knows HTTP.
 */
import type { Fen, Position } from "../amounts.ts";
import type { AllocationId, BatchId, Bytes32, ExpenseId, FundId, PeriodNumber, ProgrammeId } from "../ids.ts";
import type {
  CloseRecord,
  DayNumber,
  EventPlace,
  ExpenseKind,
  ProgrammeKind,
  UnixSeconds,
} from "../ledger/events.ts";
import type { Partition, Slice, Source } from "../trace/types.ts";
import type { ConfirmationState } from "./audit-views.ts";
import type { ClaimCounts, EnrolmentView, InsurersView, RefundView } from "./claim-views.ts";

export type * from "./audit-views.ts";
export type * from "./claim-views.ts";

/** The block that an answer is true of. */
export interface Head {
  readonly chainId: number;
  readonly ledger: `0x${string}`;
  readonly blockNumber: number;
  readonly blockHash: Bytes32;
  readonly blockTime: UnixSeconds;
  /** `final`: this block can no longer be replaced. The embedded chain's blocks are final once mined. */
  readonly finality: "final" | "pending";
  /** Blocks that stand on it at least; absent where blocks are never replaced. */
  readonly finalityBlocks?: number;
  /** True where time is scripted and the books are an invented example. */
  readonly demonstration: boolean;
}

/** A text in both languages of the explorer. It comes from a published document, never from the chain. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** Every list is answered in pages; `next` is an opaque, self-contained cursor, absent on the last page. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}

export interface FundView {
  readonly fund: FundId;
  readonly code: string;
  readonly name: Bilingual;
  readonly currency: string;
  readonly claimsShareBps: number;
  readonly restrictedTo?: ProgrammeId;
  readonly fallbackTo?: ProgrammeId;
  readonly document: Bytes32;
  readonly openedAt: EventPlace;
  readonly donations: number;
  readonly batches: number;
  readonly partition: Partition;
  /** Parts of `partition.total` shown apart: bank interest, and gifts whose owner is the foundation by refund. */
  readonly interest: Fen;
  readonly refunded: Fen;
  /** What of `refunded` the foundation still owes: its own payment is not confirmed. */
  readonly refundOwed: Fen;
}

export type PeriodState = "declared" | "open" | "closed" | "runOff";

/** `record` holds the figures at the end of a closed period, or so far for the open one and the run-off. */
export interface PeriodView {
  readonly programme: ProgrammeId;
  readonly period: PeriodNumber;
  readonly state: PeriodState;
  readonly start: UnixSeconds;
  /** Absent for the run-off, which is open-ended. */
  readonly end?: UnixSeconds;
  readonly filingDeadline?: UnixSeconds;
  readonly cover: Fen;
  /** Incidents are recorded to the minute: day policies. */
  readonly toTheMinute: boolean;
  readonly terms?: Bytes32;
  readonly record: CloseRecord;
  readonly claimsPaid: number;
  /** Paid and recovered for claims of this policy period, whenever: what its insurers share. */
  readonly policyPaid: Fen;
  readonly policyRecovered: Fen;
  readonly enrolment: EnrolmentView;
  /** Absent while none are declared: the programme bears the risk itself. */
  readonly insurers?: InsurersView;
}

/** What a fund gave a programme, and how its promise was kept: claimsAmount is within 1 fen of the promise. */
export interface FundInProgramme {
  readonly fund: FundId;
  readonly allocated: Fen;
  readonly claimsAmount: Fen;
  readonly claimsShareBps: number;
}

/**
 * allocated + movedIn − movedOut = paid + inReserve + operatingSpent + operatingUnspent; moved figures hold reserve and
 * operations money together, paid is net of recoveries, which are back in the reserve.
 */
export interface ProgrammePartition {
  readonly allocated: Fen;
  readonly movedIn: Fen;
  readonly movedOut: Fen;
  readonly paid: Fen;
  readonly inReserve: Fen;
  readonly operatingSpent: Fen;
  readonly operatingUnspent: Fen;
}

export interface ProgrammeView {
  readonly programme: ProgrammeId;
  readonly code: string;
  readonly name: Bilingual;
  readonly kind: ProgrammeKind;
  readonly currency: string;
  readonly region: number;
  readonly document: Bytes32;
  readonly openedAt: EventPlace;
  readonly partition: ProgrammePartition;
  readonly funds: readonly FundInProgramme[];
  /** Expenses beyond the operations money received: shown as an advance, covered by the next allocation. */
  readonly advance: Fen;
  /** Approved and not on hold. */
  readonly approvedUnpaid: Fen;
  readonly filedUndecided: Fen;
  /** max(0, approvedUnpaid − inReserve): what must be raised before the queue can be paid. */
  readonly shortfall: Fen;
  readonly claims: ClaimCounts;
  /** The open period's number, or one past the last declared period in run-off. */
  readonly currentPeriod: PeriodNumber;
  readonly inRunOff: boolean;
}

export interface BatchView {
  readonly batch: BatchId;
  readonly fund: FundId;
  readonly channel: string;
  readonly day: DayNumber;
  readonly startsAt: Position;
  readonly count: number;
  readonly sum: Fen;
  readonly root: Bytes32;
  readonly recordedAt: EventPlace;
  /** Whether the channel's provider confirmed the total of the batch's day. */
  readonly confirmation: ConfirmationState;
}

/** What is public of a donation: amount, place on the line, batch. Never who gave it. */
export interface DonationView {
  readonly batch: BatchView;
  readonly index: number;
  readonly code: string;
  readonly fundName: Bilingual;
  readonly currency: string;
  readonly claimsShareBps: number;
  readonly amount: Fen;
  readonly commitment: Bytes32;
  readonly start: Position;
  readonly end: Position;
  /** c(end) − c(start): what the promise gives to claims, known since the donation was recorded. */
  readonly claimsShare: Fen;
  /** What of it the foundation repaid: the back of the interval is the foundation's. Oldest first. */
  readonly refunds: readonly RefundView[];
}

/** A paid claim (or an unpaid rest) as a donation's page lists it: slices of one claim are merged. */
export interface DonationTrace {
  readonly partition: Partition;
  readonly slices: readonly TracedSlice[];
  readonly next?: string;
}

/** A slice with what a page needs to name it in words. */
export interface TracedSlice {
  readonly slice: Slice;
  readonly programmeName?: Bilingual;
  readonly allocatedAt?: EventPlace;
  readonly claimCode?: string;
  readonly claimAmount?: Fen;
  readonly settledAt?: EventPlace;
  /** For money that came back or moved on: the claim it last came back from, or the programme it last moved from. */
  readonly viaCode?: string;
  readonly viaAt?: EventPlace;
}

export interface ClaimSources {
  readonly total: Fen;
  readonly sources: readonly TracedSource[];
  readonly next?: string;
}

export interface TracedSource {
  readonly source: Source;
  readonly fundName: Bilingual;
  readonly batch: BatchView;
  /** Donations of the batch that gave part of it, first and last index, both inclusive. */
  readonly firstIndex: number;
  readonly lastIndex: number;
  readonly firstCode: string;
  readonly donations: number;
  /** As of a slice. */
  readonly viaCode?: string;
  readonly viaAt?: EventPlace;
}

export interface AllocationView {
  readonly allocation: AllocationId;
  readonly fund: FundId;
  readonly programme: ProgrammeId;
  readonly amount: Fen;
  readonly claimsAmount: Fen;
  readonly fundStart: Position;
  readonly reserveStart: Position;
  readonly operationsStart: Position;
  readonly period: PeriodNumber;
  readonly allocatedAt: EventPlace;
}

export interface ExpenseView {
  readonly expense: ExpenseId;
  readonly programme: ProgrammeId;
  readonly kind: ExpenseKind;
  readonly amount: Fen;
  readonly operationsStart: Position;
  readonly period: PeriodNumber;
  readonly recordedAt: EventPlace;
}

/** All funds of one currency taken together, and how many of what; the home page in figures. */
export interface Summary {
  readonly currencies: readonly CurrencySummary[];
  readonly donations: number;
  readonly claims: ClaimCounts;
  readonly funds: readonly FundView[];
  readonly programmes: readonly ProgrammeView[];
}

export interface CurrencySummary {
  readonly currency: string;
  readonly partition: Partition;
  readonly carriedForward: Fen;
  readonly approvedUnpaid: Fen;
  readonly shortfall: Fen;
}

/** One law of the design held against the live books. `facts` names the figures that were compared. */
export interface LawCheck {
  readonly law: "L1" | "L2" | "L3" | "L4" | "L5" | "L6" | "L7" | "L8";
  readonly holds: boolean;
  readonly checked: number;
  readonly facts: readonly string[];
}
