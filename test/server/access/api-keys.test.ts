import { expect } from "chai";
import { programmeId } from "../../../protocol/ids.ts";
import { DeskRefusal, type Asking } from "../../../protocol/ports/desk.ts";
import {
  ApiKeys,
  LastAdminKey,
  NoSuchKey,
  TooManyKeys,
  TooManySecrets,
} from "../../../server/access/api-keys.ts";
import { accessDefinition } from "../../../server/access/key-rows.ts";
import { longestLifeMs, type KeyRequest } from "../../../server/access/new-key.ts";
import { UnknownSchema } from "../../../server/database/database.ts";
import { IdempotencyConflict } from "../../../server/outbox/store.ts";
import { onBothStores } from "../database/stores.ts";
import { asking, createKey, revokeKey, rotateKey, secrets } from "./asking.ts";

onBothStores("the API keys", (stores) => {
  let keys: ApiKeys;
  let nowMs: number;
  const open = (): Promise<ApiKeys> => ApiKeys.open(stores().place("access.db"), secrets, () => nowMs);
  beforeEach(async () => {
    nowMs = 1_000;
    keys = await open();
  });
  afterEach(() => keys.close());

  const create = (request: KeyRequest) => createKey(keys, request);
  const rotate = (id: string, overlapMs: number) => rotateKey(keys, id, overlapMs);
  const revoke = (id: string) => revokeKey(keys, id);
  const failure = (work: Promise<unknown>): Promise<unknown> => work.catch((reason: unknown) => reason);
  const programmes = [programmeId(3), programmeId(12)];

  it("find a key by its text and by nothing else, after a restart too", async () => {
    const { id, token } = await create({ roles: ["recorder", "payer"] });
    await keys.close();
    keys = await open();
    expect(await keys.find(token)).to.deep.equal({ id, roles: ["recorder", "payer"] });
    const other = await create({ roles: ["admin"] });
    const mixed = `efk_${other.id}_${token.slice(-43)}`;
    for (const wrong of [mixed, token.slice(0, -1), `${token} `, "", `efk_000000000000_${"A".repeat(43)}`]) {
      expect(await keys.find(wrong)).to.equal(undefined);
    }
  });

  it("know which programmes a key is bound to", async () => {
    const { id, token } = await create({ roles: ["payer", "auditor"], programmes });
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
      const error = await failure(create(request));
      expect(error, JSON.stringify(request)).to.be.instanceOf(DeskRefusal).with.property("field", field);
      expect(error).to.have.property("reason").that.matches(reason);
    }
    expect(await keys.list(0, 10)).to.deep.equal([]);
    await create({ roles: ["payer"], expiresAtMs: nowMs + longestLifeMs });
  });

  it("let a key go at its end, and not before", async () => {
    const { id, token } = await create({ roles: ["payer"], expiresAtMs: 5_000 });
    nowMs = 4_999;
    expect((await keys.find(token))?.id).to.equal(id);
    nowMs = 5_000;
    expect(await keys.find(token)).to.equal(undefined);
    expect(await failure(revoke(id))).to.be.instanceOf(NoSuchKey);
    expect(await failure(rotate(id, 60_000))).to.be.instanceOf(NoSuchKey);
  });

  it("revoke a key once, and no other", async () => {
    const [one, two] = [await create({ roles: ["payer"] }), await create({ roles: ["payer"] })];
    await revoke(one.id);
    expect(await failure(revoke(one.id))).to.be.instanceOf(NoSuchKey);
    expect(await keys.find(one.token)).to.equal(undefined);
    expect((await keys.find(two.token))?.id).to.equal(two.id);
  });

  it("give a key a new text, with the one before in force until the overlap ends", async () => {
    const { id, token } = await create({ roles: ["payer"], programmes });
    const rotated = await rotate(id, 60_000);
    expect(rotated).to.include({ id, previousEndsAtMs: 61_000 });
    const next = rotated.token ?? "";
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
    const { id, token } = await create({ roles: ["payer"] });
    const second = (await rotate(id, 60_000)).token ?? "";
    const third = (await rotate(id, 90_000)).token ?? "";
    nowMs = 62_000;
    expect(await keys.find(token)).to.equal(undefined);
    expect((await keys.find(second))?.id).to.equal(id);
    // The one before a shorter overlap ends with it.
    const fourth = (await rotate(id, 1_000)).token ?? "";
    nowMs = 63_000;
    expect([await keys.find(second), await keys.find(third)]).to.deep.equal([undefined, undefined]);
    expect((await keys.find(fourth))?.id).to.equal(id);
    for (let count = 0; count < 4; count += 1) await rotate(id, 60_000);
    expect(await failure(rotate(id, 60_000))).to.be.instanceOf(TooManySecrets);
    expect((await keys.find(fourth))?.id).to.equal(id);
    nowMs = 123_000;
    expect(await keys.find(fourth)).to.equal(undefined);
    expect(await rotate(id, 60_000)).to.include({ id });
  });

  it("end every text of a key that is revoked", async () => {
    const { id, token } = await create({ roles: ["payer"] });
    const next = (await rotate(id, 60_000)).token ?? "";
    await revoke(id);
    expect([await keys.find(token), await keys.find(next)]).to.deep.equal([undefined, undefined]);
    expect(await failure(rotate(id, 60_000))).to.be.instanceOf(NoSuchKey);
  });

  it("always have one of the role admin in force, also where two revoke each other at once", async () => {
    const [one, two] = [await create({ roles: ["admin", "payer"] }), await create({ roles: ["admin"] })];
    const ended = await Promise.allSettled([revoke(one.id), revoke(two.id)]);
    expect(ended.map(({ status }) => status).sort()).to.deep.equal(["fulfilled", "rejected"]);
    const left = (await keys.find(one.token)) ?? (await keys.find(two.token));
    const error = await failure(revoke(left?.id ?? ""));
    expect(error).to.be.instanceOf(LastAdminKey).with.property("key", left?.id);
    expect(left?.roles).to.include("admin");
    const next = await create({ roles: ["admin"] });
    await revoke(left?.id ?? "");
    expect((await keys.find(next.token))?.id).to.equal(next.id);
  });

  it("count no admin's key that expires as the last one, which would lock everybody out on its day", async () => {
    const lasting = await create({ roles: ["admin"] });
    const ending = await create({ roles: ["admin"], expiresAtMs: 5_000 });
    expect(await failure(revoke(lasting.id))).to.be.instanceOf(LastAdminKey);
    await revoke(ending.id);
    nowMs = 6_000;
    expect((await keys.find(lasting.token))?.id).to.equal(lasting.id);
  });

  it("have one first key, however many gateways start at once, and none where there was one", async () => {
    const first = await Promise.all([keys.createFirst(), keys.createFirst(), keys.createFirst()]);
    const [token, ...more] = first.filter((each) => each !== undefined);
    expect(more).to.deep.equal([]);
    const found = await keys.find(token ?? "");
    expect(found?.roles).to.deep.equal(["admin"]);
    await create({ roles: ["admin"] });
    await revoke(found?.id ?? "");
    expect(await keys.createFirst()).to.equal(undefined);
  });

  it("are listed in the order in which they were made, with what became of them", async () => {
    const { id: bound } = await create({ roles: ["payer"], programmes, expiresAtMs: 5_000 });
    const { id: turned } = await create({ roles: ["auditor"] });
    const { id: gone } = await create({ roles: ["relay"] });
    nowMs = 2_000;
    await rotate(turned, 60_000);
    nowMs = 3_000;
    await revoke(gone);
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

  it("answer a request that comes again as the first time, without the text, and do nothing twice", async () => {
    const request: KeyRequest = { roles: ["payer"], programmes, expiresAtMs: 5_000 };
    const [making, turning, ending] = [asking(), asking(), asking()];
    let repetitions = 0;
    const again = (once: Asking): Asking => ({ ...once, onRepetition: () => void (repetitions += 1) });
    const made = await keys.create(request, again(making));
    const turned = await keys.rotate(made.id, 60_000, again(turning));
    expect(repetitions).to.equal(0);
    // Past its end, with which it could not be made any more; and in a store that was opened anew.
    nowMs = 6_000;
    await keys.close();
    keys = await open();
    expect(await keys.create(request, again(making))).to.deep.equal({ id: made.id });
    expect(await keys.rotate(made.id, 60_000, again(turning))).to.deep.equal({
      id: made.id,
      previousEndsAtMs: 61_000,
    });
    expect(repetitions).to.equal(2);
    nowMs = 4_000;
    for (const token of [made.token, turned.token]) {
      expect((await keys.find(token ?? ""))?.id).to.equal(made.id);
    }
    await keys.revoke(made.id, again(ending));
    await keys.revoke(made.id, again(ending));
    expect(repetitions).to.equal(3);
    expect(await keys.list(0, 10)).to.have.length(1);
  });

  it("refuse another request under an idempotency key that was used, but for another asker's", async () => {
    const once = asking();
    const { id } = await keys.create({ roles: ["payer"] }, once);
    const others: readonly (() => Promise<unknown>)[] = [
      () => keys.create({ roles: ["auditor"] }, once),
      () => keys.create({ roles: ["payer"], programmes }, once),
      () => keys.create({ roles: ["payer"], expiresAtMs: 5_000 }, once),
      () => keys.rotate(id, 60_000, once),
      () => keys.revoke(id, once),
    ];
    for (const other of others) expect(await failure(other())).to.be.instanceOf(IdempotencyConflict);
    expect(await keys.list(0, 10)).to.have.length(1);
    const theirs = await keys.create({ roles: ["auditor"] }, { ...once, asker: "ba9876543210" });
    expect(theirs.id).to.not.equal(id);
  });

  it("leave the idempotency key of a request that was refused to the next one", async () => {
    const once = asking();
    expect(await failure(keys.create({ roles: ["payer"], expiresAtMs: 1 }, once))).to.be.instanceOf(
      DeskRefusal,
    );
    expect(await failure(keys.revoke("000000000000", once))).to.be.instanceOf(NoSuchKey);
    expect((await keys.create({ roles: ["payer"] }, once)).token).to.be.a("string");
  });

  it("make one key of what comes many times at once", async () => {
    const once = asking();
    const made = await Promise.all(Array.from({ length: 5 }, () => keys.create({ roles: ["payer"] }, once)));
    expect(new Set(made.map(({ id }) => id)).size).to.equal(1);
    expect(made.filter(({ token }) => token !== undefined)).to.have.length(1);
  });

  it("are at most 1,000 in force, those that are over not counted", async () => {
    const { id } = await create({ roles: ["payer"] });
    // Past the code under test: one by one through it, a thousand synced writes would take long.
    const columns = "id, roles, created_at_ms, expires_at_ms";
    const numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)";
    const ids = stores().kind === "sqlite" ? "'key ' || i" : "concat('key ', i)";
    await stores().ask(
      "access.db",
      `INSERT INTO api_key (${columns}) ${numbers} SELECT ${ids}, 'payer', 1000, 1001 + i % 2 FROM n RETURNING id`,
    );
    expect(await failure(create({ roles: ["payer"] }))).to.be.instanceOf(TooManyKeys);
    // Half of them are over now.
    nowMs = 1_001;
    await create({ roles: ["payer"] });
    expect((await keys.list(0, 1))[0]?.key.id).to.equal(id);
  });

  it("keep no text of a key", async () => {
    const { id, token } = await create({ roles: ["payer"] });
    const next = (await rotate(id, 60_000)).token ?? "";
    const rows = [
      ...(await stores().ask("access.db", "SELECT * FROM api_key")),
      ...(await stores().ask("access.db", "SELECT * FROM api_key_secret")),
      ...(await stores().ask("access.db", "SELECT * FROM answered_request")),
    ];
    const values = rows.flatMap((row) => Object.values(row));
    const shown = values.map((value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : String(value),
    );
    expect(rows).to.have.length(5);
    for (const secret of [token.slice(-43), next.slice(-43)]) {
      expect(shown.some((value) => value.includes(secret))).to.equal(false);
    }
  });

  it("are not read from the store of another version, which is left as it is", async () => {
    const { token } = await create({ roles: ["payer"] });
    await keys.close();
    const { version } = accessDefinition;
    const [older, own] =
      stores().kind === "sqlite"
        ? ["PRAGMA user_version = 1", `PRAGMA user_version = ${version}`]
        : ["UPDATE schema_version SET version = 1", `UPDATE schema_version SET version = ${version}`];
    await stores().ask("access.db", older);
    const error = await failure(open());
    expect(error).to.be.instanceOf(UnknownSchema).and.to.include({ found: 1, expected: version });
    await stores().ask("access.db", own);
    keys = await open();
    expect((await keys.find(token))?.roles).to.deep.equal(["payer"]);
  });
});
