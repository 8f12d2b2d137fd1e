/**
 * Statistics of the whole ledger beside those of its programmes, so that neither gives away what the other withholds:
 * what a programme can never publish by itself is merged with what other programmes cannot, or not shown at all.
 */
import type { PeriodNumber, ProgrammeId } from "../ids.ts";
import {
  InvalidCells,
  countsOf,
  expectCounts,
  mergedOf,
  partitionCells,
  statisticOf,
  withhold,
} from "./cells.ts";
import type { Cell, Cells, FigureOf, Merged, Partition, Statistic } from "./cells.ts";

export interface ProgrammeCells<Payload> {
  readonly programme: ProgrammeId;
  /** The periods of the programme in order. */
  readonly periods: readonly Cell<PeriodNumber, Payload>[];
  /** Whether the programme has ended: no period will be added, and all of them are closed. */
  readonly ended: boolean;
}

/** The last periods of one programme, too small to be published as its own. */
export interface Rest {
  readonly programme: ProgrammeId;
  readonly periods: readonly PeriodNumber[];
}

export interface PeriodKey {
  readonly programme: ProgrammeId;
  readonly period: PeriodNumber;
}

export interface LedgerStatistics<Figure> {
  /** In the order given. */
  readonly programmes: readonly {
    readonly programme: ProgrammeId;
    readonly merged: Merged<PeriodNumber, Figure>;
  }[];
  /** Rests of programmes that have ended, merged until each group has at least 11 claims. */
  readonly rests: Merged<Rest, Figure>;
  /** All groups of programmes and of rests together; without what is withheld in both. */
  readonly total: Statistic<PeriodKey, Figure>;
}

interface Divided<Payload> {
  readonly given: ProgrammeCells<Payload>;
  readonly partition: Partition<PeriodNumber, Payload>;
}

const divide = <Payload>(given: ProgrammeCells<Payload>): Divided<Payload> => {
  const open = given.periods.findIndex(({ closed }) => !closed);
  if (given.ended && open !== -1) throw new InvalidCells(open, "is open in a programme that has ended");
  return { given, partition: partitionCells(given.periods) };
};

const named = <Payload>(
  programme: ProgrammeId,
  cells: Cells<PeriodNumber, Payload>,
): Cells<PeriodKey, Payload> => cells.map((cell) => ({ ...cell, key: { programme, period: cell.key } }));

/** The rest of a programme that has ended, as one cell. */
const restCell = <Payload>({
  given,
  partition,
}: Divided<Payload>): Cell<Rest, Cells<PeriodKey, Payload>> => ({
  key: { programme: given.programme, periods: partition.rest.map(({ key }) => key) },
  counts: countsOf(partition.rest),
  closed: true,
  payload: named(given.programme, partition.rest),
});

/**
 * Only up to the first programme that still runs, whether or not it has a rest now: were those behind it grouped, its
 * own rest would later have nothing left to be merged with.
 */
const restCells = <Payload>(divided: readonly Divided<Payload>[]): Cells<Rest, Cells<PeriodKey, Payload>> => {
  const running = divided.findIndex(({ given }) => !given.ended);
  return divided
    .slice(0, running === -1 ? divided.length : running)
    .filter(({ partition }) => partition.rest.length > 0)
    .map(restCell);
};

/**
 * The statistics of all programmes and of the ledger. From one moment to the next, programmes may only be added at the
 * end, their periods likewise, open periods close and running programmes end: then whatever was ever published is a sum
 * of groups that stay as they are. In id order that is so, and a rest waits for every programme before it to end; in
 * the order in which programmes ended, with those that run behind them, it is published sooner. Whichever order it is,
 * keep to it. Throws InvalidCells.
 */
export const mergeLedger = <Payload, Figure>(
  programmes: readonly ProgrammeCells<Payload>[],
  figureOf: FigureOf<Payload, Figure>,
): LedgerStatistics<Figure> => {
  const all = programmes.flatMap(({ programme, periods }) => named(programme, periods));
  expectCounts(all);
  const divided = programmes.map(divide);
  const rests = partitionCells(restCells(divided));
  const grouped = [
    ...divided.flatMap(({ given, partition }) => named(given.programme, partition.groups.flat())),
    ...rests.groups.flat().flatMap(({ payload }) => payload),
  ];
  return {
    programmes: divided.map(({ given, partition }) => ({
      programme: given.programme,
      merged: mergedOf(partition, figureOf),
    })),
    rests: mergedOf(rests, (cells) => figureOf(cells.flat().map(({ payload }) => payload))),
    total: grouped.length === 0 ? withhold(all) : statisticOf(grouped, figureOf),
  };
};
