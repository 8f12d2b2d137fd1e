/**
 * What a replica keeps in its folder: every block that it executed, and every head that the operator signed. With it a
 * restart asks for nothing again, and a history that was replaced meanwhile is noticed.
 */
import { Type, type Static } from "typebox";
import { Value } from "typebox/value";
import { address, bytes32, type Address, type Bytes32 } from "../../protocol/ids.ts";
import type { Hex } from "../chain/port.ts";
import type { Database, Definition, Session } from "../database/database.ts";
import { openDatabase } from "../database/open.ts";
import { account, bytesOf, hash, hex, integer, text, type Row } from "../database/rows.ts";
import type { StreamedBlock } from "../heads/stream.ts";
import type { SignedBlock } from "../heads/statement.ts";
import type { ReadBlock } from "./accounts.ts";
import type { Followed } from "./check-page.ts";

const definition: Definition = {
  version: 1,
  statements: (words) => [
    `CREATE TABLE meta (key ${words.text} PRIMARY KEY, value ${words.text} NOT NULL) ${words.keyed}`,
    `CREATE TABLE block (
      number ${words.integer} PRIMARY KEY,
      time ${words.integer} NOT NULL,
      hash ${words.bytes} NOT NULL
    ) ${words.numbered}`,
    `CREATE TABLE executed (
      block ${words.integer} NOT NULL REFERENCES block (number),
      position ${words.integer} NOT NULL,
      signer ${words.bytes} NOT NULL,
      nonce ${words.integer} NOT NULL,
      hash ${words.bytes} NOT NULL,
      raw ${words.bytes} NOT NULL,
      PRIMARY KEY (block, position),
      UNIQUE (signer, nonce)
    ) ${words.numbered}`,
    // Of pages and of newest blocks, which may lie beyond what is executed.
    `CREATE TABLE head (
      block ${words.integer} PRIMARY KEY,
      hash ${words.bytes} NOT NULL,
      signature ${words.bytes} NOT NULL
    ) ${words.numbered}`,
  ],
};

const FollowedText = Type.Object({
  chainId: Type.Integer(),
  genesis: Type.String(),
  ledger: Type.String(),
  rules: Type.String(),
  headKey: Type.String(),
});

/** The folder does not hold what a replica writes. */
export class DamagedReplica extends Error {
  constructor(reason: string) {
    super(
      `replica: ${reason}; delete its folder and follow the operator anew. Keep the evidence files that are in it`,
    );
    this.name = "DamagedReplica";
  }
}

const readHead = (row: Row): SignedBlock => ({
  block: integer(row, "block"),
  hash: hash(row, "hash"),
  signature: hex(row, "signature"),
});

const followedKey = "followed";
const blocksAtOnce = 100;

export class Kept {
  readonly #database: Database;

  private constructor(database: Database) {
    this.#database = database;
  }

  static async open(path: string): Promise<Kept> {
    return new Kept(
      await openDatabase({ kind: "sqlite", path }, { promise: "synced", readers: 1, definition }),
    );
  }

  close(): Promise<void> {
    return this.#database.close();
  }

  /** Throws {@link DamagedReplica}. */
  async followed(): Promise<Followed | undefined> {
    const row = await this.#database.session.first("SELECT value FROM meta WHERE key = ?", [followedKey]);
    if (row === undefined) return undefined;
    const value: unknown = JSON.parse(text(row, "value"));
    if (!Value.Check(FollowedText, value)) throw new DamagedReplica("it does not say which chain it follows");
    const { chainId, genesis, ledger, rules, headKey } = value;
    return {
      identity: { chainId, genesis: bytes32(genesis), ledger: address(ledger), rules },
      headKey: address(headKey),
    };
  }

  follow({ identity, headKey }: Followed): Promise<void> {
    return this.#database.write((session) => writeFollowed(session, { ...identity, headKey }));
  }

  async last(): Promise<Omit<StreamedBlock, "transactions"> | undefined> {
    const row = await this.#database.session.first(
      "SELECT number, time, hash FROM block ORDER BY number DESC LIMIT 1",
    );
    return row === undefined
      ? undefined
      : { number: integer(row, "number"), time: integer(row, "time"), hash: hash(row, "hash") };
  }

  async hashAt(block: number): Promise<Bytes32 | undefined> {
    const row = await this.#database.session.first("SELECT hash FROM block WHERE number = ?", [block]);
    return row === undefined ? undefined : hash(row, "hash");
  }

  /** Every block, from the first. */
  async *blocks(): AsyncGenerator<StreamedBlock> {
    for (let after = 0; ; after += blocksAtOnce) {
      const rows = await this.#database.session.all(
        "SELECT number, time, hash FROM block WHERE number > ? ORDER BY number LIMIT ?",
        [after, blocksAtOnce],
      );
      for (const row of rows) {
        const number = integer(row, "number");
        const executed = await this.#database.session.all(
          "SELECT hash, raw FROM executed WHERE block = ? ORDER BY position",
          [number],
        );
        const transactions = executed.map((each) => ({ hash: hash(each, "hash"), raw: hex(each, "raw") }));
        yield { number, time: integer(row, "time"), hash: hash(row, "hash"), transactions };
      }
      if (rows.length < blocksAtOnce) return;
    }
  }

  async rawOf(signer: Address, nonce: number): Promise<Hex | undefined> {
    const row = await this.#database.session.first(
      "SELECT raw FROM executed WHERE signer = ? AND nonce = ?",
      [bytesOf(signer), nonce],
    );
    return row === undefined ? undefined : hex(row, "raw");
  }

  /** What number each account's next transaction has. */
  async nextNonces(): Promise<ReadonlyMap<Address, number>> {
    const rows = await this.#database.session.all(
      "SELECT signer, max(nonce) + 1 AS next FROM executed GROUP BY signer",
    );
    return new Map(rows.map((row) => [account(row, "signer"), integer(row, "next")]));
  }

  async head(block: number): Promise<SignedBlock | undefined> {
    const row = await this.#database.session.first("SELECT * FROM head WHERE block = ?", [block]);
    return row === undefined ? undefined : readHead(row);
  }

  /** The highest head that the operator signed. */
  async highestHead(): Promise<SignedBlock | undefined> {
    const row = await this.#database.session.first("SELECT * FROM head ORDER BY block DESC LIMIT 1");
    return row === undefined ? undefined : readHead(row);
  }

  /** Heads of blocks from `from` to `to`. */
  async heads(from: number, to: number): Promise<readonly SignedBlock[]> {
    const rows = await this.#database.session.all(
      "SELECT * FROM head WHERE block BETWEEN ? AND ? ORDER BY block",
      [from, to],
    );
    return rows.map(readHead);
  }

  /** Keeps a head of which none is kept for its height. */
  keepHead({ block, hash, signature }: SignedBlock): Promise<number> {
    return this.#database.write((session) =>
      session.run(
        "INSERT INTO head (block, hash, signature) VALUES (?, ?, ?) ON CONFLICT (block) DO NOTHING",
        [block, bytesOf(hash), bytesOf(signature)],
      ),
    );
  }

  /** All of the blocks or none. */
  async keepBlocks(blocks: readonly ReadBlock[]): Promise<void> {
    await this.#database.write(async (session) => {
      for (const { number, time, hash, transactions } of blocks) {
        await session.run("INSERT INTO block (number, time, hash) VALUES (?, ?, ?)", [
          number,
          time,
          bytesOf(hash),
        ]);
        for (const [position, { signer, nonce, hash: transaction, raw }] of transactions.entries()) {
          await session.run(
            "INSERT INTO executed (block, position, signer, nonce, hash, raw) VALUES (?, ?, ?, ?, ?, ?)",
            [number, position, bytesOf(signer), nonce, bytesOf(transaction), bytesOf(raw)],
          );
        }
      }
    });
  }

  /**
   * Takes the same history over to other rules: the hashes that they make, without the heads, which were signed about
   * those of the rules before.
   */
  async takeOver(followed: Followed, hashes: ReadonlyMap<number, Bytes32>): Promise<void> {
    await this.#database.write(async (session) => {
      for (const [number, hash] of hashes) {
        await session.run("UPDATE block SET hash = ? WHERE number = ?", [bytesOf(hash), number]);
      }
      await session.run("DELETE FROM head");
      await writeFollowed(session, { ...followed.identity, headKey: followed.headKey });
    });
  }
}

const writeFollowed = async (session: Session, followed: Static<typeof FollowedText>): Promise<void> => {
  await session.run(
    "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    [followedKey, JSON.stringify(followed)],
  );
};
