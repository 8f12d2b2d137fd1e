/** The two stores that must not lose a row, on node:sqlite: how they are opened, grouped and read. */
import { chmodSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { StatementSync } from "node:sqlite";
import { UnknownSchema } from "./database/database.ts";
import { blob, type Row } from "./database/rows.ts";

export { UnknownSchema } from "./database/database.ts";
export { blob, DamagedRow, integer, optional, text, type Row } from "./database/rows.ts";

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

/** Marks asked about in one statement: many are asked about together, and mostly none is there. */
const marksAtOnce = 100;

/**
 * The rows whose column `mark` holds one of `marks`, each with the index of that mark, or with each of them where it
 * stands there twice. `select` is the statement up to its WHERE, with that column in it.
 */
export function* rowsOfMarks(
  statements: Statements,
  select: string,
  marks: readonly Buffer[],
): Generator<readonly [number, Row]> {
  const places = Array.from({ length: marksAtOnce }, () => "?").join(", ");
  const statement = statements.of(`${select} WHERE mark IN (${places})`);
  for (let from = 0; from < marks.length; from += marksAtOnce) {
    const asked = marks.slice(from, from + marksAtOnce);
    const last = asked.at(-1) ?? Buffer.alloc(0);
    // A statement has one number of parameters: the last mark fills the rest.
    const filled = [...asked, ...Array.from({ length: marksAtOnce - asked.length }, () => last)];
    const rows = statement.all(...filled);
    if (rows.length === 0) continue;
    const byMark = new Map(rows.map((row) => [blob(row, "mark").toString("hex"), row]));
    for (const [index, mark] of asked.entries()) {
      const row = byMark.get(mark.toString("hex"));
      if (row !== undefined) yield [from + index, row];
    }
  }
}
