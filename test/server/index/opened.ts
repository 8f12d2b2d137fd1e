/** Indexes that are closed after the test. */
import type { RecordedEvent } from "../../../protocol/ledger/events.ts";
import type { LedgerState } from "../../../protocol/ledger/records.ts";
import { applyEvent, emptyState } from "../../../protocol/ledger/state.ts";
import { loadState } from "../../../server/index/load.ts";
import { openIndex } from "../../../server/index/open.ts";
import type { Index, IndexIdentity } from "../../../server/index/open.ts";
import { SqliteStores, type TestStores } from "../database/stores.ts";

export class OpenedIndexes {
  readonly #stores: TestStores;
  readonly #opened: Index[] = [];

  /** In a folder that is gone after the test, unless the suite has stores of its own. */
  constructor(stores: TestStores = new SqliteStores()) {
    this.#stores = stores;
  }

  path(name = "index.db"): string {
    const place = this.#stores.place(name);
    if (place.kind !== "sqlite") throw new RangeError(`${name} is no file`);
    return place.path;
  }

  async open(identity: IndexIdentity, name = "index.db"): Promise<Index> {
    const index = await openIndex({ place: this.#stores.place(name), ...identity });
    this.#opened.push(index);
    return index;
  }

  /** Closes every index; what they hold stays. */
  async closeAll(): Promise<void> {
    for (const index of this.#opened.splice(0)) await index.close();
  }

  async remove(): Promise<void> {
    await this.closeAll();
    await this.#stores.clear();
  }
}

/**
 * The books that events make. A queue is what waits in it: how many paid places its list still holds in memory is no
 * part of the books.
 */
export const rebuilt = (events: readonly RecordedEvent[]): LedgerState => {
  const state = events.reduce(applyEvent, emptyState());
  for (const { queue } of state.programmes) {
    queue.places.splice(0, queue.head);
    queue.head = 0;
  }
  return state;
};

/** The whole books in the index, leaves and all. */
export const stateOf = (index: Index): Promise<LedgerState> =>
  index.read(({ database }) => loadState(database, { withLeaves: true }));
