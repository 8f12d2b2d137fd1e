import { expect } from "chai";
import { statSync } from "node:fs";
import { join } from "node:path";
import {
  DamagedRow,
  inTransaction,
  integer,
  openDatabase,
  rowsOfMarks,
  Statements,
  text,
  UnknownSchema,
} from "../../server/sqlite.ts";
import { temporaryFolder } from "./gateway.ts";

describe("a store on disk", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let path: string;
  const schema = "CREATE TABLE thing (name TEXT PRIMARY KEY) STRICT";
  beforeEach(() => {
    folder = temporaryFolder();
    path = join(folder.path, "store.db");
  });
  afterEach(() => folder.remove());

  it("is synced at every commit, overwrites what it deletes, and is its owner's alone", () => {
    const database = openDatabase(path, 1, schema);
    const pragma = (name: string): unknown =>
      Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    expect(pragma("journal_mode")).to.equal("wal");
    expect(pragma("synchronous")).to.equal(2);
    expect(pragma("secure_delete")).to.equal(1);
    expect(pragma("foreign_keys")).to.equal(1);
    expect(statSync(path).mode & 0o777).to.equal(0o600);
    database.close();
  });

  it("is refused where another version wrote it", () => {
    openDatabase(path, 2, schema).close();
    openDatabase(path, 2, schema).close();
    expect(() => openDatabase(path, 1, schema))
      .to.throw(UnknownSchema)
      .with.property("found", 2);
  });

  it("keeps nothing of a transaction that throws", () => {
    const database = openDatabase(path, 1, schema);
    const work = (): void => {
      database.exec("INSERT INTO thing VALUES ('kept')");
      throw new RangeError("invented");
    };
    expect(() => inTransaction(database, work)).to.throw(RangeError);
    expect(database.prepare("SELECT count(*) AS n FROM thing").get()).to.include({ n: 0 });
    database.close();
  });

  it("finds rows of many marks at once, whatever their number, and a mark that is asked about twice twice", () => {
    const marked = "CREATE TABLE marked (mark BLOB PRIMARY KEY, name TEXT NOT NULL) STRICT";
    const database = openDatabase(path, 1, marked);
    const statements = new Statements(database);
    const marks = Array.from({ length: 250 }, (_, index) => Buffer.from(`mark ${index}`));
    const found = (asked: readonly Buffer[]): readonly (readonly [number, unknown])[] =>
      [...rowsOfMarks(statements, "SELECT * FROM marked", asked)].map(([index, row]) => [index, row["name"]]);
    expect(found(marks)).to.deep.equal([]);
    for (const index of [0, 99, 100, 249]) {
      statements.of("INSERT INTO marked VALUES (?, ?)").run(Buffer.from(`mark ${index}`), `name ${index}`);
    }
    expect(found(marks)).to.deep.equal([0, 99, 100, 249].map((index) => [index, `name ${index}`]));
    expect(found([...marks.slice(240), ...marks.slice(249)]).map(([index]) => index)).to.deep.equal([9, 10]);
    expect(found([])).to.deep.equal([]);
    database.close();
  });

  it("does not pass a damaged value on", () => {
    expect(() => integer({ n: "1" }, "n"))
      .to.throw(DamagedRow)
      .with.property("column", "n");
    expect(() => text({ n: null }, "n")).to.throw(DamagedRow);
  });
});
