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
import { onBothStores } from "../database/stores.ts";
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

onBothStores("the rosters of the vault", (stores) => {
  let vault: Vault;
  const keys = deriveKeys(Buffer.alloc(32, 7));
  const open = (with_ = keys): Promise<Vault> => Vault.open(stores().place("vault.db"), with_);
  const reopen = async (with_ = keys): Promise<void> => {
    await vault.close();
    vault = await open(with_);
  };
  const keep = (operation: string, lines: readonly RosterLine[], period = here): Promise<void> =>
    vault.rosters.keep(operation, period, lines, leavesFor(lines));
  const refusalOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );
  beforeEach(async () => {
    vault = await open();
  });
  afterEach(() => vault.close());

  it("find a person's lines of one programme and period, in the order they were kept, after a restart", async () => {
    await keep("first", [line(1), line(2)]);
    await keep("second", [line(2, 86_400, 172_800)]);
    await keep("elsewhere", [line(2)], of(1, 2));
    await keep("other", [line(2)], of(2, 1));
    await reopen();
    const { salt } = line(2);
    expect(await vault.rosters.linesOf(here, inventedIdNumber(2))).to.deep.equal([
      { operation: "first", line: 1, validity: { from: 0, to: 86_400 }, salt },
      { operation: "second", line: 0, validity: { from: 86_400, to: 172_800 }, salt },
    ]);
    expect(await vault.rosters.linesOf(of(2, 2), inventedIdNumber(2))).to.deep.equal([]);
    expect(await vault.rosters.linesOf(here, inventedIdNumber(3))).to.deep.equal([]);
  });

  it("keep all lines of a roster or none, with one leaf for each", async () => {
    const short = vault.rosters.keep("short", here, [line(1), line(2)], new Uint8Array(32));
    expect(await refusalOf(short)).to.be.instanceOf(RangeError);
    await keep("first", [line(1)]);
    expect(String(await refusalOf(keep("first", [line(2)])))).to.match(/unique/i);
    expect(await vault.rosters.linesOf(here, inventedIdNumber(2))).to.deep.equal([]);
    expect(await vault.rosters.leavesOf("first")).to.deep.equal(Buffer.alloc(32, 1));
    expect(await vault.rosters.leavesOf("short")).to.equal(undefined);
  });

  it("drop a roster whose operation came to nothing, with all its lines", async () => {
    await keep("dead", [line(1), line(2)]);
    await keep("living", [line(1, 86_400, 172_800)]);
    expect(await vault.rosters.drop("dead")).to.equal(true);
    expect(await vault.rosters.drop("dead")).to.equal(false);
    expect(await vault.rosters.leavesOf("dead")).to.equal(undefined);
    const kept = await vault.rosters.linesOf(here, inventedIdNumber(1));
    expect(kept.map(({ operation }) => operation)).to.deep.equal(["living"]);
  });

  it("forget a person in every programme and period, and nobody else; the leaves stay for the others", async () => {
    await keep("first", [line(1), line(2)]);
    await keep("other", [line(1)], of(2, 3));
    expect(await vault.rosters.forgetPerson(inventedIdNumber(1))).to.equal(2);
    expect(await vault.rosters.forgetPerson(inventedIdNumber(1))).to.equal(0);
    expect(await vault.rosters.linesOf(here, inventedIdNumber(1))).to.deep.equal([]);
    expect(await vault.rosters.linesOf(of(2, 3), inventedIdNumber(1))).to.deep.equal([]);
    expect(await vault.rosters.linesOf(here, inventedIdNumber(2))).to.have.length(1);
    expect(await vault.rosters.leavesOf("first")).to.have.length(64);
  });

  it("hold no id number, salt or validity that can be read", async () => {
    await keep("first", [line(1), line(2, 60, 120)]);
    const rows = await stores().ask("vault.db", "SELECT * FROM roster_line");
    const values = rows.flatMap((row) => Object.values(row));
    const bytes = values.map((value) => (value instanceof Uint8Array ? Buffer.from(value) : String(value)));
    const salt = Buffer.from(line(1).salt.slice(2), "hex");
    for (const secret of [
      inventedIdNumber(1),
      inventedIdNumber(2),
      "abc001",
      '"from"',
      salt.toString("latin1"),
    ]) {
      expect(bytes.some((value) => value.includes(secret))).to.equal(false);
    }
    expect(rows).to.have.length(2);
  });

  it("mark the same person otherwise in every programme and period", async () => {
    await keep("first", [line(1)]);
    await keep("second", [line(1)], of(1, 2));
    await keep("third", [line(1)], of(2, 1));
    const rows = await stores().ask("vault.db", "SELECT mark FROM roster_line");
    const marks = rows.map(({ mark }) =>
      mark instanceof Uint8Array ? Buffer.from(mark).toString("hex") : "",
    );
    expect(new Set(marks).size).to.equal(3);
  });

  it("open with no other key, and no line in another's place", async () => {
    await keep("first", [line(1), line(2)]);
    await stores().ask(
      "vault.db",
      "UPDATE roster_line SET box = (SELECT box FROM roster_line WHERE line = 1) WHERE line = 0",
    );
    expect(await refusalOf(vault.rosters.linesOf(here, inventedIdNumber(1)))).to.be.instanceOf(UnreadableRow);
    await reopen({ ...keys, vaultRows: createSecretKey(randomBytes(32)) });
    expect(await refusalOf(vault.rosters.linesOf(here, inventedIdNumber(2)))).to.be.instanceOf(UnreadableRow);
  });
});

describe("the rosters in the file of the vault", () => {
  const keys = deriveKeys(Buffer.alloc(32, 7));
  let folder: ReturnType<typeof temporaryFolder>;
  let path: string;
  let vault: Vault;
  beforeEach(async () => {
    folder = temporaryFolder();
    path = join(folder.path, "vault.db");
    vault = await Vault.open({ kind: "sqlite", path }, keys);
    const lines = [line(1), line(2, 60, 120)];
    await vault.rosters.keep("first", here, lines, leavesFor(lines));
  });
  afterEach(async () => {
    await vault.close();
    folder.remove();
  });

  it("cannot be read on disk", () => {
    for (const name of readdirSync(folder.path)) {
      const bytes = readFileSync(join(folder.path, name));
      for (const secret of [inventedIdNumber(1), inventedIdNumber(2), "abc001", '"from"']) {
        expect(bytes.includes(secret), `${secret} in ${name}`).to.equal(false);
      }
      expect(bytes.includes(Buffer.from(line(1).salt.slice(2), "hex"))).to.equal(false);
    }
  });

  it("are overwritten on disk where a person is forgotten", async () => {
    const database = new DatabaseSync(path, { readOnly: true });
    const boxes = database.prepare("SELECT box FROM roster_line WHERE line = 0").all();
    database.close();
    expect(await vault.rosters.forgetPerson(inventedIdNumber(1))).to.equal(1);
    expect(boxes).to.have.length(1);
    for (const { box } of boxes) {
      if (!(box instanceof Uint8Array)) throw new Error("no row was kept");
      for (const name of [path, `${path}-wal`].filter((each) => existsSync(each))) {
        expect(readFileSync(name).includes(Buffer.from(box)), `the row in ${name}`).to.equal(false);
      }
    }
  });
});
