/** API keys over the API: what is no key, and how keys are made, listed, given a new text and revoked. */
import { expect } from "chai";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { encodeCode } from "../../../protocol/codes/code.ts";
import { programmeId } from "../../../protocol/ids.ts";
import { keyRoles, type KeyRole } from "../../../server/access/roles.ts";
import { Description } from "../api/description.ts";
import { at, listAt, openService, type Answer, type Service } from "../service.ts";

const unknownProgramme = encodeCode({ kind: "programme", programme: programmeId(99) });

describe("access by API key", function () {
  this.timeout(30_000);
  let service: Service;
  let description: Description;
  const tokens = new Map<KeyRole, string>();

  before(async () => {
    service = await openService();
    description = await Description.of(service);
    for (const role of keyRoles) {
      const made = await service.post("/v1/keys", { roles: [role] });
      tokens.set(role, String(at(made.body, "key")));
    }
  });
  after(() => service.close());

  /** An empty request: past the guard it is refused for its content, so that nothing is ever written. */
  const ask = async (operation: string, authorization: string | undefined): Promise<Answer> => {
    const [method, path = ""] = operation.split(" ");
    const isPost = method === "POST";
    const response = await service.app.inject({
      method: isPost ? "POST" : method === "GET" ? "GET" : "DELETE",
      url: path
        .replace("{code}", "P000-0000")
        .replace("{id}", "000000000000")
        .replaceAll(/\{\w+\}/g, "1"),
      ...(isPost && !path.endsWith("{code}/close") ? { payload: {} } : {}),
      headers: {
        "idempotency-key": "matrix",
        ...(authorization === undefined ? {} : { authorization }),
      },
    });
    return { status: response.statusCode, headers: response.headers, body: response.json() };
  };

  it("refuses no key, a mistyped key, another scheme and an unknown key alike, at every write", async () => {
    const right = tokens.get("admin") ?? "";
    const last = right.at(-1) === "A" ? "E" : "A";
    const wrong = [
      undefined,
      "",
      "Bearer ",
      `Bearer ${right.slice(0, -1)}${last}`,
      `Bearer ${right.slice(0, -1)}`,
      `Bearer ${right}A`,
      `Bearer ${right.toUpperCase()}`,
      `bearer${right}`,
      `Basic ${right}`,
      `Bearer efk_000000000000_${"A".repeat(43)}`,
      `Bearer ${right} ${right}`,
    ];
    const guarded = description.operations.filter((each) => at(each.description, "x-role") !== undefined);
    expect(guarded.length).to.be.greaterThan(35);
    for (const { name: operation } of guarded) {
      for (const authorization of wrong) {
        const answer = await ask(operation, authorization);
        expect(answer.status, `${operation} with ${authorization}`).to.equal(401);
        expect(at(answer.body, "type")).to.equal("urn:everyfen:problem:unauthorized");
      }
    }
  });

  let revocations = 0;
  const list = async (query: string): Promise<Answer> => {
    const headers = { authorization: `Bearer ${service.key}` };
    const response = await service.app.inject({ method: "GET", url: `/v1/keys${query}`, headers });
    return { status: response.statusCode, headers: response.headers, body: response.json() };
  };

  /** Revokes the key of this text, by the service's own key. */
  const revoke = (bearer: string) =>
    service.app.inject({
      method: "DELETE",
      url: `/v1/keys/${bearer.slice("Bearer efk_".length).split("_", 1)[0]}`,
      headers: { authorization: `Bearer ${service.key}`, "idempotency-key": `revoke-${(revocations += 1)}` },
    });

  it("lets a key with several roles do each of them and nothing else", async () => {
    const made = await service.post("/v1/keys", { roles: ["recorder", "payer"] });
    const bearer = `Bearer ${String(at(made.body, "key"))}`;
    expect((await ask("POST /v1/donations", bearer)).status).to.equal(400);
    expect((await ask("POST /v1/claims/pay", bearer)).status).to.equal(400);
    expect((await ask("POST /v1/claims/approve", bearer)).status).to.equal(403);
  });

  it("revokes a key at once, and once", async () => {
    const made = await service.post("/v1/keys", { roles: ["recorder"] });
    const bearer = `Bearer ${String(at(made.body, "key"))}`;
    expect((await ask("POST /v1/donations", bearer)).status).to.equal(400);
    expect((await revoke(bearer)).statusCode).to.equal(204);
    expect((await ask("POST /v1/donations", bearer)).status).to.equal(401);
    expect((await revoke(bearer)).statusCode).to.equal(404);
  });

  it("refuses to revoke the last key of an admin, which goes on working", async () => {
    expect((await revoke(`Bearer ${tokens.get("admin")}`)).statusCode).to.equal(204);
    const refused = await revoke(`Bearer ${service.key}`);
    expect(refused.statusCode).to.equal(409);
    expect(at(refused.json(), "type")).to.equal("urn:everyfen:problem:not-possible");
    expect(at(refused.json(), "detail")).to.contain("the last one in force with the role admin");
    const another = await service.post("/v1/keys", { roles: ["admin"] });
    expect(another.status).to.equal(201);
  });

  it("refuses keys for no role, an unknown role, or with other fields", async () => {
    for (const body of [{ roles: [] }, { roles: ["owner"] }, {}, { roles: ["payer"], id: "1" }]) {
      expect((await service.post("/v1/keys", body)).status, JSON.stringify(body)).to.equal(400);
    }
  });

  it("refuses keys whose roles, programmes or end cannot be, with the field and the reason", async () => {
    const cases: readonly (readonly [body: object, field: string, reason: RegExp])[] = [
      [{ roles: ["coordinator", "payer"] }, "roles", /keeps coordinator and payer apart/],
      [{ roles: ["recorder"], programmes: ["P000-0000"] }, "programmes[0]", /programme's code/],
      [{ roles: ["payer"], programmes: [unknownProgramme] }, "programmes[0]", /no programme 99/],
      [{ roles: ["payer"], expiresAt: "2001-01-01T00:00:00+08:00" }, "expiresAt", /in the past/],
      [{ roles: ["payer"], expiresAt: "9999-01-01T00:00:00Z" }, "expiresAt", /too far ahead/],
      [{ roles: ["payer"], expiresAt: "2031-01-01" }, "expiresAt", /with its offset/],
      [{ roles: ["payer"], expiresAt: "2031-01-01T00:00:00" }, "expiresAt", /with its offset/],
      [{ roles: ["payer"], expiresAt: "2031-02-29T00:00:00Z" }, "expiresAt", /real day/],
      [{ roles: ["payer"], expiresAt: "2031-01-01T24:00:00Z" }, "expiresAt", /with its offset/],
    ];
    for (const [body, field, reason] of cases) {
      const answer = await service.post("/v1/keys", body);
      expect(answer.status, JSON.stringify(body)).to.equal(422);
      expect(at(answer.body, "errors", 0, "field")).to.equal(field);
      expect(at(answer.body, "errors", 0, "reason")).to.match(reason);
    }
  });

  it("gives a key a new text, shown this once, and says when the one before ends", async () => {
    const made = await service.post("/v1/keys", { roles: ["recorder"] });
    const path = `/v1/keys/${String(at(made.body, "id"))}/rotate`;
    const startedMs = Date.now();
    const rotated = await service.post(path, {});
    expect(rotated.status).to.equal(201);
    expect(rotated.headers["cache-control"]).to.equal("no-store");
    expect(at(rotated.body, "id")).to.equal(at(made.body, "id"));
    const endsMs = Date.parse(String(at(rotated.body, "previousEndsAt")));
    expect(endsMs).to.be.within(startedMs + 86_400_000, Date.now() + 86_400_000);
    for (const { body } of [made, rotated]) {
      expect((await ask("POST /v1/donations", `Bearer ${String(at(body, "key"))}`)).status).to.equal(400);
    }
    for (const overlapSeconds of [0, 59, 30 * 86_400 + 1, 1.5]) {
      expect((await service.post(path, { overlapSeconds })).status).to.equal(400);
    }
    expect((await service.post("/v1/keys/000000000000/rotate", {})).status).to.equal(404);
  });

  it("lists every key for an admin, page after page, and never a text or a hash", async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const made = await service.post("/v1/keys", { roles: ["payer"], expiresAt });
    const answer = await list("?limit=100");
    const keys = listAt(answer.body, "data");
    expect(at(keys[0], "roles")).to.deep.equal(["admin"]);
    const { createdAt, ...last } = Object(keys.at(-1));
    expect(last).to.deep.equal({
      id: at(made.body, "id"),
      roles: ["payer"],
      state: "inForce",
      expiresAt,
    });
    expect(new Date(String(createdAt)).toISOString()).to.equal(createdAt);
    const texts = [service.key, ...tokens.values(), String(at(made.body, "key"))];
    for (const text of texts) {
      expect(JSON.stringify(answer.body)).to.not.contain(text.slice(-43));
      const hash = createHash("sha256").update(text.slice(-43)).digest();
      for (const form of ["hex", "base64", "base64url"] as const) {
        expect(JSON.stringify(answer.body)).to.not.contain(hash.toString(form));
      }
    }
    const first = await list("?limit=1");
    const second = await list(`?limit=1&cursor=${String(at(first.body, "next"))}`);
    expect([at(first.body, "data", 0), at(second.body, "data", 0)]).to.deep.equal(keys.slice(0, 2));
  });

  it("shows a key once and keeps only its hash", async () => {
    const made = await service.post("/v1/keys", { roles: ["payer"] });
    expect(made.status).to.equal(201);
    expect(made.headers["cache-control"]).to.equal("no-store");
    const token = String(at(made.body, "key"));
    const secret = token.slice("efk_000000000000_".length);
    expect(secret).to.match(/^[A-Za-z0-9_-]{43}$/);
    const files = readdirSync(service.folder).map((name) => readFileSync(join(service.folder, name)));
    for (const text of [secret, service.key.slice(-43), ...tokens.values()]) {
      expect(files.some((file) => file.includes(text))).to.equal(false);
    }
    const hash = createHash("sha256").update(secret).digest();
    expect(files.some((file) => file.includes(hash))).to.equal(true);
  });

  it("keeps keys in force and revoked over a restart, and makes no further first key", async () => {
    await service.restart();
    expect(service.gateway.firstKey).to.equal(undefined);
    expect((await ask("POST /v1/donations", `Bearer ${tokens.get("recorder")}`)).status).to.equal(400);
    expect((await ask("POST /v1/donations", `Bearer ${tokens.get("payer")}`)).status).to.equal(403);
  });

  it("wrote nothing for any of it", async () => {
    const funds = await service.get("/v1/funds");
    expect(listAt(funds.body, "data")).to.deep.equal([]);
    expect(service.gateway.deployment["ledger"]).to.not.equal(undefined);
    expect(await service.gateway.outbox.unsettled()).to.equal(0);
  });
});
