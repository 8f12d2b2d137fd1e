import { expect } from "chai";
import { ApiKeys, LastAdminKey } from "../../../server/access/api-keys.ts";
import { onBothStores } from "../database/stores.ts";

onBothStores("the API keys", (stores) => {
  let keys: ApiKeys;
  const open = (): Promise<ApiKeys> => ApiKeys.open(stores().place("access.db"), () => 1_000);
  beforeEach(async () => {
    keys = await open();
  });
  afterEach(() => keys.close());

  it("find a key by its text and by nothing else, after a restart too", async () => {
    const { id, token } = await keys.create(["recorder", "payer"]);
    await keys.close();
    keys = await open();
    expect(await keys.find(token)).to.deep.equal({ id, roles: ["recorder", "payer"] });
    const other = await keys.create(["admin"]);
    const mixed = `efk_${other.id}_${token.slice(-43)}`;
    for (const wrong of [mixed, token.slice(0, -1), `${token} `, "", `efk_000000000000_${"A".repeat(43)}`]) {
      expect(await keys.find(wrong)).to.equal(undefined);
    }
  });

  it("revoke a key once, and no other", async () => {
    const [one, two] = [await keys.create(["payer"]), await keys.create(["payer"])];
    expect([await keys.revoke(one.id), await keys.revoke(one.id)]).to.deep.equal([true, false]);
    expect(await keys.find(one.token)).to.equal(undefined);
    expect((await keys.find(two.token))?.id).to.equal(two.id);
  });

  it("always have one of the role admin in force, also where two revoke each other at once", async () => {
    const [one, two] = [await keys.create(["admin", "payer"]), await keys.create(["admin"])];
    const ended = await Promise.allSettled([keys.revoke(one.id), keys.revoke(two.id)]);
    expect(ended.map(({ status }) => status).sort()).to.deep.equal(["fulfilled", "rejected"]);
    const left = (await keys.find(one.token)) ?? (await keys.find(two.token));
    const error = await keys.revoke(left?.id ?? "").catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(LastAdminKey).with.property("key", left?.id);
    expect(left?.roles).to.include("admin");
    const next = await keys.create(["admin"]);
    expect(await keys.revoke(left?.id ?? "")).to.equal(true);
    expect((await keys.find(next.token))?.id).to.equal(next.id);
  });

  it("have one first key, however many gateways start at once, and none where there was one", async () => {
    const first = await Promise.all([keys.createFirst(), keys.createFirst(), keys.createFirst()]);
    const [token, ...more] = first.filter((each) => each !== undefined);
    expect(more).to.deep.equal([]);
    const found = await keys.find(token ?? "");
    expect(found?.roles).to.deep.equal(["admin"]);
    await keys.create(["admin"]);
    await keys.revoke(found?.id ?? "");
    expect(await keys.createFirst()).to.equal(undefined);
  });

  it("keep no text of a key", async () => {
    const { token } = await keys.create(["payer"]);
    const rows = await stores().ask("access.db", "SELECT * FROM api_key");
    const values = rows.flatMap((row) => Object.values(row));
    const shown = values.map((value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : String(value),
    );
    expect(rows).to.have.length(1);
    expect(shown.some((value) => value.includes(token.slice(-43)))).to.equal(false);
  });
});
