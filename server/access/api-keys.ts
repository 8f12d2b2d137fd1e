/**
 * Who may write: API keys, each bound to roles. Only a hash is kept, so a key is shown once, when it is made. A key's
 * secret is 32 random bytes, which no dictionary holds: one round of SHA-256 is enough to keep it.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Database, Definition } from "../database/database.ts";
import { openDatabase } from "../database/open.ts";
import type { Place } from "../database/open.ts";
import { blob, text } from "../database/rows.ts";
import type { Row } from "../database/rows.ts";

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

/** Without a key of the role `admin` nobody could make a key again, so the last one in force stays. */
export class LastAdminKey extends Error {
  readonly key: string;
  constructor(key: string) {
    super(`key ${key}: it is the last one in force with the role admin; make another such key first`);
    this.name = "LastAdminKey";
    this.key = key;
  }
}

const definition: Definition = {
  version: 1,
  statements: (words) => [
    `CREATE TABLE api_key (
      id ${words.text} PRIMARY KEY,
      hash ${words.bytes} NOT NULL,
      roles ${words.text} NOT NULL,
      created_at_ms ${words.integer} NOT NULL,
      revoked_at_ms ${words.integer}
    ) ${words.keyed}`,
  ],
};
/** Look-ups that go on at once. */
const readers = 2;

const prefix = "efk";
const hashOf = (secret: string): Buffer => createHash("sha256").update(secret).digest();
const isKeyRole = (word: string): word is KeyRole => keyRoles.some((role) => role === word);

export class ApiKeys {
  readonly #database: Database;
  readonly #nowMs: () => number;

  private constructor(database: Database, nowMs: () => number) {
    this.#database = database;
    this.#nowMs = nowMs;
  }

  /** Opens the keys, creating their store on the first start. Throws UnknownSchema. */
  static async open(place: Place, nowMs: () => number = Date.now): Promise<ApiKeys> {
    return new ApiKeys(await openDatabase(place, { promise: "synced", readers, definition }), nowMs);
  }

  close(): Promise<void> {
    return this.#database.close();
  }

  /** Makes the first key of all, with the role `admin`; undefined where there are keys, in force or not. */
  async createFirst(): Promise<string | undefined> {
    const { id, token, hash } = newKey();
    // In one statement under the writer's lock: of gateways that start at once, one makes it.
    const made = await this.#database.write((session) =>
      session.run(
        `INSERT INTO api_key (id, hash, roles, created_at_ms)
         SELECT ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM api_key)`,
        [id, hash, "admin", this.#nowMs()],
      ),
    );
    return made === 1 ? token : undefined;
  }

  /** Makes a key; the answer is the only time that its text is known. */
  async create(roles: readonly KeyRole[]): Promise<{ readonly id: string; readonly token: string }> {
    const { id, token, hash } = newKey();
    await this.#database.write((session) =>
      session.run("INSERT INTO api_key (id, hash, roles, created_at_ms) VALUES (?, ?, ?, ?)", [
        id,
        hash,
        roles.join(" "),
        this.#nowMs(),
      ]),
    );
    return { id, token };
  }

  /** The key behind a token, or undefined for one that is unknown, mistyped or revoked. */
  async find(token: string): Promise<ApiKey | undefined> {
    const match = /^efk_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/.exec(token);
    const [, id, secret] = match ?? [];
    if (id === undefined || secret === undefined) return undefined;
    const row = await this.#database.session.first(
      "SELECT hash, roles FROM api_key WHERE id = ? AND revoked_at_ms IS NULL",
      [id],
    );
    if (row === undefined || !timingSafeEqual(blob(row, "hash"), hashOf(secret))) return undefined;
    return { id, roles: rolesOf(row) };
  }

  /** False where there is no such key in force. Throws {@link LastAdminKey}; then nothing changed. */
  revoke(id: string): Promise<boolean> {
    // One transaction under the writer's lock: of two admin keys that revoke each other at once, one stays.
    return this.#database.write(async (session) => {
      const others = await session.all("SELECT roles FROM api_key WHERE revoked_at_ms IS NULL AND id <> ?", [
        id,
      ]);
      const revoked = await session.all(
        "UPDATE api_key SET revoked_at_ms = ? WHERE id = ? AND revoked_at_ms IS NULL RETURNING roles",
        [this.#nowMs(), id],
      );
      // Thrown, it takes the change back.
      if (revoked.some(isAdmin) && !others.some(isAdmin)) throw new LastAdminKey(id);
      return revoked.length > 0;
    });
  }
}

const rolesOf = (row: Row): readonly KeyRole[] => text(row, "roles").split(" ").filter(isKeyRole);
const isAdmin = (row: Row): boolean => rolesOf(row).includes("admin");

const newKey = (): { readonly id: string; readonly token: string; readonly hash: Buffer } => {
  const id = randomBytes(6).toString("hex");
  const secret = randomBytes(32).toString("base64url");
  return { id, token: `${prefix}_${id}_${secret}`, hash: hashOf(secret) };
};
