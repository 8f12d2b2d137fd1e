/**
 * The settlement statement of one insurer for one policy period: its part of every payout and recovery, with a running
 * balance, by cash period and in total, and the parts of all insurers beside the gross amounts. Every figure follows
 * from the shares and the counters that the chain itself emits, so anybody can draw the same statement.
 */
import { addFen, fen, subtractFen, zeroFen } from "../amounts.ts";
import type { Fen, Position } from "../amounts.ts";
import type { PeriodNumber } from "../ids.ts";
import { intervalOf } from "../lines/interval.ts";
import type { Interval } from "../trace/types.ts";
import { cashPeriodSpans, countersAfter, expectRecordingOrder, noCounters } from "./movements.ts";
import type { CashPeriodSpan, Counters, Movement } from "./movements.ts";
import { cumulativeParts, partsOf } from "./split.ts";
import type { Shares } from "./split.ts";

/** One insurer among those of a policy period: its `ordinal` counts from 1 in the order of the shares. */
export interface Insurer {
  readonly shares: Shares;
  readonly ordinal: number;
}

export class UnknownInsurer extends Error {
  readonly ordinal: number;
  readonly insurers: number;
  constructor(ordinal: number, insurers: number) {
    super(`insurer ${ordinal}: the policy period has insurers 1 to ${insurers}`);
    this.name = "UnknownInsurer";
    this.ordinal = ordinal;
    this.insurers = insurers;
  }
}

/** Amounts paid and come back. `net` is paid − recovered; in one cash period it can be below 0. */
export interface Flows {
  readonly paid: Fen;
  readonly recovered: Fen;
  readonly net: bigint;
}

export interface StatementLine {
  /** Holds the gross amount and the cash period. */
  readonly movement: Movement;
  /** What this insurer bears of a payout, or is due of a recovery. */
  readonly part: Fen;
  /** What this insurer had paid net of recoveries before the line, and has after it. Never below 0. */
  readonly opening: Fen;
  readonly closing: Fen;
}

export interface StatementPage {
  readonly lines: readonly StatementLine[];
  /** The counters after the last line: where the next page begins. */
  readonly after: Counters;
}

export interface CashPeriodTotal {
  readonly cashPeriod: PeriodNumber;
  readonly gross: Flows;
  readonly part: Flows;
}

/** The figures by which a statement is checked against the other insurers' and against the ledger. */
export interface StatementCheck {
  /** Of every insurer, in the order of the shares. */
  readonly insurers: readonly Flows[];
  /** Of all insurers together. */
  readonly sum: Flows;
  /** What the ledger's own counters say was paid and recovered of the policy period. */
  readonly ledger: Flows;
  /** Lines, insurers and ledger say the same. */
  readonly holds: boolean;
}

export interface Statement {
  readonly lines: readonly StatementLine[];
  /** Of the cash periods that have movements, in order. */
  readonly cashPeriods: readonly CashPeriodTotal[];
  /** This insurer's parts of all lines. */
  readonly part: Flows;
  /** The gross amounts of all lines. */
  readonly gross: Flows;
  readonly check: StatementCheck;
}

const flowsOf = (paid: Fen, recovered: Fen): Flows => ({ paid, recovered, net: paid - recovered });

const ownOf = (parts: readonly Fen[], { ordinal, shares }: Insurer): Fen => {
  const own = parts[ordinal - 1];
  if (own === undefined) throw new UnknownInsurer(ordinal, shares.length);
  return own;
};

const partOf = (insurer: Insurer, interval: Interval): Fen =>
  ownOf(partsOf(interval, insurer.shares), insurer);

const cumulativePart = (insurer: Insurer, x: Position): Fen =>
  ownOf(cumulativeParts(x, insurer.shares), insurer);

/**
 * What an insurer has paid net of recoveries when the counters stand as given. Never below 0: no part falls as its
 * counter grows, and no more is recovered than was paid. Throws {@link UnknownInsurer}.
 */
export const balanceOf = (insurer: Insurer, { paid, recovered }: Counters): Fen =>
  subtractFen(cumulativePart(insurer, paid), cumulativePart(insurer, recovered));

const closingOf = (opening: Fen, part: Fen, { kind }: Movement): Fen => {
  switch (kind) {
    case "payout":
      return addFen(opening, part);
    case "recovery":
      return subtractFen(opening, part);
  }
};

/**
 * The lines of a slice of the policy period's movements, given the counters `before` the first of them: no earlier
 * line is needed. Throws {@link UnknownInsurer}, and InconsistentMovement where the slice has a gap, stands in another
 * order than it was recorded in, or does not begin at `before`.
 */
export const statementPage = (
  insurer: Insurer,
  before: Counters,
  movements: readonly Movement[],
): StatementPage => {
  expectRecordingOrder(movements);
  let counters = before;
  let opening = balanceOf(insurer, before);
  const lines = movements.map((movement, at): StatementLine => {
    counters = countersAfter(counters, movement, at);
    const part = partOf(insurer, intervalOf(movement.before, movement.amount));
    const line = { movement, part, opening, closing: closingOf(opening, part, movement) };
    opening = line.closing;
    return line;
  });
  return { lines, after: counters };
};

/** Gross and this insurer's part of each cash period, from the spans alone. Throws {@link UnknownInsurer}. */
export const cashPeriodTotals = (
  insurer: Insurer,
  spans: readonly CashPeriodSpan[],
): readonly CashPeriodTotal[] =>
  spans.map(({ cashPeriod, before, after }) => {
    const paid = { start: before.paid, end: after.paid };
    const recovered = { start: before.recovered, end: after.recovered };
    return {
      cashPeriod,
      gross: flowsOf(fen(paid.end - paid.start), fen(recovered.end - recovered.start)),
      part: flowsOf(partOf(insurer, paid), partOf(insurer, recovered)),
    };
  });

/** What every insurer was charged and given back when the counters stand as given, in the order of the shares. */
export const insurerTotals = (shares: Shares, { paid, recovered }: Counters): readonly Flows[] => {
  const back = cumulativeParts(recovered, shares);
  return cumulativeParts(paid, shares).map((part, at) => flowsOf(part, back[at] ?? zeroFen));
};

const sumOfLines = (lines: readonly StatementLine[], amountOf: (line: StatementLine) => Fen): Flows => {
  let [paid, recovered] = [zeroFen, zeroFen];
  for (const line of lines) {
    if (line.movement.kind === "payout") paid = addFen(paid, amountOf(line));
    else recovered = addFen(recovered, amountOf(line));
  }
  return flowsOf(paid, recovered);
};

const same = (one: Flows, other: Flows | undefined): boolean =>
  one.paid === other?.paid && one.recovered === other.recovered;

/**
 * The whole statement of an insurer: all movements of the policy period from its first on. `ledger` holds the policy
 * period's counters as the ledger keeps them at the block that the statement is true of, so that a missing last line
 * shows: then the check does not hold. Throws as {@link statementPage} does.
 */
export const statementOf = (
  insurer: Insurer,
  movements: readonly Movement[],
  ledger: Counters,
): Statement => {
  const { lines } = statementPage(insurer, noCounters, movements);
  const part = sumOfLines(lines, (line) => line.part);
  const gross = sumOfLines(lines, ({ movement }) => movement.amount);
  const insurers = insurerTotals(insurer.shares, ledger);
  const sum = flowsOf(
    addFen(...insurers.map(({ paid }) => paid)),
    addFen(...insurers.map(({ recovered }) => recovered)),
  );
  const counted = flowsOf(fen(ledger.paid), fen(ledger.recovered));
  const holds = same(sum, counted) && same(gross, counted) && same(part, insurers[insurer.ordinal - 1]);
  return {
    lines,
    cashPeriods: cashPeriodTotals(insurer, cashPeriodSpans(movements)),
    part,
    gross,
    check: { insurers, sum, ledger: counted, holds },
  };
};
