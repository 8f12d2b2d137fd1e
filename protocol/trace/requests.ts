/**
 * What a trace asks of the books. A trace is a generator: it yields one of these requests, is given the answer and
 * goes on, so that the same rules run over arrays in memory and over a database. A new kind of record (a recovery,
 * a move) is one more request, one more answer and one more method of {@link Books}.
 */
import type { Fen, Position } from "../amounts.ts";
import type { AllocationId, BatchId, ClaimId, ExpenseId, FundId, PayoutId, ProgrammeId } from "../ids.ts";
import type { Interval } from "./types.ts";

/** How far a fund's line is filled and allocated. */
export interface FundLine {
  readonly fund: FundId;
  readonly claimsShareBps: number;
  readonly donated: Position;
  readonly allocated: Position;
}

/** How far a programme's two lines are filled and spent. `expenses` may pass `operationsIn`: an advance. */
export interface ProgrammeLines {
  readonly programme: ProgrammeId;
  readonly reserveIn: Position;
  readonly reserveSpent: Position;
  readonly operationsIn: Position;
  readonly expenses: Position;
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

export type TraceRequest =
  | { readonly kind: "fundLine"; readonly fund: FundId }
  | { readonly kind: "programmeLines"; readonly programme: ProgrammeId }
  | ({ readonly kind: "allocationsOfFund"; readonly fund: FundId } & LineQuery)
  | ({ readonly kind: "allocationsOfReserve"; readonly programme: ProgrammeId } & LineQuery)
  | ({ readonly kind: "batchesOfFund"; readonly fund: FundId } & LineQuery)
  | ({ readonly kind: "payoutsOfReserve"; readonly programme: ProgrammeId } & LineQuery)
  | ({ readonly kind: "expensesOfOperations"; readonly programme: ProgrammeId } & LineQuery);

export type TraceAnswer =
  | { readonly kind: "fundLine"; readonly line: FundLine | undefined }
  | { readonly kind: "programmeLines"; readonly lines: ProgrammeLines | undefined }
  | { readonly kind: "allocationsOfFund"; readonly records: readonly TracedAllocation[] }
  | { readonly kind: "allocationsOfReserve"; readonly records: readonly TracedAllocation[] }
  | { readonly kind: "batchesOfFund"; readonly records: readonly TracedBatch[] }
  | { readonly kind: "payoutsOfReserve"; readonly records: readonly TracedPayout[] }
  | { readonly kind: "expensesOfOperations"; readonly records: readonly TracedExpense[] };

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
  allocationsOfReserve(
    programme: ProgrammeId,
    interval: Interval,
    limit: number,
  ): readonly TracedAllocation[];
  batchesOfFund(fund: FundId, interval: Interval, limit: number): readonly TracedBatch[];
  payoutsOfReserve(programme: ProgrammeId, interval: Interval, limit: number): readonly TracedPayout[];
  expensesOfOperations(programme: ProgrammeId, interval: Interval, limit: number): readonly TracedExpense[];
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

export function* askFundLine(fund: FundId): Trace<FundLine> {
  const answer = yield { kind: "fundLine", fund };
  if (answer.kind !== "fundLine") throw new WrongAnswer("fundLine", answer.kind);
  if (answer.line === undefined) throw new UnknownLine("fund", fund);
  return answer.line;
}

export function* askProgrammeLines(programme: ProgrammeId): Trace<ProgrammeLines> {
  const answer = yield { kind: "programmeLines", programme };
  if (answer.kind !== "programmeLines") throw new WrongAnswer("programmeLines", answer.kind);
  if (answer.lines === undefined) throw new UnknownLine("programme", programme);
  return answer.lines;
}

export function* askAllocationsOfFund(fund: FundId, query: LineQuery): Trace<readonly TracedAllocation[]> {
  const answer = yield { kind: "allocationsOfFund", fund, ...query };
  if (answer.kind !== "allocationsOfFund") throw new WrongAnswer("allocationsOfFund", answer.kind);
  return answer.records;
}

export function* askAllocationsOfReserve(
  programme: ProgrammeId,
  query: LineQuery,
): Trace<readonly TracedAllocation[]> {
  const answer = yield { kind: "allocationsOfReserve", programme, ...query };
  if (answer.kind !== "allocationsOfReserve") throw new WrongAnswer("allocationsOfReserve", answer.kind);
  return answer.records;
}

export function* askBatchesOfFund(fund: FundId, query: LineQuery): Trace<readonly TracedBatch[]> {
  const answer = yield { kind: "batchesOfFund", fund, ...query };
  if (answer.kind !== "batchesOfFund") throw new WrongAnswer("batchesOfFund", answer.kind);
  return answer.records;
}

export function* askPayoutsOfReserve(
  programme: ProgrammeId,
  query: LineQuery,
): Trace<readonly TracedPayout[]> {
  const answer = yield { kind: "payoutsOfReserve", programme, ...query };
  if (answer.kind !== "payoutsOfReserve") throw new WrongAnswer("payoutsOfReserve", answer.kind);
  return answer.records;
}

export function* askExpensesOfOperations(
  programme: ProgrammeId,
  query: LineQuery,
): Trace<readonly TracedExpense[]> {
  const answer = yield { kind: "expensesOfOperations", programme, ...query };
  if (answer.kind !== "expensesOfOperations") throw new WrongAnswer("expensesOfOperations", answer.kind);
  return answer.records;
}
