/**
 * Requests that became no operation of their own, kept for ever so that a repetition is recognised: what an operator did
 * to an operation, what an admin did to a key, gifts that an operation of another request records too. Kept in the
 * transaction that did it, as a keyed digest of what was asked.
 */
import type { KeyObject } from "node:crypto";
import { canonicalJson, type Json } from "../../protocol/json.ts";
import type { Asking } from "../../protocol/ports/desk.ts";
import type { Session } from "../database/database.ts";
import { blob, text } from "../database/rows.ts";
import type { Words } from "../database/words.ts";
import { requestDigest } from "../keys/secrets.ts";
import { IdempotencyConflict } from "./store.ts";

/** A request as it is recognised when it comes again. */
export interface AskedOnce {
  /** With the asker's identity before it: several askers may choose the same key. */
  readonly idempotencyKey: string;
  /** In canonical form. */
  readonly request: string | Uint8Array;
}

/** An asker's idempotency key as the stores keep it. */
export const keyOf = ({ asker, idempotencyKey }: Asking): string => `${asker}:${idempotencyKey}`;

export const askedOnce = (request: Json, asking: Asking): AskedOnce => ({
  idempotencyKey: keyOf(asking),
  request: canonicalJson(request),
});

export const answeredRequestTable = (words: Words): string =>
  `CREATE TABLE answered_request (
    idempotency_key ${words.text} PRIMARY KEY,
    request_digest ${words.bytes} NOT NULL,
    -- What it is answered with again, but for secrets.
    answer ${words.text} NOT NULL,
    answered_at_ms ${words.integer} NOT NULL
  ) ${words.keyed}`;

/** Every method is part of a transaction of its caller, or a single read. */
export class AnsweredRequests {
  readonly #session: Session;
  readonly #digestKey: KeyObject;

  constructor(session: Session, digestKey: KeyObject) {
    this.#session = session;
    this.#digestKey = digestKey;
  }

  /** What this very request was answered with before, if it was. Throws IdempotencyConflict for another one. */
  async known({ idempotencyKey, request }: AskedOnce): Promise<string | undefined> {
    const row = await this.#session.first(
      "SELECT request_digest, answer FROM answered_request WHERE idempotency_key = ?",
      [idempotencyKey],
    );
    if (row === undefined) return undefined;
    if (!blob(row, "request_digest").equals(requestDigest(this.#digestKey, request))) {
      throw new IdempotencyConflict(idempotencyKey);
    }
    return text(row, "answer");
  }

  async keep({ idempotencyKey, request }: AskedOnce, answer: string, nowMs: number): Promise<void> {
    await this.#session.run(
      `INSERT INTO answered_request (idempotency_key, request_digest, answer, answered_at_ms)
       VALUES (?, ?, ?, ?)`,
      [idempotencyKey, requestDigest(this.#digestKey, request), answer, nowMs],
    );
  }
}
