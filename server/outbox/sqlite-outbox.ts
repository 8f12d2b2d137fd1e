/** The outbox of one gateway, on node:sqlite. Every method is one transaction, synced when it resolves. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { parseTransaction } from "viem";
import { address, bytes32 } from "../../protocol/ids.ts";
import type { Address, Bytes32 } from "../../protocol/ids.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import type { Hex } from "../chain/port.ts";
import { referenceMark, requestDigest } from "../keys/secrets.ts";
import type { BusinessReference, DerivedKeys } from "../keys/secrets.ts";
import { blob, DamagedRow, inTransaction, integer, openDatabase, optional, text } from "../sqlite.ts";
import type { Row } from "../sqlite.ts";
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
import { AlreadyRecorded, IdempotencyConflict, MissingBytes, OperationConflict } from "./store.ts";
import type {
  Accepted,
  Call,
  Failure,
  KeptPlan,
  Mined,
  NewOperation,
  OperationRecord,
  OutboxStore,
  QueuedOperation,
  Settlement,
  SignedAttempt,
} from "./store.ts";

type ReferenceKeys = Pick<DerivedKeys, "outboxReference" | "requestDigest">;

const bytesOf = (hex: Hex): Buffer => Buffer.from(hex.slice(2), "hex");
const hexOf = (bytes: Buffer): Hex => `0x${bytes.toString("hex")}`;
const hash = (row: Row, column: string): Bytes32 => bytes32(hexOf(blob(row, column)));
const account = (row: Row, column: string): Address => address(hexOf(blob(row, column)));
const hex = (row: Row, column: string): Hex => hexOf(blob(row, column));

const attemptColumns = `a.hash, a.raw, a.signer, a.nonce, o.id, o.kind,
  (SELECT count(*) FROM attempt b WHERE b.operation = a.operation AND b.sequence <= a.sequence) AS attempts`;

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
    const row = this.#sql(
      `SELECT o.id, o.kind, o.actor, o.state, o.accepted_at_ms, o.not_rebuilt,
              a.hash, a.block, a.gas_used, a.created_contract, a.revert_data
       FROM operation o
       LEFT JOIN attempt a ON a.sequence = (SELECT max(sequence) FROM attempt WHERE operation = o.sequence)
       WHERE o.id = ?`,
    ).get(id);
    return row === undefined ? undefined : readOperation(row);
  }

  async unsettled(): Promise<number> {
    const row = this.#sql(
      "SELECT count(*) AS n FROM operation WHERE state IN ('queued', 'signed', 'planned')",
    ).get();
    return row === undefined ? 0 : integer(row, "n");
  }

  async queued(limit: number): Promise<readonly QueuedOperation[]> {
    const rows = this.#sql(
      `SELECT o.id, o.kind, o.actor, o.contract, o.calldata, o.gas_limit, a.raw, a.revert_data,
              (SELECT count(*) FROM attempt WHERE operation = o.sequence) AS attempts
       FROM operation o
       LEFT JOIN attempt a ON a.sequence = (SELECT max(sequence) FROM attempt WHERE operation = o.sequence)
       WHERE o.state = 'queued' ORDER BY o.sequence LIMIT ?`,
    ).all(limit);
    return rows.map(readQueued);
  }

  async nextNonce(signer: Address): Promise<number> {
    const row = this.#sql("SELECT max(nonce) AS largest FROM attempt WHERE signer = ?").get(bytesOf(signer));
    const largest = row === undefined ? undefined : optional(row, "largest", integer);
    return largest === undefined ? 0 : largest + 1;
  }

  async keepSigned(attempts: readonly SignedAttempt[]): Promise<void> {
    inTransaction(this.#database, () => {
      for (const attempt of attempts) {
        this.#moveOperation(attempt.operation, "signed");
        this.#sql("UPDATE operation SET calldata = NULL WHERE id = ?").run(attempt.operation);
        this.#sql(
          `INSERT INTO attempt (operation, signer, nonce, raw, hash, state)
           VALUES ((SELECT sequence FROM operation WHERE id = ?), ?, ?, ?, ?, 'signed')`,
        ).run(
          attempt.operation,
          bytesOf(attempt.signer),
          attempt.nonce,
          bytesOf(attempt.raw),
          bytesOf(attempt.hash),
        );
      }
    });
  }

  async unplanned(limit: number): Promise<readonly SignedAttempt[]> {
    const rows = this.#sql(
      `SELECT ${attemptColumns} FROM attempt a JOIN operation o ON o.sequence = a.operation
       WHERE a.state = 'signed' ORDER BY a.sequence LIMIT ?`,
    ).all(limit);
    return rows.map(readAttempt);
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
        this.#moveOperation(this.#operationOf(transaction), "planned");
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

  #settleOne(block: number, settlement: Settlement): void {
    const operation = this.#operationOf(settlement.transaction);
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
    this.#moveOperation(operation, settlement.result === "retry" ? "queued" : settlement.result);
    if (settlement.result === "mined") {
      this.#sql(
        "UPDATE reference SET pending = NULL WHERE pending = (SELECT sequence FROM operation WHERE id = ?)",
      ).run(operation);
    }
    if (settlement.result === "failed") this.#release(operation);
  }

  #release(operation: string): void {
    this.#sql("DELETE FROM reference WHERE pending = (SELECT sequence FROM operation WHERE id = ?)").run(
      operation,
    );
  }

  #operationOf(transaction: Bytes32): string {
    const row = this.#sql(
      "SELECT o.id FROM attempt a JOIN operation o ON o.sequence = a.operation WHERE a.hash = ?",
    ).get(bytesOf(transaction));
    if (row === undefined) throw new IllegalTransition(`transaction ${transaction}`, "planned");
    return text(row, "id");
  }

  #attempt(block: number, transaction: Buffer): SignedAttempt {
    const row = this.#sql(
      `SELECT ${attemptColumns} FROM attempt a JOIN operation o ON o.sequence = a.operation WHERE a.hash = ?`,
    ).get(transaction);
    if (row === undefined) throw new MissingBytes(block, hexOf(transaction));
    return readAttempt(row);
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

const readState = (row: Row): OperationState => {
  const state = operationStates.find((known) => known === row["state"]);
  if (state === undefined) throw new DamagedRow("state", "a state of an operation");
  return state;
};

const readMined = (row: Row): Mined => {
  const created = optional(row, "created_contract", account);
  const mined = {
    transaction: hash(row, "hash"),
    blockNumber: integer(row, "block"),
    gasUsed: BigInt(integer(row, "gas_used")),
  };
  return created === undefined ? mined : { ...mined, contractAddress: created };
};

const readFailure = (row: Row): Failure => {
  const revertData = optional(row, "revert_data", hex) ?? "0x";
  const error = optional(row, "not_rebuilt", text);
  return error === undefined
    ? { reason: "reverted", transaction: hash(row, "hash"), revertData }
    : { reason: "notRebuilt", revertData, error };
};

const readOperation = (row: Row): OperationRecord => {
  const state = readState(row);
  const operation = {
    id: text(row, "id"),
    kind: text(row, "kind"),
    actor: text(row, "actor"),
    state,
    acceptedAtMs: integer(row, "accepted_at_ms"),
  };
  if (state === "mined") return { ...operation, mined: readMined(row) };
  if (state === "failed") return { ...operation, failure: readFailure(row) };
  return operation;
};

const readQueued = (row: Row): QueuedOperation => {
  const identity = { id: text(row, "id"), kind: text(row, "kind"), actor: text(row, "actor") };
  const raw = optional(row, "raw", hex);
  if (raw !== undefined) {
    const stale = { revertData: hex(row, "revert_data"), attempts: integer(row, "attempts") };
    return { ...identity, call: readCall(raw), stale };
  }
  const call = { calldata: hex(row, "calldata"), gasLimit: BigInt(integer(row, "gas_limit")) };
  const contract = blob(row, "contract");
  return {
    ...identity,
    call: contract.length === 0 ? call : { ...call, to: address(hexOf(contract)) },
  };
};

/** What a signed transaction calls, read from its bytes. */
const readCall = (raw: Hex): Call => {
  const transaction = parseTransaction(raw);
  const call = { calldata: transaction.data ?? "0x", gasLimit: transaction.gas ?? 0n } as const;
  return transaction.to === undefined || transaction.to === null
    ? call
    : { ...call, to: address(transaction.to) };
};

const readAttempt = (row: Row): SignedAttempt => ({
  hash: hash(row, "hash"),
  raw: hex(row, "raw"),
  operation: text(row, "id"),
  kind: text(row, "kind"),
  signer: account(row, "signer"),
  nonce: integer(row, "nonce"),
  attempts: integer(row, "attempts"),
});
