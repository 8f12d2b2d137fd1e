/** What a replica keeps of a chain outside: all that it was shown as signed, by account and number. */
import { Type } from "typebox";
import { Value } from "typebox/value";
import { address, bytes32, type Address } from "../../../protocol/ids.ts";
import type { Hex } from "../../chain/port.ts";
import type { Database, Definition, Session } from "../../database/database.ts";
import { openDatabase } from "../../database/open.ts";
import { account, bytesOf, hash, hex, integer, text } from "../../database/rows.ts";
import { isCancellation } from "../../heads/contradiction.ts";
import { DamagedReplica } from "../kept.ts";
import type { ShownAttempt, ShownPage } from "../source.ts";
import type { ReadAttempt } from "./attempts.ts";

/** Which ledger is watched, fixed with the first page. */
export type Watched = Pick<ShownPage, "chainId" | "genesis" | "ledger">;

/** Where one of an attempt's versions is said to be, and the reading that saw it last. */
export interface Placed extends Pick<ShownAttempt, "transaction" | "blockNumber" | "blockHash"> {
  readonly reading: number;
}

export interface Counted {
  readonly transactions: number;
  readonly accounts: number;
  /** The highest block that holds one; 0 where there is none. */
  readonly block: number;
}

const definition: Definition = {
  version: 1,
  statements: (words) => [
    `CREATE TABLE meta (key ${words.text} PRIMARY KEY, value ${words.text} NOT NULL) ${words.keyed}`,
    // `reading` counts the times that everything was read from the beginning.
    `CREATE TABLE attempt (
      signer ${words.bytes} NOT NULL,
      nonce ${words.integer} NOT NULL,
      hash ${words.bytes} NOT NULL,
      block ${words.integer} NOT NULL,
      block_hash ${words.bytes} NOT NULL,
      reading ${words.integer} NOT NULL,
      PRIMARY KEY (signer, nonce)
    ) ${words.keyed}`,
    `CREATE TABLE version (
      signer ${words.bytes} NOT NULL,
      nonce ${words.integer} NOT NULL,
      hash ${words.bytes} NOT NULL,
      cancels ${words.integer} NOT NULL,
      raw ${words.bytes} NOT NULL,
      PRIMARY KEY (signer, nonce, hash)
    ) ${words.keyed}`,
  ],
};

const WatchedText = Type.Object({ chainId: Type.Integer(), genesis: Type.String(), ledger: Type.String() });

export class KeptAttempts {
  readonly #database: Database;

  private constructor(database: Database) {
    this.#database = database;
  }

  static async open(path: string): Promise<KeptAttempts> {
    return new KeptAttempts(
      await openDatabase({ kind: "sqlite", path }, { promise: "synced", readers: 1, definition }),
    );
  }

  close(): Promise<void> {
    return this.#database.close();
  }

  /** Undefined before the first page. Throws {@link DamagedReplica}. */
  async watched(): Promise<Watched | undefined> {
    const row = await this.#database.session.first("SELECT value FROM meta WHERE key = 'watched'");
    if (row === undefined) return undefined;
    const value: unknown = JSON.parse(text(row, "value"));
    if (!Value.Check(WatchedText, value)) throw new DamagedReplica("it does not say which ledger it watches");
    return { chainId: value.chainId, genesis: bytes32(value.genesis), ledger: address(value.ledger) };
  }

  async watch({ chainId, genesis, ledger }: Watched): Promise<void> {
    await this.#database.write((session) =>
      session.run("INSERT INTO meta (key, value) VALUES ('watched', ?)", [
        JSON.stringify({ chainId, genesis, ledger }),
      ]),
    );
  }

  /** The first that was kept for an account and number and is no cancellation. */
  async call(signer: Address, nonce: number): Promise<Hex | undefined> {
    const row = await this.#database.session.first(
      "SELECT raw FROM version WHERE signer = ? AND nonce = ? AND cancels = 0 LIMIT 1",
      [bytesOf(signer), nonce],
    );
    return row === undefined ? undefined : hex(row, "raw");
  }

  async placed(signer: Address, nonce: number): Promise<Placed | undefined> {
    const row = await this.#database.session.first("SELECT * FROM attempt WHERE signer = ? AND nonce = ?", [
      bytesOf(signer),
      nonce,
    ]);
    if (row === undefined) return undefined;
    return {
      transaction: hash(row, "hash"),
      blockNumber: integer(row, "block"),
      blockHash: hash(row, "block_hash"),
      reading: integer(row, "reading"),
    };
  }

  /** Keeps attempts with their versions, or that `reading` saw them again. */
  async keep(attempts: readonly ReadAttempt[], reading: number): Promise<void> {
    if (attempts.length === 0) return;
    await this.#database.write(async (session) => {
      for (const each of attempts) await writeAttempt(session, each, reading);
    });
  }

  /** The last reading; 0 before the first. */
  async lastReading(): Promise<number> {
    const row = await this.#database.session.first("SELECT coalesce(max(reading), 0) AS last FROM attempt");
    return row === undefined ? 0 : integer(row, "last");
  }

  /** One that was shown before and that `reading` did not see. */
  async unseen(
    reading: number,
  ): Promise<{ readonly signer: Address; readonly nonce: number; readonly block: number } | undefined> {
    const row = await this.#database.session.first(
      "SELECT signer, nonce, block FROM attempt WHERE reading < ? ORDER BY block, nonce LIMIT 1",
      [reading],
    );
    return row === undefined
      ? undefined
      : { signer: account(row, "signer"), nonce: integer(row, "nonce"), block: integer(row, "block") };
  }

  async counted(): Promise<Counted> {
    const row = await this.#database.session.first(
      `SELECT count(*) AS transactions, count(DISTINCT signer) AS accounts, coalesce(max(block), 0) AS block
        FROM attempt`,
    );
    if (row === undefined) return { transactions: 0, accounts: 0, block: 0 };
    return {
      transactions: integer(row, "transactions"),
      accounts: integer(row, "accounts"),
      block: integer(row, "block"),
    };
  }
}

const writeAttempt = async (
  session: Session,
  { attempt, versions }: ReadAttempt,
  reading: number,
): Promise<void> => {
  const { nonce, transaction, blockNumber, blockHash } = attempt;
  const signer = bytesOf(attempt.signer);
  await session.run(
    `INSERT INTO attempt (signer, nonce, hash, block, block_hash, reading) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (signer, nonce) DO UPDATE SET reading = excluded.reading`,
    [signer, nonce, bytesOf(transaction), blockNumber, bytesOf(blockHash), reading],
  );
  for (const { fields, raw } of versions) {
    await session.run(
      `INSERT INTO version (signer, nonce, hash, cancels, raw) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (signer, nonce, hash) DO NOTHING`,
      [signer, nonce, bytesOf(fields.hash), isCancellation(fields) ? 1 : 0, bytesOf(raw)],
    );
  }
};
