/**
 * The money lines that a donation runs over, read from events as far as its trace needs them: a trace asks these books
 * as it asks any other. Every list is checked where it is read: it has no gap, and it ends where the ledger's own
 * totals say that the line ends, so that an event that a node leaves out is missed.
 */
import type { Fen, Position } from "../amounts.ts";
import { position } from "../amounts.ts";
import type { ProgrammeId } from "../ids.ts";
import type {
  ClaimPaid,
  ExpenseRecorded,
  PayoutRecovered,
  PremiumAllocated,
  SurplusMoved,
} from "../ledger/events.ts";
import { overlapping } from "../lines/ordered.ts";
import { claimsBetween } from "../lines/share.ts";
import type { AsyncBooks, FundLine, ProgrammeLines, TracedHop } from "../trace/requests.ts";
import type { Interval } from "../trace/types.ts";
import type { LedgerReader } from "./ports.ts";
import { expectSame, Failed, Unanswered, type FailureKind } from "./steps.ts";

/** What of a programme's records a trace runs over. */
export interface ProgrammeRecords {
  readonly lines: ProgrammeLines;
  readonly payouts: readonly ClaimPaid[];
  readonly expenses: readonly ExpenseRecorded[];
  readonly recoveries: readonly PayoutRecovered[];
  readonly moves: readonly SurplusMoved[];
  readonly reserveHops: readonly TracedHop[];
}

/** What a record takes of a line: from where, and how much. */
type Taken = readonly [start: Position, amount: Fen];

const takenByAllocation = ({ fundStart, amount }: PremiumAllocated): Taken => [fundStart, amount];
const takenByPayout = ({ reserveStart, amount }: ClaimPaid): Taken => [reserveStart, amount];
const takenByExpense = ({ operationsStart, amount }: ExpenseRecorded): Taken => [operationsStart, amount];
const takenByHop = ({ fromStart, amount }: TracedHop): Taken => [fromStart, amount];

/** Records that took a line one after another, from the first of them to the line's end. */
const expectWhole = (
  taken: readonly Taken[],
  end: Position,
  missing: FailureKind,
  short: FailureKind,
  facts: { readonly programme?: string },
): void => {
  const ordered = taken.filter(([, amount]) => amount > 0n).toSorted(([a], [b]) => (a < b ? -1 : 1));
  let at = ordered[0]?.[0];
  if (at === undefined) return;
  for (const [start, amount] of ordered) {
    if (start !== at) throw new Failed(missing, { ...facts, position: String(at), next: String(start) });
    at = position(start + amount);
  }
  if (at !== end) throw new Failed(short, { ...facts, chain: String(end), said: String(at) });
};

const sum = (records: readonly { readonly amount: Fen }[]): bigint =>
  records.reduce<bigint>((total, { amount }) => total + amount, 0n);

/** Recoveries as hops: from where the payout took the fen to where they came back. */
const recoveryHops = (
  recoveries: readonly PayoutRecovered[],
  payouts: readonly ClaimPaid[],
): readonly TracedHop[] => {
  const starts = new Map(
    payouts.map(({ payout, reserveStart, amount }) => [payout, { reserveStart, amount }]),
  );
  return recoveries.flatMap(({ recovery, payout, programme, offset, amount, reserveStart }) => {
    const paid = starts.get(payout);
    // Of a payout before the donation was recorded: none of it is the donation's.
    if (paid === undefined) return [];
    if (offset + amount > paid.amount) {
      throw new Failed("recoveryOutside", { recovery: String(recovery), payout: String(payout) });
    }
    const fromStart = position(paid.reserveStart + offset);
    return [
      {
        via: { kind: "recovery", recovery },
        amount,
        from: programme,
        fromStart,
        to: programme,
        toStart: reserveStart,
      },
    ];
  });
};

const reserveMove = (move: SurplusMoved): TracedHop => ({
  via: { kind: "move", move: move.move },
  amount: move.reserveAmount,
  from: move.from,
  fromStart: move.reserveFrom,
  to: move.to,
  toStart: move.reserveTo,
});

const operationsMove = (move: SurplusMoved): TracedHop => ({
  via: { kind: "move", move: move.move },
  amount: move.operationsAmount,
  from: move.from,
  fromStart: move.operationsFrom,
  to: move.to,
  toStart: move.operationsTo,
});

const readProgramme = async (
  programme: ProgrammeId,
  fromBlock: number,
  ledger: LedgerReader,
): Promise<ProgrammeRecords> => {
  const [lines, payouts, expenses, recoveries, moves] = await Promise.all([
    ledger.stored.programme(programme),
    ledger.payoutsOf(programme, fromBlock).then((list) => list.map(({ event }) => event)),
    ledger.expensesOf(programme).then((list) => list.map(({ event }) => event)),
    ledger.recoveriesOf(programme).then((list) => list.map(({ event }) => event)),
    ledger.movesFrom(programme).then((list) => list.map(({ event }) => event)),
  ]);
  const hops = [...recoveryHops(recoveries, payouts), ...moves.map(reserveMove)];
  const reserveHops = hops.toSorted((a, b) => (a.fromStart < b.fromStart ? -1 : 1));
  return { lines, payouts, expenses, recoveries, moves, reserveHops };
};

/** The payments of a programme's two lines, without a gap up to the ledger's own totals. */
export const checkPayments = ({ lines, payouts, expenses, moves }: ProgrammeRecords): void => {
  const facts = { programme: String(lines.programme) };
  const onReserve = moves.map(reserveMove).map(takenByHop);
  const onOperations = moves.map(operationsMove).map(takenByHop);
  expectWhole(
    [...payouts.map(takenByPayout), ...onReserve],
    lines.reserveSpent,
    "payoutMissing",
    "payoutsTotalDiffers",
    facts,
  );
  expectWhole(
    [...expenses.map(takenByExpense), ...onOperations],
    lines.operationsOut,
    "expenseMissing",
    "expensesTotalDiffers",
    facts,
  );
};

/** All that came back to a programme and moved on from it is what the ledger's totals hold. */
export const checkMoneyBack = ({ lines, recoveries, moves }: ProgrammeRecords): void => {
  const facts = { programme: String(lines.programme) };
  expectSame("recoveredTotalDiffers", lines.recovered, sum(recoveries), facts);
  expectSame("movedTotalDiffers", lines.movedOut, sum(moves.map(reserveMove)), facts);
};

/** The allocations of a fund since the donation, each shared by the promise, without a gap up to the ledger's total. */
export const checkAllocations = (allocations: readonly PremiumAllocated[], line: FundLine): void => {
  for (const { allocation, fundStart, amount, claimsAmount } of allocations) {
    const promised = claimsBetween(fundStart, position(fundStart + amount), line.claimsShareBps);
    expectSame("allocationShareDiffers", promised, claimsAmount, { allocation: String(allocation) });
  }
  const taken = allocations.map(takenByAllocation);
  expectWhole(taken, line.allocated, "allocationMissing", "allocatedTotalDiffers", {});
};

export interface LineBooks {
  readonly books: AsyncBooks;
  /** What was read so far, by programme. */
  programmes(): Promise<readonly ProgrammeRecords[]>;
}

/** A way of more recoveries and moves than a page follows is nothing for a browser. */
const notRead = (): never => {
  throw new Unanswered("tooMany");
};

/** Books over the events since the donation's block. A programme is read when the trace first comes to it. */
export const lineBooks = (
  line: FundLine,
  interval: Interval,
  allocations: readonly PremiumAllocated[],
  fromBlock: number,
  ledger: LedgerReader,
): LineBooks => {
  const read = new Map<ProgrammeId, Promise<ProgrammeRecords>>();
  const recordsOf = (programme: ProgrammeId): Promise<ProgrammeRecords> => {
    const records = read.get(programme) ?? readProgramme(programme, fromBlock, ledger);
    read.set(programme, records);
    return records;
  };
  // What the trace will surely come to is asked for at once; whoever needs it meets a failure.
  for (const { programme } of overlapping(allocations, interval, allocations.length, takenByAllocation)) {
    recordsOf(programme).catch(() => undefined);
  }
  const books: AsyncBooks = {
    fundLine: () => line,
    programmeLines: async (programme) => (await recordsOf(programme)).lines,
    allocationsOfFund: (_fund, asked, limit) => overlapping(allocations, asked, limit, takenByAllocation),
    payoutsOfReserve: async (programme, asked, limit) =>
      overlapping((await recordsOf(programme)).payouts, asked, limit, takenByPayout),
    expensesOfOperations: async (programme, asked, limit) =>
      overlapping((await recordsOf(programme)).expenses, asked, limit, takenByExpense),
    departuresOfReserve: async (programme, asked, limit) =>
      overlapping((await recordsOf(programme)).reserveHops, asked, limit, takenByHop),
    departuresOfOperations: async (programme, asked, limit) =>
      overlapping((await recordsOf(programme)).moves.map(operationsMove), asked, limit, takenByHop),
    batchesOfFund: notRead,
    allocationsOfReserve: notRead,
    arrivalsOfReserve: notRead,
    arrivalsOfOperations: notRead,
  };
  return { books, programmes: () => Promise.all(read.values()) };
};
