/** Operations: how they are accepted, how their states change, and what their history keeps. */
import type { Address, Bytes32 } from "../../../protocol/ids.ts";
import { ReferenceMarks, requestDigest } from "../../keys/secrets.ts";
import type { BusinessReference, DerivedKeys } from "../../keys/secrets.ts";
import type { Session } from "../../database/database.ts";
import { insertRows, rowsOfMarks } from "../../database/many.ts";
import { blob, bytesOf, integer, optional, text, type Row } from "../../database/rows.ts";
import { AnsweredRequests, type AskedOnce } from "../answered-requests.ts";
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
import { historyQuery, operationQuery, readHistoryEntry, readOperation } from "./queries.ts";

/** What requests and payments are recognised by. */
export interface OutboxKeys extends Pick<DerivedKeys, "requestDigest"> {
  readonly marks: ReferenceMarks;
}

/** Where a change happened, for the history. */
export interface Occasion {
  readonly transaction?: Bytes32;
  readonly blockNumber?: number;
}

/** Of a reference's mark: HMAC-SHA-256. */
const markBytes = 32;
const references = { table: "reference", columns: ["mark"], onConflict: "(mark) DO NOTHING" };
const bySequence = "(SELECT sequence FROM operation WHERE id = ?)";

interface Known {
  readonly id: string;
  readonly digest: Buffer;
}

const readKnown = (row: Row): Known => ({ id: text(row, "id"), digest: blob(row, "request_digest") });

/** Every method is part of a transaction of its caller. */
export class OperationRows {
  readonly #session: Session;
  readonly #keys: OutboxKeys;
  readonly #nowMs: () => number;

  constructor(session: Session, keys: OutboxKeys, nowMs: () => number) {
    this.#session = session;
    this.#keys = keys;
    this.#nowMs = nowMs;
  }

  async accept(operation: NewOperation): Promise<Accepted> {
    const digest = requestDigest(this.#keys.requestDigest, operation.request);
    const key = operation.idempotencyKey;
    const known = key === undefined ? undefined : await this.#findKey(key);
    if (key !== undefined && known !== undefined) {
      if (!known.digest.equals(digest)) throw new IdempotencyConflict(key, known.id);
      return { id: known.id, acceptance: "known" };
    }
    const sameId = await this.#findId(operation.id);
    if (sameId !== undefined) {
      if (!sameId.digest.equals(digest)) throw new OperationConflict(operation.id);
      return { id: operation.id, acceptance: "known" };
    }
    const sequence = await this.#insert(operation, digest);
    const answered = new AnsweredRequests(this.#session, this.#keys.requestDigest);
    for (const asked of operation.joined ?? []) await answered.keep(asked, operation.id, this.#nowMs());
    if (operation.relayed !== undefined) await this.#keepRelayed(operation.relayed, sequence);
    await this.#reserve(operation, sequence);
    await this.note(operation.id, "queued");
    return { id: operation.id, acceptance: "new" };
  }

  async known(idempotencyKey: string, request: string | Uint8Array): Promise<string | undefined> {
    const found = await this.#findKey(idempotencyKey);
    if (found === undefined) return undefined;
    if (!found.digest.equals(requestDigest(this.#keys.requestDigest, request))) {
      throw new IdempotencyConflict(idempotencyKey, found.id);
    }
    return found.id;
  }

  async isUsed(idempotencyKey: string): Promise<boolean> {
    return (await this.#findKey(idempotencyKey)) !== undefined;
  }

  /** False where the very same was answered before. Throws {@link IdempotencyConflict}. */
  async keepAnswer(asked: AskedOnce, operation: string): Promise<boolean> {
    if ((await this.known(asked.idempotencyKey, asked.request)) !== undefined) return false;
    const answered = new AnsweredRequests(this.#session, this.#keys.requestDigest);
    await answered.keep(asked, operation, this.#nowMs());
    return true;
  }

  async read(id: string): Promise<OperationRecord | undefined> {
    const row = await this.#session.first(operationQuery, [id]);
    return row === undefined ? undefined : readOperation(row);
  }

  async history(id: string): Promise<readonly HistoryEntry[]> {
    return (await this.#session.all(historyQuery, [id])).map(readHistoryEntry);
  }

  async note(id: string, what: Happening, { transaction, blockNumber }: Occasion = {}): Promise<void> {
    await this.#session.run(
      `INSERT INTO history (operation, at_ms, what, hash, block) VALUES (${bySequence}, ?, ?, ?, ?)`,
      [id, this.#nowMs(), what, transaction === undefined ? null : bytesOf(transaction), blockNumber ?? null],
    );
  }

  /** Throws {@link IllegalTransition} where the table of states does not let it follow. */
  async move(id: string, to: OperationState, occasion?: Occasion): Promise<void> {
    const from = predecessors(operationTransitions, operationStates, to);
    await this.#moveFrom(id, from, to, occasion);
  }

  async giveUp(id: string, error: string): Promise<void> {
    await this.#moveFrom(id, ["queued"], "failed");
    await this.#session.run("UPDATE operation SET not_rebuilt = ? WHERE id = ?", [error, id]);
    await this.release(id);
  }

  /** Moves an operation that has no signed bytes; those of others cannot be held back or taken out. */
  async moveUnsigned(id: string, from: readonly OperationState[], to: OperationState): Promise<void> {
    const relayed = await this.#session.first(`SELECT 1 FROM relay WHERE operation = ${bySequence}`, [id]);
    if (relayed !== undefined) throw new RelayedByOther(id);
    await this.#moveFrom(id, from, to);
    if (to !== "cancelled") return;
    await this.dropCalldata(id);
    await this.release(id);
  }

  /** What a transaction in a block means for one of its operations. */
  async settle(
    id: string,
    to: "queued" | "mined" | "failed" | "cancelled",
    occasion: Occasion,
  ): Promise<void> {
    await this.move(id, to, occasion);
    if (to === "queued") return;
    await this.dropCalldata(id);
    if (to === "mined") {
      await this.#session.run(`DELETE FROM pending_reference WHERE operation = ${bySequence}`, [id]);
    } else await this.release(id);
  }

  async dropCalldata(id: string): Promise<void> {
    await this.#session.run("UPDATE operation SET calldata = NULL WHERE id = ?", [id]);
  }

  /** Gives its references free. */
  async release(id: string): Promise<void> {
    const row = await this.#session.first(
      `DELETE FROM pending_reference WHERE operation = ${bySequence} RETURNING marks`,
      [id],
    );
    const marks = row === undefined ? Buffer.alloc(0) : blob(row, "marks");
    for (let at = 0; at < marks.length; at += markBytes) {
      await this.#session.run("DELETE FROM reference WHERE mark = ?", [marks.subarray(at, at + markBytes)]);
    }
  }

  async dropRelayed(id: string): Promise<void> {
    await this.#session.run(`DELETE FROM relay WHERE operation = ${bySequence}`, [id]);
  }

  async nextNonce(signer: Address): Promise<number> {
    const row = await this.#session.first(
      `SELECT max(next) AS next FROM (
           SELECT max(nonce) + 1 AS next FROM attempt WHERE signer = ?1
           UNION ALL SELECT max(nonce) + 1 FROM relay WHERE signer = ?1
           UNION ALL SELECT first_nonce FROM signer WHERE account = ?1) AS nexts`,
      [bytesOf(signer)],
    );
    return row === undefined ? 0 : (optional(row, "next", integer) ?? 0);
  }

  async recorded(references: readonly BusinessReference[]): Promise<readonly number[]> {
    const marks = references.map((reference) => this.#keys.marks.of(reference));
    const found = await rowsOfMarks(this.#session, "SELECT mark FROM reference", marks);
    return [...found.keys()];
  }

  async #moveFrom(
    id: string,
    from: readonly OperationState[],
    to: OperationState,
    occasion?: Occasion,
  ): Promise<void> {
    const moved = await this.#session.run(
      `UPDATE operation SET state = ? WHERE id = ? AND state IN (${from.map((state) => `'${state}'`).join()})`,
      [to, id],
    );
    if (moved !== 1) throw new IllegalTransition(`operation ${id}`, to);
    await this.note(id, to, occasion);
  }

  async #findId(id: string): Promise<Known | undefined> {
    const row = await this.#session.first("SELECT id, request_digest FROM operation WHERE id = ?", [id]);
    return row === undefined ? undefined : readKnown(row);
  }

  /** Whatever was answered under the key: it names one request, of any kind. */
  async #findKey(idempotencyKey: string): Promise<Known | undefined> {
    const row = await this.#session.first(
      `SELECT id, request_digest FROM operation WHERE idempotency_key = ?1
       UNION ALL SELECT answer, request_digest FROM answered_request WHERE idempotency_key = ?1`,
      [idempotencyKey],
    );
    return row === undefined ? undefined : readKnown(row);
  }

  async #insert(operation: NewOperation, digest: Buffer): Promise<number> {
    const { call } = operation;
    const inserted = await this.#session.first(
      `INSERT INTO operation (id, idempotency_key, request_digest, kind, actor, contract, calldata, gas_limit, state,
                                accepted_at_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?)
         RETURNING sequence`,
      [
        operation.id,
        operation.idempotencyKey ?? null,
        digest,
        operation.kind,
        operation.actor,
        call.to === undefined ? Buffer.alloc(0) : bytesOf(call.to),
        bytesOf(call.calldata),
        call.gasLimit,
        this.#nowMs(),
      ],
    );
    return integer(inserted ?? {}, "sequence");
  }

  async #reserve(operation: NewOperation, sequence: number): Promise<void> {
    const marks = (operation.references ?? []).map((reference) => this.#keys.marks.of(reference));
    if (marks.length === 0) return;
    await this.#session.run("SAVEPOINT reserving");
    const reserved = await insertRows(
      this.#session,
      references,
      marks.map((mark) => [mark]),
    );
    if (reserved !== marks.length) {
      // Some were there before, or stand here twice: which ones, shows without those that were just written.
      await this.#session.run("ROLLBACK TO SAVEPOINT reserving");
      throw new AlreadyRecorded(operation.id, await this.#taken(marks));
    }
    await this.#session.run("RELEASE SAVEPOINT reserving");
    await this.#session.run("INSERT INTO pending_reference (operation, marks) VALUES (?, ?)", [
      sequence,
      Buffer.concat(marks),
    ]);
  }

  /** The indexes of marks that are recorded, or stand before in the list. */
  async #taken(marks: readonly Buffer[]): Promise<readonly number[]> {
    const recorded = await rowsOfMarks(this.#session, "SELECT mark FROM reference", marks);
    const seen = new Set<string>();
    return marks.flatMap((mark, index) => {
      const isRepeated = seen.has(mark.toString("hex"));
      seen.add(mark.toString("hex"));
      return isRepeated || recorded.has(index) ? [index] : [];
    });
  }

  async #keepRelayed(
    { signer, nonce, raw, hash, nonceOnChain = 0 }: Relayed,
    sequence: number,
  ): Promise<void> {
    const expected = Math.max(await this.nextNonce(signer), nonceOnChain);
    if (nonce !== expected) throw new WrongNonce(expected, nonce);
    await this.#session.run(
      "INSERT INTO relay (operation, signer, nonce, raw, hash) VALUES (?, ?, ?, ?, ?)",
      [sequence, bytesOf(signer), nonce, bytesOf(raw), bytesOf(hash)],
    );
  }
}
