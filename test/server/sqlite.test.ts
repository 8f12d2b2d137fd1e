import { expect } from "chai";
import { statSync } from "node:fs";
import { join } from "node:path";
import {
  DamagedRow,
  inTransaction,
  integer,
  openDatabase,
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

  it("does not pass a damaged value on", () => {
    expect(() => integer({ n: "1" }, "n"))
      .to.throw(DamagedRow)
      .with.property("column", "n");
    expect(() => text({ n: null }, "n")).to.throw(DamagedRow);
  });
});
