/**
 * The vault: what opens a donation's commitment, which donation a payment became, and who stands on which roster. Everything personal is here,
 * every row encrypted by itself, and forgetting deletes the row: the books still add up without it. The receipt that
 * a donor kept goes on working, for it carries the salt.
 */
import type { DatabaseSync } from "node:sqlite";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { bytes32, fundId } from "../../protocol/ids.ts";
import type { Bytes32, FundId } from "../../protocol/ids.ts";
import { ReferenceMarks } from "../keys/secrets.ts";
import type { BusinessReference, DerivedKeys } from "../keys/secrets.ts";
import {
  blob,
  DamagedRow,
  inTransaction,
  integer,
  openDatabase,
  rowsOfMarks,
  Statements,
  text,
} from "../sqlite.ts";
import type { Row } from "../sqlite.ts";
import { RosterVault, rosterVaultSchema } from "./roster-vault.ts";
import { RowCipher } from "./row-cipher.ts";

/** The opening of one donation's commitment, and what was said with it. */
export interface Opening {
  readonly commitment: Bytes32;
  readonly salt: Bytes32;
  /** What the commitment commits to, word for word. */
  readonly payload: OpeningPayload;
  /** Free text of the source. It never leaves the vault. */
  readonly remark?: string;
  /** The fund it was given to, to tell a repetition from a conflict. */
  readonly fund: FundId;
  /** Whether the channel gave the number, so that its owner may find the gift by it; a made-up one is guessable. */
  readonly findable: boolean;
}

export interface OpeningPayload {
  /** Decimal minor units. */
  readonly amount: string;
  readonly channel: string;
  /** RFC 3339 with +08:00, or YYYY-MM-DD. */
  readonly occurredAt: string;
  readonly transactionNumber: string;
}

export interface KeptOpening extends Opening {
  /** The operation that recorded the donation, or was about to. */
  readonly operation: string;
}

/** Two openings for one payment or one commitment. Names positions in the call, never the numbers. */
export class AlreadyInVault extends Error {
  readonly operation: string;
  readonly index: number;
  constructor(operation: string, index: number) {
    super(
      `vault: opening ${index} of operation ${operation} belongs to a payment that is kept already; ` +
        `reuse the kept opening, with its salt`,
    );
    this.name = "AlreadyInVault";
    this.operation = operation;
    this.index = index;
  }
}

const vaultSchemaVersion = 2;
const vaultSchema = `
CREATE TABLE opening (
  id INTEGER PRIMARY KEY,
  operation TEXT NOT NULL,
  commitment BLOB NOT NULL UNIQUE,
  box BLOB NOT NULL,
  findable INTEGER NOT NULL,
  mark BLOB NOT NULL UNIQUE
) STRICT;
CREATE INDEX opening_of_operation ON opening (operation);
CREATE TABLE payload (operation TEXT PRIMARY KEY, box BLOB NOT NULL) WITHOUT ROWID, STRICT;
${rosterVaultSchema}`;

const Sealed = Type.Object({
  salt: Type.String(),
  payload: Type.Object({
    amount: Type.String(),
    channel: Type.String(),
    occurredAt: Type.String(),
    transactionNumber: Type.String(),
  }),
  fund: Type.Integer(),
  remark: Type.Optional(Type.String()),
});

type VaultKeys = Pick<DerivedKeys, "vaultReference" | "vaultPerson" | "vaultRows">;

const bytesOf = (hash: Bytes32): Buffer => Buffer.from(hash.slice(2), "hex");

/** Every method is one transaction, on disk when it returns. A method that reads a row may throw {@link DamagedRow}. */
export class Vault {
  readonly #database: DatabaseSync;
  readonly #statements: Statements;
  readonly #marks: ReferenceMarks;
  readonly #cipher: RowCipher;
  /** Who stands on which roster. */
  readonly rosters: RosterVault;

  constructor(path: string, keys: VaultKeys) {
    this.#database = openDatabase(path, vaultSchemaVersion, vaultSchema);
    this.#statements = new Statements(this.#database);
    this.#marks = new ReferenceMarks(keys.vaultReference);
    this.#cipher = new RowCipher(keys.vaultRows);
    this.rosters = new RosterVault(this.#database, keys);
  }

  close(): void {
    this.#database.close();
  }

  /**
   * Keeps the openings of an operation, all or none, before the operation is submitted. The same opening (payment,
   * salt and content) that an operation left behind which was never accepted is taken over. Throws
   * {@link AlreadyInVault} where the payment is kept with another commitment, or stands twice in the call.
   */
  keep(operation: string, openings: readonly Opening[]): void {
    const insert = this.#statements.of(
      `INSERT INTO opening (operation, commitment, box, findable, mark) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (mark) DO UPDATE SET operation = excluded.operation WHERE commitment = excluded.commitment
       ON CONFLICT DO NOTHING`,
    );
    const inThisCall = new Set<Bytes32>();
    inTransaction(this.#database, () => {
      openings.forEach((opening, index) => {
        const commitment = bytesOf(opening.commitment);
        if (inThisCall.has(opening.commitment)) throw new AlreadyInVault(operation, index);
        inThisCall.add(opening.commitment);
        const { salt, payload, fund, remark } = opening;
        const sealed = JSON.stringify({ salt, payload, fund, ...(remark === undefined ? {} : { remark }) });
        const box = this.#cipher.seal(commitment, sealed);
        const mark = this.#marks.of(payload);
        const { changes } = insert.run(operation, commitment, box, opening.findable ? 1 : 0, mark);
        if (changes !== 1) throw new AlreadyInVault(operation, index);
      });
    });
  }

  /** The openings that an operation kept, in the order they were given: a resumed import uses their salts again. */
  openingsOf(operation: string): readonly KeptOpening[] {
    const rows = this.#statements.of("SELECT * FROM opening WHERE operation = ? ORDER BY id").all(operation);
    return rows.map((row) => this.#read(row));
  }

  byCommitment(commitment: Bytes32): KeptOpening | undefined {
    const row = this.#statements.of("SELECT * FROM opening WHERE commitment = ?").get(bytesOf(commitment));
    return row === undefined ? undefined : this.#read(row);
  }

  /** The donation that a payment became, whether or not its owner may find it by number. */
  byReference(reference: BusinessReference): KeptOpening | undefined {
    const row = this.#statements.of("SELECT * FROM opening WHERE mark = ?").get(this.#marks.of(reference));
    return row === undefined ? undefined : this.#read(row);
  }

  /** The same for many payments, by their index in the call; those that are not here are left out. */
  byReferences(references: readonly BusinessReference[]): ReadonlyMap<number, KeptOpening> {
    const marks = references.map((reference) => this.#marks.of(reference));
    const found = new Map<number, KeptOpening>();
    for (const [index, row] of rowsOfMarks(this.#statements, "SELECT * FROM opening", marks)) {
      found.set(index, this.#read(row));
    }
    return found;
  }

  /** Forgets a payment: its opening is deleted and overwritten on disk. False where none is kept. */
  forget(reference: BusinessReference): boolean {
    const { changes } = this.#statements
      .of("DELETE FROM opening WHERE mark = ?")
      .run(this.#marks.of(reference));
    // The log still holds the row until it is written back.
    this.#database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    return changes > 0;
  }

  /** Drops the openings of an operation that failed, so that its payments may be recorded by another. */
  drop(operation: string): number {
    const { changes } = this.#statements.of("DELETE FROM opening WHERE operation = ?").run(operation);
    return Number(changes);
  }

  /** Keeps what was asked for in an operation other than a donation, such as evidence and its salt. */
  keepPayload(operation: string, json: string): void {
    this.#statements
      .of("INSERT INTO payload (operation, box) VALUES (?, ?) ON CONFLICT (operation) DO NOTHING")
      .run(operation, this.#cipher.seal(Buffer.from(operation), json));
  }

  payload(operation: string): string | undefined {
    const row = this.#statements.of("SELECT box FROM payload WHERE operation = ?").get(operation);
    return row === undefined ? undefined : this.#cipher.unseal(Buffer.from(operation), blob(row, "box"));
  }

  /** False where none was kept. */
  forgetPayload(operation: string): boolean {
    const { changes } = this.#statements.of("DELETE FROM payload WHERE operation = ?").run(operation);
    this.#database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    return changes > 0;
  }

  #read(row: Row): KeptOpening {
    const commitment = blob(row, "commitment");
    const sealed: unknown = JSON.parse(this.#cipher.unseal(commitment, blob(row, "box")));
    if (!Value.Check(Sealed, sealed)) throw new DamagedRow("box", "an opening");
    const opening = {
      operation: text(row, "operation"),
      commitment: bytes32(`0x${commitment.toString("hex")}`),
      salt: bytes32(sealed.salt),
      payload: sealed.payload,
      fund: fundId(sealed.fund),
      findable: integer(row, "findable") === 1,
    };
    return sealed.remark === undefined ? opening : { ...opening, remark: sealed.remark };
  }
}
