/**
 * Who made this chain again, and what they came to. Anybody can make a thousand keys, so the number of signatures says
 * nothing: only replicas that an auditor admitted are counted, by nothing but their address. What one of them said
 * against this chain stays, also when it is counted no more.
 */
import type { Address, Bytes32 } from "../../protocol/ids.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import type { ReplicaStatement, ReplicasView, ReplicaView } from "../../protocol/ports/replica-views.ts";
import type { Database, Session } from "../database/database.ts";
import { account, blob, bytesOf, hash, hex, integer, optional, type Row } from "../database/rows.ts";
import type { Words } from "../database/words.ts";
import { signerOf, type ChainIdentity, type SignedBlock } from "./statement.ts";

export const replicaTables = (words: Words): readonly string[] => [
  `CREATE TABLE replica (
    address ${words.bytes} PRIMARY KEY,
    admitted_at_ms ${words.integer} NOT NULL,
    ended_at_ms ${words.integer}
  ) ${words.keyed}`,
  // The highest block of each.
  `CREATE TABLE replica_statement (
    replica ${words.bytes} PRIMARY KEY REFERENCES replica (address),
    block ${words.integer} NOT NULL,
    hash ${words.bytes} NOT NULL,
    signature ${words.bytes} NOT NULL,
    at_ms ${words.integer} NOT NULL
  ) ${words.keyed}`,
  `CREATE TABLE replica_disagreement (
    replica ${words.bytes} NOT NULL REFERENCES replica (address),
    block ${words.integer} NOT NULL,
    hash ${words.bytes} NOT NULL,
    signature ${words.bytes} NOT NULL,
    -- What this gateway had there.
    own ${words.bytes} NOT NULL,
    at_ms ${words.integer} NOT NULL,
    PRIMARY KEY (replica, block, hash)
  ) ${words.keyed}`,
];

/** Replicas that are kept, those that ended among them. */
const mostReplicas = 100;
/** Of one replica. */
const mostDisagreements = 10;
/** After that long without a word a replica counts no more. */
const silentMs = 7 * 86_400_000;

/** Why a statement or an admission is not taken. */
export class ReplicaRefused extends Error {
  readonly reason: "full" | "notAdmitted" | "otherSigner" | "notThere";
  constructor(reason: ReplicaRefused["reason"], message: string) {
    super(message);
    this.name = "ReplicaRefused";
    this.reason = reason;
  }
}

export interface ReplicasParts {
  readonly database: Database;
  readonly identity: ChainIdentity;
  /** The hash of a block of this chain; undefined where it has not come so far. */
  readonly hashAt: (block: number) => Promise<Bytes32 | undefined>;
  readonly nowMs?: () => number;
}

const secondsOf = (row: Row, column: string): UnixSeconds => Math.floor(integer(row, column) / 1_000);
const statementOf = (row: Row): ReplicaStatement => ({
  block: integer(row, "block"),
  hash: hash(row, "hash"),
  signature: hex(row, "signature"),
  statedAt: secondsOf(row, "at_ms"),
});

/** Forgets the replica that ended first and never disagreed; false where there is none but the one that is to stay. */
const makeRoom = async (session: Session, staying: Address): Promise<boolean> => {
  const ended = await session.first(
    `SELECT address FROM replica WHERE ended_at_ms IS NOT NULL AND address <> ?
       AND address NOT IN (SELECT replica FROM replica_disagreement)
     ORDER BY ended_at_ms, address LIMIT 1`,
    [bytesOf(staying)],
  );
  if (ended === undefined) return false;
  const forgotten = [blob(ended, "address")];
  await session.run("DELETE FROM replica_statement WHERE replica = ?", forgotten);
  await session.run("DELETE FROM replica WHERE address = ?", forgotten);
  return true;
};

export class Replicas {
  readonly #parts: ReplicasParts;
  readonly #nowMs: () => number;

  constructor(parts: ReplicasParts) {
    this.#parts = parts;
    this.#nowMs = parts.nowMs ?? Date.now;
  }

  /**
   * Counts a replica from now on; also one that ended. Where there are too many, it takes the place of the one that
   * ended first and never disagreed. In a transaction of its caller. Throws {@link ReplicaRefused}.
   */
  async admit(session: Session, replica: Address): Promise<void> {
    const count = await session.first("SELECT count(*) AS n FROM replica WHERE address <> ?", [
      bytesOf(replica),
    ]);
    if (count !== undefined && integer(count, "n") >= mostReplicas && !(await makeRoom(session, replica))) {
      throw new ReplicaRefused(
        "full",
        `${mostReplicas} replicas are admitted or ended with a disagreement that is kept; end one that agreed`,
      );
    }
    await session.run(
      `INSERT INTO replica (address, admitted_at_ms) VALUES (?, ?)
       ON CONFLICT (address) DO UPDATE SET ended_at_ms = NULL`,
      [bytesOf(replica), this.#nowMs()],
    );
  }

  /** Counts it no more; false where it is not counted. In a transaction of its caller. */
  async end(session: Session, replica: Address): Promise<boolean> {
    const ended = await session.run(
      "UPDATE replica SET ended_at_ms = ? WHERE address = ? AND ended_at_ms IS NULL",
      [this.#nowMs(), bytesOf(replica)],
    );
    return ended === 1;
  }

  /**
   * Keeps what a replica signed, where it speaks of a higher block than before, and answers this chain's hash there.
   * Throws {@link ReplicaRefused}; then nothing was kept.
   */
  async state(replica: Address, said: SignedBlock): Promise<Bytes32> {
    const { database, identity, hashAt } = this.#parts;
    const admitted = await database.session.first(
      "SELECT address FROM replica WHERE address = ? AND ended_at_ms IS NULL",
      [bytesOf(replica)],
    );
    if (admitted === undefined) {
      throw new ReplicaRefused(
        "notAdmitted",
        `replica ${replica} is not admitted here; ask an auditor of this ledger`,
      );
    }
    const own = await hashAt(said.block);
    if (own === undefined) throw new ReplicaRefused("notThere", `block ${said.block} is not there yet`);
    if ((await signerOf("agreement", identity, said)) !== replica) {
      throw new ReplicaRefused("otherSigner", `expected the signature of ${replica} about this chain`);
    }
    await this.#keep(replica, said, own);
    return own;
  }

  async view(): Promise<ReplicasView> {
    const { session } = this.#parts.database;
    const rows = await session.all(
      `SELECT r.address, r.admitted_at_ms, r.ended_at_ms, s.block, s.hash, s.signature, s.at_ms
       FROM replica r LEFT JOIN replica_statement s ON s.replica = r.address ORDER BY r.admitted_at_ms, r.address`,
    );
    const disagreements = await session.all("SELECT * FROM replica_disagreement ORDER BY at_ms, block");
    const replicas: ReplicaView[] = [];
    const byReplica = new Map<string, Row[]>(rows.map((row) => [hex(row, "address"), []]));
    for (const each of disagreements) byReplica.get(hex(each, "replica"))?.push(each);
    for (const row of rows) replicas.push(await this.#viewOf(row, byReplica.get(hex(row, "address")) ?? []));
    const blocks = replicas.flatMap(({ endedAt, newest }) =>
      endedAt === undefined && newest?.agrees === true && !newest.isSilent ? [newest.block] : [],
    );
    return {
      agreeing: blocks.length,
      ...(blocks.length === 0 ? {} : { block: Math.min(...blocks) }),
      replicas,
    };
  }

  async #viewOf(row: Row, disagreements: readonly Row[]): Promise<ReplicaView> {
    const endedAtMs = optional(row, "ended_at_ms", integer);
    const statement = row["block"] === null ? undefined : statementOf(row);
    return {
      replica: account(row, "address"),
      admittedAt: secondsOf(row, "admitted_at_ms"),
      ...(endedAtMs === undefined ? {} : { endedAt: Math.floor(endedAtMs / 1_000) }),
      ...(statement === undefined
        ? {}
        : {
            newest: {
              ...statement,
              agrees: (await this.#parts.hashAt(statement.block)) === statement.hash,
              isSilent: integer(row, "at_ms") < this.#nowMs() - silentMs,
            },
          }),
      disagreements: disagreements.map((each) => ({
        ...statementOf(each),
        own: hash(each, "own"),
      })),
    };
  }

  async #keep(replica: Address, { block, hash, signature }: SignedBlock, own: Bytes32): Promise<void> {
    const values = [bytesOf(replica), block, bytesOf(hash), bytesOf(signature)] as const;
    await this.#parts.database.write(async (session) => {
      // A statement that somebody repeats takes nothing back.
      await session.run(
        `INSERT INTO replica_statement (replica, block, hash, signature, at_ms) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (replica) DO UPDATE SET block = excluded.block, hash = excluded.hash,
           signature = excluded.signature, at_ms = excluded.at_ms
         WHERE excluded.block > replica_statement.block`,
        [...values, this.#nowMs()],
      );
      if (hash === own) return;
      const count = await session.first("SELECT count(*) AS n FROM replica_disagreement WHERE replica = ?", [
        values[0],
      ]);
      if (count !== undefined && integer(count, "n") >= mostDisagreements) return;
      await session.run(
        `INSERT INTO replica_disagreement (replica, block, hash, signature, own, at_ms) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (replica, block, hash) DO NOTHING`,
        [...values, bytesOf(own), this.#nowMs()],
      );
    });
  }
}
