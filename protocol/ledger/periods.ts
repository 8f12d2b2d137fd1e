/** Policy periods of a programme: the roll, the close record, and the figures as if already rolled. */
import { position } from "../amounts.ts";
import { periodNumber } from "../ids.ts";
import type { PeriodNumber } from "../ids.ts";
import type { PeriodState } from "../ports/views.ts";
import type { CloseRecord, PeriodClosed, PeriodDeclared, UnixSeconds } from "./events.ts";
import type { DeclaredPeriod, LedgerState, ProgrammeRecord } from "./records.ts";
import { expectBounded, expectDigest, expectEqual, expectThat, knownProgramme } from "./refusals.ts";
import type { Examination } from "./refusals.ts";
import { closeRecordFields, closeRecordOf, noTotals } from "./totals.ts";

/** The period that was open when the programme was last touched; one past the declared ones in run-off. */
export const currentPeriodOf = (programme: Pick<ProgrammeRecord, "closed">): PeriodNumber =>
  periodNumber(programme.closed.length + 1);

/** Whether a programme that is rolled to the present has no period left to come. One without periods has not begun. */
export const isInRunOff = ({ periods, closed }: RollingProgramme): boolean =>
  periods.length > 0 && closed.length >= periods.length;

export const applyPeriodDeclared = (state: LedgerState, examination: Examination<PeriodDeclared>): void => {
  const { event, place } = examination;
  const programme = knownProgramme(state, examination, event.programme);
  const previous = programme.periods.at(-1);
  const { period, start, end, filingDeadline, cover, toTheMinute, terms } = event;
  expectRolled(programme, examination);
  expectEqual(examination, "period", programme.periods.length + 1, Number(period));
  if (previous !== undefined) expectEqual(examination, "start", previous.end, start);
  const earliestEnd = Math.max(start, place.blockTime);
  expectThat(examination, end > earliestEnd, "end", `after ${earliestEnd}`, end);
  const earliestDeadline = Math.max(end, previous?.filingDeadline ?? end);
  expectThat(
    examination,
    filingDeadline >= earliestDeadline,
    "filing deadline",
    `${earliestDeadline} or later`,
    filingDeadline,
  );
  expectBounded(examination, "cover", cover);
  expectDigest(examination, "terms", terms);
  const declared = { period, start, end, filingDeadline, cover, toTheMinute, terms, place };
  const [paid, recovered] = [position(0n), position(0n)];
  programme.periods.push({ ...declared, paid, recovered, committed: new Map() });
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
export const expectRolled = (programme: RollingProgramme, examination: Examination): void => {
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
export interface RollingProgramme extends Pick<ProgrammeRecord, "totals" | "atPeriodStart" | "closed"> {
  readonly periods: readonly DeclaredPeriod[];
}

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
