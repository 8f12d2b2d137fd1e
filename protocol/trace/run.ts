/** The two drivers of a trace: over books in memory, and over books that take time to answer. */
import type { AsyncBooks, Books, Trace, TraceAnswer, TraceRequest } from "./requests.ts";

type Eventual<Value> = Value | Promise<Value>;

/** Uses a value that may take time; at once where it is there already. */
const then = <Value, Result>(value: Eventual<Value>, use: (value: Value) => Result): Eventual<Result> =>
  value instanceof Promise ? value.then(use) : use(value);

type FundRequest = Extract<TraceRequest, { readonly fund: unknown }>;
type ProgrammeRequest = Extract<TraceRequest, { readonly programme: unknown }>;

const answerOfFund = (request: FundRequest, books: AsyncBooks): Eventual<TraceAnswer> => {
  if (request.kind === "fundLine") {
    const { kind, fund } = request;
    return then(books.fundLine(fund), (line) => ({ kind, line }));
  }
  const { kind, fund, interval, limit } = request;
  switch (kind) {
    case "allocationsOfFund":
      return then(books.allocationsOfFund(fund, interval, limit), (records) => ({ kind, records }));
    case "batchesOfFund":
      return then(books.batchesOfFund(fund, interval, limit), (records) => ({ kind, records }));
  }
};

const answerOfProgramme = (request: ProgrammeRequest, books: AsyncBooks): Eventual<TraceAnswer> => {
  if (request.kind === "programmeLines") {
    const { kind, programme } = request;
    return then(books.programmeLines(programme), (lines) => ({ kind, lines }));
  }
  const { kind, programme, interval, limit } = request;
  switch (kind) {
    case "allocationsOfReserve":
      return then(books.allocationsOfReserve(programme, interval, limit), (records) => ({ kind, records }));
    case "payoutsOfReserve":
      return then(books.payoutsOfReserve(programme, interval, limit), (records) => ({ kind, records }));
    case "expensesOfOperations":
      return then(books.expensesOfOperations(programme, interval, limit), (records) => ({ kind, records }));
    case "arrivalsOfReserve":
      return then(books.arrivalsOfReserve(programme, interval, limit), (records) => ({ kind, records }));
    case "departuresOfReserve":
      return then(books.departuresOfReserve(programme, interval, limit), (records) => ({ kind, records }));
    case "arrivalsOfOperations":
      return then(books.arrivalsOfOperations(programme, interval, limit), (records) => ({ kind, records }));
    case "departuresOfOperations":
      return then(books.departuresOfOperations(programme, interval, limit), (records) => ({ kind, records }));
  }
};

const answer = (request: TraceRequest, books: AsyncBooks): Eventual<TraceAnswer> =>
  "fund" in request ? answerOfFund(request, books) : answerOfProgramme(request, books);

/** Runs a trace to its result over books in memory. */
export const runSync = <Result>(trace: Trace<Result>, books: Books): Result => {
  let step = trace.next();
  while (step.done !== true) {
    const given = answer(step.value, books);
    if (given instanceof Promise) throw new TypeError(`the books take time to answer ${step.value.kind}`);
    step = trace.next(given);
  }
  return step.value;
};

/** Runs a trace to its result over books that take time; one request at a time, in order. */
export const runAsync = async <Result>(trace: Trace<Result>, books: AsyncBooks): Promise<Result> => {
  let step = trace.next();
  while (step.done !== true) step = trace.next(await answer(step.value, books));
  return step.value;
};
