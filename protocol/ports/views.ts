/**
 * What pages and API routes are made from: plain records of the books at one block. The wire form of the API is
 * mapped from these in server/schemas; nothing here knows HTTP.
 */
import type { Fen, Position } from "../amounts.ts";
import type {
  ActorId,
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
} from "../ledger/events.ts";
import type { Partition, Slice, Source } from "../trace/types.ts";

/** The block that an answer is true of. */
export interface Head {
  readonly chainId: number;
  readonly ledger: `0x${string}`;
  readonly blockNumber: number;
  readonly blockHash: Bytes32;
  readonly blockTime: UnixSeconds;
  /** `final`: this block can no longer be replaced. The embedded chain's blocks are final once mined. */
  readonly finality: "final" | "pending";
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
  /** Parts of `partition.total` shown apart: bank interest. */
  readonly interest: Fen;
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
  readonly terms?: Bytes32;
  readonly record: CloseRecord;
  readonly claimsPaid: number;
}

/** What a fund gave a programme, and how its promise was kept: claimsAmount is within 1 fen of the promise. */
export interface FundInProgramme {
  readonly fund: FundId;
  readonly allocated: Fen;
  readonly claimsAmount: Fen;
  readonly claimsShareBps: number;
}

/** allocated + movedIn − movedOut = paid + inReserve + operatingSpent + operatingUnspent. */
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

export interface ClaimCounts {
  readonly filed: number;
  readonly approved: number;
  readonly paid: number;
}

export type ClaimState = "filed" | "approved" | "paid";

export interface PayoutView {
  readonly payout: PayoutId;
  readonly amount: Fen;
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
  readonly incidentFrom: UnixSeconds;
  readonly toTheMinute: boolean;
  readonly requested: Fen;
  /** 0 until approved. */
  readonly approved: Fen;
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

/** The proof that a donation is a leaf of its batch: sibling hashes and sums, lowest first. */
export interface DonationProof {
  readonly batch: BatchView;
  readonly index: number;
  readonly amount: Fen;
  readonly commitment: Bytes32;
  readonly siblings: readonly { readonly hash: Bytes32; readonly sum: Fen }[];
}

/** The opening of a commitment, from the vault: only find-my-gift returns it, a code never does. */
export interface Receipt {
  readonly version: 1;
  readonly code: string;
  readonly salt: Bytes32;
  readonly payload: {
    readonly amount: string;
    readonly channel: string;
    readonly occurredAt: string;
    readonly transactionNumber: string;
  };
  readonly proof: DonationProof;
}

/** One law of the design held against the live books. `facts` names the figures that were compared. */
export interface LawCheck {
  readonly law: "L1" | "L2" | "L3" | "L4" | "L5" | "L6" | "L7" | "L8";
  readonly holds: boolean;
  readonly checked: number;
  readonly facts: readonly string[];
}
