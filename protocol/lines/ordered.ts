/** Records of one line in its order, which never overlap: those that share a fen with an interval. */
import type { Fen, Position } from "../amounts.ts";
import type { Interval } from "../trace/types.ts";

/** The first `limit` records that share a fen with `interval`. They ascend without overlap; some are empty. */
export const overlapping = <Item>(
  items: readonly Item[],
  interval: Interval,
  limit: number,
  intervalOf: (item: Item) => readonly [start: Position, amount: Fen],
): readonly Item[] => {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    const [start, amount] = item === undefined ? [interval.end, 0n] : intervalOf(item);
    if (start + amount <= interval.start) low = middle + 1;
    else high = middle;
  }
  const found: Item[] = [];
  for (let index = low; index < items.length && found.length < limit; index += 1) {
    const item = items[index];
    if (item === undefined) break;
    const [start, amount] = intervalOf(item);
    if (start >= interval.end) break;
    if (amount > 0n) found.push(item);
  }
  return found;
};
