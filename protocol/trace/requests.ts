/**
 * What a trace asks of the books. A trace is a generator: it yields one of these requests, is given the answer and
 * goes on, so that the same rules run over arrays in memory and over a database.
 */
import type { Fen, Position } from "../amounts.ts";
import type { AllocationId, BatchId, ClaimId, ExpenseId, FundId, PayoutId, ProgrammeId } from "../ids.ts";
import type { Hop, Interval } from "./types.ts";

/** How far a fund's line is filled and allocated. */
export interface FundLine {
  readonly fund: FundId;
  readonly claimsShareBps: number;
  readonly donated: Position;
  readonly allocated: Position;
}

/** How far a programme's two lines are filled and taken, and how much came from, or went on to, another place. */
export interface ProgrammeLines {
  readonly programme: ProgrammeId;
  readonly reserveIn: Position;
  readonly reserveSpent: Position;
  /** Reserve money that came back to a later place of the same line. */
  readonly recovered: Fen;
  /** Reserve money from and to other programmes. */
  readonly movedIn: Fen;
  readonly movedOut: Fen;
  readonly operationsIn: Position;
  /** May pass `operationsIn`: an advance. */
  readonly operationsOut: Position;
  /** Operations money to other programmes. */
  readonly operationsMovedOut: Fen;
}

/** Takes [fundStart, + amount) of its fund; gives [reserveStart, + claimsAmount) and, of operations, the rest. */
export interface TracedAllocation {
  readonly allocation: AllocationId;
  readonly fund: FundId;
  readonly programme: ProgrammeId;
  readonly fundStart: Position;
  readonly amount: Fen;
  readonly reserveStart: Position;
  readonly claimsAmount: Fen;
  readonly operationsStart: Position;
}

/**
 * Fen that went on, one by one: [fromStart, + amount) of a line of `from` is [toStart, + amount) of the line of the same
 * kind of `to`. A recovery stays on its reserve line; a move leads to another programme's.
 */
export interface TracedHop {
  readonly via: Hop;
  readonly amount: Fen;
  readonly from: ProgrammeId;
  readonly fromStart: Position;
  readonly to: ProgrammeId;
  readonly toStart: Position;
}

/** Gross: what of it came back is told by the departures of its line. */
export interface TracedPayout {
  readonly payout: PayoutId;
  readonly claim: ClaimId;
  readonly reserveStart: Position;
  readonly amount: Fen;
}

export interface TracedExpense {
  readonly expense: ExpenseId;
  readonly operationsStart: Position;
  readonly amount: Fen;
}

export interface TracedBatch {
  readonly batch: BatchId;
  readonly startsAt: Position;
  readonly sum: Fen;
}

/** Records of one line that share at least one fen with `interval`, in line order, the first `limit` of them. */
export interface LineQuery {
  readonly interval: Interval;
  readonly limit: number;
}

type FundQuery<Kind extends string> = { readonly kind: Kind; readonly fund: FundId } & LineQuery;
type ProgrammeQuery<Kind extends string> = {
  readonly kind: Kind;
  readonly programme: ProgrammeId;
} & LineQuery;

export type TraceRequest =
  | { readonly kind: "fundLine"; readonly fund: FundId }
  | { readonly kind: "programmeLines"; readonly programme: ProgrammeId }
  | FundQuery<"allocationsOfFund">
  | FundQuery<"batchesOfFund">
  | ProgrammeQuery<"allocationsOfReserve">
  | ProgrammeQuery<"payoutsOfReserve">
  | ProgrammeQuery<"expensesOfOperations">
  | ProgrammeQuery<"arrivalsOfReserve">
  | ProgrammeQuery<"departuresOfReserve">
  | ProgrammeQuery<"arrivalsOfOperations">
  | ProgrammeQuery<"departuresOfOperations">;

interface Records<Kind extends string, Item> {
  readonly kind: Kind;
  readonly records: readonly Item[];
}

export type TraceAnswer =
  | { readonly kind: "fundLine"; readonly line: FundLine | undefined }
  | { readonly kind: "programmeLines"; readonly lines: ProgrammeLines | undefined }
  | Records<"allocationsOfFund", TracedAllocation>
  | Records<"batchesOfFund", TracedBatch>
  | Records<"allocationsOfReserve", TracedAllocation>
  | Records<"payoutsOfReserve", TracedPayout>
  | Records<"expensesOfOperations", TracedExpense>
  | Records<"arrivalsOfReserve", TracedHop>
  | Records<"departuresOfReserve", TracedHop>
  | Records<"arrivalsOfOperations", TracedHop>
  | Records<"departuresOfOperations", TracedHop>;

/** A trace under way. Drive it with runSync or runAsync. */
export type Trace<Result> = Generator<TraceRequest, Result, TraceAnswer>;

/**
 * The books as a trace reads them. Every list is in line order, leaves out empty intervals, and holds the first
 * `limit` records that overlap the interval. All answers to one trace must be of one moment: over a database, run
 * it inside one transaction.
 */
export interface Books {
  fundLine(fund: FundId): FundLine | undefined;
  programmeLines(programme: ProgrammeId): ProgrammeLines | undefined;
  allocationsOfFund(fund: FundId, interval: Interval, limit: number): readonly TracedAllocation[];
  batchesOfFund(fund: FundId, interval: Interval, limit: number): readonly TracedBatch[];
  allocationsOfReserve(
    programme: ProgrammeId,
    interval: Interval,
    limit: number,
  ): readonly TracedAllocation[];
  payoutsOfReserve(programme: ProgrammeId, interval: Interval, limit: number): readonly TracedPayout[];
  expensesOfOperations(programme: ProgrammeId, interval: Interval, limit: number): readonly TracedExpense[];
  /** Recoveries and moves into the reserve line, ascending by `toStart`, where [toStart, …) meets the interval. */
  arrivalsOfReserve(programme: ProgrammeId, interval: Interval, limit: number): readonly TracedHop[];
  /** Recoveries and moves out of the reserve line, ascending by `fromStart`, where [fromStart, …) meets the interval. */
  departuresOfReserve(programme: ProgrammeId, interval: Interval, limit: number): readonly TracedHop[];
  /** The same of the operations line, which only moves enter and leave. */
  arrivalsOfOperations(programme: ProgrammeId, interval: Interval, limit: number): readonly TracedHop[];
  departuresOfOperations(programme: ProgrammeId, interval: Interval, limit: number): readonly TracedHop[];
}

/** The same books where each answer may take time. Every {@link Books} is one. */
export type AsyncBooks = {
  readonly [Method in keyof Books]: Books[Method] extends (...query: infer Query) => infer Answer
    ? (...query: Query) => Answer | Promise<Answer>
    : never;
};

/** The driver answered another question than the one that was asked. */
export class WrongAnswer extends Error {
  readonly asked: TraceRequest["kind"];
  readonly answered: TraceAnswer["kind"];
  constructor(asked: TraceRequest["kind"], answered: TraceAnswer["kind"]) {
    super(`the trace asked for ${asked} and was given ${answered}: mend the driver of the trace`);
    this.name = "WrongAnswer";
    this.asked = asked;
    this.answered = answered;
  }
}

export class UnknownLine extends Error {
  readonly kind: "fund" | "programme";
  readonly id: number;
  constructor(kind: "fund" | "programme", id: number) {
    super(`${kind} ${id} is not in the books`);
    this.name = "UnknownLine";
    this.kind = kind;
    this.id = id;
  }
}
