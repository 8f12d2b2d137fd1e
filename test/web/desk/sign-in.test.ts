/** Signing in at the desk over a whole gateway, by whoever may and by whoever wants to without being allowed. */
import { expect } from "chai";
import { at, openService, type Service } from "../../server/service.ts";
import { words } from "../../../web/words/languages.ts";
import { DeskClient, fromHere, hiddenFields } from "./client.ts";

const { desk: say } = words.en;
const signOut = "/en/desk/sign-out";

const makeKey = async (service: Service, ...roles: readonly string[]) => {
  const { body } = await service.post("/v1/keys", { roles });
  return { id: String(at(body, "id")), key: String(at(body, "key")) };
};

describe("the desk behind sign-in", function () {
  this.timeout(30_000);
  let service: Service;
  let key: string;
  const lines: string[] = [];

  before(async () => {
    const environment = { LOG_LEVEL: "trace", SIGN_INS_PER_MINUTE: "10000" };
    service = await openService(undefined, environment, (line) => lines.push(line));
    ({ key } = await makeKey(service, "recorder"));
  });
  after(() => service.close());

  const signedIn = async (withKey = key): Promise<DeskClient> => {
    const client = new DeskClient(service);
    await client.signIn(withKey);
    return client;
  };
  const isSignedIn = async (client: DeskClient): Promise<boolean> =>
    (await client.get("/en/desk")).status === 200;

  it("shows whoever has not signed in nothing but the form to sign in", async () => {
    const stranger = new DeskClient(service);
    const turned = await stranger.get("/zh/desk");
    expect([turned.status, turned.headers["location"]]).to.deep.equal([303, "/zh/desk/sign-in"]);
    const form = await stranger.get("/zh/desk/sign-in");
    expect(form.status).to.equal(200);
    expect(form.text).to.contain(words.zh.desk.signIn.title);
    expect(form.body)
      .to.match(/<label for="key">/)
      .and.match(/type="password"/);
    expect(form.body).not.to.contain(words.zh.desk.signOut);
  });

  it("lets a key in force in, says with which roles, and shows its text nowhere", async () => {
    const client = new DeskClient(service);
    const answer = await client.signIn(key);
    expect([answer.status, answer.headers["location"]]).to.deep.equal([303, "/en/desk"]);
    const { status, text, body, headers } = await client.get("/en/desk");
    expect(status).to.equal(200);
    expect(text).to.contain(say.roleNames.recorder);
    expect(body).not.to.contain(key);
    expect(headers["cache-control"]).to.equal("no-store");
    expect(headers["referrer-policy"]).to.equal("same-origin");
    expect(headers["content-encoding"]).to.equal(undefined);
  });

  it("answers an unknown, a revoked and a mistyped key alike", async () => {
    const revoked = await makeKey(service, "payer");
    const headers = { authorization: `Bearer ${service.key}`, "idempotency-key": "revoked" };
    await service.app.inject({ method: "DELETE", url: `/v1/keys/${revoked.id}`, headers });
    const bodies = new Set<string>();
    for (const wrong of [revoked.key, `efk_000000000000_${"A".repeat(43)}`, key.slice(0, -1), "", "efk"]) {
      const client = new DeskClient(service);
      const answer = await client.signIn(wrong);
      expect(answer.status, wrong).to.equal(401);
      expect(client.cookie).to.equal(undefined);
      bodies.add(answer.body);
    }
    expect(bodies.size).to.equal(1);
    expect([...bodies][0]).to.contain(say.signIn.refused);
  });

  it("takes no key over a connection that is not encrypted, unless it stays on the machine", async () => {
    for (const host of ["everyfen.example", "192.0.2.7:8650", "localhost.example"]) {
      const client = new DeskClient(service, { host });
      const form = await client.get("/en/desk/sign-in");
      expect(form.status, host).to.equal(403);
      expect(form.body).to.contain("PUBLIC_URL").and.not.contain("<input");
      const answer = await client.post(
        "/en/desk/sign-in",
        { key },
        { ...fromHere, origin: `http://${host}` },
      );
      expect([answer.status, client.cookie], host).to.deep.equal([403, undefined]);
    }
    for (const host of ["127.0.0.1:8650", "[::1]:8650", "desk.localhost"]) {
      const client = new DeskClient(service, { host });
      expect((await client.get("/en/desk/sign-in")).status, host).to.equal(200);
    }
  });

  it("signs nobody in for another site, nor for a browser that does not say where it comes from", async () => {
    const from = [
      {},
      { origin: "https://attacker.example" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site", origin: "http://localhost:80" },
      { "sec-fetch-site": "none", origin: "http://localhost:80" },
      { "sec-fetch-site": "same-origin", origin: "https://attacker.example" },
    ];
    for (const headers of from) {
      const client = new DeskClient(service);
      const answer = await client.post("/en/desk/sign-in", { key }, headers);
      const shown = JSON.stringify(headers);
      expect([answer.status, client.cookie], shown).to.deep.equal([403, undefined]);
      expect(answer.text, shown).to.contain(say.foreign);
    }
    for (const headers of [{ origin: "http://localhost:80" }, { "sec-fetch-site": "same-origin" }]) {
      const client = new DeskClient(service);
      expect((await client.post("/en/desk/sign-in", { key }, headers)).status).to.equal(303);
    }
  });

  it("takes no session from whoever signs in, and ends the one that was there", async () => {
    const planted = new DeskClient(service);
    planted.cookie = `everyfen-desk=${"A".repeat(43)}`;
    await planted.signIn(key);
    expect(planted.cookie).not.to.contain("A".repeat(43));
    const before = new DeskClient(service);
    before.cookie = planted.cookie;
    await planted.signIn(key);
    expect(planted.cookie).not.to.equal(before.cookie);
    expect([await isSignedIn(planted), await isSignedIn(before)]).to.deep.equal([true, false]);
  });

  it("signs out for good, and out everywhere", async () => {
    const client = await signedIn();
    const copy = new DeskClient(service);
    copy.cookie = client.cookie;
    const answer = await client.send("/en/desk", signOut);
    expect([answer.status, answer.headers["location"]]).to.deep.equal([303, "/en/desk/sign-in"]);
    expect(String(answer.headers["set-cookie"])).to.match(/Max-Age=0/);
    expect([client.cookie, await isSignedIn(copy)]).to.deep.equal([undefined, false]);

    const [here, there] = [await signedIn(), await signedIn()];
    const other = await signedIn(service.key);
    await here.send("/en/desk", "/en/desk/sign-out-everywhere");
    expect([await isSignedIn(there), await isSignedIn(other)]).to.deep.equal([false, true]);
  });

  it("ends a session with its key, at once, also where a form is open", async () => {
    const { id, key: short } = await makeKey(service, "payer");
    const client = await signedIn(short);
    const fields = hiddenFields((await client.get("/en/desk")).body, signOut);
    await service.app.inject({
      method: "DELETE",
      url: `/v1/keys/${id}`,
      headers: { authorization: `Bearer ${service.key}`, "idempotency-key": "short" },
    });
    const answer = await client.post(signOut, fields);
    expect(answer.status).to.equal(401);
    expect(answer.text).to.contain(say.signIn.over);
    expect(await isSignedIn(client)).to.equal(false);
  });

  it("does nothing for a form that was not made for this session and this address", async () => {
    const client = await signedIn();
    const stranger = await signedIn();
    const { body } = await client.get("/en/desk");
    const own = hiddenFields(body, signOut);
    const fields: readonly Readonly<Record<string, string>>[] = [
      {},
      { ...own, seal: "" },
      { form: own["form"] ?? "" },
      { ...own, form: "00000000-0000-0000-0000-000000000000" },
      { ...own, seal: "A".repeat(43) },
      hiddenFields(body, "/en/desk/sign-out-everywhere"),
      hiddenFields((await stranger.get("/en/desk")).body, signOut),
    ];
    for (const posted of fields) {
      const answer = await client.post(signOut, posted);
      expect(answer.status, JSON.stringify(posted)).to.equal(403);
      expect(answer.text).to.contain(say.foreign);
    }
    expect(await isSignedIn(client)).to.equal(true);
    // Its own, from another site's page.
    for (const headers of [{}, { "sec-fetch-site": "cross-site" }, { origin: "https://attacker.example" }]) {
      expect((await client.post(signOut, own, headers)).status).to.equal(403);
    }
    expect(await isSignedIn(client)).to.equal(true);
    // Of the session before, after signing in anew.
    await client.signIn(key);
    expect((await client.post(signOut, own)).status).to.equal(403);
    expect(await isSignedIn(client)).to.equal(true);
  });

  it("changes nothing where something is only looked at", async () => {
    const client = await signedIn();
    const fields = hiddenFields((await client.get("/en/desk")).body, signOut);
    const asked = await client.get(`${signOut}?${new URLSearchParams(fields).toString()}`);
    expect(asked.status).to.equal(404);
    expect(await isSignedIn(client)).to.equal(true);
  });

  it("refuses a session that is sent in a cookie to the API, and a key in the desk's cookie", async () => {
    const client = await signedIn();
    const post = (headers: Readonly<Record<string, string>>) =>
      service.app.inject({
        method: "POST",
        url: "/v1/donations",
        payload: { donations: [] },
        headers: { "idempotency-key": "attack", ...headers },
      });
    expect((await post({ cookie: client.cookie ?? "" })).statusCode).to.equal(401);
    const session = client.cookie?.split("=")[1] ?? "";
    expect((await post({ authorization: `Bearer ${session}` })).statusCode).to.equal(401);
    expect((await post({ authorization: `Session ${session}` })).statusCode).to.equal(400);
    const thief = new DeskClient(service);
    thief.cookie = `everyfen-desk=${key}`;
    expect(await isSignedIn(thief)).to.equal(false);
  });

  it("refuses bodies that are no form of a key", async () => {
    const client = new DeskClient(service);
    expect((await client.post("/en/desk/sign-in", { key: "A".repeat(3_000) })).status).to.equal(413);
    const twice = await service.app.inject({
      method: "POST",
      url: "/en/desk/sign-in",
      payload: `key=${key}&key=${key}`,
      headers: { ...fromHere, "content-type": "application/x-www-form-urlencoded" },
    });
    expect(twice.statusCode).to.equal(401);
  });

  it("keeps keys and sessions out of its log", async () => {
    const client = await signedIn();
    await client.get("/en/desk");
    const log = lines.join("");
    expect(log).to.contain("/desk/sign-in");
    expect(log).not.to.contain("efk_");
    expect(log).not.to.contain(client.cookie?.split("=")[1]);
  });
});

describe("the desk behind a proxy", function () {
  this.timeout(30_000);
  let service: Service;
  before(async () => {
    service = await openService(undefined, { TRUST_PROXY: "true", SIGN_INS_PER_MINUTE: "2" }, () => {});
  });
  after(() => service.close());

  it("gives a cookie that no script reads and no other site's request carries, over https for this host alone", async () => {
    const cookieOver = async (scheme: "http" | "https") => {
      const host = scheme === "https" ? "everyfen.example" : "localhost";
      const client = new DeskClient(service, {
        host,
        "x-forwarded-proto": scheme,
        "x-forwarded-for": "192.0.2.1",
      });
      const from = { origin: `${scheme}://${host}` };
      const answer = await client.post("/en/desk/sign-in", { key: service.key }, from);
      const { status } = await client.get("/en/desk");
      const [pair = "", ...flags] = String(answer.headers["set-cookie"]).split("; ");
      return { name: pair.split("=")[0], flags: flags.sort().join("; "), status };
    };
    expect(await cookieOver("https")).to.deep.equal({
      name: "__Host-everyfen-desk",
      flags: "HttpOnly; Path=/; SameSite=Strict; Secure",
      status: 200,
    });
    expect(await cookieOver("http")).to.deep.equal({
      name: "everyfen-desk",
      flags: "HttpOnly; Path=/; SameSite=Strict",
      status: 200,
    });
  });

  it("limits tries to sign in by address, in words", async () => {
    const client = new DeskClient(service, { "x-forwarded-for": "192.0.2.2" });
    const statuses = [];
    for (const key of ["wrong", "wrong", service.key]) statuses.push((await client.signIn(key)).status);
    const held = await client.signIn(service.key);
    expect([...statuses, held.status]).to.deep.equal([401, 401, 429, 429]);
    expect(held.text).to.match(/Too many tries/);
    expect(Number(held.headers["retry-after"])).to.be.within(1, 60);
    const other = new DeskClient(service, { "x-forwarded-for": "192.0.2.3" });
    expect((await other.signIn(service.key)).status).to.equal(303);
  });
});
