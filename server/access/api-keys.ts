/**
 * Who may write: API keys, each bound to roles. Only a hash is kept, so a key is shown once, when it is made. A key's
 * secret is 32 random bytes, which no dictionary holds: one round of SHA-256 is enough to keep it.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { blob, integer, openDatabase, text } from "../sqlite.ts";

/**
 * What a key may do: the actor whose key signs; `relay`, for whoever signs with a key of their own; or `admin`, who may
 * do everything and makes further keys.
 */
export const keyRoles = [
  "admin",
  "recorder",
  "treasurer",
  "coordinator",
  "adjudicator",
  "payer",
  "auditor",
  "provider",
  "relay",
] as const;
export type KeyRole = (typeof keyRoles)[number];

export interface ApiKey {
  readonly id: string;
  readonly roles: readonly KeyRole[];
}

const accessSchemaVersion = 1;
const accessSchema = `
CREATE TABLE api_key (
  id TEXT PRIMARY KEY,
  hash BLOB NOT NULL,
  roles TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  revoked_at_ms INTEGER
) WITHOUT ROWID, STRICT`;

const prefix = "efk";
const hashOf = (secret: string): Buffer => createHash("sha256").update(secret).digest();
const isKeyRole = (word: string): word is KeyRole => keyRoles.some((role) => role === word);

export class ApiKeys {
  readonly #database: DatabaseSync;
  readonly #nowMs: () => number;

  constructor(path: string, nowMs: () => number = Date.now) {
    this.#database = openDatabase(path, accessSchemaVersion, accessSchema);
    this.#nowMs = nowMs;
  }

  close(): void {
    this.#database.close();
  }

  count(): number {
    const row = this.#database.prepare("SELECT count(*) AS n FROM api_key").get();
    return row === undefined ? 0 : integer(row, "n");
  }

  /** Makes a key; the answer is the only time that its text is known. */
  create(roles: readonly KeyRole[]): { readonly id: string; readonly token: string } {
    const id = randomBytes(6).toString("hex");
    const secret = randomBytes(32).toString("base64url");
    this.#database
      .prepare("INSERT INTO api_key (id, hash, roles, created_at_ms) VALUES (?, ?, ?, ?)")
      .run(id, hashOf(secret), roles.join(" "), this.#nowMs());
    return { id, token: `${prefix}_${id}_${secret}` };
  }

  /** The key behind a token, or undefined for one that is unknown, mistyped or revoked. */
  find(token: string): ApiKey | undefined {
    const match = /^efk_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/.exec(token);
    const [, id, secret] = match ?? [];
    if (id === undefined || secret === undefined) return undefined;
    const row = this.#database
      .prepare("SELECT hash, roles FROM api_key WHERE id = ? AND revoked_at_ms IS NULL")
      .get(id);
    if (row === undefined || !timingSafeEqual(blob(row, "hash"), hashOf(secret))) return undefined;
    return { id, roles: text(row, "roles").split(" ").filter(isKeyRole) };
  }

  /** False where there is no such key in force. */
  revoke(id: string): boolean {
    const { changes } = this.#database
      .prepare("UPDATE api_key SET revoked_at_ms = ? WHERE id = ? AND revoked_at_ms IS NULL")
      .run(this.#nowMs(), id);
    return changes > 0;
  }
}
