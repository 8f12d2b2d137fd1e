/** Each question of a trace with the type of its answer. */
import type { FundId, ProgrammeId } from "../ids.ts";
import { UnknownLine, WrongAnswer } from "./requests.ts";
import type {
  FundLine,
  LineQuery,
  ProgrammeLines,
  Trace,
  TracedAllocation,
  TracedBatch,
  TracedExpense,
  TracedHop,
  TracedPayout,
} from "./requests.ts";

/** Throws {@link UnknownLine}. */
export function* askFundLine(fund: FundId): Trace<FundLine> {
  const answer = yield { kind: "fundLine", fund };
  if (answer.kind !== "fundLine") throw new WrongAnswer("fundLine", answer.kind);
  if (answer.line === undefined) throw new UnknownLine("fund", fund);
  return answer.line;
}

/** Throws {@link UnknownLine}. */
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

export function* askBatchesOfFund(fund: FundId, query: LineQuery): Trace<readonly TracedBatch[]> {
  const answer = yield { kind: "batchesOfFund", fund, ...query };
  if (answer.kind !== "batchesOfFund") throw new WrongAnswer("batchesOfFund", answer.kind);
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

export function* askArrivalsOfReserve(programme: ProgrammeId, query: LineQuery): Trace<readonly TracedHop[]> {
  const answer = yield { kind: "arrivalsOfReserve", programme, ...query };
  if (answer.kind !== "arrivalsOfReserve") throw new WrongAnswer("arrivalsOfReserve", answer.kind);
  return answer.records;
}

export function* askDeparturesOfReserve(
  programme: ProgrammeId,
  query: LineQuery,
): Trace<readonly TracedHop[]> {
  const answer = yield { kind: "departuresOfReserve", programme, ...query };
  if (answer.kind !== "departuresOfReserve") throw new WrongAnswer("departuresOfReserve", answer.kind);
  return answer.records;
}

export function* askDeparturesOfOperations(
  programme: ProgrammeId,
  query: LineQuery,
): Trace<readonly TracedHop[]> {
  const answer = yield { kind: "departuresOfOperations", programme, ...query };
  if (answer.kind !== "departuresOfOperations") throw new WrongAnswer("departuresOfOperations", answer.kind);
  return answer.records;
}

export function* askArrivalsOfOperations(
  programme: ProgrammeId,
  query: LineQuery,
): Trace<readonly TracedHop[]> {
  const answer = yield { kind: "arrivalsOfOperations", programme, ...query };
  if (answer.kind !== "arrivalsOfOperations") throw new WrongAnswer("arrivalsOfOperations", answer.kind);
  return answer.records;
}
