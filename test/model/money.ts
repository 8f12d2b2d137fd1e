/** Gifts, allocations, expenses, moves and refunds in the per-fen model, fen by fen. */
import { fen, position } from "../../protocol/amounts.ts";
import { encodeLeaves } from "../../protocol/donations/leaves.ts";
import {
  allocationId,
  batchId,
  bytes32,
  expenseId,
  fundId,
  moveId,
  periodNumber,
  programmeId,
  refundId,
} from "../../protocol/ids.ts";
import type { LedgerEvent, UnixSeconds } from "../../protocol/ledger/events.ts";
import { actors } from "./actors.ts";
import type { Flow, ModelBooks, ModelProgramme } from "./books.ts";
import { Line } from "./fens.ts";
import { periodAt } from "./periods.ts";
import type { VerbOf } from "./verbs.ts";

export const openProgramme = (books: ModelBooks, verb: VerbOf<"openProgramme">): LedgerEvent => {
  books.programmes.push({
    verb,
    periods: [],
    reserve: new Line(verb.programme, "claims"),
    operations: new Line(verb.programme, "operations"),
    flows: [],
    approvals: 0,
    closed: 0,
    fallbackTo: 0,
  });
  return {
    type: "ProgrammeOpened",
    programme: programmeId(verb.programme),
    kind: verb.kind,
    currency: verb.currency,
    region: verb.region,
    document: books.digest(),
    operation: books.digest(),
  };
};

export const openFund = (books: ModelBooks, verb: VerbOf<"openFund">): LedgerEvent => {
  books.funds.push({ verb, fens: [], allocated: 0, share: 0 });
  return {
    type: "FundOpened",
    fund: fundId(verb.fund),
    currency: verb.currency,
    claimsShareBps: verb.claimsShareBps,
    restrictedTo: programmeId(verb.restrictedTo),
    fallbackTo: programmeId(verb.fallbackTo),
    document: books.digest(),
    operation: books.digest(),
  };
};

export const recordBatch = (books: ModelBooks, verb: VerbOf<"recordBatch">): LedgerEvent => {
  books.batches.push(verb);
  const { fens } = books.fund(verb.fund);
  const startsAt = fens.length;
  for (const [leaf, { amount }] of verb.leaves.entries()) {
    for (let count = 0n; count < amount; count += 1n) {
      const own = { fund: verb.fund, position: fens.length, batch: verb.batch, leaf };
      fens.push({ ...own, refund: 0, allocation: 0, places: [] });
    }
  }
  const leaves = verb.leaves.map(({ amount, commitment }) => ({
    amount: fen(amount),
    commitment: bytes32(commitment),
  }));
  return {
    type: "BatchRecorded",
    batch: batchId(verb.batch),
    fund: fundId(verb.fund),
    channel: verb.channel,
    day: verb.day,
    startsAt: position(startsAt),
    count: verb.leaves.length,
    sum: fen(fens.length - startsAt),
    root: books.digest(),
    recorder: actors.recorder,
    operation: books.digest(),
    leaves: encodeLeaves(leaves),
  };
};

const note = (programme: ModelProgramme, at: UnixSeconds, flow: Flow, amount: number): void => {
  programme.flows.push({ at, flow, amount });
};

export const allocate = (books: ModelBooks, at: UnixSeconds, verb: VerbOf<"allocate">): LedgerEvent => {
  const [fund, programme] = [books.fund(verb.fund), books.programme(verb.programme)];
  const { reserve, operations } = programme;
  const [fundStart, reserveStart] = [fund.allocated, reserve.places.length];
  const operationsStart = operations.places.length;
  if (fund.verb.restrictedTo === verb.programme) programme.fallbackTo = fund.verb.fallbackTo;
  books.allocations += 1;
  for (const one of fund.fens.slice(fundStart, fundStart + Number(verb.amount))) {
    fund.share += fund.verb.claimsShareBps;
    const isClaims = fund.share >= 10_000;
    if (isClaims) fund.share -= 10_000;
    one.allocation = books.allocations;
    (isClaims ? reserve : operations).put(one);
  }
  fund.allocated += Number(verb.amount);
  const claimsAmount = reserve.places.length - reserveStart;
  note(programme, at, "allocated", claimsAmount);
  note(programme, at, "operationsIn", operations.places.length - operationsStart);
  return {
    type: "PremiumAllocated",
    allocation: allocationId(books.allocations),
    fund: fundId(verb.fund),
    programme: programmeId(verb.programme),
    fundStart: position(fundStart),
    amount: fen(verb.amount),
    reserveStart: position(reserveStart),
    claimsAmount: fen(claimsAmount),
    operationsStart: position(operationsStart),
    period: periodNumber(periodAt(programme, at)),
    treasurer: actors.treasurer,
    operation: books.digest(),
  };
};

export const spend = (books: ModelBooks, at: UnixSeconds, verb: VerbOf<"expense">): LedgerEvent => {
  const programme = books.programme(verb.programme);
  const operationsStart = programme.operations.takers.length;
  books.expenses += 1;
  programme.operations.take(Number(verb.amount), { kind: "expense", id: books.expenses });
  note(programme, at, "expenses", Number(verb.amount));
  return {
    type: "ExpenseRecorded",
    expense: expenseId(books.expenses),
    programme: programmeId(verb.programme),
    operationsStart: position(operationsStart),
    amount: fen(verb.amount),
    kind: verb.kind,
    period: periodNumber(periodAt(programme, at)),
    evidence: books.digest(),
    treasurer: actors.treasurer,
    operation: books.digest(),
  };
};

/** Puts all that is left on a line at the end of another. */
const moveLine = (move: number, from: Line, to: Line) => {
  const [start, target] = [from.takers.length, to.places.length];
  const moved = from.take(from.left, { kind: "move", id: move });
  for (const place of moved) to.put(place.fen, { kind: "move", id: move });
  return { from: position(start), to: position(target), amount: moved.length };
};

export const moveSurplus = (books: ModelBooks, at: UnixSeconds, verb: VerbOf<"move">): LedgerEvent => {
  const [from, to] = [books.programme(verb.from), books.programme(verb.to)];
  books.moves.push(verb);
  const id = books.moves.length;
  const reserve = moveLine(id, from.reserve, to.reserve);
  const operations = moveLine(id, from.operations, to.operations);
  note(from, at, "movedOut", reserve.amount);
  note(to, at, "movedIn", reserve.amount);
  note(from, at, "operationsMovedOut", operations.amount);
  note(to, at, "operationsMovedIn", operations.amount);
  return {
    type: "SurplusMoved",
    move: moveId(id),
    from: programmeId(verb.from),
    to: programmeId(verb.to),
    reserveFrom: reserve.from,
    reserveTo: reserve.to,
    reserveAmount: fen(reserve.amount),
    operationsFrom: operations.from,
    operationsTo: operations.to,
    operationsAmount: fen(operations.amount),
    fromPeriod: periodNumber(periodAt(from, at)),
    toPeriod: periodNumber(periodAt(to, at)),
    treasurer: actors.treasurer,
    operation: books.digest(),
  };
};

/** The last of a donation's fen that are still the donor's become the foundation's. */
export const refund = (books: ModelBooks, verb: VerbOf<"refund">): LedgerEvent => {
  const batch = books.batches[verb.batch - 1];
  if (batch === undefined) throw new RangeError(`no batch ${verb.batch}`);
  const own = books
    .fund(batch.fund)
    .fens.filter((one) => one.batch === verb.batch && one.leaf === verb.index && one.refund === 0);
  const repaid = own.slice(own.length - Number(verb.amount));
  const id = books.refunds.length + 1;
  for (const one of repaid) one.refund = id;
  books.refunds.push({ refund: id, batch: verb.batch, index: verb.index, fens: repaid, covered: undefined });
  return {
    type: "DonationRefunded",
    refund: refundId(id),
    batch: batchId(verb.batch),
    index: verb.index,
    fund: fundId(batch.fund),
    start: position(repaid[0]?.position ?? 0),
    amount: fen(repaid.length),
    paymentReference: books.digest(),
    treasurer: actors.treasurer,
    operation: books.digest(),
  };
};

export const coverRefund = (books: ModelBooks, verb: VerbOf<"coverRefund">): LedgerEvent => {
  const owed = books.refunds[verb.refund - 1];
  if (owed === undefined) throw new RangeError(`no refund ${verb.refund}`);
  owed.covered = verb.channel;
  return {
    type: "RefundCovered",
    refund: refundId(verb.refund),
    channel: verb.channel,
    paymentReference: books.digest(),
    provider: actors.provider,
  };
};
