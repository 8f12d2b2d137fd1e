/**
 * Who stands on which line of which roster: what a claim needs to prove that somebody is insured. Id numbers are not
 * kept: a line is found by a keyed mark of the number, another one for every programme and period, and holds the salt
 * that only together with the number gives the pseudonym. Leaves are hashes of salted pseudonyms and stay when a person
 * is forgotten, so that the others can still be proven.
 */
import { createHmac } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { bytes32, periodNumber, programmeId } from "../../protocol/ids.ts";
import type { Bytes32 } from "../../protocol/ids.ts";
import type { IdNumber } from "../../protocol/rosters/id-number.ts";
import type { RosterPeriod } from "../../protocol/rosters/pseudonym.ts";
import { validity } from "../../protocol/rosters/validity.ts";
import type { Validity } from "../../protocol/rosters/validity.ts";
import type { DerivedKeys } from "../keys/secrets.ts";
import type { Database } from "../database/database.ts";
import { insertRows } from "../database/many.ts";
import { blob, DamagedRow, integer, text } from "../database/rows.ts";
import type { Row } from "../database/rows.ts";
import type { Words } from "../database/words.ts";
import { RowCipher } from "./row-cipher.ts";

export const rosterTables = (words: Words): readonly string[] => [
  // The leaves are 32 bytes each, in the order of the lines.
  `CREATE TABLE roster (
    id ${words.counter},
    operation ${words.text} NOT NULL UNIQUE,
    programme ${words.integer} NOT NULL,
    period ${words.integer} NOT NULL,
    leaves ${words.bytes} NOT NULL
  ) ${words.numbered}`,
  `CREATE TABLE roster_line (
    roster ${words.integer} NOT NULL REFERENCES roster (id) ON DELETE CASCADE,
    line ${words.integer} NOT NULL,
    mark ${words.bytes} NOT NULL,
    box ${words.bytes} NOT NULL,
    PRIMARY KEY (roster, line)
  ) ${words.keyed}`,
  "CREATE INDEX roster_line_of ON roster_line (mark)",
];

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

const lineRows = { table: "roster_line", columns: ["roster", "line", "mark", "box"] };

/** Every method is one transaction, on disk when it resolves. */
export class RosterVault {
  readonly #database: Database;
  readonly #markKey: KeyObject;
  readonly #cipher: RowCipher;

  constructor(database: Database, keys: Pick<DerivedKeys, "vaultPerson" | "vaultRows">) {
    this.#database = database;
    this.#markKey = keys.vaultPerson;
    this.#cipher = new RowCipher(keys.vaultRows);
  }

  /** Keeps a roster, whole or not at all, before its operation is submitted; `leaves` has 32 bytes for each line. */
  async keep(
    operation: string,
    of: RosterPeriod,
    lines: readonly RosterLine[],
    leaves: Uint8Array,
  ): Promise<void> {
    if (leaves.length !== lines.length * leafLength)
      throw new RangeError("a roster has one leaf for each line");
    await this.#database.write(async (session) => {
      const row = await session.first(
        "INSERT INTO roster (operation, programme, period, leaves) VALUES (?, ?, ?, ?) RETURNING id",
        [operation, of.programme, of.period, leaves],
      );
      const roster = integer(row ?? {}, "id");
      const rows = lines.map(({ idNumber, validity: { from, to }, salt }, line) => {
        const mark = this.#mark(of, idNumber);
        const box = this.#cipher.seal(rowKey(roster, line, mark), JSON.stringify({ salt, from, to }));
        return [roster, line, mark, box];
      });
      await insertRows(session, lineRows, rows);
    });
  }

  /** A person's lines in a programme and period, in the order they were kept. */
  async linesOf(of: RosterPeriod, idNumber: IdNumber): Promise<readonly KeptLine[]> {
    const mark = this.#mark(of, idNumber);
    const rows = await this.#database.session.all(
      `SELECT r.operation, l.roster, l.line, l.box FROM roster_line l JOIN roster r ON r.id = l.roster
       WHERE l.mark = ? ORDER BY l.roster, l.line`,
      [mark],
    );
    return rows.map((row) => this.#read(row, mark));
  }

  /** The leaves of a roster in the order of its lines; undefined where none was kept under the operation. */
  async leavesOf(operation: string): Promise<Uint8Array | undefined> {
    const row = await this.#database.session.first("SELECT leaves FROM roster WHERE operation = ?", [
      operation,
    ]);
    return row === undefined ? undefined : blob(row, "leaves");
  }

  /** Drops a roster whose operation was never accepted, or failed. False where none is kept. */
  async drop(operation: string): Promise<boolean> {
    const dropped = await this.#database.write((session) =>
      session.run("DELETE FROM roster WHERE operation = ?", [operation]),
    );
    return dropped > 0;
  }

  /** Deletes every line of a person, in every programme and period, overwritten on disk; answers how many. */
  async forgetPerson(idNumber: IdNumber): Promise<number> {
    const forgotten = await this.#database.write(async (session) => {
      const periods = await session.all("SELECT DISTINCT programme, period FROM roster");
      let count = 0;
      for (const row of periods) {
        const of = {
          programme: programmeId(integer(row, "programme")),
          period: periodNumber(integer(row, "period")),
        };
        count += await session.run("DELETE FROM roster_line WHERE mark = ?", [this.#mark(of, idNumber)]);
      }
      return count;
    });
    await this.#database.scrub(["roster_line"]);
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
