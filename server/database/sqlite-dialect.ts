/**
 * Kysely over node:sqlite. One connection writes; a few read, each in a transaction of its own, so that a reader sees
 * one moment however much is written meanwhile (WAL). node:sqlite answers at once: what is asynchronous here is only
 * the interface, which a database behind a socket needs.
 */
import { chmodSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { SQLInputValue, StatementSync } from "node:sqlite";
import { CompiledQuery, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from "kysely";
import type { DatabaseConnection, Dialect, Driver, QueryResult } from "kysely";

export interface SqliteOptions {
  readonly path: string;
  readonly readOnly: boolean;
  /** Connections that work at once; a query waits for a free one. */
  readonly connections: number;
  /** What commits promise: `synced` is on disk when it resolves; `disposable` survives a crash of the process only. */
  readonly promise: StorePromise;
}

export type StorePromise = "synced" | "disposable";

const promisePragmas: Readonly<Record<StorePromise, string>> = {
  // Deleted rows are overwritten: what is forgotten is gone from the file too.
  synced: "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON",
  // What a crash of the machine takes from the log is made again: syncing each commit buys nothing.
  disposable: "PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 67108864",
};

/**
 * Marks and commitments are random, so a batch of gifts touches pages all over a store: 64 MiB of them stay in memory,
 * and the log is written back when it is as long, not after every batch. A statement of many rows keeps what it may have
 * to take back in memory too, not in a file beside the log.
 */
const writingPragmas =
  "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 16384; PRAGMA temp_store = MEMORY";

const maxStatements = 400;
const busyTimeoutMs = 5_000;

class StreamsUnsupported extends Error {
  constructor() {
    super("database: rows are read in pages, not streamed");
    this.name = "StreamsUnsupported";
  }
}

interface Prepared {
  readonly statement: StatementSync;
  readonly answersRows: boolean;
}

class NodeSqliteConnection implements DatabaseConnection {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, Prepared>();

  constructor({ path, readOnly, promise }: SqliteOptions) {
    this.#database = new DatabaseSync(path, { readOnly, timeout: busyTimeoutMs });
    if (readOnly) return;
    // Not all is secret, but the folder keeps one rule: its files are its owner's.
    chmodSync(path, 0o600);
    this.#database.exec(`PRAGMA journal_mode = WAL; ${writingPragmas}; ${promisePragmas[promise]}`);
  }

  // Never rejects synchronously: Kysely awaits it.
  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { statement, answersRows } = this.#prepare(sql);
    const values = parameters.map(asInput);
    if (answersRows) return { rows: rowsOf<Row>(statement.all(...values)) };
    const { changes } = statement.run(...values);
    return { rows: [], numAffectedRows: BigInt(changes) };
  }

  streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new StreamsUnsupported();
  }

  run(sql: string): void {
    this.#database.exec(sql);
  }

  /** A failed COMMIT may have ended the transaction already. */
  rollback(): void {
    if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepare(sql: string): Prepared {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    const prepared = { statement, answersRows: statement.columns().length > 0 };
    // A statement outlives a dropped table only as an error; definitions are few and run once.
    if (this.#statements.size >= maxStatements) {
      const [oldest] = this.#statements.keys();
      if (oldest !== undefined) this.#statements.delete(oldest);
    }
    this.#statements.set(sql, prepared);
    return prepared;
  }
}

const asInput = (value: unknown): SQLInputValue => {
  if (value === null || typeof value === "string" || typeof value === "number") return value;
  if (value instanceof Uint8Array || typeof value === "bigint") return value;
  throw new TypeError(`database: a ${typeof value} is no column value`);
};

/** Where rows get their type: the tables of the index are created from the declaration that gives it. */
const rowsOf = <Row>(rows: readonly object[]): Row[] => rows as Row[];

class NodeSqliteDriver implements Driver {
  readonly #options: SqliteOptions;
  readonly #all: NodeSqliteConnection[] = [];
  readonly #free: NodeSqliteConnection[] = [];
  readonly #waiting: ((connection: NodeSqliteConnection) => void)[] = [];

  constructor(options: SqliteOptions) {
    this.#options = options;
  }

  async init(): Promise<void> {
    for (let opened = 0; opened < this.#options.connections; opened += 1) {
      const connection = new NodeSqliteConnection(this.#options);
      this.#all.push(connection);
      this.#free.push(connection);
    }
  }

  async acquireConnection(): Promise<NodeSqliteConnection> {
    return this.#free.pop() ?? new Promise((resolve) => this.#waiting.push(resolve));
  }

  async releaseConnection(connection: NodeSqliteConnection): Promise<void> {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(connection);
    else next(connection);
  }

  async beginTransaction(connection: NodeSqliteConnection): Promise<void> {
    connection.run(this.#options.readOnly ? "BEGIN" : "BEGIN IMMEDIATE");
  }

  async commitTransaction(connection: NodeSqliteConnection): Promise<void> {
    connection.run("COMMIT");
  }

  async rollbackTransaction(connection: NodeSqliteConnection): Promise<void> {
    connection.rollback();
  }

  async destroy(): Promise<void> {
    for (const connection of this.#all) connection.close();
  }
}

export const nodeSqliteDialect = (options: SqliteOptions): Dialect => ({
  createDriver: () => new NodeSqliteDriver(options),
  createQueryCompiler: () => new SqliteQueryCompiler(),
  createAdapter: () => new SqliteAdapter(),
  createIntrospector: (database) => new SqliteIntrospector(database),
});
