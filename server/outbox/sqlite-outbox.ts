/** The outbox of one gateway, on node:sqlite. Every method is one transaction, synced when it resolves. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Address, Bytes32 } from "../../protocol/ids.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import { referenceMark, requestDigest } from "../keys/secrets.ts";
import type { BusinessReference, DerivedKeys } from "../keys/secrets.ts";
import { blob, inTransaction, integer, openDatabase, optional, text } from "../sqlite.ts";
import {
  attemptQuery,
  bytesOf,
  hash,
  hexOf,
  operationQuery,
  queuedQuery,
  readAttempts,
  readOperation,
  readQueued,
} from "./rows.ts";
import { outboxSchema, outboxSchemaVersion } from "./schema.ts";
import {
  attemptStates,
  attemptTransitions,
  IllegalTransition,
  operationStates,
  operationTransitions,
  predecessors,
} from "./states.ts";
import type { AttemptState, OperationState } from "./states.ts";
import {
  AlreadyRecorded,
  IdempotencyConflict,
  MissingBytes,
  OperationConflict,
  WrongNonce,
} from "./store.ts";
import type {
  Accepted,
  KeptPlan,
  NewOperation,
  OperationRecord,
  OutboxStore,
  QueuedOperation,
  Relayed,
  Settlement,
  SignedAttempt,
} from "./store.ts";

type ReferenceKeys = Pick<DerivedKeys, "outboxReference" | "requestDigest">;

export class SqliteOutbox implements OutboxStore {
  readonly #database: DatabaseSync;
  readonly #keys: ReferenceKeys;
  readonly #now: () => number;
  readonly #statements = new Map<string, StatementSync>();

  /** Opens or creates the outbox at `path`. `now` gives milliseconds since 1970. */
  constructor(path: string, keys: ReferenceKeys, now: () => number = Date.now) {
    this.#database = openDatabase(path, outboxSchemaVersion, outboxSchema);
    this.#keys = keys;
    this.#now = now;
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  async meta(key: string): Promise<string | undefined> {
    const row = this.#sql("SELECT value FROM meta WHERE key = ?").get(key);
    return row === undefined ? undefined : text(row, "value");
  }

  async setMeta(key: string, value: string): Promise<void> {
    this.#sql(
      "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    ).run(key, value);
  }

  async accept(operations: readonly NewOperation[]): Promise<readonly Accepted[]> {
    return inTransaction(this.#database, () => operations.map((operation) => this.#acceptOne(operation)));
  }

  async known(idempotencyKey: string, request: string | Uint8Array): Promise<string | undefined> {
    const found = this.#find("idempotency_key", idempotencyKey);
    if (found === undefined) return undefined;
    if (!found.digest.equals(requestDigest(this.#keys.requestDigest, request))) {
      throw new IdempotencyConflict(idempotencyKey, found.id);
    }
    return found.id;
  }

  async operation(id: string): Promise<OperationRecord | undefined> {
    const row = this.#sql(operationQuery).get(id);
    return row === undefined ? undefined : readOperation(row);
  }

  async unsettled(): Promise<number> {
    const row = this.#sql(
      "SELECT count(*) AS n FROM operation WHERE state IN ('queued', 'signed', 'planned')",
    ).get();
    return row === undefined ? 0 : integer(row, "n");
  }

  async queued(limit: number): Promise<readonly QueuedOperation[]> {
    const rows = this.#sql(queuedQuery).all(limit);
    return rows.map(readQueued);
  }

  async nextNonce(signer: Address): Promise<number> {
    return this.#nextNonce(signer);
  }

  async keepSigned(attempts: readonly SignedAttempt[]): Promise<void> {
    inTransaction(this.#database, () => {
      for (const attempt of attempts) this.#keepAttempt(attempt);
    });
  }

  async unplanned(limit: number): Promise<readonly SignedAttempt[]> {
    const waiting = "SELECT sequence FROM attempt WHERE state = 'signed' ORDER BY sequence LIMIT ?";
    return readAttempts(this.#sql(attemptQuery(`a.sequence IN (${waiting})`)).all(limit));
  }

  async keepPlan(number: number, time: UnixSeconds, transactions: readonly Bytes32[]): Promise<void> {
    inTransaction(this.#database, () => {
      this.#sql("INSERT INTO block_plan (number, time, transactions) VALUES (?, ?, ?)").run(
        number,
        time,
        Buffer.concat(transactions.map(bytesOf)),
      );
      for (const transaction of transactions) {
        this.#moveAttempt(transaction, "planned");
        for (const operation of this.#operationsOf(transaction)) this.#moveOperation(operation, "planned");
      }
    });
  }

  async plan(number: number): Promise<KeptPlan | undefined> {
    const row = this.#sql("SELECT time, transactions, hash FROM block_plan WHERE number = ?").get(number);
    if (row === undefined) return undefined;
    const hashes = blob(row, "transactions");
    const transactions: SignedAttempt[] = [];
    for (let offset = 0; offset < hashes.length; offset += 32) {
      transactions.push(this.#attempt(number, hashes.subarray(offset, offset + 32)));
    }
    const made = optional(row, "hash", hash);
    const plan = { number, time: integer(row, "time"), transactions };
    return made === undefined ? plan : { ...plan, hash: made };
  }

  async lastPlanNumber(): Promise<number> {
    const row = this.#sql("SELECT max(number) AS largest FROM block_plan").get();
    return row === undefined ? 0 : (optional(row, "largest", integer) ?? 0);
  }

  async settle(number: number, blockHash: Bytes32, settlements: readonly Settlement[]): Promise<void> {
    inTransaction(this.#database, () => {
      const made = this.#sql("UPDATE block_plan SET hash = ? WHERE number = ? AND hash IS NULL").run(
        bytesOf(blockHash),
        number,
      );
      if (made.changes !== 1) throw new IllegalTransition(`block plan ${number}`, "made");
      for (const settlement of settlements) this.#settleOne(number, settlement);
    });
  }

  async giveUp(operation: string, error: string): Promise<void> {
    inTransaction(this.#database, () => {
      this.#moveOperation(operation, "failed");
      this.#sql("UPDATE operation SET not_rebuilt = ? WHERE id = ?").run(error, operation);
      this.#release(operation);
    });
  }

  async recorded(references: readonly BusinessReference[]): Promise<readonly number[]> {
    const find = this.#sql("SELECT 1 AS present FROM reference WHERE mark = ?");
    return references.flatMap((reference, index) =>
      find.get(referenceMark(this.#keys.outboxReference, reference)) === undefined ? [] : [index],
    );
  }

  async keepDocument(digest: Bytes32, json: string): Promise<void> {
    this.#sql("INSERT INTO document (digest, json) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING").run(
      bytesOf(digest),
      json,
    );
  }

  async document(digest: Bytes32): Promise<string | undefined> {
    const row = this.#sql("SELECT json FROM document WHERE digest = ?").get(bytesOf(digest));
    return row === undefined ? undefined : text(row, "json");
  }

  #acceptOne(operation: NewOperation): Accepted {
    const digest = requestDigest(this.#keys.requestDigest, operation.request);
    const key = operation.idempotencyKey;
    const known = key === undefined ? undefined : this.#find("idempotency_key", key);
    if (key !== undefined && known !== undefined) {
      if (!known.digest.equals(digest)) throw new IdempotencyConflict(key, known.id);
      return { id: known.id, acceptance: "known" };
    }
    const sameId = this.#find("id", operation.id);
    if (sameId !== undefined) {
      if (!sameId.digest.equals(digest)) throw new OperationConflict(operation.id);
      return { id: operation.id, acceptance: "known" };
    }
    const sequence = this.#insert(operation, digest);
    if (operation.relayed !== undefined) this.#keepRelayed(operation.relayed, sequence);
    this.#reserve(operation, sequence);
    return { id: operation.id, acceptance: "new" };
  }

  #find(column: "id" | "idempotency_key", value: string): { id: string; digest: Buffer } | undefined {
    const row = this.#sql(`SELECT id, request_digest FROM operation WHERE ${column} = ?`).get(value);
    return row === undefined ? undefined : { id: text(row, "id"), digest: blob(row, "request_digest") };
  }

  #insert(operation: NewOperation, digest: Buffer): number {
    const { call } = operation;
    const inserted = this.#sql(
      `INSERT INTO operation (id, idempotency_key, request_digest, kind, actor, contract, calldata, gas_limit, state,
                              accepted_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?)`,
    ).run(
      operation.id,
      operation.idempotencyKey ?? null,
      digest,
      operation.kind,
      operation.actor,
      call.to === undefined ? Buffer.alloc(0) : bytesOf(call.to),
      bytesOf(call.calldata),
      call.gasLimit,
      this.#now(),
    );
    return Number(inserted.lastInsertRowid);
  }

  #reserve(operation: NewOperation, sequence: number): void {
    const reserve = this.#sql(
      "INSERT INTO reference (mark, pending) VALUES (?, ?) ON CONFLICT (mark) DO NOTHING",
    );
    const refused = (operation.references ?? []).flatMap((reference, index) =>
      reserve.run(referenceMark(this.#keys.outboxReference, reference), sequence).changes === 1
        ? []
        : [index],
    );
    if (refused.length > 0) throw new AlreadyRecorded(operation.id, refused);
  }

  #keepRelayed({ signer, nonce, raw, hash: transaction }: Relayed, sequence: number): void {
    const expected = this.#nextNonce(signer);
    if (nonce !== expected) throw new WrongNonce(expected, nonce);
    this.#sql("INSERT INTO relay (operation, signer, nonce, raw, hash) VALUES (?, ?, ?, ?, ?)").run(
      sequence,
      bytesOf(signer),
      nonce,
      bytesOf(raw),
      bytesOf(transaction),
    );
  }

  #nextNonce(signer: Address): number {
    const row = this.#sql(
      `SELECT max(nonce) AS largest FROM (
         SELECT max(nonce) AS nonce FROM attempt WHERE signer = ?1
         UNION ALL SELECT max(nonce) FROM relay WHERE signer = ?1)`,
    ).get(bytesOf(signer));
    const largest = row === undefined ? undefined : optional(row, "largest", integer);
    return largest === undefined ? 0 : largest + 1;
  }

  #keepAttempt({ hash: transaction, raw, signer, nonce, operations }: SignedAttempt): void {
    const inserted = this.#sql(
      "INSERT INTO attempt (signer, nonce, raw, hash, state) VALUES (?, ?, ?, ?, 'signed')",
    ).run(bytesOf(signer), nonce, bytesOf(raw), bytesOf(transaction));
    for (const { id, firstPart, parts } of operations) {
      this.#moveOperation(id, "signed");
      this.#sql(
        `INSERT INTO carried (attempt, operation, first_part, parts)
         VALUES (?, (SELECT sequence FROM operation WHERE id = ?), ?, ?)`,
      ).run(inserted.lastInsertRowid, id, firstPart, parts);
      this.#sql("DELETE FROM relay WHERE operation = (SELECT sequence FROM operation WHERE id = ?)").run(id);
      if (operations.length === 1) this.#dropCalldata(id);
    }
  }

  #settleOne(block: number, settlement: Settlement): void {
    const reverted = settlement.result !== "mined";
    this.#moveAttempt(settlement.transaction, reverted ? "reverted" : "mined");
    const created = reverted ? undefined : settlement.contractAddress;
    this.#sql(
      "UPDATE attempt SET block = ?, gas_used = ?, created_contract = ?, revert_data = ? WHERE hash = ?",
    ).run(
      block,
      settlement.gasUsed,
      created === undefined ? null : bytesOf(created),
      reverted ? bytesOf(settlement.revertData) : null,
      bytesOf(settlement.transaction),
    );
    for (const operation of this.#operationsOf(settlement.transaction)) {
      this.#settleOperation(operation, settlement.result);
    }
  }

  #settleOperation(operation: string, result: Settlement["result"]): void {
    this.#moveOperation(operation, result === "retry" ? "queued" : result);
    if (result !== "retry") this.#dropCalldata(operation);
    if (result === "mined") {
      this.#sql(
        "UPDATE reference SET pending = NULL WHERE pending = (SELECT sequence FROM operation WHERE id = ?)",
      ).run(operation);
    }
    if (result === "failed") this.#release(operation);
  }

  #dropCalldata(operation: string): void {
    this.#sql("UPDATE operation SET calldata = NULL WHERE id = ?").run(operation);
  }

  #release(operation: string): void {
    this.#sql("DELETE FROM reference WHERE pending = (SELECT sequence FROM operation WHERE id = ?)").run(
      operation,
    );
  }

  #operationsOf(transaction: Bytes32): readonly string[] {
    const rows = this.#sql(
      `SELECT o.id FROM attempt a JOIN carried c ON c.attempt = a.sequence JOIN operation o ON o.sequence = c.operation
       WHERE a.hash = ? ORDER BY c.first_part`,
    ).all(bytesOf(transaction));
    if (rows.length === 0) throw new IllegalTransition(`transaction ${transaction}`, "planned");
    return rows.map((row) => text(row, "id"));
  }

  #attempt(block: number, transaction: Buffer): SignedAttempt {
    const [attempt] = readAttempts(this.#sql(attemptQuery("a.hash = ?")).all(transaction));
    if (attempt === undefined) throw new MissingBytes(block, hexOf(transaction));
    return attempt;
  }

  #moveOperation(id: string, to: OperationState): void {
    const from = predecessors(operationTransitions, operationStates, to);
    const moved = this.#sql(
      `UPDATE operation SET state = ? WHERE id = ? AND state IN (${from.map((state) => `'${state}'`).join()})`,
    ).run(to, id);
    if (moved.changes !== 1) throw new IllegalTransition(`operation ${id}`, to);
  }

  #moveAttempt(transaction: Bytes32, to: AttemptState): void {
    const from = predecessors(attemptTransitions, attemptStates, to);
    const moved = this.#sql(
      `UPDATE attempt SET state = ? WHERE hash = ? AND state IN (${from.map((state) => `'${state}'`).join()})`,
    ).run(to, bytesOf(transaction));
    if (moved.changes !== 1) throw new IllegalTransition(`transaction ${transaction}`, to);
  }

  #sql(source: string): StatementSync {
    let statement = this.#statements.get(source);
    if (statement === undefined) {
      statement = this.#database.prepare(source);
      this.#statements.set(source, statement);
    }
    return statement;
  }
}
