/**
 * The words of a trace. A donation owns an interval of its fund's line; allocation, payout, expense, recovery and move
 * each take an interval of a line; a trace is the intersections. First in, first out is a published convention.
 */
import type { Fen, Position } from "../amounts.ts";
import type {
  AllocationId,
  BatchId,
  ClaimId,
  ExpenseId,
  FundId,
  MoveId,
  PayoutId,
  ProgrammeId,
  RecoveryId,
} from "../ids.ts";

/** Half-open: [start, end). */
export interface Interval {
  readonly start: Position;
  readonly end: Position;
}

/** What carries fen from one place of a line to a later one, or to another programme's line. */
export type Hop =
  | { readonly kind: "recovery"; readonly recovery: RecoveryId }
  | { readonly kind: "move"; readonly move: MoveId };

/** The way of fen between their allocation and a place on a programme's line. */
export interface Path {
  /** The allocation that first took them from the fund. */
  readonly allocation: AllocationId;
  /** How many recoveries and moves they went through; 0 where they stand where the allocation put them. */
  readonly hops: number;
  /** The latest of these in time; absent where there are none. */
  readonly via?: Hop;
}

interface OnLine extends Path {
  readonly amount: Fen;
  /** Whose line the fen are on now. */
  readonly programme: ProgrammeId;
}

/** Where a run of fen is now. Each fen has exactly one place (law L4). */
export type Slice =
  | { readonly place: "unallocated"; readonly amount: Fen; readonly fundStart: Position }
  | ({
      /** And not recovered since: what came back is where the recovery put it. */
      readonly place: "paid";
      readonly reserveStart: Position;
      readonly claim: ClaimId;
      readonly payout: PayoutId;
    } & OnLine)
  | ({ readonly place: "inReserve"; readonly reserveStart: Position } & OnLine)
  | ({
      readonly place: "operatingSpent";
      readonly operationsStart: Position;
      readonly expense: ExpenseId;
    } & OnLine)
  | ({ readonly place: "operatingUnspent"; readonly operationsStart: Position } & OnLine);

export type Place = Slice["place"];
export const places = ["unallocated", "paid", "inReserve", "operatingSpent", "operatingUnspent"] as const;

/** The partition that every overview shows; the five parts add up to `total`. */
export interface Partition {
  readonly total: Fen;
  readonly unallocated: Fen;
  /** Net of what was recovered. */
  readonly paid: Fen;
  readonly inReserve: Fen;
  readonly operatingSpent: Fen;
  readonly operatingUnspent: Fen;
}

/** One donation batch's part of a claim. `amount` fen of the claim came from the batch's positions [start, end). */
export interface Source extends Path {
  readonly fund: FundId;
  readonly batch: BatchId;
  /** The first and one past the last fund position that this source touches; it holds operating fen between. */
  readonly fundStart: Position;
  readonly fundEnd: Position;
  readonly amount: Fen;
}
