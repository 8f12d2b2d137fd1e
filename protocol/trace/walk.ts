/**
 * Following fen from line to line through recoveries and moves, which keep their order: what is told first stood first
 * on the line where the walk began. Onward in time a walk ends where fen are now; back in time, at an allocation.
 */
import { after } from "../amounts.ts";
import type { Fen, Position } from "../amounts.ts";
import type { ProgrammeId } from "../ids.ts";
import { intervalOf, isEmpty, lengthOf, overlapOf, rebase } from "../lines/interval.ts";
import { InvalidCursor } from "../ports/read.ts";
import { GapInBooks, maxHops } from "./limits.ts";
import type { LineQuery, Trace, TracedHop } from "./requests.ts";
import type { Hop, Interval } from "./types.ts";

/** Fen on a programme's line, and what they went through between there and where the walk began. */
export interface Stretch {
  readonly programme: ProgrammeId;
  readonly interval: Interval;
  readonly hops: number;
  /** The latest of these in time. */
  readonly via?: Hop;
}

/** How far fen were followed; the latest hop in time is looked up again. */
export type Deep = Pick<Stretch, "programme" | "interval" | "hops">;

export type Direction = "onward" | "back";

/** A stretch that may have gone on, or one that is known to be told where it is. */
export interface Task {
  readonly stretch: Stretch;
  readonly stays: boolean;
}

/** What a page holds so far. */
export interface Page<Item> {
  readonly items: Item[];
  readonly limit: number;
  hopsLeft: number;
}

export const newPage = <Item>(limit: number): Page<Item> => ({ items: [], limit, hopsLeft: maxHops });

export const roomOf = <Item>({ items, limit }: Page<Item>): number => limit - items.length;

/** Asks for the first hops of an interval of a programme's line. */
export type AskHops = (programme: ProgrammeId, query: LineQuery) => Trace<readonly TracedHop[]>;

interface Sides {
  readonly here: Position;
  readonly programme: ProgrammeId;
  readonly there: Position;
}

const sidesOf = ({ from, fromStart, to, toStart }: TracedHop, direction: Direction): Sides =>
  direction === "onward"
    ? { here: fromStart, programme: to, there: toStart }
    : { here: toStart, programme: from, there: fromStart };

/** The part of a stretch that a hop carried, where the hop carried it. */
const carried = (stretch: Stretch, part: Interval, hop: TracedHop, direction: Direction): Stretch => {
  const { here, programme, there } = sidesOf(hop, direction);
  const via = direction === "onward" ? hop.via : (stretch.via ?? hop.via);
  return { programme, interval: rebase(part, here, there), hops: stretch.hops + 1, via };
};

/** Cuts a stretch at its first `limit` hops. Throws GapInBooks where two hops carry the same fen. */
export function* cutAtHops(
  line: string,
  stretch: Stretch,
  limit: number,
  direction: Direction,
  ask: AskHops,
): Trace<readonly Task[]> {
  const { interval } = stretch;
  const hops = yield* ask(stretch.programme, { interval, limit });
  const tasks: Task[] = [];
  let at = interval.start;
  for (const hop of hops) {
    const { here } = sidesOf(hop, direction);
    const part = overlapOf(intervalOf(here, hop.amount), interval);
    if (isEmpty(part) || part.start < at) throw new GapInBooks(line, at, here);
    if (part.start > at)
      tasks.push({ stretch: { ...stretch, interval: { start: at, end: part.start } }, stays: true });
    tasks.push({ stretch: carried(stretch, part, hop, direction), stays: false });
    at = part.end;
  }
  const rest = { start: at, end: interval.end };
  if (!isEmpty(rest)) tasks.push({ stretch: { ...stretch, interval: rest }, stays: hops.length < limit });
  return tasks;
}

/** How a walk goes on from a stretch, and what it tells of one that stays. */
export interface Rules<Item> {
  cut(stretch: Stretch, limit: number): Trace<readonly Task[]>;
  /** At most `limit` items, and how far along the stretch they reach: past its start. */
  tell(
    stretch: Stretch,
    limit: number,
  ): Trace<{ readonly items: readonly Item[]; readonly reached: Position }>;
}

/** Where a walk stopped because its page was full. */
export interface Stop {
  /** On the line where the walk began. */
  readonly at: Position;
  readonly deep?: Deep;
}

/**
 * Walks [start, end) of the line where the walk begins until all is told or the page is full. Where the page is at its
 * last hop and has told nothing, the way so far is part of the answer. `tasks` are done from the last one on.
 */
export function* walk<Item extends { readonly amount: Fen }>(
  start: Position,
  tasks: Task[],
  page: Page<Item>,
  rules: Rules<Item>,
): Trace<Stop | undefined> {
  let at = start;
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    const { stretch, stays } = task;
    const room = roomOf(page);
    if (room === 0) return { at };
    if (stays) {
      const { items, reached } = yield* rules.tell(stretch, room);
      page.items.push(...items);
      at = items.reduce((place, { amount }) => after(place, amount), at);
      const rest = { start: reached, end: stretch.interval.end };
      if (!isEmpty(rest)) tasks.push({ stretch: { ...stretch, interval: rest }, stays });
      continue;
    }
    if (stretch.hops > 0) {
      if (page.hopsLeft === 0) return page.items.length > 0 ? { at } : { at, deep: stretch };
      page.hopsLeft -= 1;
    }
    tasks.push(...(yield* rules.cut(stretch, room)).toReversed());
  }
  return undefined;
}

/** The hop that carried a whole stretch to where it is, seen against the direction of the walk. */
function* hopBehind(deep: Deep, direction: Direction, askBehind: AskHops): Trace<TracedHop | undefined> {
  const [hop] = yield* askBehind(deep.programme, { interval: deep.interval, limit: 1 });
  if (hop === undefined) return undefined;
  const { here } = sidesOf(hop, direction === "onward" ? "back" : "onward");
  const part = overlapOf(intervalOf(here, hop.amount), deep.interval);
  return lengthOf(part) === lengthOf(deep.interval) ? hop : undefined;
}

/**
 * Nothing but the books vouches for a cursor: what it says of a way is looked up backwards as far as a page may go.
 * Answers the hop that the deep end was reached by. Throws InvalidCursor.
 */
export function* expectDeep(
  cursor: string,
  deep: Deep,
  direction: Direction,
  askBehind: AskHops,
): Trace<Hop> {
  const last = yield* hopBehind(deep, direction, askBehind);
  let [at, hop] = [deep, last];
  for (let count = 1; hop !== undefined && count < maxHops; count += 1) {
    const { here, programme, there } = sidesOf(hop, direction === "onward" ? "back" : "onward");
    at = { ...at, programme, interval: rebase(at.interval, here, there) };
    hop = yield* hopBehind(at, direction, askBehind);
  }
  if (last === undefined || hop === undefined) throw new InvalidCursor(cursor);
  return last.via;
}
