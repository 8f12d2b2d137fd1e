/** Policy periods of a programme: the roll, the close record, and the figures as if already rolled. */
import { fen, position, zeroFen } from "../amounts.ts";
import { periodNumber } from "../ids.ts";
import type { PeriodNumber } from "../ids.ts";
import type { PeriodState } from "../ports/views.ts";
import type { CloseRecord, PeriodClosed, PeriodDeclared, UnixSeconds } from "./events.ts";
import type { DeclaredPeriod, LedgerState, ProgrammeRecord, Totals } from "./records.ts";
import { expectEqual, expectThat, knownProgramme } from "./refusals.ts";
import type { Examination } from "./refusals.ts";

export const noTotals: Totals = {
  reserveIn: position(0n),
  reserveSpent: position(0n),
  operationsIn: position(0n),
  expenses: position(0n),
  approvedUnpaid: zeroFen,
  filedUndecided: zeroFen,
  claimsPaid: 0,
};

/** The period that was open when the programme was last touched; one past the declared ones in run-off. */
export const currentPeriodOf = (programme: Pick<ProgrammeRecord, "closed">): PeriodNumber =>
  periodNumber(programme.closed.length + 1);

/** The close record of a period that began with one set of totals and ended with another. */
export const closeRecordOf = (start: Totals, end: Totals): CloseRecord => ({
  opening: fen(start.reserveIn - start.reserveSpent),
  allocated: fen(end.reserveIn - start.reserveIn),
  movedIn: zeroFen,
  movedOut: zeroFen,
  recovered: zeroFen,
  paid: fen(end.reserveSpent - start.reserveSpent),
  closing: fen(end.reserveIn - end.reserveSpent),
  approvedUnpaid: end.approvedUnpaid,
  filedUndecided: end.filedUndecided,
  operationsIn: fen(end.operationsIn - start.operationsIn),
  expenses: fen(end.expenses - start.expenses),
});

const closeRecordFields = [
  "opening",
  "allocated",
  "movedIn",
  "movedOut",
  "recovered",
  "paid",
  "closing",
  "approvedUnpaid",
  "filedUndecided",
  "operationsIn",
  "expenses",
] as const satisfies readonly (keyof CloseRecord)[];

export const applyPeriodDeclared = (state: LedgerState, examination: Examination<PeriodDeclared>): void => {
  const { event, place } = examination;
  const programme = knownProgramme(state, examination, event.programme);
  const previous = programme.periods.at(-1);
  expectEqual(examination, "period", programme.periods.length + 1, Number(event.period));
  if (previous !== undefined) expectEqual(examination, "start", previous.end, event.start);
  expectThat(examination, event.end > event.start, "end", `after ${event.start}`, event.end);
  expectThat(
    examination,
    event.filingDeadline >= event.end,
    "filing deadline",
    `${event.end} or later`,
    event.filingDeadline,
  );
  const { period, start, end, filingDeadline, cover, terms } = event;
  programme.periods.push({ period, start, end, filingDeadline, cover, terms, place });
};

export const applyPeriodClosed = (state: LedgerState, examination: Examination<PeriodClosed>): void => {
  const { event, place } = examination;
  const programme = knownProgramme(state, examination, event.programme);
  const current = currentPeriodOf(programme);
  expectEqual(examination, "period", current, event.period);
  const declared = programme.periods[current - 1];
  const end = declared?.end ?? Number.POSITIVE_INFINITY;
  expectThat(examination, place.blockTime >= end, "block time", `${end} or later`, place.blockTime);
  const expected = closeRecordOf(programme.atPeriodStart, programme.totals);
  for (const field of closeRecordFields)
    expectEqual(examination, field, expected[field], event.record[field]);
  const claimsPaid = programme.totals.claimsPaid - programme.atPeriodStart.claimsPaid;
  programme.closed.push({ record: event.record, claimsPaid, place });
  programme.atPeriodStart = programme.totals;
};

/** Before a verb changes a figure of the close record, every period that block time has ended must be closed. */
export const expectRolled = (programme: ProgrammeRecord, examination: Examination): void => {
  const end = programme.periods[programme.closed.length]?.end;
  if (end === undefined) return;
  const { blockTime } = examination.place;
  expectThat(examination, blockTime < end, "block time in the open period", `before ${end}`, blockTime);
};

/** A period with its figures: final where closed, so far where open or in run-off, zero where only declared. */
export interface PeriodFigures {
  readonly period: PeriodNumber;
  readonly state: PeriodState;
  /** Absent for the run-off. */
  readonly declared?: DeclaredPeriod;
  /** The first second: a declared period's own start, the last declared end for the run-off. */
  readonly start: UnixSeconds;
  readonly record: CloseRecord;
  readonly claimsPaid: number;
}

export interface RolledProgramme {
  /** One past the last declared period in run-off. */
  readonly currentPeriod: PeriodNumber;
  readonly inRunOff: boolean;
  readonly periods: readonly PeriodFigures[];
}

const runOffOf = (
  period: PeriodNumber,
  start: UnixSeconds,
  record: CloseRecord,
  claimsPaid: number,
): PeriodFigures => ({
  period,
  state: "runOff",
  start,
  record,
  claimsPaid,
});

/** What the roll reads of a programme. */
export type RollingProgramme = Pick<ProgrammeRecord, "totals" | "atPeriodStart" | "periods" | "closed">;

/**
 * The periods of a programme as if every verb up to `time` (seconds, not before the last event) had rolled it:
 * periods that have ended are closed with the totals so far, the next is open, and after the last declared one comes
 * the run-off. A programme without declared periods has none. Nothing is written.
 */
export const rolledTo = (programme: RollingProgramme, time: UnixSeconds): RolledProgramme => {
  const figures: PeriodFigures[] = [];
  let [start, current] = [programme.atPeriodStart, Number(currentPeriodOf(programme))];
  for (const [index, declared] of programme.periods.entries()) {
    const closed = programme.closed[index];
    const { period } = declared;
    if (closed !== undefined) {
      const { record, claimsPaid } = closed;
      figures.push({ period, state: "closed", declared, start: declared.start, record, claimsPaid });
      continue;
    }
    const isCurrent = current === period;
    const end = isCurrent ? programme.totals : start;
    const ended = isCurrent && time >= declared.end;
    const state = ended ? "closed" : isCurrent && time >= declared.start ? "open" : "declared";
    const record = isCurrent ? closeRecordOf(start, end) : noFigures;
    const claimsPaid = end.claimsPaid - start.claimsPaid;
    figures.push({ period, state, declared, start: declared.start, record, claimsPaid });
    if (ended) [start, current] = [programme.totals, current + 1];
  }
  const last = programme.periods.at(-1);
  const inRunOff = last !== undefined && current > last.period;
  if (inRunOff) {
    const record = closeRecordOf(start, programme.totals);
    const claimsPaid = programme.totals.claimsPaid - start.claimsPaid;
    figures.push(runOffOf(periodNumber(current), last.end, record, claimsPaid));
  }
  return { currentPeriod: periodNumber(current), inRunOff, periods: figures };
};

const noFigures = closeRecordOf(noTotals, noTotals);
