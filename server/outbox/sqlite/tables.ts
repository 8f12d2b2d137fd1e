/** What the parts of the SQLite outbox share: its statements, prepared once, and its clock. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { inTransaction, openDatabase } from "../../sqlite.ts";
import { outboxSchema, outboxSchemaVersion } from "./schema.ts";

export class OutboxTables {
  readonly #database: DatabaseSync;
  readonly #now: () => number;
  readonly #statements = new Map<string, StatementSync>();

  constructor(path: string, now: () => number) {
    this.#database = openDatabase(path, outboxSchemaVersion, outboxSchema);
    this.#now = now;
  }

  close(): void {
    this.#database.close();
  }

  nowMs(): number {
    return this.#now();
  }

  transaction<Result>(work: () => Result): Result {
    return inTransaction(this.#database, work);
  }

  sql(source: string): StatementSync {
    let statement = this.#statements.get(source);
    if (statement === undefined) {
      statement = this.#database.prepare(source);
      this.#statements.set(source, statement);
    }
    return statement;
  }
}
