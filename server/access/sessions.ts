/**
 * Sessions of the foundation's desk: who has signed in with which key. A session is a random text that a cookie holds;
 * here is only its hash. It stands for the key, never for longer than the key is in force: what a request may do is asked
 * of the key each time. Kept beside the keys, so that every gateway of the books knows them, also after a restart.
 */
import { randomBytes } from "node:crypto";
import { deskSessionLimits } from "../../protocol/ports/desk-access.ts";
import type { Database, Session as Statements } from "../database/database.ts";
import { blob, integer, text } from "../database/rows.ts";
import type { Words } from "../database/words.ts";
import type { ApiKeys } from "./api-keys.ts";
import type { ApiKey } from "./key-rows.ts";
import { hashOf, type KeyProof } from "./new-key.ts";

export const sessionTables = (words: Words): readonly string[] => [
  `CREATE TABLE desk_session (
    hash ${words.bytes} PRIMARY KEY,
    api_key ${words.text} NOT NULL,
    -- Of the key's secret that was typed: where that one is replaced, the session ends with it.
    key_hash ${words.bytes} NOT NULL,
    began_at_ms ${words.integer} NOT NULL,
    seen_at_ms ${words.integer} NOT NULL
  ) ${words.keyed}`,
  `CREATE INDEX desk_session_of ON desk_session (api_key, began_at_ms)`,
];

const minuteMs = 60_000;
const { longestMs, idleMs } = deskSessionLimits;
/** When a session was last seen is kept that exactly, so that not every page is a write. */
const seenWithinMs = minuteMs;
/**
 * A session of a later moment than this one is over: the clock was set back, and it would go on for that long. The clocks
 * of several gateways may differ by so much.
 */
const mostAheadMs = minuteMs;
/** Of one key; a further one ends the oldest. */
const mostOfKey = 5;

/** A session in force. */
export interface DeskSession {
  readonly key: ApiKey;
  /** When it ends whatever happens, in milliseconds since 1970. */
  readonly endsAtMs: number;
}

export class Sessions {
  readonly #database: Database;
  readonly #keys: Pick<ApiKeys, "inForce">;
  readonly #nowMs: () => number;

  constructor(keys: Pick<ApiKeys, "inForce" | "database">, nowMs: () => number = Date.now) {
    this.#database = keys.database;
    this.#keys = keys;
    this.#nowMs = nowMs;
  }

  /** Begins a session of a key in force; the answer is the only time that its text is known. */
  async begin({ id, hash: keyHash }: KeyProof): Promise<string> {
    const token = randomBytes(32).toString("base64url");
    const nowMs = this.#nowMs();
    await this.#database.write(async (statements) => {
      // Last seen is never before begun.
      await statements.run(
        "DELETE FROM desk_session WHERE began_at_ms <= ? OR seen_at_ms <= ? OR seen_at_ms > ?",
        [nowMs - longestMs, nowMs - idleMs, nowMs + mostAheadMs],
      );
      await endOldest(statements, id);
      await statements.run(
        "INSERT INTO desk_session (hash, api_key, key_hash, began_at_ms, seen_at_ms) VALUES (?, ?, ?, ?, ?)",
        [hashOf(token), id, keyHash, nowMs, nowMs],
      );
    });
    return token;
  }

  /** The session of this text; undefined where there is none, where it is over, or where its key is not in force. */
  async find(token: string): Promise<DeskSession | undefined> {
    const hash = hashOf(token);
    const row = await this.#database.session.first(
      "SELECT api_key, key_hash, began_at_ms, seen_at_ms FROM desk_session WHERE hash = ?",
      [hash],
    );
    if (row === undefined) return undefined;
    const nowMs = this.#nowMs();
    const endsAtMs = integer(row, "began_at_ms") + longestMs;
    const seenAtMs = integer(row, "seen_at_ms");
    if (endsAtMs <= nowMs || seenAtMs + idleMs <= nowMs || seenAtMs > nowMs + mostAheadMs) return undefined;
    const key = await this.#keys.inForce({ id: text(row, "api_key"), hash: blob(row, "key_hash") });
    if (key === undefined) return undefined;
    if (seenAtMs + seenWithinMs <= nowMs) {
      await this.#database.write((statements) =>
        statements.run("UPDATE desk_session SET seen_at_ms = ? WHERE hash = ?", [nowMs, hash]),
      );
    }
    return { key, endsAtMs };
  }

  /** Ends the session of this text, if there is one. */
  async end(token: string): Promise<void> {
    await this.#database.write((statements) =>
      statements.run("DELETE FROM desk_session WHERE hash = ?", [hashOf(token)]),
    );
  }

  /** Ends it and all others of its key. */
  async endAll(token: string): Promise<void> {
    await this.#database.write((statements) =>
      statements.run(
        "DELETE FROM desk_session WHERE api_key = (SELECT api_key FROM desk_session WHERE hash = ?)",
        [hashOf(token)],
      ),
    );
  }
}

/** Makes room for one more session of the key. */
const endOldest = async (statements: Statements, key: string): Promise<void> => {
  const rows = await statements.all(
    "SELECT hash FROM desk_session WHERE api_key = ? ORDER BY began_at_ms, hash",
    [key],
  );
  for (const row of rows.slice(0, Math.max(0, rows.length + 1 - mostOfKey))) {
    await statements.run("DELETE FROM desk_session WHERE hash = ?", [blob(row, "hash")]);
  }
};
