/** What the parts of the SQLite outbox share: its statements, prepared once, and its clock. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { inTransaction, openDatabase, Statements } from "../../sqlite.ts";
import { outboxSchema, outboxSchemaVersion } from "./schema.ts";

export class OutboxTables {
  readonly #database: DatabaseSync;
  readonly #now: () => number;
  readonly statements: Statements;

  constructor(path: string, now: () => number) {
    this.#database = openDatabase(path, outboxSchemaVersion, outboxSchema);
    this.statements = new Statements(this.#database);
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
    return this.statements.of(source);
  }
}
