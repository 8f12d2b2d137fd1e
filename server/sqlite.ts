/** The two stores that must not lose a row, on node:sqlite: how they are opened, grouped and read. */
import { chmodSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { SQLOutputValue, StatementSync } from "node:sqlite";

/** A store was written by another version of the gateway. */
export class UnknownSchema extends Error {
  readonly path: string;
  readonly found: number;
  readonly expected: number;
  constructor(path: string, found: number, expected: number) {
    super(`${path}: schema version ${found}, this gateway reads ${expected}; run the version that wrote it`);
    this.name = "UnknownSchema";
    this.path = path;
    this.found = found;
    this.expected = expected;
  }
}

/** A row did not hold what its schema says. */
export class DamagedRow extends Error {
  readonly column: string;
  constructor(column: string, expected: string) {
    super(`column ${column}: expected ${expected}; restore the data folder from its backup`);
    this.name = "DamagedRow";
    this.column = column;
  }
}

/**
 * Marks are random, so a batch of gifts touches pages all over a store: 64 MiB of them stay in memory, and the log is
 * written back when it is as long, not after every batch.
 */
const cacheKibibytes = 65_536;
const logPages = 16_384;

/**
 * Opens a database whose commits are on disk when they return (WAL, synchronous FULL) and whose deleted rows are
 * overwritten (secure_delete), creating it by `schema` on the first start. Throws {@link UnknownSchema}.
 */
export const openDatabase = (path: string, version: number, schema: string): DatabaseSync => {
  const database = new DatabaseSync(path, { timeout: 5_000 });
  chmodSync(path, 0o600);
  database.exec(
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON; " +
      `PRAGMA cache_size = -${cacheKibibytes}; PRAGMA wal_autocheckpoint = ${logPages}`,
  );
  const found = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
  if (found === 0) {
    inTransaction(database, () => database.exec(`${schema}; PRAGMA user_version = ${version}`));
  } else if (found !== version) {
    database.close();
    throw new UnknownSchema(path, found, version);
  }
  return database;
};

/** Runs `work` in one transaction that is synced when this returns, or rolled back where it throws. */
export const inTransaction = <Result>(database: DatabaseSync, work: () => Result): Result => {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    // A failed COMMIT may have ended the transaction already.
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
};

/** Statements of one database, each prepared once. */
export class Statements {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** The statement of a text; texts are few and written in the code. */
  of(source: string): StatementSync {
    const known = this.#prepared.get(source);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(source);
    this.#prepared.set(source, statement);
    return statement;
  }
}

export type Row = Record<string, SQLOutputValue>;

export const text = (row: Row, column: string): string => {
  const value = row[column];
  if (typeof value !== "string") throw new DamagedRow(column, "text");
  return value;
};

export const integer = (row: Row, column: string): number => {
  const value = row[column];
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw new DamagedRow(column, "an integer");
  return value;
};

export const blob = (row: Row, column: string): Buffer => {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw new DamagedRow(column, "bytes");
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
};

export const optional = <Value>(
  row: Row,
  column: string,
  read: (row: Row, column: string) => Value,
): Value | undefined => (row[column] === null ? undefined : read(row, column));
