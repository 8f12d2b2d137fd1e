/** Indexes in a folder that is gone after the test. */
import { join } from "node:path";
import type { RecordedEvent } from "../../../protocol/ledger/events.ts";
import type { LedgerState } from "../../../protocol/ledger/records.ts";
import { applyEvent, emptyState } from "../../../protocol/ledger/state.ts";
import { loadState } from "../../../server/index/load.ts";
import { openIndex } from "../../../server/index/open.ts";
import type { Index, IndexIdentity } from "../../../server/index/open.ts";
import { temporaryFolder } from "../gateway.ts";

export class OpenedIndexes {
  readonly #folder = temporaryFolder();
  readonly #opened: Index[] = [];

  path(name = "index.db"): string {
    return join(this.#folder.path, name);
  }

  async open(identity: IndexIdentity, name?: string): Promise<Index> {
    const index = await openIndex({ path: this.path(name), ...identity });
    this.#opened.push(index);
    return index;
  }

  /** Closes every index; their files stay. */
  async closeAll(): Promise<void> {
    for (const index of this.#opened.splice(0)) await index.close();
  }

  async remove(): Promise<void> {
    await this.closeAll();
    this.#folder.remove();
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
