/** A log that only grows, and shows where somebody saw to it that it did not. */
import { expect } from "chai";
import { createSecretKey, randomBytes } from "node:crypto";
import { AccessLog } from "../../../server/access-log/access-log.ts";
import type { Entry } from "../../../server/access-log/entries.ts";
import { Refusals } from "../../../server/access-log/refusals.ts";
import { onBothStores, type TestStores } from "../database/stores.ts";

const asked = (route: string): Entry => ({
  what: "asked",
  atMs: 1_546_272_000_000,
  method: "POST",
  route,
  key: "0123456789ab",
  roles: ["treasurer"],
  concerns: [],
  addressMark: "00",
});

onBothStores("the access log", (stores) => {
  const key = createSecretKey(randomBytes(32));
  let log: AccessLog;
  const open = (): Promise<AccessLog> => AccessLog.open(stores().place("log.db"), key);
  beforeEach(async () => {
    log = await open();
  });
  afterEach(() => log.close());
  const ask = (statement: string) => stores().ask("log.db", statement);

  /** What only somebody does who means to: the database's own refusal is switched off first. */
  const tamper = async (statement: string): Promise<void> => {
    const unlock: Readonly<Record<TestStores["kind"], string>> = {
      sqlite: "DROP TRIGGER access_log_no_update",
      postgresql: "ALTER TABLE access_log DISABLE TRIGGER USER",
    };
    await ask(unlock[stores().kind]);
    if (stores().kind === "sqlite") await ask("DROP TRIGGER access_log_no_delete");
    await ask(statement);
  };
  const fill = async (): Promise<void> => {
    for (const route of ["/one", "/two", "/three", "/four"]) await log.append(asked(route));
  };

  it("numbers entries without gaps, also those that are written at the same time, and gives them back newest first", async () => {
    const first = await log.append(asked("/first"));
    const numbers = await Promise.all(["/a", "/b", "/c"].map((route) => log.append(asked(route))));
    expect([first, ...numbers]).to.deep.equal([1, 2, 3, 4]);
    const page = await log.list(undefined, 2);
    expect(page.map(({ number, entry }) => [number, entry])).to.deep.equal([
      [4, asked("/c")],
      [3, asked("/b")],
    ]);
    expect((await log.list(3, 50)).map(({ number }) => number)).to.deep.equal([2, 1]);
  });

  it("is found as it was written, by another process too, and names the digest of its last row", async () => {
    expect(await log.check()).to.deep.equal({ entries: 0 });
    await fill();
    const [last] = await log.list(undefined, 1);
    await log.close();
    log = await open();
    expect(await log.check()).to.deep.equal({ entries: 4, digest: last?.digest });
    await log.append(asked("/five"));
    expect((await log.check()).entries).to.equal(5);
  });

  it("has no row that can be changed or deleted", async () => {
    await fill();
    for (const statement of [
      "UPDATE access_log SET entry = '{}' WHERE number = 2",
      "UPDATE access_log SET number = 9 WHERE number = 2",
      "DELETE FROM access_log WHERE number = 4",
      "DELETE FROM access_log",
    ]) {
      const refused = await ask(statement).catch((error: unknown) => String(error));
      expect(refused, statement).to.contain("rows are never changed");
    }
    expect((await log.check()).entries).to.equal(4);
  });

  const damages: readonly (readonly [what: string, statement: string, broken: object])[] = [
    [
      "changed",
      `UPDATE access_log SET entry = replace(entry, 'treasurer', 'recorder') WHERE number = 2`,
      { number: 2, reason: "changed" },
    ],
    ["removed", "DELETE FROM access_log WHERE number = 2", { number: 2, reason: "missing" }],
    [
      "removed from the beginning",
      "DELETE FROM access_log WHERE number = 1",
      { number: 1, reason: "missing" },
    ],
    [
      "removed, and those behind it moved up",
      `DELETE FROM access_log WHERE number = 2; UPDATE access_log SET number = number - 1 WHERE number > 2`,
      { number: 2, reason: "changed" },
    ],
    [
      "put in with the digest of another",
      `INSERT INTO access_log SELECT 5, entry, digest FROM access_log WHERE number = 4`,
      { number: 5, reason: "changed" },
    ],
  ];
  for (const [what, statement, broken] of damages) {
    it(`shows where a row was ${what}`, async () => {
      await fill();
      for (const [index, part] of statement.split("; ").entries()) {
        await (index === 0 ? tamper(part) : ask(part));
      }
      expect((await log.check()).broken).to.deep.equal(broken);
    });
  }

  it("can not be written anew by who has the database and not the key", async () => {
    await fill();
    await log.close();
    const other = await AccessLog.open(stores().place("log.db"), createSecretKey(randomBytes(32)));
    await other.append(asked("/forged"));
    await other.close();
    log = await open();
    expect((await log.check()).broken).to.deep.equal({ number: 5, reason: "changed" });
  });

  it("marks addresses and idempotency keys so that equal ones are equal, and nothing else shows", () => {
    expect(log.markOf("address", "192.0.2.1"))
      .to.match(/^[0-9a-f]{16}$/)
      .and.equal(log.markOf("address", "192.0.2.1"));
    expect(log.markOf("address", "192.0.2.1")).to.not.equal(log.markOf("idempotency-key", "192.0.2.1"));
  });
});

describe("refusals in the access log", () => {
  it("are one entry a minute for each endpoint, status and key, however many there are", async () => {
    const written: Entry[] = [];
    const append = async (entry: Entry): Promise<number> => written.push(entry);
    const refusals = new Refusals({ append }, () => {});
    const refused = { what: "refused", atMs: 1, method: "POST", route: "/v1/funds", status: 401 } as const;
    for (let time = 0; time < 5_000; time += 1) {
      refusals.count({ ...refused, atMs: time }, String(time % 2_000));
    }
    refusals.count({ ...refused, status: 403, key: "0123456789ab" }, "0");
    await refusals.end();
    expect(written).to.deep.equal([
      { ...refused, atMs: 0, count: 5_000, addresses: 1_000 },
      { ...refused, status: 403, key: "0123456789ab", count: 1, addresses: 1 },
    ]);
  });

  it("are written once", async () => {
    const written: Entry[] = [];
    const append = async (entry: Entry): Promise<number> => written.push(entry);
    const refusals = new Refusals({ append }, () => {});
    refusals.count({ what: "refused", atMs: 1, method: "POST", route: "/v1/funds", status: 401 }, "0");
    await refusals.write();
    await refusals.end();
    expect(written).to.have.length(1);
  });
});
