/**
 * The index: what the chain says, in tables that answer fast. It holds nothing of its own. Blocks, raw logs, derived
 * rows and with them the cursor (the last block) change in one transaction, so a process that ends anywhere goes on
 * from a block.
 */
import { Kysely } from "kysely";
import type { Transaction } from "kysely";
import { decodeLedgerLog } from "../../chain/decode.ts";
import type { Address, Bytes32 } from "../../protocol/ids.ts";
import type { LedgerState } from "../../protocol/ledger/records.ts";
import type { ChainBlock, ChainLog } from "./chain-reader.ts";
import { createTables, dropDerivedTables, emptyDerivedTables } from "./definition.ts";
import { Derivation } from "./derivation.ts";
import { EmptyIndex, UnreadableIndex, WrongChain } from "./errors.ts";
import { loadState } from "./load.ts";
import { blockAt, dropBlocksAbove, keepBlocks, keepLogs, keptLogs, lastBlock } from "./raw.ts";
import type { TimedLog } from "./raw.ts";
import { nodeSqliteDialect } from "./sqlite-dialect.ts";
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
  readonly path: string;
}

/** A block with the ledger's logs in it. */
export interface NewBlock {
  readonly block: ChainBlock;
  readonly logs: readonly ChainLog[];
}

/** The books of one block. Valid inside the `read` that gave it. */
export interface Snapshot {
  readonly database: Transaction<Schema>;
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
  readonly #writer: Kysely<Schema>;
  readonly #reader: Kysely<Schema>;
  /** The books that the derived tables hold; absent until needed, and after a failed write. */
  #derivation: Derivation | undefined;

  constructor(options: IndexOptions) {
    const { path, chainId, genesisHash, ledger } = options;
    this.path = path;
    this.identity = { chainId, genesisHash, ledger };
    this.#writer = new Kysely({ dialect: nodeSqliteDialect({ path, readOnly: false, connections: 1 }) });
    this.#reader = new Kysely({ dialect: nodeSqliteDialect({ path, readOnly: true, connections: readers }) });
  }

  async close(): Promise<void> {
    await this.#reader.destroy();
    await this.#writer.destroy();
  }

  /** Creates the tables of a new file, checks those of an old one and rebuilds what another version derived. */
  async prepare(): Promise<void> {
    const rebuild = await this.#writer.transaction().execute(async (database) => {
      const isNew = !(await hasTables(database));
      if (isNew) {
        await createTables(database);
        await this.#keepIdentity(database);
        return false;
      }
      const meta = await readMeta(database, this.path);
      this.#checkIdentity(meta);
      if (meta.get("derivedVersion") === String(derivedVersion)) return false;
      await dropDerivedTables(database);
      await createTables(database, isDerived);
      return true;
    });
    if (rebuild) await this.reindex();
  }

  /** The last block that is indexed; undefined for an empty index. */
  head(): Promise<ChainBlock | undefined> {
    return lastBlock(this.#reader);
  }

  /** An indexed block. */
  block(number: number): Promise<ChainBlock | undefined> {
    return blockAt(this.#reader, number);
  }

  /** Runs `work` on the books of one block, whatever is written meanwhile. Throws {@link EmptyIndex}. */
  read<Result>(work: (snapshot: Snapshot) => Promise<Result>): Promise<Result> {
    return this.#reader.transaction().execute(async (database) => {
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
    return this.#write(async (database) => {
      const head = await lastBlock(database);
      if (head === undefined) throw new EmptyIndex();
      const { state } = await this.#current(database);
      return work(state, head);
    });
  }

  /**
   * Adds blocks that follow the last one, all or none. Throws InconsistentEvent or UnreadableLog where a log does
   * not fit the books: the chain or the decoding is wrong, and nothing is written.
   */
  async append(blocks: readonly NewBlock[]): Promise<void> {
    await this.#write(async (database) => {
      const derivation = await this.#current(database);
      await keepBlocks(
        database,
        blocks.map(({ block }) => block),
      );
      for (const { block, logs } of blocks) {
        await keepLogs(database, logs);
        for (const log of logs) derive(derivation, { ...log, blockTime: block.time });
      }
      await derivation.write(database);
    });
  }

  /** Makes the derived tables anew from the kept logs; readers see the old ones until it is done. Answers the events. */
  reindex(): Promise<number> {
    return this.#write((database) => this.#rederive(database));
  }

  /** Takes back the blocks above `number`. */
  async undoTo(number: number): Promise<void> {
    await this.#write(async (database) => {
      await dropBlocksAbove(database, number);
      await this.#rederive(database);
    });
  }

  /** The derivation of the books that the tables hold. */
  async #current(database: Transaction<Schema>): Promise<Derivation> {
    this.#derivation ??= new Derivation(await loadState(database, { withLeaves: false }));
    return this.#derivation;
  }

  async #rederive(database: Transaction<Schema>): Promise<number> {
    await emptyDerivedTables(database);
    const derivation = (this.#derivation = new Derivation(emptyState()));
    let events = 0;
    for await (const logs of keptLogs(database)) {
      for (const log of logs) if (derive(derivation, log)) events += 1;
      await derivation.write(database);
    }
    await database
      .updateTable("meta")
      .set({ value: String(derivedVersion) })
      .where("name", "=", "derivedVersion")
      .execute();
    return events;
  }

  /** One transaction. Where it fails, the books in memory are ahead of the tables and are thrown away. */
  async #write<Result>(work: (database: Transaction<Schema>) => Promise<Result>): Promise<Result> {
    try {
      return await this.#writer.transaction().execute(work);
    } catch (error) {
      this.#derivation = undefined;
      throw error;
    }
  }

  async #keepIdentity(database: Transaction<Schema>): Promise<void> {
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

const hasTables = async (database: Kysely<Schema>): Promise<boolean> => {
  const found = await database.introspection.getTables();
  return found.length > 0;
};

const readMeta = async (database: Kysely<Schema>, path: string): Promise<ReadonlyMap<string, string>> => {
  try {
    const rows = await database.selectFrom("meta").selectAll().execute();
    return new Map(rows.map(({ name, value }) => [name, value]));
  } catch (error) {
    throw new UnreadableIndex(path, `it does not say what it was made from (${String(error)})`);
  }
};

/**
 * Opens the index in a file, creating it where there is none. Throws {@link WrongChain} for the index of another
 * chain or ledger, {@link UnreadableIndex} for a file that is none.
 */
export const openIndex = async (options: IndexOptions): Promise<Index> => {
  const index = new Index(options);
  try {
    await index.prepare();
    return index;
  } catch (error) {
    await index.close();
    throw isNoDatabase(error) ? new UnreadableIndex(options.path, "it is damaged, or no index") : error;
  }
};

/** SQLite's codes for a damaged file, and for one that it did not write. */
const isNoDatabase = (error: unknown): boolean =>
  error instanceof Error && "errcode" in error && (error.errcode === 11 || error.errcode === 26);
