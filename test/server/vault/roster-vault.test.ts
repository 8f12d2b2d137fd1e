import { expect } from "chai";
import { createSecretKey, randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { bytes32, periodNumber, programmeId } from "../../../protocol/ids.ts";
import { validity } from "../../../protocol/rosters/validity.ts";
import { inventedIdNumber } from "../../../server/commands/invented-people.ts";
import { deriveKeys } from "../../../server/keys/secrets.ts";
import type { RosterLine } from "../../../server/vault/roster-vault.ts";
import { UnreadableRow } from "../../../server/vault/row-cipher.ts";
import { Vault } from "../../../server/vault/vault.ts";
import { temporaryFolder } from "../gateway.ts";

const of = (programme: number, period: number) => ({
  programme: programmeId(programme),
  period: periodNumber(period),
});
const here = of(1, 1);
const line = (person: number, from = 0, to = 86_400): RosterLine => ({
  idNumber: inventedIdNumber(person),
  validity: validity(from, to),
  salt: bytes32(`0x${(0xabc000 + person).toString(16).padStart(64, "0")}`),
});
const leavesFor = (lines: readonly RosterLine[]): Uint8Array =>
  new Uint8Array(lines.length * 32).map((_, index) => 1 + Math.floor(index / 32));

describe("the rosters of the vault", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let vault: Vault;
  const keys = deriveKeys(Buffer.alloc(32, 7));
  const path = (): string => join(folder.path, "vault.db");
  const reopen = (with_ = keys): void => {
    vault.close();
    vault = new Vault(path(), with_);
  };
  const keep = (operation: string, lines: readonly RosterLine[], period = here): void =>
    vault.rosters.keep(operation, period, lines, leavesFor(lines));
  const tamper = (sql: string): void => {
    const database = new DatabaseSync(path());
    database.exec(sql);
    database.close();
  };
  beforeEach(() => {
    folder = temporaryFolder();
    vault = new Vault(path(), keys);
  });
  afterEach(() => {
    vault.close();
    folder.remove();
  });

  it("find a person's lines of one programme and period, in the order they were kept, after a restart", () => {
    keep("first", [line(1), line(2)]);
    keep("second", [line(2, 86_400, 172_800)]);
    keep("elsewhere", [line(2)], of(1, 2));
    keep("other", [line(2)], of(2, 1));
    reopen();
    const { salt } = line(2);
    expect(vault.rosters.linesOf(here, inventedIdNumber(2))).to.deep.equal([
      { operation: "first", line: 1, validity: { from: 0, to: 86_400 }, salt },
      { operation: "second", line: 0, validity: { from: 86_400, to: 172_800 }, salt },
    ]);
    expect(vault.rosters.linesOf(of(2, 2), inventedIdNumber(2))).to.deep.equal([]);
    expect(vault.rosters.linesOf(here, inventedIdNumber(3))).to.deep.equal([]);
  });

  it("keep all lines of a roster or none, with one leaf for each", () => {
    expect(() => vault.rosters.keep("short", here, [line(1), line(2)], new Uint8Array(32))).to.throw(
      RangeError,
    );
    keep("first", [line(1)]);
    expect(() => keep("first", [line(2)])).to.throw(/UNIQUE/);
    expect(vault.rosters.linesOf(here, inventedIdNumber(2))).to.deep.equal([]);
    expect(vault.rosters.leavesOf("first")).to.deep.equal(Buffer.alloc(32, 1));
    expect(vault.rosters.leavesOf("short")).to.equal(undefined);
  });

  it("drop a roster whose operation came to nothing, with all its lines", () => {
    keep("dead", [line(1), line(2)]);
    keep("living", [line(1, 86_400, 172_800)]);
    expect(vault.rosters.drop("dead")).to.equal(true);
    expect(vault.rosters.drop("dead")).to.equal(false);
    expect(vault.rosters.leavesOf("dead")).to.equal(undefined);
    expect(vault.rosters.linesOf(here, inventedIdNumber(1)).map(({ operation }) => operation)).to.deep.equal([
      "living",
    ]);
  });

  it("forget a person in every programme and period, and nobody else; the leaves stay for the others", () => {
    keep("first", [line(1), line(2)]);
    keep("other", [line(1)], of(2, 3));
    const database = new DatabaseSync(path(), { readOnly: true });
    const boxes = database.prepare("SELECT box FROM roster_line WHERE line = 0").all();
    database.close();
    expect(vault.rosters.forgetPerson(inventedIdNumber(1))).to.equal(2);
    expect(vault.rosters.forgetPerson(inventedIdNumber(1))).to.equal(0);
    expect(vault.rosters.linesOf(here, inventedIdNumber(1))).to.deep.equal([]);
    expect(vault.rosters.linesOf(of(2, 3), inventedIdNumber(1))).to.deep.equal([]);
    expect(vault.rosters.linesOf(here, inventedIdNumber(2))).to.have.length(1);
    expect(vault.rosters.leavesOf("first")).to.have.length(64);
    expect(boxes).to.have.length(2);
    for (const { box } of boxes) {
      if (!(box instanceof Uint8Array)) throw new Error("no row was kept");
      for (const name of [path(), `${path()}-wal`].filter((each) => existsSync(each))) {
        expect(readFileSync(name).includes(Buffer.from(box)), `the row in ${name}`).to.equal(false);
      }
    }
  });

  it("hold no id number, salt or validity that can be read on disk", () => {
    keep("first", [line(1), line(2, 60, 120)]);
    for (const name of readdirSync(folder.path)) {
      const bytes = readFileSync(join(folder.path, name));
      for (const secret of [inventedIdNumber(1), inventedIdNumber(2), "abc001", '"from"']) {
        expect(bytes.includes(secret), `${secret} in ${name}`).to.equal(false);
      }
      expect(bytes.includes(Buffer.from(line(1).salt.slice(2), "hex"))).to.equal(false);
    }
  });

  it("mark the same person otherwise in every programme and period", () => {
    keep("first", [line(1)]);
    keep("second", [line(1)], of(1, 2));
    keep("third", [line(1)], of(2, 1));
    const database = new DatabaseSync(path(), { readOnly: true });
    const marks = database.prepare("SELECT hex(mark) AS mark FROM roster_line").all();
    database.close();
    expect(new Set(marks.map((row) => row["mark"])).size).to.equal(3);
  });

  it("open with no other key, and no line in another's place", () => {
    keep("first", [line(1), line(2)]);
    tamper("UPDATE roster_line SET box = (SELECT box FROM roster_line WHERE line = 1) WHERE line = 0");
    expect(() => vault.rosters.linesOf(here, inventedIdNumber(1))).to.throw(UnreadableRow);
    reopen({ ...keys, vaultRows: createSecretKey(randomBytes(32)) });
    expect(() => vault.rosters.linesOf(here, inventedIdNumber(2))).to.throw(UnreadableRow);
  });
});
