/** A disk that fills up: from a chosen commit on, every store of this process fails to write, as SQLite says it. */
import { DatabaseSync } from "node:sqlite";

const exec: unknown = Reflect.get(DatabaseSync.prototype, "exec");
if (typeof exec !== "function") throw new TypeError("node:sqlite has no exec");

/** Connections in a transaction that writes: reading needs no room. */
const writing = new WeakSet<DatabaseSync>();
let commitsLeft = Number.POSITIVE_INFINITY;
let refused = 0;

/** SQLite's code and words for a full disk. */
const full = (): Error => Object.assign(new Error("database or disk is full"), { errcode: 13 });

Reflect.set(DatabaseSync.prototype, "exec", function (this: DatabaseSync, sql: string): void {
  if (sql.startsWith("BEGIN")) {
    if (sql === "BEGIN IMMEDIATE") writing.add(this);
    else writing.delete(this);
  }
  if (sql === "COMMIT" && writing.has(this) && commitsLeft-- <= 0) {
    refused += 1;
    throw full();
  }
  Reflect.apply(exec, this, [sql]);
});

export const disk = {
  /** Lets `commits` more commits through. */
  fillAfter(commits: number): void {
    commitsLeft = commits;
    refused = 0;
  },
  /** Makes room again; answers how many commits failed. */
  makeRoom(): number {
    const failed = refused;
    commitsLeft = Number.POSITIVE_INFINITY;
    refused = 0;
    return failed;
  },
};
