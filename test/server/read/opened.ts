/** The reading side over an index that a test fills, with documents, a vault and a timer of its own. */
import { address, type Bytes32 } from "../../../protocol/ids.ts";
import type { UnixSeconds } from "../../../protocol/ledger/events.ts";
import type { Page } from "../../../protocol/ports/views.ts";
import type { PageRequest, Read } from "../../../protocol/ports/read.ts";
import type { ChainReader } from "../../../server/index/chain-reader.ts";
import { Indexer } from "../../../server/index/indexer.ts";
import type { Index, IndexIdentity } from "../../../server/index/open.ts";
import { deriveKeys } from "../../../server/keys/secrets.ts";
import type { FindGiftLimits } from "../../../server/read/options.ts";
import type { Timer } from "../../../server/timer.ts";
import { createRead } from "../../../server/read/read.ts";
import { Vault } from "../../../server/vault/vault.ts";
import { OpenedIndexes } from "../index/opened.ts";

/** Where no lens is: nothing here asks it. */
export const inventedLens = address(`0x${"1f".repeat(20)}`);

/** Time stands still but for sleeping; what slept is noted. */
export class TestTimer implements Timer {
  #nowMs = 1_000;
  readonly sleptMs: number[] = [];
  nowMs(): number {
    return this.#nowMs;
  }
  async sleep(durationMs: number): Promise<void> {
    this.sleptMs.push(durationMs);
    this.#nowMs += durationMs;
  }
  pass(durationMs: number): void {
    this.#nowMs += durationMs;
  }
}

export class OpenedRead {
  readonly documents = new Map<Bytes32, string>();
  readonly timer = new TestTimer();
  readonly clock = { now: (): UnixSeconds => this.time };
  /** What the ledger's clock says; 0 leaves it to the head's block time. */
  time: UnixSeconds = 0;
  readonly indexes: OpenedIndexes;
  readonly index: Index;
  readonly indexer: Indexer;
  readonly vault: Vault;
  readonly read: Read;

  private constructor(
    indexes: OpenedIndexes,
    index: Index,
    chain: ChainReader,
    vault: Vault,
    findGift: Partial<FindGiftLimits>,
  ) {
    this.indexes = indexes;
    this.index = index;
    this.indexer = new Indexer({ index, chain });
    this.vault = vault;
    const { clock, timer } = this;
    const documents = { document: async (digest: Bytes32) => this.documents.get(digest) };
    const facts = { lens: inventedLens, finality: { finality: "final" }, demonstration: true } as const;
    this.read = createRead({ index, vault, documents, clock, timer, findGift, ...facts });
  }

  static async open(
    identity: IndexIdentity,
    chain: ChainReader,
    findGift: Partial<FindGiftLimits> = {},
  ): Promise<OpenedRead> {
    const indexes = new OpenedIndexes();
    const place = { kind: "sqlite", path: indexes.path("vault.db") } as const;
    const vault = await Vault.open(place, deriveKeys(Buffer.alloc(32, 9)));
    const opened = new OpenedRead(indexes, await indexes.open(identity), chain, vault, findGift);
    await opened.indexer.catchUp();
    return opened;
  }

  async close(): Promise<void> {
    await this.vault.close();
    await this.indexes.remove();
  }
}

/** All items of a list, `limit` at a time. */
export const allPages = async <Item>(
  limit: number,
  list: (page: PageRequest) => Promise<Page<Item>>,
): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await list(cursor === undefined ? { limit } : { limit, cursor });
    if (page.items.length > limit) throw new RangeError("a page is longer than was asked for");
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return items;
};
