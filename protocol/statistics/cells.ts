/**
 * The privacy rule of published statistics: no figure about fewer than 11 claims, neither by itself nor as the
 * difference of two others, nor of one figure today and the same figure tomorrow.
 *
 * It is kept by construction. Cells are merged into groups of at least 11 claims; a group, once complete, never changes;
 * no cell is in two groups; and every other published figure is a sum of whole groups. So whatever is computed from
 * published figures is computed from groups. That a group ends where it does tells only that without its last cell it
 * was too small.
 */

export const minimumClaims = 11;

/**
 * The claims of one programme and period, say. Percentiles of paid claims and counts of rejected ones are both figures
 * of cells: what the figure is about is in `payload`, how many claims it is about in `counts`.
 */
export interface Cell<Key, Payload> {
  readonly key: Key;
  /**
   * How many claims of each kind, in an order that is the same for all cells. Kinds share no claim, and a group shows
   * each of them as 0 or at least 11. Figures of claims that overlap, such as "rejected" out of "decided", belong into
   * the kinds of one cell ([rejected, otherwise decided]): in two separate series the difference could be a small cell.
   */
  readonly counts: readonly number[];
  /**
   * Whether `counts` and `payload` can never change again. A figure that is shown while claims come in one by one shows
   * each claim by its change. Where a claim is counted in the period in which it was decided or paid, that period is
   * closed at its end; where it is counted in its policy period, only when the filing deadline has passed too and no
   * claim of the period is open.
   */
  readonly closed: boolean;
  readonly payload: Payload;
}

export interface Published<Key, Figure> {
  readonly state: "published";
  readonly cells: readonly Key[];
  /** Claims of each kind: 0 or at least 11. */
  readonly counts: readonly number[];
  /** Claims of all kinds: at least 11. */
  readonly claims: number;
  readonly figure: Figure;
}

/** Holds no count and no figure: of these cells there is nothing to show yet. */
export interface Withheld<Key> {
  readonly state: "withheld";
  readonly minimumClaims: typeof minimumClaims;
  readonly cells: readonly Key[];
}

export type Statistic<Key, Figure> = Published<Key, Figure> | Withheld<Key>;

export interface Merged<Key, Figure> {
  /** In the order of the cells, each of cells that follow each other. */
  readonly groups: readonly Published<Key, Figure>[];
  /** The cells after the last group: too few claims as yet, or not closed. */
  readonly rest: Withheld<Key>;
  /** All groups together; without the rest. */
  readonly total: Statistic<Key, Figure>;
}

/**
 * The figure of a group from the payloads of its cells, in their order: percentiles cannot be added up, so it is not made
 * from the cells' figures. It counts claims by nothing but the kinds of the cells.
 */
export type FigureOf<Payload, Figure> = (payloads: readonly Payload[]) => Figure;

export class InvalidCells extends Error {
  /** The place of the cell in its list, from 0. */
  readonly at: number;
  readonly reason: string;
  constructor(at: number, reason: string) {
    super(`cell ${at}: ${reason}`);
    this.name = "InvalidCells";
    this.at = at;
    this.reason = reason;
  }
}

export type Cells<Key, Payload> = readonly Cell<Key, Payload>[];

/** Throws {@link InvalidCells} where cells do not count the same kinds, or not in whole claims from 0. */
export const expectCounts = (cells: Cells<unknown, unknown>): void => {
  const kinds = cells[0]?.counts.length ?? 1;
  cells.forEach(({ counts }, at) => {
    if (counts.length !== kinds || kinds === 0) {
      throw new InvalidCells(at, `expected ${Math.max(kinds, 1)} counts, got ${counts.length}`);
    }
    const wrong = counts.find((count) => !Number.isSafeInteger(count) || count < 0);
    if (wrong !== undefined) throw new InvalidCells(at, `expected whole counts of claims, got ${wrong}`);
  });
};

const isLargeEnough = (counts: readonly number[]): boolean =>
  counts.every((count) => count === 0 || count >= minimumClaims) && counts.some((count) => count > 0);

const added = (counts: readonly number[], more: readonly number[]): readonly number[] =>
  more.map((count, kind) => count + (counts[kind] ?? 0));

/** The claims of each kind in all the cells; without cells there is no kind. */
export const countsOf = (cells: Cells<unknown, unknown>): readonly number[] =>
  cells.reduce<readonly number[]>((sum, { counts }) => added(sum, counts), []);

/** Nothing of these cells but their keys. */
export const withhold = <Key>(cells: Cells<Key, unknown>): Withheld<Key> => ({
  state: "withheld",
  minimumClaims,
  cells: cells.map(({ key }) => key),
});

/** Cells that are whole groups, as one statistic. Other cells it withholds only where they are too small. */
export const statisticOf = <Key, Payload, Figure>(
  cells: Cells<Key, Payload>,
  figureOf: FigureOf<Payload, Figure>,
): Statistic<Key, Figure> => {
  const counts = countsOf(cells);
  if (!isLargeEnough(counts)) return withhold(cells);
  const claims = counts.reduce((sum, count) => sum + count, 0);
  const figure = figureOf(cells.map(({ payload }) => payload));
  return { state: "published", cells: cells.map(({ key }) => key), counts, claims, figure };
};

/** The cells of each group, and those after the last: decided before anything is published. */
export interface Partition<Key, Payload> {
  readonly groups: readonly Cells<Key, Payload>[];
  readonly rest: Cells<Key, Payload>;
}

/**
 * Groups are filled from the front and end as soon as they are large enough. A rest is never added to the group before
 * it, which was published without it; and nothing behind a cell that is still open is grouped, for that cell would be
 * left with nothing to be merged with. Throws {@link InvalidCells}.
 */
export const partitionCells = <Key, Payload>(cells: Cells<Key, Payload>): Partition<Key, Payload> => {
  expectCounts(cells);
  const groups: Cells<Key, Payload>[] = [];
  let start = 0;
  let counts: readonly number[] = [];
  for (const [at, cell] of cells.entries()) {
    if (!cell.closed) break;
    counts = added(counts, cell.counts);
    if (!isLargeEnough(counts)) continue;
    groups.push(cells.slice(start, at + 1));
    [start, counts] = [at + 1, []];
  }
  return { groups, rest: cells.slice(start) };
};

/** The statistics of a partition. */
export const mergedOf = <Key, Payload, Figure>(
  { groups, rest }: Partition<Key, Payload>,
  figureOf: FigureOf<Payload, Figure>,
): Merged<Key, Figure> => ({
  groups: groups
    .map((group) => statisticOf(group, figureOf))
    .filter((statistic) => statistic.state === "published"),
  rest: withhold(rest),
  total: groups.length === 0 ? withhold(rest) : statisticOf(groups.flat(), figureOf),
});

/**
 * Merges cells of an ordered list, such as the policy periods of a programme, until each group has at least 11 claims;
 * what stays below 11 is withheld. From one moment to the next the list may only grow at its end, and open cells close:
 * then every group that was ever published stays as it was. Throws {@link InvalidCells}.
 */
export const mergeCells = <Key, Payload, Figure>(
  cells: Cells<Key, Payload>,
  figureOf: FigureOf<Payload, Figure>,
): Merged<Key, Figure> => mergedOf(partitionCells(cells), figureOf);
