/**
 * Who may write: API keys, each bound to roles and, where that is wanted, to programmes and an end. Only a hash of a
 * key is kept, so it is shown once, when it is made or rotated.
 */
import { timingSafeEqual, type KeyObject } from "node:crypto";
import type { Json } from "../../protocol/json.ts";
import type { Asking } from "../../protocol/ports/desk.ts";
import type { Database, Session } from "../database/database.ts";
import { openDatabase } from "../database/open.ts";
import type { Place } from "../database/open.ts";
import { blob, integer, type Row } from "../database/rows.ts";
import type { DerivedKeys } from "../keys/secrets.ts";
import { AnsweredRequests, askedOnce } from "../outbox/answered-requests.ts";
import {
  accessDefinition,
  inForce,
  keyColumns,
  readKey,
  readKeyView,
  type ApiKey,
  type KeyView,
} from "./key-rows.ts";
import {
  checkKeyRequest,
  newKeyId,
  newSecret,
  readToken,
  type KeyProof,
  type KeyRequest,
} from "./new-key.ts";

/** A key's text, known to whoever asked for it and to nobody else. */
export interface ShownKey {
  readonly id: string;
  /** Absent in the answer to a repetition: only its hash is kept. */
  readonly token?: string;
}

export interface RotatedKey extends ShownKey {
  readonly previousEndsAtMs: number;
}

/** Without a key of the role `admin` nobody could make a key again, so the last one without an end stays. */
export class LastAdminKey extends Error {
  readonly key: string;
  constructor(key: string) {
    super(
      `key ${key}: it is the last one in force with the role admin that never expires; make another such key first`,
    );
    this.name = "LastAdminKey";
    this.key = key;
  }
}

/** There is no key of this id, or it is over. */
export class NoSuchKey extends Error {
  readonly key: string;
  constructor(key: string) {
    super(`no key in force has the id ${key}`);
    this.name = "NoSuchKey";
    this.key = key;
  }
}

/** More keys are in force than anybody can keep an eye on. */
export class TooManyKeys extends Error {
  constructor() {
    super(`${mostKeys} API keys are in force; revoke those that nobody uses, then make more`);
    this.name = "TooManyKeys";
  }
}

/** A key was rotated again and again while the secrets before were still in force. */
export class TooManySecrets extends Error {
  readonly key: string;
  constructor(key: string) {
    super(
      `key ${key}: ${mostSecrets} secrets of it are in force; wait until one ends, or revoke the key and make another`,
    );
    this.name = "TooManySecrets";
    this.key = key;
  }
}

/** Look-ups that go on at once. */
const readers = 2;
/** In force together. */
const mostKeys = 1_000;
/** Of one key, in force together. */
const mostSecrets = 5;

export class ApiKeys {
  readonly #database: Database;
  /** Of the requests that were answered. */
  readonly #digestKey: KeyObject;
  readonly #nowMs: () => number;

  private constructor(database: Database, digestKey: KeyObject, nowMs: () => number) {
    this.#database = database;
    this.#digestKey = digestKey;
    this.#nowMs = nowMs;
  }

  /** Opens the keys, creating their store on the first start. Throws UnknownSchema. */
  static async open(
    place: Place,
    { requestDigest }: Pick<DerivedKeys, "requestDigest">,
    nowMs: () => number = Date.now,
  ): Promise<ApiKeys> {
    const options = { promise: "synced", readers, definition: accessDefinition } as const;
    return new ApiKeys(await openDatabase(place, options), requestDigest, nowMs);
  }

  /** Where the sessions of the keys are kept too. */
  get database(): Database {
    return this.#database;
  }

  close(): Promise<void> {
    return this.#database.close();
  }

  /** Makes the first key of all, with the role `admin` and no end; undefined where there are keys, in force or not. */
  createFirst(): Promise<string | undefined> {
    // In one transaction under the writer's lock: of gateways that start at once, one makes it.
    return this.#database.write(async (session) => {
      if ((await session.first("SELECT 1 FROM api_key")) !== undefined) return undefined;
      return (await this.#insert(session, { roles: ["admin"] })).token;
    });
  }

  /**
   * Makes a key; the answer is the only time that its text is known. Throws DeskRefusal for what cannot be,
   * {@link TooManyKeys} and IdempotencyConflict.
   */
  create(request: KeyRequest, asking: Asking): Promise<ShownKey> {
    const { roles, programmes = null, expiresAtMs = null } = request;
    const content = {
      kind: "createKey",
      roles: [...roles],
      programmes: programmes === null ? null : [...programmes],
      expiresAtMs,
    };
    return this.#once<ShownKey>(content, asking, {
      work: async (session) => {
        // Not before: a repetition is answered as the first time, wherever the clock stands now.
        checkKeyRequest(request, this.#nowMs());
        await this.#requireRoom(session);
        return this.#insert(session, request);
      },
      keep: ({ id }) => id,
      again: (id) => ({ id }),
    });
  }

  /** The key behind a token, or undefined for one that is unknown, mistyped, expired, replaced or revoked. */
  async find(token: string): Promise<ApiKey | undefined> {
    const proof = readToken(token);
    return proof === undefined ? undefined : this.inForce(proof);
  }

  /** The same for a key whose text was seen before. */
  async inForce({ id, hash }: KeyProof): Promise<ApiKey | undefined> {
    const nowMs = this.#nowMs();
    const rows = await this.#database.session.all(
      `SELECT ${keyColumns}, hash FROM api_key JOIN api_key_secret ON api_key = id
       WHERE id = ? AND ${inForce} AND (ends_at_ms IS NULL OR ends_at_ms > ?)`,
      [id, nowMs, nowMs],
    );
    const row = rows.find((each) => timingSafeEqual(blob(each, "hash"), hash));
    return row === undefined ? undefined : readKey(row);
  }

  /** Keys in the order in which they were made, from the one after `after` on, with their places in that order. */
  async list(
    after: number,
    limit: number,
  ): Promise<readonly { readonly place: number; readonly key: KeyView }[]> {
    const rows = await this.#database.session.all(
      `SELECT ${keyColumns} FROM api_key WHERE sequence > ? ORDER BY sequence LIMIT ?`,
      [after, limit],
    );
    return rows.map((row) => ({ place: integer(row, "sequence"), key: readKeyView(row, this.#nowMs()) }));
  }

  /**
   * Gives a key a new secret; the one before it, and those still in force, go on for `overlapMs` at most. Throws
   * {@link NoSuchKey}, {@link TooManySecrets} and IdempotencyConflict.
   */
  rotate(id: string, overlapMs: number, asking: Asking): Promise<RotatedKey> {
    return this.#once({ kind: "rotateKey", id, overlapMs }, asking, {
      work: (session) => this.#rotate(session, id, this.#nowMs() + overlapMs),
      keep: ({ previousEndsAtMs }) => String(previousEndsAtMs),
      again: (previousEndsAtMs) => ({ id, previousEndsAtMs: Number(previousEndsAtMs) }),
    });
  }

  /** Throws {@link NoSuchKey}, {@link LastAdminKey} and IdempotencyConflict; then nothing changed. */
  revoke(id: string, asking: Asking): Promise<void> {
    return this.#once({ kind: "revokeKey", id }, asking, {
      work: (session) => this.#revoke(session, id),
      keep: () => id,
      again: () => undefined,
    });
  }

  /**
   * Does something else that is kept beside the keys, in the transaction that keeps its request; asked again, it does
   * nothing. Throws what `work` throws and IdempotencyConflict; then nothing changed.
   */
  once(request: Json, asking: Asking, work: (session: Session) => Promise<void>): Promise<void> {
    return this.#once(request, asking, { work, keep: () => "", again: () => undefined });
  }

  /**
   * The same for what is kept elsewhere: `work` is done before its answer is kept, so that it is done once more where
   * the process ended in between. Throws what `work` throws and IdempotencyConflict, before `work`.
   */
  async onceElsewhere(request: Json, asking: Asking, work: () => Promise<string>): Promise<string> {
    const answered = new AnsweredRequests(this.#database.session, this.#digestKey);
    const before = await answered.known(askedOnce(request, asking));
    const answer = before ?? (await work());
    const same = (kept: string): string => kept;
    return this.#once(request, asking, { work: async () => answer, keep: same, again: same });
  }

  /** Whether any request that is kept here was answered under the asker's key. */
  async isUsed(idempotencyKey: string): Promise<boolean> {
    const statement = "SELECT 1 FROM answered_request WHERE idempotency_key = ?";
    return (await this.#database.session.first(statement, [idempotencyKey])) !== undefined;
  }

  /** What was asked, and the answer to it, in one transaction under the writer's lock; asked again, the answer alone. */
  #once<Result>(request: Json, asking: Asking, { work, keep, again }: Once<Result>): Promise<Result> {
    const asked = askedOnce(request, asking);
    return this.#database.write(async (session) => {
      const answered = new AnsweredRequests(session, this.#digestKey);
      const before = await answered.known(asked);
      if (before !== undefined) {
        asking.onRepetition?.();
        return again(before);
      }
      const result = await work(session);
      await answered.keep(asked, keep(result), this.#nowMs());
      return result;
    });
  }

  async #requireRoom(session: Session): Promise<void> {
    const row = await session.first(`SELECT count(*) AS n FROM api_key WHERE ${inForce}`, [this.#nowMs()]);
    if (row !== undefined && integer(row, "n") >= mostKeys) throw new TooManyKeys();
  }

  async #insert(
    session: Session,
    { roles, programmes, expiresAtMs }: KeyRequest,
  ): Promise<Required<ShownKey>> {
    const id = newKeyId();
    const { token, hash } = newSecret(id);
    await session.run(
      "INSERT INTO api_key (id, roles, programmes, created_at_ms, expires_at_ms) VALUES (?, ?, ?, ?, ?)",
      [id, roles.join(" "), programmes?.join(" ") ?? null, this.#nowMs(), expiresAtMs ?? null],
    );
    await session.run("INSERT INTO api_key_secret (hash, api_key) VALUES (?, ?)", [hash, id]);
    return { id, token };
  }

  async #rotate(session: Session, id: string, previousEndsAtMs: number): Promise<RotatedKey> {
    const nowMs = this.#nowMs();
    const rotated = await session.run(`UPDATE api_key SET rotated_at_ms = ? WHERE id = ? AND ${inForce}`, [
      nowMs,
      id,
      nowMs,
    ]);
    if (rotated === 0) throw new NoSuchKey(id);
    await session.run("DELETE FROM api_key_secret WHERE api_key = ? AND ends_at_ms <= ?", [id, nowMs]);
    const before = await session.all("SELECT 1 FROM api_key_secret WHERE api_key = ?", [id]);
    if (before.length >= mostSecrets) throw new TooManySecrets(id);
    await session.run(
      "UPDATE api_key_secret SET ends_at_ms = ? WHERE api_key = ? AND (ends_at_ms IS NULL OR ends_at_ms > ?)",
      [previousEndsAtMs, id, previousEndsAtMs],
    );
    const { token, hash } = newSecret(id);
    await session.run("INSERT INTO api_key_secret (hash, api_key) VALUES (?, ?)", [hash, id]);
    return { id, token, previousEndsAtMs };
  }

  async #revoke(session: Session, id: string): Promise<void> {
    const nowMs = this.#nowMs();
    const [revoked] = await session.all(
      `UPDATE api_key SET revoked_at_ms = ? WHERE id = ? AND ${inForce} RETURNING ${keyColumns}`,
      [nowMs, id, nowMs],
    );
    if (revoked === undefined) throw new NoSuchKey(id);
    // One with an end does not count: it would lock everybody out on its day. Thrown, this takes the change back: of
    // two admin keys that revoke each other at once, one stays.
    const lasting = await session.all(
      `SELECT ${keyColumns} FROM api_key WHERE revoked_at_ms IS NULL AND expires_at_ms IS NULL`,
    );
    if (isAdmin(revoked) && !lasting.some(isAdmin)) throw new LastAdminKey(id);
  }
}

/** How something is done once, what is kept of its result, and what is answered from that the next time. */
interface Once<Result> {
  readonly work: (session: Session) => Promise<Result>;
  readonly keep: (result: Result) => string;
  readonly again: (kept: string) => Result;
}

const isAdmin = (row: Row): boolean => readKey(row).roles.includes("admin");
