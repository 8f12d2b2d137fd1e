/** The outbox of one gateway, on node:sqlite. Every method is one transaction, synced when it resolves. */
import type { Address, Bytes32 } from "../../protocol/ids.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import type { BusinessReference } from "../keys/secrets.ts";
import { blob, integer, optional, text } from "../sqlite.ts";
import type {
  Inclusion,
  KeptPlan,
  OpenAttempt,
  Settlement,
  SignedAttempt,
  SignerRecord,
  Version,
} from "./attempts.ts";
import { AttemptRows } from "./sqlite/attempt-rows.ts";
import { OperationRows, type ReferenceKeys } from "./sqlite/operation-rows.ts";
import { bytesOf, hash, hexOf, queuedQuery, readQueued, readSigner } from "./sqlite/rows.ts";
import { OutboxTables } from "./sqlite/tables.ts";
import { IllegalTransition, unsettledStates } from "./states.ts";
import { MissingBytes } from "./store.ts";
import type {
  Accepted,
  HistoryEntry,
  NewOperation,
  OperationRecord,
  OutboxStore,
  QueuedOperation,
} from "./store.ts";

const unsettledRows = `FROM operation WHERE state IN (${unsettledStates.map((state) => `'${state}'`).join(", ")})`;

export class SqliteOutbox implements OutboxStore {
  readonly #tables: OutboxTables;
  readonly #operations: OperationRows;
  readonly #attempts: AttemptRows;

  /** Opens or creates the outbox at `path`. `now` gives milliseconds since 1970. */
  constructor(path: string, keys: ReferenceKeys, now: () => number = Date.now) {
    this.#tables = new OutboxTables(path, now);
    this.#operations = new OperationRows(this.#tables, keys);
    this.#attempts = new AttemptRows(this.#tables, this.#operations);
  }

  async close(): Promise<void> {
    this.#tables.close();
  }

  async meta(key: string): Promise<string | undefined> {
    const row = this.#tables.sql("SELECT value FROM meta WHERE key = ?").get(key);
    return row === undefined ? undefined : text(row, "value");
  }

  async setMeta(key: string, value: string): Promise<void> {
    this.#tables
      .sql(
        "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      )
      .run(key, value);
  }

  async accept(operations: readonly NewOperation[]): Promise<readonly Accepted[]> {
    return this.#tables.transaction(() => operations.map((operation) => this.#operations.accept(operation)));
  }

  async known(idempotencyKey: string, request: string | Uint8Array): Promise<string | undefined> {
    return this.#operations.known(idempotencyKey, request);
  }

  async operation(id: string): Promise<OperationRecord | undefined> {
    return this.#operations.read(id);
  }

  async history(id: string): Promise<readonly HistoryEntry[]> {
    return this.#operations.history(id);
  }

  async unsettled(): Promise<number> {
    const row = this.#tables.sql(`SELECT count(*) AS n ${unsettledRows}`).get();
    return row === undefined ? 0 : integer(row, "n");
  }

  async oldestUnsettledMs(): Promise<number | undefined> {
    const row = this.#tables.sql(`SELECT accepted_at_ms ${unsettledRows} ORDER BY sequence LIMIT 1`).get();
    return row === undefined ? undefined : integer(row, "accepted_at_ms");
  }

  async queued(limit: number, except: readonly string[] = []): Promise<readonly QueuedOperation[]> {
    const rows = this.#tables.sql(queuedQuery).all(JSON.stringify(except), limit);
    return rows.map(readQueued);
  }

  async nextNonce(signer: Address): Promise<number> {
    return this.#operations.nextNonce(signer);
  }

  async keepSigned(attempts: readonly SignedAttempt[]): Promise<void> {
    this.#tables.transaction(() => {
      for (const attempt of attempts) this.#attempts.keep(attempt);
    });
  }

  async giveUp(operation: string, error: string): Promise<void> {
    this.#tables.transaction(() => this.#operations.giveUp(operation, error));
  }

  async suspend(operation: string): Promise<void> {
    this.#tables.transaction(() => this.#operations.moveUnsigned(operation, ["queued"], "suspended"));
  }

  async resume(operation: string): Promise<void> {
    this.#tables.transaction(() => this.#operations.moveUnsigned(operation, ["suspended"], "queued"));
  }

  async cancel(operation: string): Promise<void> {
    this.#tables.transaction(() =>
      this.#operations.moveUnsigned(operation, ["queued", "suspended"], "cancelled"),
    );
  }

  async unplanned(limit: number): Promise<readonly SignedAttempt[]> {
    return this.#attempts.unplanned(limit);
  }

  async keepPlan(number: number, time: UnixSeconds, transactions: readonly Bytes32[]): Promise<void> {
    this.#tables.transaction(() => {
      this.#tables
        .sql("INSERT INTO block_plan (number, time, transactions) VALUES (?, ?, ?)")
        .run(number, time, Buffer.concat(transactions.map(bytesOf)));
      for (const transaction of transactions) this.#attempts.plan(transaction, number);
    });
  }

  async plan(number: number): Promise<KeptPlan | undefined> {
    const row = this.#tables
      .sql("SELECT time, transactions, hash FROM block_plan WHERE number = ?")
      .get(number);
    if (row === undefined) return undefined;
    const hashes = blob(row, "transactions");
    const transactions: SignedAttempt[] = [];
    for (let offset = 0; offset < hashes.length; offset += 32) {
      const transaction = hashes.subarray(offset, offset + 32);
      const attempt = this.#attempts.signed(transaction);
      if (attempt === undefined) throw new MissingBytes(number, hexOf(transaction));
      transactions.push(attempt);
    }
    const made = optional(row, "hash", hash);
    const plan = { number, time: integer(row, "time"), transactions };
    return made === undefined ? plan : { ...plan, hash: made };
  }

  async lastPlanNumber(): Promise<number> {
    const row = this.#tables.sql("SELECT max(number) AS largest FROM block_plan").get();
    return row === undefined ? 0 : (optional(row, "largest", integer) ?? 0);
  }

  async settle(number: number, blockHash: Bytes32, settlements: readonly Settlement[]): Promise<void> {
    this.#tables.transaction(() => {
      const made = this.#tables
        .sql("UPDATE block_plan SET hash = ? WHERE number = ? AND hash IS NULL")
        .run(bytesOf(blockHash), number);
      if (made.changes !== 1) throw new IllegalTransition(`block plan ${number}`, "made");
      for (const settlement of settlements) this.#attempts.settle(settlement, number);
    });
  }

  async open(limit: number): Promise<readonly OpenAttempt[]> {
    return this.#attempts.open(limit);
  }

  async nonces(signer: Address, from: number): Promise<readonly number[]> {
    return this.#attempts.nonces(signer, from);
  }

  async keepVersion(signer: Address, nonce: number, version: Version): Promise<void> {
    this.#tables.transaction(() => this.#attempts.keepVersion(signer, nonce, version));
  }

  async include(inclusion: Inclusion): Promise<void> {
    this.#tables.transaction(() => this.#attempts.include(inclusion));
  }

  async exclude(signer: Address, nonce: number): Promise<void> {
    this.#tables.transaction(() => this.#attempts.exclude(signer, nonce));
  }

  async conclude(settlements: readonly Settlement[]): Promise<void> {
    this.#tables.transaction(() => {
      for (const settlement of settlements) this.#attempts.settle(settlement);
    });
  }

  async signers(): Promise<readonly SignerRecord[]> {
    const rows = this.#tables.sql("SELECT account, first_nonce, stopped FROM signer ORDER BY account").all();
    return rows.map(readSigner);
  }

  async keepSigner(account: Address, firstNonce: number): Promise<void> {
    this.#tables
      .sql("INSERT INTO signer (account, first_nonce) VALUES (?, ?) ON CONFLICT (account) DO NOTHING")
      .run(bytesOf(account), firstNonce);
  }

  async stopSigner(account: Address, reason: string): Promise<void> {
    const stopped = this.#tables
      .sql("UPDATE signer SET stopped = ? WHERE account = ?")
      .run(reason, bytesOf(account));
    if (stopped.changes !== 1) throw new IllegalTransition(`signer ${account}`, "stopped");
  }

  async recorded(references: readonly BusinessReference[]): Promise<readonly number[]> {
    return this.#operations.recorded(references);
  }

  async keepDocument(digest: Bytes32, json: string): Promise<void> {
    this.#tables
      .sql("INSERT INTO document (digest, json) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING")
      .run(bytesOf(digest), json);
  }

  async document(digest: Bytes32): Promise<string | undefined> {
    const row = this.#tables.sql("SELECT json FROM document WHERE digest = ?").get(bytesOf(digest));
    return row === undefined ? undefined : text(row, "json");
  }
}
