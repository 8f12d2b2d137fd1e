/**
 * The index: what the chain says, in tables that answer fast. It holds nothing of its own. Blocks, raw logs, derived
 * rows and with them the cursor (the last block) change in one transaction, so a process that ends anywhere goes on
 * from a block.
 */
import { existsSync } from "node:fs";
import type { Kysely } from "kysely";
import { decodeLedgerLog } from "../../chain/decode.ts";
import { address, bytes32, type Address, type Bytes32 } from "../../protocol/ids.ts";
import type { LedgerState } from "../../protocol/ledger/records.ts";
import type { Database, Session } from "../database/database.ts";
import { Lease } from "../database/lease.ts";
import { openDatabase } from "../database/open.ts";
import type { Place } from "../database/open.ts";
import type { ChainBlock, ChainLog } from "./chain-reader.ts";
import { createTables, dropDerivedTables, emptyDerivedTables, isEmpty } from "./definition.ts";
import { Derivation } from "./derivation.ts";
import { EmptyIndex, UnreadableIndex, WrongChain } from "./errors.ts";
import { loadState } from "./load.ts";
import { blockAt, dropBlocksAbove, keepBlocks, keepLogs, keptLogs, lastBlock } from "./raw.ts";
import type { TimedLog } from "./raw.ts";
import { derivedVersion, isDerived, rawVersion } from "./tables.ts";
import type { Schema } from "./tables.ts";
import { emptyState } from "../../protocol/ledger/state.ts";

/** What an index is made from; one that was made from anything else is refused. */
export interface IndexIdentity {
  readonly chainId: number;
  readonly genesisHash: Bytes32;
  readonly ledger: Address;
}

export interface IndexOptions extends IndexIdentity {
  readonly place: Place;
  /** Where several gateways share the index: how long one writes it without word from it. */
  readonly leaseMs?: number;
}

/** A block with the ledger's logs in it. */
export interface NewBlock {
  readonly block: ChainBlock;
  readonly logs: readonly ChainLog[];
}

/** The books of one block. Valid inside the `read` that gave it. */
export interface Snapshot {
  readonly database: Kysely<Schema>;
  readonly head: ChainBlock;
}

/** Reads that go on at once; more wait for each other. */
const readers = 4;

const derive = (derivation: Derivation, log: TimedLog): boolean => {
  const event = decodeLedgerLog(log);
  if (event === undefined) return false;
  const { blockNumber, blockTime, transactionHash, logIndex } = log;
  derivation.apply({ event, place: { blockNumber, blockTime, transactionHash, logIndex } });
  return true;
};

export class Index {
  readonly path: string;
  readonly identity: IndexIdentity;
  readonly #database: Database<Schema>;
  /** Absent where this gateway is the only one. */
  readonly #lease: Lease<Schema> | undefined;
  /** The books that the derived tables hold, as of a block; absent until needed, and after a failed write. */
  #derived: { readonly derivation: Derivation; readonly block: Bytes32 | undefined } | undefined;
  /** The books as another gateway wrote them last. */
  #shown: { readonly state: LedgerState; readonly block: Bytes32 } | undefined;

  constructor(database: Database<Schema>, { chainId, genesisHash, ledger }: IndexIdentity, leaseMs?: number) {
    this.path = database.place;
    this.identity = { chainId, genesisHash, ledger };
    this.#database = database;
    if (leaseMs !== undefined) this.#lease = new Lease({ database, name: "index", durationMs: leaseMs });
  }

  async close(): Promise<void> {
    // Where the database is gone, it runs out by itself.
    await this.#lease?.release().catch(() => {});
    await this.#database.close();
  }

  /** Whether this gateway is the one that writes the index; it becomes the one where there is none. */
  async mayWrite(): Promise<boolean> {
    return this.#lease === undefined || this.#lease.hold();
  }

  /** Runs `work`, at whose end something is written, and remains the one that writes meanwhile. */
  whileWriting<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#lease === undefined ? work() : this.#lease.during(work);
  }

  /** Creates the tables of a new file, checks those of an old one and rebuilds what another version derived. */
  async prepare(): Promise<void> {
    const rebuild = await this.#database.write(async (session) => {
      if (await isEmpty(session)) {
        await createTables(session);
        await this.#keepIdentity(session.kysely);
        return false;
      }
      const meta = await readMeta(session.kysely, this.path);
      this.#checkIdentity(meta);
      if (meta.get("derivedVersion") === String(derivedVersion)) return false;
      await dropDerivedTables(session);
      await createTables(session, isDerived);
      return true;
    });
    if (rebuild) await this.#write((session) => this.#rederive(session));
  }

  /** The last block that is indexed; undefined for an empty index. */
  head(): Promise<ChainBlock | undefined> {
    return lastBlock(this.#database.session.kysely);
  }

  /** An indexed block. */
  block(number: number): Promise<ChainBlock | undefined> {
    return blockAt(this.#database.session.kysely, number);
  }

  /** Runs `work` on the books of one block, whatever is written meanwhile. Throws {@link EmptyIndex}. */
  read<Result>(work: (snapshot: Snapshot) => Promise<Result>): Promise<Result> {
    return this.#database.read(async ({ kysely: database }) => {
      const head = await lastBlock(database);
      if (head === undefined) throw new EmptyIndex();
      return work({ database, head });
    });
  }

  /**
   * Runs `work` on the whole books in memory as of the last block, while nothing is written. They are the indexer's own:
   * `work` changes nothing and keeps nothing. Throws {@link EmptyIndex}.
   */
  books<Result>(work: (state: LedgerState, head: ChainBlock) => Result): Promise<Result> {
    if (this.#lease !== undefined && this.#lease.token === undefined) return this.#othersBooks(work);
    return this.#write(async (session) => {
      const head = await lastBlock(session.kysely);
      if (head === undefined) throw new EmptyIndex();
      const { state } = await this.#current(session);
      return work(state, head);
    });
  }

  /** The same from what another gateway wrote, which goes on writing meanwhile. */
  #othersBooks<Result>(work: (state: LedgerState, head: ChainBlock) => Result): Promise<Result> {
    return this.read(async ({ database, head }) => {
      if (this.#shown?.block !== head.hash) {
        this.#shown = { state: await loadState(database, { withLeaves: false }), block: head.hash };
      }
      return work(this.#shown.state, head);
    });
  }

  /**
   * Adds blocks that follow the last one, all or none. Throws InconsistentEvent or UnreadableLog where a log does
   * not fit the books: the chain or the decoding is wrong; {@link StaleLease} where another gateway writes. Then nothing
   * is written.
   */
  async append(blocks: readonly NewBlock[]): Promise<void> {
    await this.#writeAlone(async (session) => {
      const derivation = await this.#current(session);
      await keepBlocks(
        session,
        blocks.map(({ block }) => block),
      );
      for (const { block, logs } of blocks) {
        await keepLogs(session, logs);
        for (const log of logs) derive(derivation, { ...log, blockTime: block.time });
      }
      await derivation.write(session);
      this.#derived = { derivation, block: blocks.at(-1)?.block.hash };
    });
  }

  /** Makes the derived tables anew from the kept logs; readers see the old ones until it is done. Answers the events. */
  reindex(): Promise<number> {
    return this.#writeAlone((session) => this.#rederive(session));
  }

  /** Takes back the blocks above `number`. Throws {@link StaleLease}. */
  async undoTo(number: number): Promise<void> {
    await this.#writeAlone(async (session) => {
      await dropBlocksAbove(session.kysely, number);
      await this.#rederive(session);
    });
  }

  /** The derivation of the books that the tables hold. */
  async #current({ kysely }: Session<Schema>): Promise<Derivation> {
    const block = (await lastBlock(kysely))?.hash;
    // Another gateway may have written since this one did.
    if (this.#derived === undefined || this.#derived.block !== block) {
      const derivation = new Derivation(await loadState(kysely, { withLeaves: false }));
      this.#derived = { derivation, block };
    }
    return this.#derived.derivation;
  }

  async #rederive(session: Session<Schema>): Promise<number> {
    await emptyDerivedTables(session);
    const derivation = new Derivation(emptyState());
    let events = 0;
    for await (const logs of keptLogs(session.kysely)) {
      for (const log of logs) if (derive(derivation, log)) events += 1;
      await derivation.write(session);
    }
    await session.kysely
      .updateTable("meta")
      .set({ value: String(derivedVersion) })
      .where("name", "=", "derivedVersion")
      .execute();
    this.#derived = { derivation, block: (await lastBlock(session.kysely))?.hash };
    return events;
  }

  /** One transaction. Where it fails, the books in memory are ahead of the tables and are thrown away. */
  async #write<Result>(work: (session: Session<Schema>) => Promise<Result>): Promise<Result> {
    try {
      return await this.#database.write(work);
    } catch (error) {
      this.#derived = undefined;
      throw error;
    }
  }

  /** The same, by the gateway that writes. */
  #writeAlone<Result>(work: (session: Session<Schema>) => Promise<Result>): Promise<Result> {
    return this.#write(async (session) => {
      await this.#lease?.check(session);
      return work(session);
    });
  }

  async #keepIdentity(database: Kysely<Schema>): Promise<void> {
    const facts = {
      ...this.#facts(),
      rawVersion: String(rawVersion),
      derivedVersion: String(derivedVersion),
    };
    const rows = Object.entries(facts).map(([name, value]) => ({ name, value }));
    await database.insertInto("meta").values(rows).execute();
  }

  #facts(): Readonly<Record<"chainId" | "genesisHash" | "ledger", string>> {
    const { chainId, genesisHash, ledger } = this.identity;
    return { chainId: String(chainId), genesisHash, ledger };
  }

  #checkIdentity(meta: ReadonlyMap<string, string>): void {
    const found = meta.get("rawVersion") ?? "none";
    if (found !== String(rawVersion)) {
      throw new UnreadableIndex(this.path, `its logs have layout ${found}, this gateway reads ${rawVersion}`);
    }
    const words = { chainId: "chain", genesisHash: "the chain with genesis", ledger: "the ledger" } as const;
    const expected = this.#facts();
    for (const fact of ["chainId", "genesisHash", "ledger"] as const) {
      const own = meta.get(fact) ?? "none";
      if (own !== expected[fact]) throw new WrongChain(this.path, words[fact], expected[fact], own);
    }
  }
}

const readMeta = async (database: Kysely<Schema>, path: string): Promise<ReadonlyMap<string, string>> => {
  try {
    const rows = await database.selectFrom("meta").selectAll().execute();
    return new Map(rows.map(({ name, value }) => [name, value]));
  } catch (error) {
    throw new UnreadableIndex(path, `it does not say what it was made from (${String(error)})`);
  }
};

/**
 * Opens the index, creating it where there is none. Throws {@link WrongChain} for the index of another chain or ledger,
 * {@link UnreadableIndex} for a file that is none.
 */
export const openIndex = async ({ place, leaseMs, ...identity }: IndexOptions): Promise<Index> => {
  let database: Database<Schema> | undefined;
  try {
    database = await openDatabase<Schema>(place, { promise: "disposable", readers });
    const index = new Index(database, identity, leaseMs);
    await index.prepare();
    return index;
  } catch (error) {
    await database?.close();
    if (place.kind === "sqlite" && isNoDatabase(error)) {
      throw new UnreadableIndex(place.path, "it is damaged, or no index");
    }
    throw error;
  }
};

/**
 * Opens an index that is there, as whatever chain and ledger it was made from: what is derived can be made anew from its
 * own logs. Throws {@link UnreadableIndex}.
 */
export const openKeptIndex = async (place: Place): Promise<Index> => {
  // To open a file that is not there would make it.
  if (place.kind === "sqlite" && !existsSync(place.path))
    throw new UnreadableIndex(place.path, "there is none");
  const database = await openDatabase<Schema>(place, { promise: "disposable", readers });
  try {
    if (await database.read(isEmpty)) throw new UnreadableIndex(database.place, "it is empty");
    const meta = await database.read((session) => readMeta(session.kysely, database.place));
    const index = new Index(database, identityOf(meta));
    await index.prepare();
    return index;
  } catch (error) {
    await database.close();
    throw error;
  }
};

const identityOf = (meta: ReadonlyMap<string, string>): IndexIdentity => ({
  chainId: Number(meta.get("chainId")),
  genesisHash: bytes32(meta.get("genesisHash") ?? ""),
  ledger: address(meta.get("ledger") ?? ""),
});

/** SQLite's codes for a damaged file, and for one that it did not write. */
const isNoDatabase = (error: unknown): boolean =>
  error instanceof Error && "errcode" in error && (error.errcode === 11 || error.errcode === 26);
