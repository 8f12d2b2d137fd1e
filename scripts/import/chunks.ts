/**
 * Cuts gifts into requests. A request holds whole groups of one fund, channel and day where that is possible, so
 * that a day's gifts become one batch on the ledger; the same file is always cut in the same way.
 */
import type { PlacedGift } from "./check.ts";
import { maxGiftsPerRequest } from "./target.ts";

/** Gifts held back for their group; past this, the largest group goes first. */
const maxHeld = 60_000;

interface Group {
  readonly key: string;
  readonly gifts: PlacedGift[];
}

/** The day comes first, so that what is left at the end goes by day. */
const groupKey = ({ gift }: PlacedGift): string =>
  `${gift.occurredAt.slice(0, 10)} ${gift.fund} ${gift.channel}`;

export class Chunks {
  readonly #groups = new Map<string, Group>();
  readonly #size: number;
  readonly #maxHeld: number;
  #held = 0;

  constructor(size = maxGiftsPerRequest, held = maxHeld) {
    this.#size = size;
    this.#maxHeld = held;
  }

  /** Takes a gift in, and answers a full request where there is one. */
  add(gift: PlacedGift): readonly PlacedGift[] | undefined {
    const key = groupKey(gift);
    const group = this.#groups.get(key) ?? { key, gifts: [] };
    this.#groups.set(key, group);
    group.gifts.push(gift);
    this.#held += 1;
    if (group.gifts.length === this.#size) return this.#take(group);
    return this.#held > this.#maxHeld ? this.#take(this.#largest()) : undefined;
  }

  /** What is left, by day: several groups share a request. */
  *rest(): Generator<readonly PlacedGift[]> {
    let request: PlacedGift[] = [];
    for (const group of [...this.#groups.values()].sort(byKey)) {
      if (request.length + group.gifts.length > this.#size) {
        yield request;
        request = [];
      }
      request.push(...this.#take(group));
    }
    if (request.length > 0) yield request;
  }

  #take(group: Group): readonly PlacedGift[] {
    this.#groups.delete(group.key);
    this.#held -= group.gifts.length;
    return group.gifts;
  }

  #largest(): Group {
    return [...this.#groups.values()].reduce((largest, group) =>
      group.gifts.length > largest.gifts.length ? group : largest,
    );
  }
}

const byKey = (one: Group, other: Group): number => (one.key < other.key ? -1 : 1);
