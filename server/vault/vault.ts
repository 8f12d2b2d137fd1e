/**
 * The vault: what opens a donation's commitment, which donation a payment became, and who stands on which roster. Everything personal is here,
 * every row encrypted by itself, and forgetting deletes the row: the books still add up without it. The receipt that
 * a donor kept goes on working, for it carries the salt.
 */
import { Type } from "typebox";
import { Value } from "typebox/value";
import { bytes32, fundId } from "../../protocol/ids.ts";
import type { Bytes32, FundId } from "../../protocol/ids.ts";
import { ReferenceMarks } from "../keys/secrets.ts";
import type { BusinessReference, DerivedKeys } from "../keys/secrets.ts";
import type { Database, Definition, Value as ColumnValue } from "../database/database.ts";
import { insertRows, rowsOfMarks } from "../database/many.ts";
import { openDatabase } from "../database/open.ts";
import type { Place } from "../database/open.ts";
import { blob, bytesOf, DamagedRow, hexOf, integer, text } from "../database/rows.ts";
import type { Row } from "../database/rows.ts";
import { RosterVault, rosterTables } from "./roster-vault.ts";
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

/** What is kept before an operation is submitted. */
export interface KeptForOperation {
  readonly operation: string;
  readonly openings: readonly Opening[];
}

export interface KeptOpening extends Opening {
  /** The operation that recorded the donation, or was about to. */
  readonly operation: string;
}

/** Two openings for one payment. Names positions in the call, never the numbers. */
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

const definition: Definition = {
  version: 4,
  statements: (words) => [
    `CREATE TABLE opening (
      id ${words.counter},
      operation ${words.text} NOT NULL,
      commitment ${words.bytes} NOT NULL,
      box ${words.bytes} NOT NULL,
      findable ${words.integer} NOT NULL,
      mark ${words.bytes} NOT NULL UNIQUE
    ) ${words.numbered}`,
    "CREATE INDEX opening_of_operation ON opening (operation)",
    `CREATE TABLE payload (operation ${words.text} PRIMARY KEY, box ${words.bytes} NOT NULL) ${words.keyed}`,
    ...rosterTables(words),
  ],
};

const openings = {
  table: "opening",
  columns: ["operation", "commitment", "box", "findable", "mark"],
  onConflict: "DO NOTHING",
};
/** Reads of the vault that go on at once. */
const readers = 2;

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

/** An opening as its row holds it; `index` is its place among those of its operation. */
interface SealedOpening {
  readonly operation: string;
  readonly index: number;
  readonly commitment: Buffer;
  readonly mark: Buffer;
  readonly values: readonly ColumnValue[];
}

type VaultKeys = Pick<DerivedKeys, "vaultReference" | "vaultPerson" | "vaultRows">;

/** Every method is one transaction, on disk when it resolves. A method that reads a row may throw {@link DamagedRow}. */
export class Vault {
  readonly #database: Database;
  readonly #marks: ReferenceMarks;
  readonly #cipher: RowCipher;
  /** Who stands on which roster. */
  readonly rosters: RosterVault;

  private constructor(database: Database, keys: VaultKeys) {
    this.#database = database;
    this.#marks = new ReferenceMarks(keys.vaultReference);
    this.#cipher = new RowCipher(keys.vaultRows);
    this.rosters = new RosterVault(database, keys);
  }

  /** Opens the vault, creating it on the first start. Throws UnknownSchema. */
  static async open(place: Place, keys: VaultKeys): Promise<Vault> {
    return new Vault(await openDatabase(place, { promise: "synced", readers, definition }), keys);
  }

  close(): Promise<void> {
    return this.#database.close();
  }

  /** {@link keepAll} for one operation. */
  keep(operation: string, openings: readonly Opening[]): Promise<void> {
    return this.keepAll([{ operation, openings }]);
  }

  /**
   * Keeps the openings of operations, all or none, before the operations are submitted. The same opening (payment,
   * salt and content) that an operation left behind which was never accepted is taken over. Throws
   * {@link AlreadyInVault} where the payment is kept with another commitment, or stands twice in the call.
   */
  async keepAll(kept: readonly KeptForOperation[]): Promise<void> {
    const inThisCall = new Set<Bytes32>();
    const rows = kept.flatMap(({ operation, openings: opened }) =>
      opened.map((opening, index) => {
        // A repeated opening would pass for one that an unfinished try left behind.
        if (inThisCall.has(opening.commitment)) throw new AlreadyInVault(operation, index);
        inThisCall.add(opening.commitment);
        return this.#sealed(operation, index, opening);
      }),
    );
    await this.#database.write(async (session) => {
      const inserted = await insertRows(
        session,
        openings,
        rows.map(({ values }) => values),
      );
      if (inserted === rows.length) return;
      // Some were there already: these operations take over those that are the same.
      for (const { operation, index, commitment, mark } of rows) {
        const taken = await session.run(
          "UPDATE opening SET operation = ? WHERE mark = ? AND commitment = ?",
          [operation, mark, commitment],
        );
        if (taken !== 1) throw new AlreadyInVault(operation, index);
      }
    });
  }

  #sealed(operation: string, index: number, opening: Opening): SealedOpening {
    const { salt, payload, fund, remark } = opening;
    const sealed = JSON.stringify({ salt, payload, fund, ...(remark === undefined ? {} : { remark }) });
    const commitment = bytesOf(opening.commitment);
    const box = this.#cipher.seal(commitment, sealed);
    const mark = this.#marks.of(payload);
    const values = [operation, commitment, box, opening.findable ? 1 : 0, mark];
    return { operation, index, commitment, mark, values };
  }

  /** The openings that an operation kept, in the order they were given: a resumed import uses their salts again. */
  async openingsOf(operation: string): Promise<readonly KeptOpening[]> {
    const rows = await this.#database.session.all("SELECT * FROM opening WHERE operation = ? ORDER BY id", [
      operation,
    ]);
    return rows.map((row) => this.#read(row));
  }

  /** The donation that a payment became, whether or not its owner may find it by number. */
  async byReference(reference: BusinessReference): Promise<KeptOpening | undefined> {
    const row = await this.#database.session.first("SELECT * FROM opening WHERE mark = ?", [
      this.#marks.of(reference),
    ]);
    return row === undefined ? undefined : this.#read(row);
  }

  /** The same for many payments, by their index in the call; those that are not here are left out. */
  async byReferences(references: readonly BusinessReference[]): Promise<ReadonlyMap<number, KeptOpening>> {
    const marks = references.map((reference) => this.#marks.of(reference));
    const rows = await rowsOfMarks(this.#database.session, "SELECT * FROM opening", marks);
    return new Map(Array.from(rows, ([index, row]) => [index, this.#read(row)]));
  }

  /** Forgets a payment: its opening is deleted. False where none is kept. Its bytes may stay until {@link scrub}. */
  async forget(reference: BusinessReference): Promise<boolean> {
    const forgotten = await this.#change("DELETE FROM opening WHERE mark = ?", [this.#marks.of(reference)]);
    return forgotten > 0;
  }

  /** Overwrites on disk what was forgotten of payments. */
  scrub(): Promise<void> {
    return this.#database.scrub(["opening"]);
  }

  /** Drops the openings of an operation that failed, so that its payments may be recorded by another. */
  drop(operation: string): Promise<number> {
    return this.#change("DELETE FROM opening WHERE operation = ?", [operation]);
  }

  /** Keeps what was asked for in an operation other than a donation, such as evidence and its salt. */
  async keepPayload(operation: string, json: string): Promise<void> {
    await this.#change(
      "INSERT INTO payload (operation, box) VALUES (?, ?) ON CONFLICT (operation) DO NOTHING",
      [operation, this.#cipher.seal(Buffer.from(operation), json)],
    );
  }

  async payload(operation: string): Promise<string | undefined> {
    const row = await this.#database.session.first("SELECT box FROM payload WHERE operation = ?", [
      operation,
    ]);
    return row === undefined ? undefined : this.#cipher.unseal(Buffer.from(operation), blob(row, "box"));
  }

  /** False where none was kept. */
  async forgetPayload(operation: string): Promise<boolean> {
    const forgotten = await this.#change("DELETE FROM payload WHERE operation = ?", [operation]);
    await this.#database.scrub(["payload"]);
    return forgotten > 0;
  }

  #change(statement: string, values: readonly ColumnValue[]): Promise<number> {
    return this.#database.write((session) => session.run(statement, values));
  }

  #read(row: Row): KeptOpening {
    const commitment = blob(row, "commitment");
    const sealed: unknown = JSON.parse(this.#cipher.unseal(commitment, blob(row, "box")));
    if (!Value.Check(Sealed, sealed)) throw new DamagedRow("box", "an opening");
    const opening = {
      operation: text(row, "operation"),
      commitment: bytes32(hexOf(commitment)),
      salt: bytes32(sealed.salt),
      payload: sealed.payload,
      fund: fundId(sealed.fund),
      findable: integer(row, "findable") === 1,
    };
    return sealed.remark === undefined ? opening : { ...opening, remark: sealed.remark };
  }
}
