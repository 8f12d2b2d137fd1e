import { expect } from "chai";
import { statSync } from "node:fs";
import { Secret } from "../../../server/config.ts";
import { UnknownSchema } from "../../../server/database/database.ts";
import type { Database, Definition } from "../../../server/database/database.ts";
import { insertRows, rowsOfMarks } from "../../../server/database/many.ts";
import { openDatabase } from "../../../server/database/open.ts";
import { DatabaseUnreachable } from "../../../server/database/postgres.ts";
import { DamagedRow, integer, text } from "../../../server/database/rows.ts";
import { startDatabaseLine } from "./database-line.ts";
import { onBothStores, onPostgres, SqliteStores } from "./stores.ts";

const definition = (version = 1): Definition => ({
  version,
  statements: (words) => [
    `CREATE TABLE thing (name ${words.text} PRIMARY KEY, count ${words.integer}) ${words.keyed}`,
    `CREATE TABLE marked (mark ${words.bytes} PRIMARY KEY, name ${words.text} NOT NULL) ${words.keyed}`,
    `CREATE TABLE counted (id ${words.counter}, name ${words.text} NOT NULL) ${words.numbered}`,
  ],
});

const refusalOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

onBothStores("a store", (stores) => {
  const opened: Database[] = [];
  const open = async (version = 1): Promise<Database> => {
    const options = { promise: "synced", readers: 2, definition: definition(version) } as const;
    const database = await openDatabase(stores().place("store.db"), options);
    opened.push(database);
    return database;
  };
  afterEach(async () => {
    for (const database of opened.splice(0)) await database.close();
  });
  const names = async (database: Database): Promise<readonly string[]> =>
    (await database.session.all("SELECT name FROM thing ORDER BY name")).map((row) => text(row, "name"));

  it("is refused where another version wrote it", async () => {
    await open(2);
    await open(2);
    const refusal = await refusalOf(open(1));
    expect(refusal).to.be.instanceOf(UnknownSchema).with.property("found", 2);
  });

  it("is made once, by several gateways that start at once where there may be several", async () => {
    const databases =
      stores().kind === "sqlite" ? [await open()] : await Promise.all([open(), open(), open()]);
    for (const [index, database] of databases.entries()) {
      await database.write((session) =>
        session.run("INSERT INTO thing (name, count) VALUES (?, ?)", [`of ${index}`, index]),
      );
    }
    expect(await names(await open())).to.deep.equal(databases.map((_, index) => `of ${index}`));
  });

  it("keeps nothing of a transaction that throws", async () => {
    const database = await open();
    const refusal = await refusalOf(
      database.write(async (session) => {
        await session.run("INSERT INTO thing (name) VALUES ('kept')");
        throw new RangeError("invented");
      }),
    );
    expect(refusal).to.be.instanceOf(RangeError);
    expect(await names(database)).to.deep.equal([]);
  });

  it("lets one write at a time, whoever writes, so that what was read still holds", async () => {
    const writers = [await open(), await open()];
    await writers[0]?.write((session) => session.run("INSERT INTO thing (name, count) VALUES ('sum', 0)"));
    const add = (database: Database): Promise<number> =>
      database.write(async (session) => {
        const row = await session.first("SELECT count FROM thing WHERE name = 'sum'");
        return session.run("UPDATE thing SET count = ? WHERE name = 'sum'", [
          integer(row ?? {}, "count") + 1,
        ]);
      });
    // Of one process in SQLite: its data folder admits no second one.
    const [first, second] = stores().kind === "sqlite" ? [writers[0], writers[0]] : writers;
    if (first === undefined || second === undefined) throw new Error("no writer");
    await Promise.all(Array.from({ length: 20 }, (_, index) => add(index % 2 === 0 ? first : second)));
    expect(await first.session.first("SELECT count FROM thing WHERE name = 'sum'")).to.deep.include({
      count: 20,
    });
  });

  it("answers a reader from one moment, whatever is written meanwhile", async () => {
    const database = await open();
    const count = "SELECT count(*) AS n FROM thing";
    const seen = await database.read(async (session) => {
      const before = await session.first(count);
      await database.write((writing) => writing.run("INSERT INTO thing (name) VALUES ('late')"));
      return [before, await session.first(count)].map((row) => integer(row ?? {}, "n"));
    });
    expect(seen).to.deep.equal([0, 0]);
    expect(await names(database)).to.deep.equal(["late"]);
  });

  it("sorts text by its bytes", async () => {
    const database = await open();
    const ordered = ["A-b", "Aa", "Z", "a-", "a-b", "a0", "aB", "b", "保"];
    await database.write((session) =>
      insertRows(
        session,
        { table: "thing", columns: ["name", "count"] },
        ordered.toReversed().map((name) => [name, null]),
      ),
    );
    expect(await names(database)).to.deep.equal(ordered);
  });

  it("gives whole numbers as numbers, and refuses those that a number does not hold", async () => {
    const database = await open();
    const row = (count: bigint): Promise<unknown> =>
      database.write((session) =>
        session.first("INSERT INTO thing (name, count) VALUES (?, ?) RETURNING count", [
          String(count),
          count,
        ]),
      );
    expect(await row(9_007_199_254_740_991n)).to.deep.include({ count: 9_007_199_254_740_991 });
    expect(await refusalOf(row(9_007_199_254_740_993n))).to.be.instanceOf(Error);
  });

  it("counts up in the order of insertion, and not again what was deleted", async () => {
    const database = await open();
    const insert = (name: string): Promise<number> =>
      database.write(async (session) => {
        const row = await session.first("INSERT INTO counted (name) VALUES (?) RETURNING id", [name]);
        return integer(row ?? {}, "id");
      });
    const [first, second] = [await insert("one"), await insert("two")];
    await database.write((session) => session.run("DELETE FROM counted WHERE id = ?", [second]));
    expect(second).to.be.greaterThan(first);
    expect(await insert("three")).to.be.greaterThan(second);
  });

  it("finds rows of many marks at once, whatever their number, and a mark that is asked about twice twice", async () => {
    const database = await open();
    const marks = Array.from({ length: 250 }, (_, index) => Buffer.from(`mark ${index}`));
    const found = async (asked: readonly Buffer[]): Promise<readonly (readonly [number, unknown])[]> => {
      const rows = await rowsOfMarks(database.session, "SELECT * FROM marked", asked);
      return Array.from(rows, ([index, row]) => [index, row["name"]]);
    };
    expect(await found(marks)).to.deep.equal([]);
    const kept = [0, 99, 100, 249];
    await database.write((session) =>
      insertRows(
        session,
        { table: "marked", columns: ["mark", "name"] },
        kept.map((index) => [Buffer.from(`mark ${index}`), `name ${index}`]),
      ),
    );
    expect(await found(marks)).to.deep.equal(kept.map((index) => [index, `name ${index}`]));
    const again = await found([...marks.slice(240), ...marks.slice(249)]);
    expect(again.map(([index]) => index)).to.deep.equal([9, 10]);
    expect(await found([])).to.deep.equal([]);
  });
});

onPostgres("turns", (stores) => {
  const opened: Database[] = [];
  const open = async (): Promise<Database> => {
    const database = await openDatabase(stores().place("store.db"), { promise: "synced", readers: 2 });
    opened.push(database);
    return database;
  };
  afterEach(async () => {
    for (const database of opened.splice(0)) await database.close();
  });

  it("of one name are one gateway's at a time, and those of another name beside them", async () => {
    const [first, second] = [await open(), await open()];
    const order: string[] = [];
    let end = (): void => {};
    const ended = new Promise<void>((resolve) => (end = resolve));
    let begin = (): void => {};
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const one = first.exclusively("desk", async (check) => {
      begin();
      await ended;
      await check();
      order.push("one");
    });
    await begun;
    const two = second.exclusively("desk", async () => void order.push("two"));
    await second.exclusively("other", async () => void order.push("beside"));
    end();
    await Promise.all([one, two]);
    expect(order).to.deep.equal(["beside", "one", "two"]);
  });

  it("that are lost are known to be lost before anything is done that needs them", async () => {
    const database = await open();
    const lost = database.exclusively("desk", async (check) => {
      await check();
      await stores().ask(
        "store.db",
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE state = 'idle in transaction' AND query LIKE 'SELECT 1 AS held%'`,
      );
      await check();
      return "went on";
    });
    expect(await refusalOf(lost)).to.be.instanceOf(Error);
  });
});

onPostgres("connections that break before they are set up", (stores) => {
  it("keep no place: as many others are made as there may be, and a store that is closed lets go", async () => {
    const place = stores().place("store.db");
    if (place.kind !== "postgresql") throw new RangeError("expected a place in PostgreSQL");
    const line = await startDatabaseLine(place.url);
    const database = await openDatabase({ ...place, url: line.url }, { promise: "synced", readers: 2 });
    const read = () => database.read((session) => session.first("SELECT 1 AS one"));
    // The one connection that is there, and more than there may be at once.
    line.breakAt("SELECT 1 AS one", 1);
    expect(await refusalOf(read())).to.be.instanceOf(Error);
    line.breakAt("search_path", 5);
    for (let times = 0; times < 5; times += 1) expect(await refusalOf(read())).to.be.instanceOf(Error);
    const rows = await Promise.all([read(), read(), read()]);
    expect(rows).to.deep.equal([{ one: 1 }, { one: 1 }, { one: 1 }]);
    await database.close();
    await line.close();
  });
});

onPostgres("a gateway that hangs inside a write", (stores) => {
  it("keeps the others from writing for 15 seconds at most: the server ends its connection", async () => {
    const database = await openDatabase(stores().place("store.db"), { promise: "synced", readers: 2 });
    const setting = "SELECT current_setting('idle_in_transaction_session_timeout') AS value";
    const row = await database.write((session) => session.first(setting));
    await database.close();
    expect(row?.["value"]).to.equal("15s");
  });
});

describe("a store in a file", () => {
  it("is synced at every commit, overwrites what it deletes, and is its owner's alone", async () => {
    const stores = new SqliteStores();
    const place = { kind: "sqlite", path: stores.path("store.db") } as const;
    const database = await openDatabase(place, { promise: "synced", readers: 1, definition: definition() });
    const pragma = (name: string): Promise<unknown> =>
      database.write(async (session) => Object.values((await session.first(`PRAGMA ${name}`)) ?? {})[0]);
    expect(await pragma("journal_mode")).to.equal("wal");
    expect(await pragma("synchronous")).to.equal(2);
    expect(await pragma("secure_delete")).to.equal(1);
    expect(await pragma("foreign_keys")).to.equal(1);
    expect(statSync(place.path).mode & 0o777).to.equal(0o600);
    await database.close();
    await stores.clear();
  });
});

describe("a database that does not answer", () => {
  it("is named without its password", async () => {
    const url = new Secret("postgres://user:hunter2@127.0.0.1:1/invented");
    const place = { kind: "postgresql", url, schema: "everyfen_outbox" } as const;
    const refusal = await refusalOf(openDatabase(place, { promise: "synced", readers: 1 }));
    expect(refusal).to.be.instanceOf(DatabaseUnreachable);
    expect(String(refusal)).to.contain("postgres://127.0.0.1:1").and.to.not.contain("hunter2");
  });
});

describe("a row", () => {
  it("does not pass a damaged value on", () => {
    expect(() => integer({ n: "1" }, "n"))
      .to.throw(DamagedRow)
      .with.property("column", "n");
    expect(() => text({ n: null }, "n")).to.throw(DamagedRow);
  });
});
