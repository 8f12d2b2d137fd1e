/** Policy periods in the per-fen model: which one a moment is in, and their figures, added up from what happened. */
import { fen } from "../../protocol/amounts.ts";
import { periodNumber, programmeId } from "../../protocol/ids.ts";
import type { CloseRecord, LedgerEvent, PeriodClosed, UnixSeconds } from "../../protocol/ledger/events.ts";
import type { Flow, ModelBooks, ModelProgramme } from "./books.ts";
import type { VerbOf } from "./verbs.ts";

/** The cash period at a time: one past the periods that have ended. */
export const periodAt = (programme: ModelProgramme, at: UnixSeconds): number =>
  1 + programme.periods.filter(({ verb }) => verb.end <= at).length;

export const inRunOff = (programme: ModelProgramme, at: UnixSeconds): boolean =>
  programme.periods.length > 0 && periodAt(programme, at) > programme.periods.length;

/** How many close records are due and not written. */
export const duePeriods = (programme: ModelProgramme, at: UnixSeconds): number =>
  periodAt(programme, at) - 1 - programme.closed;

/** Whether all is over: its surplus may move. */
export const hasEnded = (books: ModelBooks, programme: ModelProgramme, at: UnixSeconds): boolean =>
  inRunOff(programme, at) &&
  at > (programme.periods.at(-1)?.verb.filingDeadline ?? 0) &&
  books.openClaims(programme.verb.programme).length === 0;

/** The figures of a period, from the flows whose time lies in it: so far, where it has not ended. */
export const recordOf = (books: ModelBooks, programme: ModelProgramme, period: number): CloseRecord => {
  const from = programme.periods[period - 2]?.verb.end ?? Number.NEGATIVE_INFINITY;
  const to = programme.periods[period - 1]?.verb.end ?? Number.POSITIVE_INFINITY;
  const sum = (flow: Flow, start = from): number =>
    programme.flows
      .filter((entry) => entry.flow === flow && entry.at >= start && entry.at < to)
      .reduce((total, entry) => total + entry.amount, 0);
  const held = (of: (flow: Flow) => number): number =>
    of("allocated") + of("movedIn") - of("movedOut") + of("recovered") - of("paid");
  const closing = held((flow) => sum(flow, Number.NEGATIVE_INFINITY));
  const moments = books
    .claimsOf(programme.verb.programme)
    .map((claim) => ({ claim, moment: books.momentOf(claim, to) }));
  const unpaid = moments.filter(({ moment }) => moment?.state === "approved");
  const undecided = moments.filter(({ moment }) => moment?.state === "filed");
  return {
    opening: fen(closing - held((flow) => sum(flow))),
    allocated: fen(sum("allocated")),
    movedIn: fen(sum("movedIn")),
    movedOut: fen(sum("movedOut")),
    recovered: fen(sum("recovered")),
    paid: fen(sum("paid")),
    closing: fen(closing),
    approvedUnpaid: fen(unpaid.reduce((total, { moment }) => total + (moment?.approved ?? 0), 0)),
    filedUndecided: fen(undecided.reduce((total, { claim }) => total + claim.requested, 0)),
    operationsIn: fen(sum("operationsIn")),
    operationsMovedIn: fen(sum("operationsMovedIn")),
    operationsMovedOut: fen(sum("operationsMovedOut")),
    expenses: fen(sum("expenses")),
  };
};

/** Writes the close records that are due, `max` at most. */
export const roll = (
  books: ModelBooks,
  id: number,
  at: UnixSeconds,
  max = Number.POSITIVE_INFINITY,
): readonly PeriodClosed[] => {
  const programme = books.programme(id);
  const events: PeriodClosed[] = [];
  while (duePeriods(programme, at) > 0 && events.length < max) {
    programme.closed += 1;
    events.push({
      type: "PeriodClosed",
      programme: programmeId(id),
      period: periodNumber(programme.closed),
      record: recordOf(books, programme, programme.closed),
    });
  }
  return events;
};

export const declarePeriod = (books: ModelBooks, verb: VerbOf<"declarePeriod">): LedgerEvent => {
  books.programme(verb.programme).periods.push({ verb, insurers: undefined, paid: 0, recovered: 0 });
  const { start, end, filingDeadline, toTheMinute } = verb;
  return {
    type: "PeriodDeclared",
    programme: programmeId(verb.programme),
    period: periodNumber(verb.period),
    start,
    end,
    filingDeadline,
    cover: fen(verb.cover),
    toTheMinute,
    terms: books.digest(),
  };
};
