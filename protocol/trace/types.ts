/**
 * The words of a trace. A donation owns an interval of its fund's line; allocation, payout and expense each take
 * an interval of a line; a trace is the intersections. First in, first out is a published convention.
 */
import type { Fen, Position } from "../amounts.ts";
import type { AllocationId, BatchId, ClaimId, ExpenseId, FundId, PayoutId, ProgrammeId } from "../ids.ts";

/** Half-open: [start, end). */
export interface Interval {
  readonly start: Position;
  readonly end: Position;
}

/** Where a run of fen is now. Each fen has exactly one place (law L4). */
export type Slice =
  | { readonly place: "unallocated"; readonly amount: Fen; readonly fundStart: Position }
  | {
      readonly place: "paid";
      readonly amount: Fen;
      readonly allocation: AllocationId;
      readonly programme: ProgrammeId;
      readonly reserveStart: Position;
      readonly claim: ClaimId;
      readonly payout: PayoutId;
    }
  | {
      readonly place: "inReserve";
      readonly amount: Fen;
      readonly allocation: AllocationId;
      readonly programme: ProgrammeId;
      readonly reserveStart: Position;
    }
  | {
      readonly place: "operatingSpent";
      readonly amount: Fen;
      readonly allocation: AllocationId;
      readonly programme: ProgrammeId;
      readonly operationsStart: Position;
      readonly expense: ExpenseId;
    }
  | {
      readonly place: "operatingUnspent";
      readonly amount: Fen;
      readonly allocation: AllocationId;
      readonly programme: ProgrammeId;
      readonly operationsStart: Position;
    };

export type Place = Slice["place"];
export const places = ["unallocated", "paid", "inReserve", "operatingSpent", "operatingUnspent"] as const;

/** The partition that every overview shows; the five parts add up to `total`. */
export interface Partition {
  readonly total: Fen;
  readonly unallocated: Fen;
  readonly paid: Fen;
  readonly inReserve: Fen;
  readonly operatingSpent: Fen;
  readonly operatingUnspent: Fen;
}

/** One donation batch's part of a claim. `amount` fen of the claim came from the batch's positions [start, end). */
export interface Source {
  readonly fund: FundId;
  readonly batch: BatchId;
  readonly allocation: AllocationId;
  /** The first and one past the last fund position that this source touches; it holds operating fen between. */
  readonly fundStart: Position;
  readonly fundEnd: Position;
  readonly amount: Fen;
}
