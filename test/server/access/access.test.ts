/** Who may write what: every operation of the API's own description, against every kind of key. */
import { expect } from "chai";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { keyRoles, type KeyRole } from "../../../server/access/api-keys.ts";
import { at, listAt, openService, type Answer, type Service } from "../service.ts";

/** The role of every write. A new one fails the tests until its rule stands here. */
const rules: Readonly<Record<string, KeyRole>> = {
  "POST /v1/funds": "treasurer",
  "POST /v1/donations": "recorder",
  "POST /v1/donations/standing": "recorder",
  "POST /v1/donations/{code}/refunds": "treasurer",
  "POST /v1/refunds/{refund}/cover": "provider",
  "POST /v1/programmes": "treasurer",
  "POST /v1/programmes/{code}/periods": "treasurer",
  "POST /v1/programmes/{code}/insurers": "treasurer",
  "POST /v1/programmes/{code}/periods/{period}/rosters": "coordinator",
  "POST /v1/programmes/{code}/close": "treasurer",
  "POST /v1/programmes/{code}/allocations": "treasurer",
  "POST /v1/programmes/{code}/expenses": "treasurer",
  "POST /v1/moves": "treasurer",
  "POST /v1/claims": "coordinator",
  "POST /v1/grants": "coordinator",
  "POST /v1/claims/withdraw": "coordinator",
  "POST /v1/claims/approve": "adjudicator",
  "POST /v1/claims/reject": "adjudicator",
  "POST /v1/claims/hold": "adjudicator",
  "POST /v1/claims/release": "adjudicator",
  "POST /v1/claims/cancel": "adjudicator",
  "POST /v1/claims/pay": "payer",
  "POST /v1/payouts/{payout}/recoveries": "payer",
  "POST /v1/payouts/{payout}/return": "payer",
  "POST /v1/attestations": "auditor",
  "POST /v1/findings": "auditor",
  "POST /v1/findings/{finding}/answer": "treasurer",
  "POST /v1/findings/{finding}/close": "auditor",
  "POST /v1/channels/{channel}/totals": "provider",
  "POST /v1/corrections": "treasurer",
  "POST /v1/heads": "auditor",
  "POST /v1/transactions": "relay",
  "POST /v1/actors": "admin",
  "POST /v1/operations/{id}/suspend": "admin",
  "POST /v1/operations/{id}/resume": "admin",
  "POST /v1/operations/{id}/cancel": "admin",
  "POST /v1/keys": "admin",
  "DELETE /v1/keys/{id}": "admin",
};
/** Writes that need nothing but a key of the right role. */
const withoutBody = ["POST /v1/heads"];
/** Questions that are asked by POST, because what they ask may not stand in an address. */
const open = ["POST /rpc", "POST /v1/donations/find"];

describe("access by API key", function () {
  this.timeout(30_000);
  let service: Service;
  let description: unknown;
  const tokens = new Map<KeyRole, string>();

  before(async () => {
    service = await openService();
    description = (await service.get("/openapi.json")).body;
    for (const role of keyRoles) {
      const made = await service.post("/v1/keys", { roles: [role] });
      tokens.set(role, String(at(made.body, "key")));
    }
  });
  after(() => service.close());

  const writesDescribed = (): readonly string[] =>
    Object.entries(Object(at(description, "paths")))
      .flatMap(([path, methods]) =>
        Object.keys(Object(methods)).map((method) => `${method.toUpperCase()} ${path}`),
      )
      .filter((operation) => !operation.startsWith("GET "));

  /** An empty request: past the guard it is refused for its content, so that nothing is ever written. */
  const ask = async (operation: string, authorization: string | undefined): Promise<Answer> => {
    const [method, path = ""] = operation.split(" ");
    const isPost = method === "POST";
    const response = await service.app.inject({
      method: isPost ? "POST" : "DELETE",
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

  it("has a rule for every write that the API describes, and names it there", () => {
    expect([...writesDescribed()].sort()).to.deep.equal([...Object.keys(rules), ...open].sort());
    for (const [operation, role] of Object.entries(rules)) {
      const [method = "", path = ""] = operation.split(" ");
      const described = at(description, "paths", path, method.toLowerCase());
      expect(at(described, "security"), operation).to.deep.equal([{ apiKey: [] }]);
      expect(at(described, "x-role"), operation).to.equal(role);
    }
  });

  it("is written down for whoever asks for a key", () => {
    const page = readFileSync(join(import.meta.dirname, "..", "..", "..", "docs", "desk.md"), "utf8");
    const rows = [...page.matchAll(/^\| (\w+) +\| `([A-Z]+ [^`]+)` +\|/gm)];
    expect(Object.fromEntries(rows.map(([, role, operation]) => [operation, role]))).to.deep.equal(rules);
    expect(rows).to.have.length(Object.keys(rules).length);
  });

  it("lets only the right role and admin through, at every write", async () => {
    for (const [operation, needed] of Object.entries(rules)) {
      for (const role of keyRoles) {
        const answer = await ask(operation, `Bearer ${tokens.get(role)}`);
        const shown = `${operation} as ${role}: ${JSON.stringify(answer.body)}`;
        if (role === needed || role === "admin") {
          if (withoutBody.includes(operation)) expect(answer.status, shown).to.equal(202);
          else expect(answer.status, shown).to.be.oneOf([400, 404]);
        } else {
          expect(answer.status, shown).to.equal(403);
          expect(at(answer.body, "detail"), shown).to.equal(`this needs a key with the role ${needed}`);
        }
      }
    }
  });

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
    for (const operation of Object.keys(rules)) {
      for (const authorization of wrong) {
        const answer = await ask(operation, authorization);
        expect(answer.status, `${operation} with ${authorization}`).to.equal(401);
        expect(at(answer.body, "type")).to.equal("urn:everyfen:problem:unauthorized");
      }
    }
  });

  /** Revokes the key of this text, by the service's own key. */
  const revoke = (bearer: string) =>
    service.app.inject({
      method: "DELETE",
      url: `/v1/keys/${bearer.slice("Bearer efk_".length).split("_", 1)[0]}`,
      headers: { authorization: `Bearer ${service.key}` },
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
