import { expect } from "chai";
import { programmeId } from "../../../protocol/ids.ts";
import { DeskRefusal } from "../../../protocol/ports/desk.ts";
import { ApiKeys, LastAdminKey, TooManySecrets } from "../../../server/access/api-keys.ts";
import { longestLifeMs, type KeyRequest } from "../../../server/access/new-key.ts";
import { UnknownSchema } from "../../../server/database/database.ts";
import { onBothStores } from "../database/stores.ts";

onBothStores("the API keys", (stores) => {
  let keys: ApiKeys;
  let nowMs: number;
  const open = (): Promise<ApiKeys> => ApiKeys.open(stores().place("access.db"), () => nowMs);
  beforeEach(async () => {
    nowMs = 1_000;
    keys = await open();
  });
  afterEach(() => keys.close());

  const failure = (work: Promise<unknown>): Promise<unknown> => work.catch((reason: unknown) => reason);
  const programmes = [programmeId(3), programmeId(12)];

  it("find a key by its text and by nothing else, after a restart too", async () => {
    const { id, token } = await keys.create({ roles: ["recorder", "payer"] });
    await keys.close();
    keys = await open();
    expect(await keys.find(token)).to.deep.equal({ id, roles: ["recorder", "payer"] });
    const other = await keys.create({ roles: ["admin"] });
    const mixed = `efk_${other.id}_${token.slice(-43)}`;
    for (const wrong of [mixed, token.slice(0, -1), `${token} `, "", `efk_000000000000_${"A".repeat(43)}`]) {
      expect(await keys.find(wrong)).to.equal(undefined);
    }
  });

  it("know which programmes a key is bound to", async () => {
    const { id, token } = await keys.create({ roles: ["payer", "auditor"], programmes });
    expect(await keys.find(token)).to.deep.equal({ id, roles: ["payer", "auditor"], programmes });
  });

  it("refuse a key that nobody could use or that would do too much, and make none", async () => {
    const cases: readonly (readonly [KeyRequest, field: string, reason: RegExp])[] = [
      [{ roles: ["coordinator", "payer"] }, "roles", /keeps coordinator and payer apart/],
      [{ roles: ["adjudicator", "coordinator"] }, "roles", /apart/],
      [{ roles: ["admin"], programmes }, "programmes", /role admin, which is of no programme/],
      [{ roles: ["payer", "recorder"], programmes }, "programmes", /role recorder/],
      [{ roles: ["relay"], programmes }, "programmes", /role relay/],
      [{ roles: ["provider"], programmes }, "programmes", /role provider/],
      [{ roles: ["payer"], expiresAtMs: nowMs }, "expiresAt", /lies in the past/],
      [{ roles: ["payer"], expiresAtMs: nowMs + longestLifeMs + 1 }, "expiresAt", /at most 1975-01/],
    ];
    for (const [request, field, reason] of cases) {
      const error = await failure(keys.create(request));
      expect(error, JSON.stringify(request)).to.be.instanceOf(DeskRefusal).with.property("field", field);
      expect(error).to.have.property("reason").that.matches(reason);
    }
    expect(await keys.list(0, 10)).to.deep.equal([]);
    await keys.create({ roles: ["payer"], expiresAtMs: nowMs + longestLifeMs });
  });

  it("let a key go at its end, and not before", async () => {
    const { id, token } = await keys.create({ roles: ["payer"], expiresAtMs: 5_000 });
    nowMs = 4_999;
    expect((await keys.find(token))?.id).to.equal(id);
    nowMs = 5_000;
    expect(await keys.find(token)).to.equal(undefined);
    expect(await keys.revoke(id)).to.equal(false);
    expect(await keys.rotate(id, 60_000)).to.equal(undefined);
  });

  it("revoke a key once, and no other", async () => {
    const [one, two] = [await keys.create({ roles: ["payer"] }), await keys.create({ roles: ["payer"] })];
    expect([await keys.revoke(one.id), await keys.revoke(one.id)]).to.deep.equal([true, false]);
    expect(await keys.find(one.token)).to.equal(undefined);
    expect((await keys.find(two.token))?.id).to.equal(two.id);
  });

  it("give a key a new text, with the one before in force until the overlap ends", async () => {
    const { id, token } = await keys.create({ roles: ["payer"], programmes });
    const rotated = await keys.rotate(id, 60_000);
    expect(rotated).to.include({ id, previousEndsAtMs: 61_000 });
    const next = rotated?.token ?? "";
    expect(next).to.not.equal(token);
    nowMs = 60_999;
    for (const each of [token, next]) {
      expect(await keys.find(each)).to.deep.equal({ id, roles: ["payer"], programmes });
    }
    nowMs = 61_000;
    expect(await keys.find(token)).to.equal(undefined);
    expect((await keys.find(next))?.id).to.equal(id);
  });

  it("rotate a key again while texts before are in force: none ends later than it would, and not too many", async () => {
    const { id, token } = await keys.create({ roles: ["payer"] });
    const second = (await keys.rotate(id, 60_000))?.token ?? "";
    const third = (await keys.rotate(id, 90_000))?.token ?? "";
    nowMs = 62_000;
    expect(await keys.find(token)).to.equal(undefined);
    expect((await keys.find(second))?.id).to.equal(id);
    // The one before a shorter overlap ends with it.
    const fourth = (await keys.rotate(id, 1_000))?.token ?? "";
    nowMs = 63_000;
    expect([await keys.find(second), await keys.find(third)]).to.deep.equal([undefined, undefined]);
    expect((await keys.find(fourth))?.id).to.equal(id);
    for (let count = 0; count < 4; count += 1) await keys.rotate(id, 60_000);
    expect(await failure(keys.rotate(id, 60_000))).to.be.instanceOf(TooManySecrets);
    expect((await keys.find(fourth))?.id).to.equal(id);
    nowMs = 123_000;
    expect(await keys.find(fourth)).to.equal(undefined);
    expect(await keys.rotate(id, 60_000)).to.include({ id });
  });

  it("end every text of a key that is revoked", async () => {
    const { id, token } = await keys.create({ roles: ["payer"] });
    const next = (await keys.rotate(id, 60_000))?.token ?? "";
    expect(await keys.revoke(id)).to.equal(true);
    expect([await keys.find(token), await keys.find(next)]).to.deep.equal([undefined, undefined]);
    expect(await keys.rotate(id, 60_000)).to.equal(undefined);
  });

  it("always have one of the role admin in force, also where two revoke each other at once", async () => {
    const [one, two] = [
      await keys.create({ roles: ["admin", "payer"] }),
      await keys.create({ roles: ["admin"] }),
    ];
    const ended = await Promise.allSettled([keys.revoke(one.id), keys.revoke(two.id)]);
    expect(ended.map(({ status }) => status).sort()).to.deep.equal(["fulfilled", "rejected"]);
    const left = (await keys.find(one.token)) ?? (await keys.find(two.token));
    const error = await failure(keys.revoke(left?.id ?? ""));
    expect(error).to.be.instanceOf(LastAdminKey).with.property("key", left?.id);
    expect(left?.roles).to.include("admin");
    const next = await keys.create({ roles: ["admin"] });
    expect(await keys.revoke(left?.id ?? "")).to.equal(true);
    expect((await keys.find(next.token))?.id).to.equal(next.id);
  });

  it("count no admin's key that expires as the last one, which would lock everybody out on its day", async () => {
    const lasting = await keys.create({ roles: ["admin"] });
    const ending = await keys.create({ roles: ["admin"], expiresAtMs: 5_000 });
    expect(await failure(keys.revoke(lasting.id))).to.be.instanceOf(LastAdminKey);
    expect(await keys.revoke(ending.id)).to.equal(true);
    nowMs = 6_000;
    expect((await keys.find(lasting.token))?.id).to.equal(lasting.id);
  });

  it("have one first key, however many gateways start at once, and none where there was one", async () => {
    const first = await Promise.all([keys.createFirst(), keys.createFirst(), keys.createFirst()]);
    const [token, ...more] = first.filter((each) => each !== undefined);
    expect(more).to.deep.equal([]);
    const found = await keys.find(token ?? "");
    expect(found?.roles).to.deep.equal(["admin"]);
    await keys.create({ roles: ["admin"] });
    await keys.revoke(found?.id ?? "");
    expect(await keys.createFirst()).to.equal(undefined);
  });

  it("are listed in the order in which they were made, with what became of them", async () => {
    const { id: bound } = await keys.create({ roles: ["payer"], programmes, expiresAtMs: 5_000 });
    const { id: turned } = await keys.create({ roles: ["auditor"] });
    const { id: gone } = await keys.create({ roles: ["relay"] });
    nowMs = 2_000;
    await keys.rotate(turned, 60_000);
    nowMs = 3_000;
    await keys.revoke(gone);
    nowMs = 5_000;
    const listed = await keys.list(0, 10);
    expect(listed.map(({ key }) => key)).to.deep.equal([
      { id: bound, roles: ["payer"], programmes, state: "expired", createdAtMs: 1_000, expiresAtMs: 5_000 },
      { id: turned, roles: ["auditor"], state: "inForce", createdAtMs: 1_000, rotatedAtMs: 2_000 },
      { id: gone, roles: ["relay"], state: "revoked", createdAtMs: 1_000, revokedAtMs: 3_000 },
    ]);
    const after = await keys.list(listed[0]?.place ?? 0, 1);
    expect(after.map(({ key }) => key.id)).to.deep.equal([turned]);
  });

  it("keep no text of a key", async () => {
    const { id, token } = await keys.create({ roles: ["payer"] });
    const next = (await keys.rotate(id, 60_000))?.token ?? "";
    const rows = [
      ...(await stores().ask("access.db", "SELECT * FROM api_key")),
      ...(await stores().ask("access.db", "SELECT * FROM api_key_secret")),
    ];
    const values = rows.flatMap((row) => Object.values(row));
    const shown = values.map((value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : String(value),
    );
    expect(rows).to.have.length(3);
    for (const secret of [token.slice(-43), next.slice(-43)]) {
      expect(shown.some((value) => value.includes(secret))).to.equal(false);
    }
  });

  it("are not read from the store of another version, which is left as it is", async () => {
    const { token } = await keys.create({ roles: ["payer"] });
    await keys.close();
    const [older, own] =
      stores().kind === "sqlite"
        ? ["PRAGMA user_version = 1", "PRAGMA user_version = 3"]
        : ["UPDATE schema_version SET version = 1", "UPDATE schema_version SET version = 3"];
    await stores().ask("access.db", older);
    const error = await failure(open());
    expect(error).to.be.instanceOf(UnknownSchema).and.to.include({ found: 1, expected: 3 });
    await stores().ask("access.db", own);
    keys = await open();
    expect((await keys.find(token))?.roles).to.deep.equal(["payer"]);
  });
});
