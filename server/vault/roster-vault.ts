/**
 * Who stands on which line of which roster: what a claim needs to prove that somebody is insured. Id numbers are not
 * kept: a line is found by a keyed mark of the number, another one for every programme and period, and holds the salt
 * that only together with the number gives the pseudonym. Leaves are hashes of salted pseudonyms and stay when a person
 * is forgotten, so that the others can still be proven.
 */
import { createHmac } from "node:crypto";
import type { KeyObject } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { bytes32, periodNumber, programmeId } from "../../protocol/ids.ts";
import type { Bytes32 } from "../../protocol/ids.ts";
import type { IdNumber } from "../../protocol/rosters/id-number.ts";
import type { RosterPeriod } from "../../protocol/rosters/pseudonym.ts";
import { validity } from "../../protocol/rosters/validity.ts";
import type { Validity } from "../../protocol/rosters/validity.ts";
import type { DerivedKeys } from "../keys/secrets.ts";
import { blob, DamagedRow, inTransaction, integer, text } from "../sqlite.ts";
import type { Row } from "../sqlite.ts";
import { RowCipher } from "./row-cipher.ts";

export const rosterVaultSchema = `
CREATE TABLE roster (
  id INTEGER PRIMARY KEY,
  operation TEXT NOT NULL UNIQUE,
  programme INTEGER NOT NULL,
  period INTEGER NOT NULL,
  -- 32 bytes each, in the order of the lines.
  leaves BLOB NOT NULL
) STRICT;
CREATE TABLE roster_line (
  roster INTEGER NOT NULL REFERENCES roster (id) ON DELETE CASCADE,
  line INTEGER NOT NULL,
  mark BLOB NOT NULL,
  box BLOB NOT NULL,
  PRIMARY KEY (roster, line)
) WITHOUT ROWID, STRICT;
CREATE INDEX roster_line_of ON roster_line (mark);
`;

/** A line as it is kept: the salt is the person's, the same on every line of a programme and period. */
export interface RosterLine {
  readonly idNumber: IdNumber;
  readonly validity: Validity;
  readonly salt: Bytes32;
}

export interface KeptLine {
  /** The operation that appended the roster, or was about to. */
  readonly operation: string;
  /** Counted from 0. */
  readonly line: number;
  readonly validity: Validity;
  readonly salt: Bytes32;
}

const Sealed = Type.Object({ salt: Type.String(), from: Type.Integer(), to: Type.Integer() });
const leafLength = 32;

/** Every method is one transaction, on disk when it returns. */
export class RosterVault {
  readonly #database: DatabaseSync;
  readonly #markKey: KeyObject;
  readonly #cipher: RowCipher;

  constructor(database: DatabaseSync, keys: Pick<DerivedKeys, "vaultPerson" | "vaultRows">) {
    this.#database = database;
    this.#markKey = keys.vaultPerson;
    this.#cipher = new RowCipher(keys.vaultRows);
  }

  /** Keeps a roster, whole or not at all, before its operation is submitted; `leaves` has 32 bytes for each line. */
  keep(operation: string, of: RosterPeriod, lines: readonly RosterLine[], leaves: Uint8Array): void {
    if (leaves.length !== lines.length * leafLength)
      throw new RangeError("a roster has one leaf for each line");
    const insertLine = this.#database.prepare(
      "INSERT INTO roster_line (roster, line, mark, box) VALUES (?, ?, ?, ?)",
    );
    inTransaction(this.#database, () => {
      const { lastInsertRowid } = this.#database
        .prepare("INSERT INTO roster (operation, programme, period, leaves) VALUES (?, ?, ?, ?)")
        .run(operation, of.programme, of.period, leaves);
      const roster = Number(lastInsertRowid);
      lines.forEach(({ idNumber, validity: { from, to }, salt }, line) => {
        const mark = this.#mark(of, idNumber);
        const box = this.#cipher.seal(rowKey(roster, line, mark), JSON.stringify({ salt, from, to }));
        insertLine.run(roster, line, mark, box);
      });
    });
  }

  /** A person's lines in a programme and period, in the order they were kept. */
  linesOf(of: RosterPeriod, idNumber: IdNumber): readonly KeptLine[] {
    const mark = this.#mark(of, idNumber);
    const rows = this.#database
      .prepare(
        `SELECT r.operation, l.roster, l.line, l.box FROM roster_line l JOIN roster r ON r.id = l.roster
         WHERE l.mark = ? ORDER BY l.roster, l.line`,
      )
      .all(mark);
    return rows.map((row) => this.#read(row, mark));
  }

  /** The leaves of a roster in the order of its lines; undefined where none was kept under the operation. */
  leavesOf(operation: string): Uint8Array | undefined {
    const row = this.#database.prepare("SELECT leaves FROM roster WHERE operation = ?").get(operation);
    return row === undefined ? undefined : blob(row, "leaves");
  }

  /** Drops a roster whose operation was never accepted, or failed. False where none is kept. */
  drop(operation: string): boolean {
    const { changes } = this.#database.prepare("DELETE FROM roster WHERE operation = ?").run(operation);
    return changes > 0;
  }

  /** Deletes every line of a person, in every programme and period, overwritten on disk; answers how many. */
  forgetPerson(idNumber: IdNumber): number {
    const remove = this.#database.prepare("DELETE FROM roster_line WHERE mark = ?");
    const forgotten = inTransaction(this.#database, () => {
      const periods = this.#database.prepare("SELECT DISTINCT programme, period FROM roster").all();
      return periods.reduce((sum, row) => {
        const of = {
          programme: programmeId(integer(row, "programme")),
          period: periodNumber(integer(row, "period")),
        };
        return sum + Number(remove.run(this.#mark(of, idNumber)).changes);
      }, 0);
    });
    // The log still holds the rows until it is written back.
    this.#database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    return forgotten;
  }

  #mark({ programme, period }: RosterPeriod, idNumber: IdNumber): Buffer {
    return createHmac("sha256", this.#markKey).update(`${programme}\0${period}\0${idNumber}`).digest();
  }

  #read(row: Row, mark: Buffer): KeptLine {
    const line = integer(row, "line");
    const box = this.#cipher.unseal(rowKey(integer(row, "roster"), line, mark), blob(row, "box"));
    const sealed: unknown = JSON.parse(box);
    if (!Value.Check(Sealed, sealed)) throw new DamagedRow("box", "a line of a roster");
    const { from, to, salt } = sealed;
    return {
      operation: text(row, "operation"),
      line,
      validity: validity(from, to),
      salt: bytes32(salt),
    };
  }
}

/** What a box is bound to: it opens in no other place. */
const rowKey = (roster: number, line: number, mark: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`roster ${roster} ${line} `), mark]);
