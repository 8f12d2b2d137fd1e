import { expect } from "chai";
import { setImmediate } from "node:timers/promises";
import type { Database, Definition } from "../../../server/database/database.ts";
import { Lease, leaseTable, StaleLease } from "../../../server/database/lease.ts";
import { openDatabase } from "../../../server/database/open.ts";
import { onBothStores } from "./stores.ts";

const definition: Definition = {
  version: 1,
  statements: (words) => [leaseTable(words), `CREATE TABLE thing (name ${words.text}) ${words.numbered}`],
};
const longMs = 3_600_000;

const refusalOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

onBothStores("a lease", (stores) => {
  let database: Database;
  beforeEach(async () => {
    const options = { promise: "synced", readers: 1, definition } as const;
    database = await openDatabase(stores().place("store.db"), options);
  });
  afterEach(() => database.close());

  const leaseOf = (durationMs = longMs): Lease => new Lease({ database, name: "work", durationMs });
  const expire = (): Promise<unknown> => stores().ask("store.db", "UPDATE lease SET expires_at_ms = 1");
  const write = (lease: Lease, name: string): Promise<number> =>
    database.write(async (session) => {
      await session.run("INSERT INTO thing (name) VALUES (?)", [name]);
      await lease.check(session);
      return 1;
    });
  const written = async (): Promise<readonly unknown[]> =>
    (await database.session.all("SELECT name FROM thing ORDER BY name")).map(({ name }) => name);

  it("is held by one of those who ask at once", async () => {
    const leases = Array.from({ length: 5 }, () => leaseOf());
    const held = await Promise.all(leases.map((lease) => lease.hold()));
    expect(held.filter(Boolean)).to.have.length(1);
    // Whoever holds it keeps it, whoever does not, does not.
    expect(await Promise.all(leases.map((lease) => lease.hold()))).to.deep.equal(held);
  });

  it("passes to another when its holder fell silent, with a higher token", async () => {
    const [first, second] = [leaseOf(), leaseOf()];
    expect(await first.hold()).to.equal(true);
    expect(await second.hold()).to.equal(false);
    await expire();
    expect(await second.hold()).to.equal(true);
    expect(second.token).to.be.greaterThan(first.token ?? 0);
  });

  it("is refused in the database when another took over, whatever its old holder believes", async () => {
    const [first, second] = [leaseOf(), leaseOf()];
    await first.hold();
    await write(first, "before");
    await expire();
    await second.hold();
    expect(await first.hold(), "its own clock says that it still holds").to.equal(true);
    const refusal = await refusalOf(write(first, "stale"));
    expect(refusal).to.be.instanceOf(StaleLease).with.property("token", 1);
    await write(second, "after");
    expect(await written()).to.deep.equal(["after", "before"]);
    expect(await first.hold(), "and now it knows").to.equal(false);
  });

  it("admits no writer that never held it", async () => {
    const lease = leaseOf();
    expect(await refusalOf(write(lease, "early"))).to.be.instanceOf(StaleLease);
    expect(await written()).to.deep.equal([]);
  });

  it("goes on with the same token where it ran out and nobody wanted it", async () => {
    const lease = leaseOf(0);
    expect(await lease.hold()).to.equal(true);
    const { token } = lease;
    await expire();
    expect(await lease.hold()).to.equal(true);
    expect(lease.token).to.equal(token);
    await write(lease, "after a pause");
  });

  const expiresAt = async (): Promise<number> =>
    Number((await database.session.first("SELECT expires_at_ms FROM lease"))?.["expires_at_ms"]);

  it("is kept during work that takes longer than it lasts", async () => {
    const first = leaseOf(60);
    await first.hold();
    await first.during(async () => {
      // Every renewal is a moment later than the one before.
      let last = await expiresAt();
      for (let renewals = 0; renewals < 3; await setImmediate()) {
        const now = await expiresAt();
        if (now > last) renewals += 1;
        last = now;
      }
    });
    await write(first, "slow");
  });

  it("is not taken back during work that another has taken over", async () => {
    const [first, second] = [leaseOf(3), leaseOf()];
    await first.hold();
    await expire();
    await second.hold();
    const theirs = await expiresAt();
    await first.during(() => new Promise((resolve) => setTimeout(resolve, 30)));
    expect(await expiresAt()).to.equal(theirs);
    expect(await refusalOf(write(first, "stale"))).to.be.instanceOf(StaleLease);
  });

  it("can be given away at once", async () => {
    const [first, second] = [leaseOf(), leaseOf()];
    await first.hold();
    await first.release();
    expect(await second.hold()).to.equal(true);
    expect(await refusalOf(write(first, "late"))).to.be.instanceOf(StaleLease);
    expect(await first.hold()).to.equal(false);
  });

  it("of another work is another lease", async () => {
    const other = new Lease({ database, name: "other", durationMs: longMs });
    expect([await leaseOf().hold(), await other.hold()]).to.deep.equal([true, true]);
  });
});
