/** The two drivers of a trace: over books in memory, and over books that take time to answer. */
import type { AsyncBooks, Books, Trace, TraceAnswer, TraceRequest } from "./requests.ts";

const answerNow = (request: TraceRequest, books: Books): TraceAnswer => {
  switch (request.kind) {
    case "fundLine":
      return { kind: request.kind, line: books.fundLine(request.fund) };
    case "programmeLines":
      return { kind: request.kind, lines: books.programmeLines(request.programme) };
    case "allocationsOfFund":
      return {
        kind: request.kind,
        records: books.allocationsOfFund(request.fund, request.interval, request.limit),
      };
    case "batchesOfFund":
      return {
        kind: request.kind,
        records: books.batchesOfFund(request.fund, request.interval, request.limit),
      };
    case "allocationsOfReserve":
    case "payoutsOfReserve":
    case "expensesOfOperations":
      return answerOfProgrammeNow(request, books);
  }
};

type ProgrammeLineRequest = Extract<
  TraceRequest,
  { kind: "allocationsOfReserve" | "payoutsOfReserve" | "expensesOfOperations" }
>;

const answerOfProgrammeNow = (request: ProgrammeLineRequest, books: Books): TraceAnswer => {
  const { kind, programme, interval, limit } = request;
  switch (kind) {
    case "allocationsOfReserve":
      return { kind, records: books.allocationsOfReserve(programme, interval, limit) };
    case "payoutsOfReserve":
      return { kind, records: books.payoutsOfReserve(programme, interval, limit) };
    case "expensesOfOperations":
      return { kind, records: books.expensesOfOperations(programme, interval, limit) };
  }
};

const answerLater = async (request: TraceRequest, books: AsyncBooks): Promise<TraceAnswer> => {
  switch (request.kind) {
    case "fundLine":
      return { kind: request.kind, line: await books.fundLine(request.fund) };
    case "programmeLines":
      return { kind: request.kind, lines: await books.programmeLines(request.programme) };
    case "allocationsOfFund":
      return {
        kind: request.kind,
        records: await books.allocationsOfFund(request.fund, request.interval, request.limit),
      };
    case "batchesOfFund":
      return {
        kind: request.kind,
        records: await books.batchesOfFund(request.fund, request.interval, request.limit),
      };
    case "allocationsOfReserve":
    case "payoutsOfReserve":
    case "expensesOfOperations":
      return await answerOfProgrammeLater(request, books);
  }
};

const answerOfProgrammeLater = async (
  request: ProgrammeLineRequest,
  books: AsyncBooks,
): Promise<TraceAnswer> => {
  const { kind, programme, interval, limit } = request;
  switch (kind) {
    case "allocationsOfReserve":
      return { kind, records: await books.allocationsOfReserve(programme, interval, limit) };
    case "payoutsOfReserve":
      return { kind, records: await books.payoutsOfReserve(programme, interval, limit) };
    case "expensesOfOperations":
      return { kind, records: await books.expensesOfOperations(programme, interval, limit) };
  }
};

/** Runs a trace to its result over books in memory. */
export const runSync = <Result>(trace: Trace<Result>, books: Books): Result => {
  let step = trace.next();
  while (step.done !== true) step = trace.next(answerNow(step.value, books));
  return step.value;
};

/** Runs a trace to its result over books that take time; one request at a time, in order. */
export const runAsync = async <Result>(trace: Trace<Result>, books: AsyncBooks): Promise<Result> => {
  let step = trace.next();
  while (step.done !== true) step = trace.next(await answerLater(step.value, books));
  return step.value;
};
