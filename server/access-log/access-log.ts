/**
 * Who asked for which write, when, and what became of it: a log that only grows. Each row carries a keyed digest of
 * itself and of the row before it, so that a changed, removed or added row shows; the database refuses to change or
 * delete one. Who holds the vault key and the database can still write another log: whoever wants to be sure of it
 * notes the digest of its last row from time to time.
 */
import { createHmac, type KeyObject } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { Value } from "typebox/value";
import type { Database, Definition, Session } from "../database/database.ts";
import { openDatabase, type Place } from "../database/open.ts";
import { blob, DamagedRow, integer, text, type Row } from "../database/rows.ts";
import { Entry, type KeptEntry } from "./entries.ts";

const definition: Definition = {
  version: 1,
  statements: (words) => [
    `CREATE TABLE access_log (
      number ${words.integer} PRIMARY KEY,
      entry ${words.text} NOT NULL,
      digest ${words.bytes} NOT NULL
    ) ${words.numbered}`,
    ...words.neverChanged("access_log"),
  ],
};
/** Reads that go on at once. */
const readers = 1;
/** Entries that one look takes from the database while the log is checked. */
const checkedAtOnce = 500;
/** Hexadecimal digits: enough to tell a few million apart. */
const markLength = 16;
const noDigest: Buffer = Buffer.alloc(32);

/** Where the log is not as it was written. */
export interface Break {
  readonly number: number;
  readonly reason: "missing" | "changed";
}

export interface CheckedLog {
  readonly entries: number;
  /** Of the last row, in hexadecimal digits; absent where there is none. */
  readonly digest?: string;
  readonly broken?: Break;
}

interface Waiting {
  readonly entry: Entry;
  readonly resolve: (number: number) => void;
  readonly reject: (error: unknown) => void;
}

export class AccessLog {
  readonly #database: Database;
  readonly #key: KeyObject;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;

  private constructor(database: Database, key: KeyObject) {
    this.#database = database;
    this.#key = key;
  }

  /** Opens the log, creating it on the first start. Throws UnknownSchema. */
  static async open(place: Place, key: KeyObject): Promise<AccessLog> {
    return new AccessLog(await openDatabase(place, { promise: "synced", readers, definition }), key);
  }

  /** What is being written is written first. */
  async close(): Promise<void> {
    await this.#writing;
    await this.#database.close();
  }

  /** Resolves with the entry's number once it is on disk. Entries that wait at the same time are written together. */
  append(entry: Entry): Promise<number> {
    const written = new Promise<number>((resolve, reject) => this.#waiting.push({ entry, resolve, reject }));
    this.#writing ??= this.#writeAll();
    return written;
  }

  /** Equal for equal values of a kind, and says nothing about them to who has no vault key. */
  markOf(kind: "address" | "idempotency-key", value: string): string {
    return createHmac("sha256", this.#key).update(`${kind}\0${value}`).digest("hex").slice(0, markLength);
  }

  /** Entries before `before`, or the last ones, newest first. */
  async list(before: number | undefined, limit: number): Promise<readonly KeptEntry[]> {
    const rows = await this.#database.session.all(
      "SELECT number, entry, digest FROM access_log WHERE number < ? ORDER BY number DESC LIMIT ?",
      [before ?? Number.MAX_SAFE_INTEGER, limit],
    );
    return rows.map((row) => ({
      number: integer(row, "number"),
      entry: entryOf(row),
      digest: blob(row, "digest").toString("hex"),
    }));
  }

  /** Reads the whole log and computes every digest anew. */
  async check(): Promise<CheckedLog> {
    let entries = 0;
    let digest: Buffer = noDigest;
    for (;;) {
      const rows = await this.#database.session.all(
        "SELECT number, entry, digest FROM access_log WHERE number > ? ORDER BY number LIMIT ?",
        [entries, checkedAtOnce],
      );
      for (const row of rows) {
        const number = entries + 1;
        if (integer(row, "number") !== number) return { entries, broken: { number, reason: "missing" } };
        digest = this.#digest(digest, number, text(row, "entry"));
        if (!digest.equals(blob(row, "digest"))) return { entries, broken: { number, reason: "changed" } };
        entries = number;
      }
      if (rows.length === 0) break;
      // SQLite answers at once: a long log would leave the thread to nothing else.
      await setImmediate();
    }
    return entries === 0 ? { entries } : { entries, digest: digest.toString("hex") };
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        const first = await this.#database.write((session) => this.#insert(session, batch));
        batch.forEach(({ resolve }, index) => resolve(first + index));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#writing = undefined;
  }

  /** Answers the number of the first. Whoever writes sees the last row under the writer's lock. */
  async #insert(session: Session, batch: readonly Waiting[]): Promise<number> {
    const last = await session.first("SELECT number, digest FROM access_log ORDER BY number DESC LIMIT 1");
    const first = last === undefined ? 1 : integer(last, "number") + 1;
    let digest = last === undefined ? noDigest : blob(last, "digest");
    for (const [index, { entry }] of batch.entries()) {
      const json = JSON.stringify(entry);
      digest = this.#digest(digest, first + index, json);
      await session.run("INSERT INTO access_log (number, entry, digest) VALUES (?, ?, ?)", [
        first + index,
        json,
        digest,
      ]);
    }
    return first;
  }

  #digest(before: Buffer, number: number, json: string): Buffer {
    return createHmac("sha256", this.#key).update(before).update(`${number}\0${json}`).digest();
  }
}

const entryOf = (row: Row): Entry => {
  const entry: unknown = JSON.parse(text(row, "entry"));
  if (!Value.Check(Entry, entry)) throw new DamagedRow("entry", "an entry of the access log");
  return entry;
};
