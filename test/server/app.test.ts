/** What the app promises whoever asks, whatever is asked: whose address counts, what is refused, what lies open. */
import { expect } from "chai";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { encodeFunctionData } from "viem";
import { ledgerAbi } from "../../chain/abi/ledger.ts";
import { giftOf, nameOf } from "./api/books.ts";
import { at, codeOf, openService, type Service } from "./service.ts";

describe("the gateway's app", function () {
  this.timeout(30_000);
  let service: Service | undefined;
  const open = async (environment: Readonly<Record<string, string>> = {}): Promise<Service> => {
    service = await openService(undefined, environment);
    return service;
  };
  afterEach(async () => {
    await service?.close();
    service = undefined;
  });

  const statuses = async ({ app }: Service, forwarded: readonly string[]): Promise<readonly number[]> => {
    const answers = [];
    for (const addresses of forwarded) {
      const headers = { "x-forwarded-for": addresses };
      answers.push((await app.inject({ method: "GET", url: "/healthz", headers })).statusCode);
    }
    return answers;
  };

  it("counts by the address that the one proxy names, not by what an asker wrote before it", async () => {
    const behindProxy = await open({ REQUESTS_PER_MINUTE: "2", TRUST_PROXY: "true" });
    const invented = ["198.51.100.1", "198.51.100.2", "198.51.100.3"];
    const chains = invented.map((address) => `${address}, 203.0.113.7`);
    expect(await statuses(behindProxy, chains)).to.deep.equal([200, 200, 429]);
    expect(await statuses(behindProxy, ["203.0.113.8"]), "another asker").to.deep.equal([200]);
  });

  it("looks at no forwarded address where there is no proxy", async () => {
    const exposed = await open({ REQUESTS_PER_MINUTE: "2" });
    const invented = ["198.51.100.1", "198.51.100.2", "198.51.100.3"];
    expect(await statuses(exposed, invented)).to.deep.equal([200, 200, 429]);
  });

  it("counts what it does not offer like everything else", async () => {
    const { app } = await open({ REQUESTS_PER_MINUTE: "2" });
    const answers = [];
    for (const url of ["/v1/unheard", "/v1/unheard/of", "/healthz", "/v1/unheard"]) {
      answers.push((await app.inject({ method: "GET", url })).statusCode);
    }
    expect(answers).to.deep.equal([404, 404, 429, 429]);
  });

  it("says which methods a path has, of the API and of the pages alike", async () => {
    service = await openService(undefined, {}, () => {});
    const { app } = service;
    const reading = "GET, HEAD";
    const paths = [
      ["/v1/exports/ledger", reading],
      ["/v1/exports/funds/any/donations", reading],
      ["/v1/access-log", reading],
      ["/v1/access-log/check", reading],
      ["/v1/chain", reading],
      ["/v1/operations/any/suspend", "POST"],
      ["/rpc", "OPTIONS, POST"],
      ["/metrics", reading],
      ["/docs", reading],
      ["/", reading],
      ["/zh/audit", reading],
      ["/zh/desk", reading],
      ["/en/desk/gift", "GET, HEAD, POST"],
      ["/en/desk/sign-out", "POST"],
    ] as const;
    for (const [url, allow] of paths) {
      for (const method of ["PUT", "DELETE", "PATCH"] as const) {
        const { statusCode, headers } = await app.inject({ method, url });
        expect([statusCode, headers["allow"]], `${method} ${url}`).to.deep.equal([405, allow]);
      }
      if (!allow.startsWith(reading)) continue;
      const [whole, head] = [await app.inject({ url }), await app.inject({ method: "HEAD", url })];
      expect([head.statusCode, head.payload], url).to.deep.equal([whole.statusCode, ""]);
    }
    expect((await app.inject({ method: "PUT", url: "/zh/nothing" })).statusCode).to.equal(404);
  });

  describe("what nobody should send", () => {
    let asked: Service;
    before(async () => {
      asked = await openService();
    });
    after(() => asked.close());

    it("refuses half of a character by the request, not as a fault of its own", async () => {
      const broken = await asked.post("/v1/funds", {
        name: { zh: "\ud800", en: "Invented" },
        currency: "CNY",
        claimsShareBps: 9000,
      });
      expect(broken.status).to.equal(400);
      expect(at(broken.body, "detail")).to.match(/half of a character/);
    });

    it("refuses an address that is longer than any code by the request, not as a fault of its own", async () => {
      const { status, headers, body } = await asked.get(`/v1/donations/${"a".repeat(4_001)}`);
      expect(status).to.equal(414);
      expect(headers["content-type"]).to.match(/^application\/problem\+json/);
      expect(at(body, "type")).to.equal("urn:everyfen:problem:address-too-long");
    });

    it("names a field that has no name", async () => {
      const opening = { name: nameOf("unnamed"), currency: "CNY", claimsShareBps: 9000 };
      const inBody = await asked.post("/v1/funds", { ...opening, "": 1 });
      const within = await asked.post("/v1/funds", { ...opening, name: { ...opening.name, "": 1 } });
      const inQuery = await asked.get("/v1/moves?=1");
      const named = [inBody, within, inQuery].map(({ status, body }) => [
        status,
        at(body, "errors", 0, "field"),
      ]);
      expect(named).to.deep.equal([
        [400, '""'],
        [400, 'name.""'],
        [400, '""'],
      ]);
    });

    it("refuses gifts that are too much for one batch, by index", async () => {
      const opening = { name: nameOf("large"), currency: "CNY", claimsShareBps: 9000 };
      const fund = codeOf(await asked.post("/v1/funds", opening), "FundOpened");
      const gifts = ["18446744073709551615", "1"].map((amount, index) => ({
        ...giftOf(fund, `INVENTED-L-${index}`),
        amount,
      }));
      const answer = await asked.post("/v1/donations", { donations: gifts });
      expect(answer.status).to.equal(422);
      expect(at(answer.body, "errors", 0, "field")).to.equal("donations[0].amount");
      expect(at(answer.body, "errors", 0, "reason")).to.match(/2\^64 − 1 of one batch/);
    });
  });

  it("names on the chain the ledger that it succeeds, as it was told with its first start", async () => {
    const before = `0x${"ab".repeat(20)}`;
    const { gateway } = await open({ PREDECESSOR: before });
    const data = encodeFunctionData({ abi: ledgerAbi, functionName: "PREDECESSOR" });
    const call = { to: gateway.deployment["ledger"]?.address, data };
    const answer = await gateway.chain.request({ method: "eth_call", params: [call, "latest"] });
    expect(answer).to.equal(`0x${before.slice(2).padStart(64, "0")}`);
  });

  it("keeps every file of its folder for its owner alone", async () => {
    const { folder } = await open();
    const modes = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o077]);
    expect(modes.filter(([, mode]) => mode !== 0)).to.deep.equal([]);
  });
});
