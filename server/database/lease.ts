/**
 * A lease says which of several gateways may do a work: it holds for a while by the database's own clock, and whoever
 * takes it over gets a higher token. A holder that was away too long may believe in its lease; so the lease does not
 * protect by itself, but every transaction of the work asks {@link Lease.check}, in the database, whether the token is
 * still the last one. Taking over and writing queue for the same lock of the store, so no write slips through between.
 */
import { randomBytes } from "node:crypto";
import type { Database, Session } from "./database.ts";
import { integer } from "./rows.ts";
import type { DatabaseKind, Words } from "./words.ts";

/** Another gateway has taken the work over; nothing of the transaction was kept. */
export class StaleLease extends Error {
  readonly lease: string;
  readonly token: number | undefined;
  constructor(lease: string, token: number | undefined) {
    super(`lease ${lease}: token ${token ?? "none"} is no longer the last; another gateway has taken over`);
    this.name = "StaleLease";
    this.lease = lease;
    this.token = token;
  }
}

export interface LeaseOptions<Schema> {
  /** The store that the work writes to. */
  readonly database: Database<Schema>;
  readonly name: string;
  readonly durationMs: number;
}

export const leaseTable = (words: Words): string =>
  `CREATE TABLE lease (
    name ${words.text} PRIMARY KEY,
    holder ${words.text} NOT NULL,
    token ${words.integer} NOT NULL,
    expires_at_ms ${words.integer} NOT NULL
  ) ${words.keyed}`;

/** Milliseconds since 1970 by the clock that all gateways share. */
const nowMs: Readonly<Record<DatabaseKind, string>> = {
  sqlite: "CAST(unixepoch('subsec') * 1000 AS INTEGER)",
  postgresql: "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)",
};

/** The part of the duration after which the holder renews. */
const renewedAfter = 1 / 3;

export class Lease<Schema = unknown> {
  readonly #options: LeaseOptions<Schema>;
  readonly #holder = randomBytes(16).toString("hex");
  #token: number | undefined;
  /** By the process's own clock. */
  #renewAtMs = 0;

  constructor(options: LeaseOptions<Schema>) {
    this.#options = options;
  }

  /** Of the last lease that was taken here, whether or not it still holds; undefined after it turned out stale. */
  get token(): number | undefined {
    return this.#token;
  }

  /** Takes the lease where nobody holds it, and keeps it where this gateway does; false where another one holds it. */
  async hold(): Promise<boolean> {
    const startedMs = performance.now();
    if (this.#token !== undefined && startedMs < this.#renewAtMs) return true;
    const { database, name, durationMs } = this.#options;
    const now = nowMs[database.kind];
    // A holder whose lease ran out while nobody wanted it has the same token: nobody wrote in between.
    const row = await database.write((session) =>
      session.first(
        `INSERT INTO lease (name, holder, token, expires_at_ms) VALUES (?1, ?2, 1, ${now} + ?3)
         ON CONFLICT (name) DO UPDATE SET
           token = CASE WHEN lease.holder = excluded.holder THEN lease.token ELSE lease.token + 1 END,
           holder = excluded.holder, expires_at_ms = excluded.expires_at_ms
         WHERE lease.holder = excluded.holder OR lease.expires_at_ms < ${now}
         RETURNING token`,
        [name, this.#holder, durationMs],
      ),
    );
    this.#token = row === undefined ? undefined : integer(row, "token");
    this.#renewAtMs = startedMs + durationMs * renewedAfter;
    return row !== undefined;
  }

  /**
   * Runs `work` and renews the lease meanwhile, so that work which takes long, as with a slow node, does not lose it. It
   * is never taken anew here: where another gateway has taken it, `work` learns that from {@link check}.
   */
  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    const timer = setInterval(
      // Where the database is gone, the lease runs out, and the work finds the database gone too.
      () => void this.#renew().catch(() => {}),
      Math.max(1, this.#options.durationMs * renewedAfter),
    );
    try {
      return await work();
    } finally {
      clearInterval(timer);
    }
  }

  async #renew(): Promise<void> {
    const token = this.#token;
    if (token === undefined) return;
    const startedMs = performance.now();
    const { database, name, durationMs } = this.#options;
    const renewed = await database.write((session) =>
      session.run(
        `UPDATE lease SET expires_at_ms = ${nowMs[database.kind]} + ? WHERE name = ? AND holder = ? AND token = ?`,
        [durationMs, name, this.#holder, token],
      ),
    );
    if (renewed === 1) this.#renewAtMs = startedMs + durationMs * renewedAfter;
  }

  /** In a transaction of the work: throws {@link StaleLease} unless this gateway was the last to take the lease. */
  async check(session: Session<Schema>): Promise<void> {
    const { name } = this.#options;
    const token = this.#token;
    const row =
      token === undefined
        ? undefined
        : await session.first("SELECT 1 AS held FROM lease WHERE name = ? AND holder = ? AND token = ?", [
            name,
            this.#holder,
            token,
          ]);
    if (row !== undefined) return;
    this.#token = undefined;
    throw new StaleLease(name, token);
  }

  /** Lets another gateway take over at once. */
  async release(): Promise<void> {
    const token = this.#token;
    if (token === undefined) return;
    this.#token = undefined;
    const { database, name } = this.#options;
    await database.write((session) =>
      session.run("UPDATE lease SET expires_at_ms = 0 WHERE name = ? AND holder = ? AND token = ?", [
        name,
        this.#holder,
        token,
      ]),
    );
  }
}
