/** What is derived is derived from the kept logs alone. */
import { expect } from "chai";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { reindex } from "../../../server/commands/reindex.ts";
import { DataFolderInUse } from "../../../server/folder.ts";
import { UnreadableIndex } from "../../../server/index/errors.ts";
import { derivedTables, tableNames } from "../../../server/index/tables.ts";
import { openBooks, type Books } from "../api/books.ts";
import { insure } from "../api/insured.ts";

describe("reindex", function () {
  this.timeout(60_000);
  let books: Books;
  before(async () => {
    books = await openBooks();
    await insure(books);
    expect(await reindex(books.service.folder).catch((error: unknown) => error)).to.be.instanceOf(
      DataFolderInUse,
    );
    await books.service.app.close();
    await books.service.gateway.close();
  });
  after(() => books.service.close());

  const within = <Result>(work: (database: DatabaseSync) => Result): Result => {
    const database = new DatabaseSync(join(books.service.folder, "index.db"));
    try {
      return work(database);
    } finally {
      database.close();
    }
  };
  /** Every table with every row, as text. */
  const everything = (): ReadonlyMap<string, readonly string[]> =>
    within(
      (database) =>
        new Map(
          tableNames.map((name) => [
            name,
            database
              .prepare(`SELECT * FROM "${name}"`)
              .all()
              .map((row) =>
                JSON.stringify(row, (_, value: unknown) =>
                  value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value,
                ),
              )
              .sort(),
          ]),
        ),
    );

  it("makes every derived table again as it was, without chain or node", async () => {
    const before = everything();
    const filled = [...before].filter(([, rows]) => rows.length > 0).map(([name]) => name);
    expect(filled).to.include.members(["funds", "batches", "programmes", "claims", "payouts", "approvals"]);
    within((database) => {
      for (const name of Object.keys(derivedTables)) database.exec(`DELETE FROM "${name}"`);
    });
    rmSync(join(books.service.folder, "outbox.db"));
    const { events, block } = await reindex(books.service.folder);
    expect(events).to.equal(before.get("logs")?.length);
    expect(block).to.be.greaterThan(10);
    const after = everything();
    for (const [name, rows] of before) expect(after.get(name), name).to.deep.equal(rows);
  });

  it("mends a figure that was changed behind its back", async () => {
    const before = everything();
    within((database) => database.exec("UPDATE funds SET donations = donations + 1"));
    expect(everything().get("funds")).to.not.deep.equal(before.get("funds"));
    await reindex(books.service.folder);
    expect(everything().get("funds")).to.deep.equal(before.get("funds"));
  });

  it("refuses a folder without an index, and makes none", async () => {
    const path = join(books.service.folder, "index.db");
    for (const end of ["", "-wal", "-shm"]) rmSync(`${path}${end}`, { force: true });
    const refusal = await reindex(books.service.folder).catch((error: unknown) => error);
    expect(refusal).to.be.instanceOf(UnreadableIndex);
    expect(String(refusal)).to.contain("there is none");
  });
});
