/** Operations: how they are accepted, how their states change, and what their history keeps. */
import type { Address, Bytes32 } from "../../../protocol/ids.ts";
import { ReferenceMarks, requestDigest } from "../../keys/secrets.ts";
import type { BusinessReference, DerivedKeys } from "../../keys/secrets.ts";
import { blob, integer, optional, text, rowsOfMarks } from "../../sqlite.ts";
import { IllegalTransition, operationStates, operationTransitions, predecessors } from "../states.ts";
import type { Happening, OperationState } from "../states.ts";
import {
  AlreadyRecorded,
  IdempotencyConflict,
  OperationConflict,
  RelayedByOther,
  WrongNonce,
} from "../store.ts";
import type { Accepted, HistoryEntry, NewOperation, OperationRecord, Relayed } from "../store.ts";
import { bytesOf, historyQuery, operationQuery, readHistoryEntry, readOperation } from "./rows.ts";
import type { OutboxTables } from "./tables.ts";

export type ReferenceKeys = Pick<DerivedKeys, "outboxReference" | "requestDigest">;

/** Where a change happened, for the history. */
export interface Occasion {
  readonly transaction?: Bytes32;
  readonly blockNumber?: number;
}

/** Of a reference's mark: HMAC-SHA-256. */
const markBytes = 32;
const bySequence = "(SELECT sequence FROM operation WHERE id = ?)";

/** Every method is part of a transaction of its caller. */
export class OperationRows {
  readonly #tables: OutboxTables;
  readonly #keys: ReferenceKeys;
  readonly #marks: ReferenceMarks;

  constructor(tables: OutboxTables, keys: ReferenceKeys) {
    this.#tables = tables;
    this.#keys = keys;
    this.#marks = new ReferenceMarks(keys.outboxReference);
  }

  accept(operation: NewOperation): Accepted {
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
    this.note(operation.id, "queued");
    return { id: operation.id, acceptance: "new" };
  }

  known(idempotencyKey: string, request: string | Uint8Array): string | undefined {
    const found = this.#find("idempotency_key", idempotencyKey);
    if (found === undefined) return undefined;
    if (!found.digest.equals(requestDigest(this.#keys.requestDigest, request))) {
      throw new IdempotencyConflict(idempotencyKey, found.id);
    }
    return found.id;
  }

  read(id: string): OperationRecord | undefined {
    const row = this.#tables.sql(operationQuery).get(id);
    return row === undefined ? undefined : readOperation(row);
  }

  history(id: string): readonly HistoryEntry[] {
    return this.#tables.sql(historyQuery).all(id).map(readHistoryEntry);
  }

  note(id: string, what: Happening, { transaction, blockNumber }: Occasion = {}): void {
    this.#tables
      .sql(`INSERT INTO history (operation, at_ms, what, hash, block) VALUES (${bySequence}, ?, ?, ?, ?)`)
      .run(
        id,
        this.#tables.nowMs(),
        what,
        transaction === undefined ? null : bytesOf(transaction),
        blockNumber ?? null,
      );
  }

  /** Throws {@link IllegalTransition} where the table of states does not let it follow. */
  move(id: string, to: OperationState, occasion?: Occasion): void {
    const from = predecessors(operationTransitions, operationStates, to);
    this.#moveFrom(id, from, to, occasion);
  }

  giveUp(id: string, error: string): void {
    this.#moveFrom(id, ["queued"], "failed");
    this.#tables.sql("UPDATE operation SET not_rebuilt = ? WHERE id = ?").run(error, id);
    this.release(id);
  }

  /** Moves an operation that has no signed bytes; those of others cannot be held back or taken out. */
  moveUnsigned(id: string, from: readonly OperationState[], to: OperationState): void {
    const relayed = this.#tables.sql(`SELECT 1 FROM relay WHERE operation = ${bySequence}`).get(id);
    if (relayed !== undefined) throw new RelayedByOther(id);
    this.#moveFrom(id, from, to);
    if (to !== "cancelled") return;
    this.dropCalldata(id);
    this.release(id);
  }

  /** What a transaction in a block means for one of its operations. */
  settle(id: string, to: "queued" | "mined" | "failed" | "cancelled", occasion: Occasion): void {
    this.move(id, to, occasion);
    if (to === "queued") return;
    this.dropCalldata(id);
    if (to === "mined") {
      this.#tables.sql(`DELETE FROM pending_reference WHERE operation = ${bySequence}`).run(id);
    } else this.release(id);
  }

  dropCalldata(id: string): void {
    this.#tables.sql("UPDATE operation SET calldata = NULL WHERE id = ?").run(id);
  }

  /** Gives its references free. */
  release(id: string): void {
    const freed = this.#tables.sql(
      `DELETE FROM pending_reference WHERE operation = ${bySequence} RETURNING marks`,
    );
    const row = freed.get(id);
    const marks = row === undefined ? Buffer.alloc(0) : blob(row, "marks");
    const free = this.#tables.sql("DELETE FROM reference WHERE mark = ?");
    for (let at = 0; at < marks.length; at += markBytes) free.run(marks.subarray(at, at + markBytes));
  }

  dropRelayed(id: string): void {
    this.#tables.sql(`DELETE FROM relay WHERE operation = ${bySequence}`).run(id);
  }

  nextNonce(signer: Address): number {
    const row = this.#tables
      .sql(
        `SELECT max(next) AS next FROM (
           SELECT max(nonce) + 1 AS next FROM attempt WHERE signer = ?1
           UNION ALL SELECT max(nonce) + 1 FROM relay WHERE signer = ?1
           UNION ALL SELECT first_nonce FROM signer WHERE account = ?1)`,
      )
      .get(bytesOf(signer));
    return row === undefined ? 0 : (optional(row, "next", integer) ?? 0);
  }

  recorded(references: readonly BusinessReference[]): readonly number[] {
    const marks = references.map((reference) => this.#marks.of(reference));
    const found = rowsOfMarks(this.#tables.statements, "SELECT mark FROM reference", marks);
    return [...found].map(([index]) => index);
  }

  #moveFrom(id: string, from: readonly OperationState[], to: OperationState, occasion?: Occasion): void {
    const moved = this.#tables
      .sql(
        `UPDATE operation SET state = ? WHERE id = ? AND state IN (${from.map((state) => `'${state}'`).join()})`,
      )
      .run(to, id);
    if (moved.changes !== 1) throw new IllegalTransition(`operation ${id}`, to);
    this.note(id, to, occasion);
  }

  #find(column: "id" | "idempotency_key", value: string): { id: string; digest: Buffer } | undefined {
    const row = this.#tables.sql(`SELECT id, request_digest FROM operation WHERE ${column} = ?`).get(value);
    return row === undefined ? undefined : { id: text(row, "id"), digest: blob(row, "request_digest") };
  }

  #insert(operation: NewOperation, digest: Buffer): number {
    const { call } = operation;
    const inserted = this.#tables
      .sql(
        `INSERT INTO operation (id, idempotency_key, request_digest, kind, actor, contract, calldata, gas_limit, state,
                                accepted_at_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?)`,
      )
      .run(
        operation.id,
        operation.idempotencyKey ?? null,
        digest,
        operation.kind,
        operation.actor,
        call.to === undefined ? Buffer.alloc(0) : bytesOf(call.to),
        bytesOf(call.calldata),
        call.gasLimit,
        this.#tables.nowMs(),
      );
    return Number(inserted.lastInsertRowid);
  }

  #reserve(operation: NewOperation, sequence: number): void {
    const marks = (operation.references ?? []).map((reference) => this.#marks.of(reference));
    if (marks.length === 0) return;
    const reserve = this.#tables.sql("INSERT INTO reference (mark) VALUES (?) ON CONFLICT (mark) DO NOTHING");
    const refused = marks.flatMap((mark, index) => (reserve.run(mark).changes === 1 ? [] : [index]));
    if (refused.length > 0) throw new AlreadyRecorded(operation.id, refused);
    this.#tables
      .sql("INSERT INTO pending_reference (operation, marks) VALUES (?, ?)")
      .run(sequence, Buffer.concat(marks));
  }

  #keepRelayed({ signer, nonce, raw, hash, nonceOnChain = 0 }: Relayed, sequence: number): void {
    const expected = Math.max(this.nextNonce(signer), nonceOnChain);
    if (nonce !== expected) throw new WrongNonce(expected, nonce);
    this.#tables
      .sql("INSERT INTO relay (operation, signer, nonce, raw, hash) VALUES (?, ?, ?, ?, ?)")
      .run(sequence, bytesOf(signer), nonce, bytesOf(raw), bytesOf(hash));
  }
}
