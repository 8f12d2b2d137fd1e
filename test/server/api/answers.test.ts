/** Every answer of the API is the one that its description promises. */
import { expect } from "chai";
import { setImmediate } from "node:timers/promises";
import { appOf } from "../../../server/serve.ts";
import { readConfig } from "../../../server/config.ts";
import { at, listAt } from "../service.ts";
import { allocate, claimOf, donationCode, giftOf, nameOf, openBooks, periodOf, type Books } from "./books.ts";
import { asker, Description, everyPage, type Answered, type Asked } from "./description.ts";
import { insure, type Insured } from "./insured.ts";
import { everyGet, resourceOf } from "./walk.ts";
import { checked } from "../../protocol/exports/exported.ts";

describe("the answers of the API", function () {
  this.timeout(30_000);
  let books: Books;
  let insured: Insured;
  let description: Description;
  let ask: (asked: Asked) => Promise<Answered>;
  let count = 0;
  /** With a key where the description says that a question needs one, and only there. */
  const get = (url: string): Promise<Answered> => {
    const role = at(description.operationOf("GET", url)?.description, "x-role");
    const headers = role === undefined ? {} : { authorization: `Bearer ${books.service.key}` };
    return ask({ method: "GET", url, headers });
  };
  const post = (url: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    ask({
      method: "POST",
      url,
      body,
      headers: {
        authorization: `Bearer ${books.service.key}`,
        "idempotency-key": `answers-${(count += 1)}`,
        prefer: "wait=30",
        ...headers,
      },
    });

  before(async () => {
    books = await openBooks({ GIFT_LOOKUPS_PER_MINUTE: "100" });
    insured = await insure(books);
    description = await Description.of(books.service);
    ask = asker(books.service, description);
  });
  after(() => books.service.close());

  describe("its description", () => {
    it("is OpenAPI 3.1.0, and every operation has summary, tag and described answers", () => {
      expect(at(description.document, "openapi")).to.equal("3.1.0");
      expect(description.operations.length).to.be.greaterThan(30);
      for (const { name, description: operation } of description.operations) {
        expect(at(operation, "summary"), name).to.be.a("string").with.length.greaterThan(5);
        expect(listAt(operation, "tags"), name).to.have.length(1);
      }
      const summaries = description.operations.map((each) => at(each.description, "summary"));
      expect(new Set(summaries).size).to.equal(summaries.length);
    });

    it("names the idempotency key that every write needs", () => {
      const asked = ["POST /v1/donations/standing"];
      for (const { name, description: operation } of description.operations) {
        const role = at(operation, "x-role");
        if (role === undefined || name.startsWith("GET ") || asked.includes(name)) continue;
        const key = listAt(operation, "parameters").find((each) => at(each, "name") === "idempotency-key");
        expect(key, name).to.deep.include({ in: "header", required: true });
      }
    });

    it("can be browsed at /docs, with a policy that lets nothing in from elsewhere", async () => {
      const page = await books.service.app.inject({ url: "/docs/" });
      expect(page.statusCode).to.equal(200);
      expect(page.headers["content-security-policy"]).to.contain("default-src 'none'; script-src 'self';");
    });
  });

  describe("to questions", () => {
    it("fit their schema at every GET, over books with something in them", async () => {
      for (const url of everyGet(description, books, insured)) {
        expect((await get(url)).status, url).to.be.oneOf([200, 404]);
      }
      const unasked = description.operations.filter(
        ({ name, method }) => method === "GET" && !description.seen.has(`${name} 200`),
      );
      expect(unasked.map(({ name }) => name)).to.deep.equal([]);
    });

    it("fit their schema at /rpc, alone and in a batch", async () => {
      const call = { jsonrpc: "2.0", id: 1, method: "eth_chainId" };
      for (const body of [call, [call, { ...call, method: "evm_mine" }]]) {
        expect((await ask({ method: "POST", url: "/rpc", body })).status).to.equal(200);
      }
    });

    it("name one block, the head, that they are true of", async () => {
      const head = await books.service.gateway.chain.head();
      for (const url of ["/v1/summary", `/v1/claims/${books.paid}/sources`, "/v1/allocations?limit=1"]) {
        const { body } = await get(url);
        expect(at(body, "asOf"), url).to.deep.include({
          block: head.number,
          hash: head.hash,
          finality: "final",
          demonstration: true,
        });
      }
    });

    it("say 404 as a problem for what does not exist, under every path with a code", async () => {
      const codes: Readonly<Record<string, string>> = {
        funds: "F099",
        donations: books.fund,
        programmes: books.paid,
        claims: books.insurance,
        operations: "unheard",
        documents: `0x${"0".repeat(64)}`,
      };
      const numbers: Readonly<Record<string, string>> = { period: "99", ordinal: "17", payout: "99" };
      for (const { path, method, name } of description.operations) {
        const kind = resourceOf(path);
        if (method !== "GET" || !path.includes("{")) continue;
        const url = path.replace(/\{([a-z]+)\}/g, (_all, part: string) => numbers[part] ?? codes[kind] ?? "");
        const answer = await get(url);
        expect(answer.status, name).to.equal(404);
        expect(at(answer.body, "type"), name).to.equal("urn:everyfen:problem:not-found");
      }
      const { city } = insured;
      for (const url of [
        `/v1/programmes/${city}/periods/9/rosters`,
        `/v1/programmes/${books.aid}/periods/1/insurers`,
        `/v1/programmes/${city}/periods/1/insurers/3/statement`,
        `/v1/programmes/${city}/periods/1/insurers/3/statement?format=csv`,
      ]) {
        expect((await get(url)).status, url).to.equal(404);
      }
      expect((await get(`/v1/donations/${donationCode(books.batches[1] ?? "", 9)}`)).status).to.equal(404);
    });
  });

  describe("to writes", () => {
    it("fit their schema where they are taken, where they wait, and where they are refused", async () => {
      const { fund, insurance, aid, filed } = books;
      const writes: readonly (readonly [url: string, body: unknown])[] = [
        ["/v1/funds", { name: nameOf("more"), currency: "CNY", claimsShareBps: 0 }],
        ["/v1/programmes", { name: nameOf("more"), kind: "aid", currency: "CNY", region: 0 }],
        [`/v1/programmes/${aid}/periods`, periodOf(3, 2021)],
        [`/v1/programmes/${aid}/allocations`, { fund, amount: "1", currency: "CNY" }],
        [`/v1/programmes/${aid}/expenses`, { kind: "audit", amount: "1", currency: "CNY", voucher: "V-1" }],
        ["/v1/donations", { donations: [giftOf(fund, "ANSWERS-1")] }],
        ["/v1/claims", { claims: [claimOf(insurance, "10", "S-1")] }],
        ["/v1/claims/approve", { claims: [{ claim: filed, amount: "5000", currency: "CNY" }] }],
        ["/v1/claims/pay", { claims: [{ claim: books.approved[0], paymentNumber: "T-1" }] }],
        ["/v1/keys", { roles: ["payer"] }],
      ];
      for (const [url, body] of writes) {
        expect((await post(url, body)).status, url).to.equal(201);
        expect((await post(url, {})).status, url).to.equal(400);
        expect((await post(url, body, { authorization: "" })).status, url).to.equal(401);
      }
      const standing = { donations: [giftOf(fund, "ANSWERS-2")] };
      expect((await post("/v1/donations/standing", standing)).status).to.equal(200);
      const again = { claims: [{ claim: filed, amount: "1", currency: "CNY" }] };
      expect((await post("/v1/claims/approve", again)).status).to.equal(409);
      expect((await post(`/v1/programmes/${aid}/close`, undefined)).status).to.equal(409);
    });

    it("are 201 when waited for, else 202 with the place to look, which then says recorded", async () => {
      const gift = { donations: [giftOf(books.fund, "ANSWERS-3")] };
      const accepted = await post("/v1/donations", gift, { "idempotency-key": "not-waited", prefer: "" });
      expect(accepted.status).to.equal(202);
      const location = String(accepted.headers["location"]);
      expect(location).to.match(/^\/v1\/operations\/0x[0-9a-f]{64}$/);
      expect(at(accepted.body, "operations", 0, "state")).to.be.oneOf(["accepted", "recorded"]);

      const waited = await post("/v1/donations", gift, { "idempotency-key": "not-waited" });
      expect(waited.status).to.equal(201);
      expect(waited.headers["preference-applied"]).to.equal("wait=30");
      expect(waited.headers["location"]).to.equal(location);
      const looked = await get(location);
      expect(looked.body).to.deep.equal(at(waited.body, "operations", 0));
      expect(at(looked.body, "state")).to.equal("recorded");
    });

    it("can be followed to a refusal, with its name and facts", async () => {
      const body = { claims: [{ claim: books.paid, amount: "1", currency: "CNY" }] };
      const accepted = await post("/v1/claims/approve", body, { prefer: "" });
      const location = String(accepted.headers["location"]);
      let state: unknown;
      do {
        await setImmediate();
        state = at((await get(location)).body, "state");
      } while (state === "accepted");
      expect(state).to.equal("refused");
      const refusal = at((await get(location)).body, "refusal");
      expect(at(refusal, "name")).to.equal("WrongClaimState");
      expect(Object(at(refusal, "facts"))).to.have.all.keys("claim", "expected", "actual");
    });
  });

  describe("in pages", () => {
    const lists = (): readonly (readonly [url: string, least: number])[] => [
      [`/v1/funds/${books.fund}/batches`, 3],
      ["/v1/allocations", 6],
      [`/v1/allocations?fund=${books.fund}`, 5],
      [`/v1/allocations?programme=${books.insurance}`, 4],
      [`/v1/programmes/${books.insurance}/expenses`, 3],
      [`/v1/programmes/${books.insurance}/queue`, 3],
      ["/v1/claims", 5],
      [`/v1/claims?programme=${books.insurance}&state=approved`, 3],
      [`/v1/programmes/${insured.city}/periods/1/rosters`, 2],
      ["/v1/recoveries", 2],
      ["/v1/moves", 1],
      ["/v1/refunds", 2],
      ["/v1/attestations", 2],
      ["/v1/findings", 3],
      ["/v1/channel-days", 2],
      ["/v1/corrections", 2],
      ["/v1/heads", 2],
    ];

    it("go on to the end of every list, each item once, whatever the size of a page", async () => {
      for (const [url, least] of lists()) {
        const whole = await everyPage(ask, url, 100);
        expect(whole.items.length, url).to.be.at.least(least);
        for (const limit of [1, 2]) {
          const cut = await everyPage(ask, url, limit);
          expect(cut.items, `${url} by ${limit}`).to.deep.equal(whole.items);
          expect(cut.pages, `${url} by ${limit}`).to.equal(Math.ceil(whole.items.length / limit));
        }
      }
    });

    it("go on to the end of a trace and of a claim's sources", async () => {
      const inData = (name: string) => (body: unknown) => ({
        items: listAt(body, "data", name),
        next: at(body, "data", "next"),
      });
      const cases: readonly (readonly [string, string, number])[] = [
        [`/v1/donations/${books.donations[3]}/trace`, "slices", 5],
        [`/v1/claims/${books.paid}/sources`, "sources", 1],
        [`/v1/payouts/${insured.payouts[1]}/sources`, "sources", 1],
      ];
      for (const [url, name, least] of cases) {
        const whole = await everyPage(ask, url, 50, inData(name));
        const cut = await everyPage(ask, url, 1, inData(name));
        expect(whole.items.length, url).to.be.at.least(least);
        expect(sumOf(cut.items), url).to.equal(sumOf(whole.items));
        expect(cut.items, url).to.deep.equal(whole.items);
      }
    });

    it("go on to the end of an insurer's statement, whose lines lead from balance to balance", async () => {
      const url = `/v1/programmes/${insured.city}/periods/1/insurers/1/statement`;
      const linesOf = (body: unknown) => ({
        items: listAt(body, "data", "lines"),
        next: at(body, "data", "next"),
      });
      const whole = await everyPage(ask, url, 100, linesOf);
      expect(whole.items.map((line) => at(line, "kind"))).to.deep.equal([
        "payout",
        "payout",
        "recovery",
        "recovery",
        "payout",
        "payout",
      ]);
      expect((await everyPage(ask, url, 1, linesOf)).items).to.deep.equal(whole.items);
      const { body } = await get(url);
      expect(at(body, "data", "reconciles")).to.equal(true);
      const balance = at(whole.items.at(-1), "closing", "amount");
      expect(balance).to.equal(at(body, "data", "part", "net", "amount"));
      const file = await books.service.app.inject({ url: `${url}?format=csv` });
      expect(file.headers["content-type"]).to.equal("text/csv; charset=utf-8");
      const { number } = await books.service.gateway.chain.head();
      expect(file.headers["content-disposition"]).to.equal(
        `attachment; filename="everyfen-statement-${insured.city}-1-1-0-${number}.csv"`,
      );
      // A code is read however it is written; in a header only its own letters may stand.
      const wide = `%EF%BC%B0${insured.city.slice(1).toLowerCase()}`;
      const again = await books.service.app.inject({
        url: `/v1/programmes/${wide}/periods/1/insurers/1/statement?format=csv`,
      });
      expect(again.headers["content-disposition"]).to.equal(file.headers["content-disposition"]);
      expect(checked(file.payload, 4_096).faults).to.deep.equal([]);
      const lines = file.payload.trimEnd().split("\r\n");
      expect(lines).to.include(`# closing: ${lines.at(-1)?.split(",").at(-2)}`);
      const rows = lines.filter((line) => !line.startsWith("#"));
      expect(rows.length).to.equal(1 + 1 + whole.items.length + 1);
      expect(Number(rows.at(-1)?.split(",").at(-2)?.replace(".", ""))).to.equal(Number(balance));
    });

    it("refuse a cursor that was not made for the list, and limits outside 1 to 100", async () => {
      const first = lists()[0]?.[0] ?? "";
      const { body } = await get(`${first}?limit=1`);
      const foreign = String(at(body, "next"));
      const cursors = ["x", "!", "e30", Buffer.from('{"v":1,"list":"claims","at":-1}').toString("base64url")];
      const paged = description.operations.filter(({ description: operation }) =>
        listAt(operation, "parameters").some((each) => at(each, "name") === "cursor"),
      );
      expect(paged.length).to.equal(20);
      const codes: Readonly<Record<string, string | undefined>> = {
        claims: books.paid,
        donations: books.donations[3],
        funds: books.fund,
        programmes: insured.city,
      };
      for (const { path } of paged) {
        const kind = resourceOf(path);
        const url = path.replace("{code}", codes[kind] ?? "").replace(/\{[a-z]+\}/g, "1");
        for (const cursor of url === first ? cursors : [...cursors, foreign]) {
          const answer = await get(`${url}?cursor=${encodeURIComponent(cursor)}`);
          expect(answer.status, `${url} ${cursor}`).to.equal(400);
          expect(at(answer.body, "errors", 0, "field")).to.equal("cursor");
        }
        for (const limit of ["0", "101", "-1", "1e1", "１", ""]) {
          const answer = await get(`${url}?limit=${encodeURIComponent(limit)}`);
          expect(answer.status, `${url} ${limit}`).to.equal(400);
          expect(at(answer.body, "errors", 0, "field")).to.equal("limit");
        }
      }
    });
  });

  describe("to what is not offered", () => {
    const inject = async (
      method: "GET" | "PUT" | "POST" | "DELETE" | "OPTIONS",
      url: string,
      headers = {},
    ) => {
      const response = await books.service.app.inject({ method, url, headers });
      expect(response.headers["content-type"], url).to.match(/^application\/problem\+json/);
      const body: unknown = response.json();
      expect(Object(body), url).to.include.all.keys("type", "title", "status", "detail");
      expect(at(body, "status"), url).to.equal(response.statusCode);
      return response;
    };

    it("are problems: unknown paths, wrong methods, paths that are none", async () => {
      for (const url of [
        "/v1/nothing",
        "/v2/funds",
        "/v1/funds/",
        "/v1//funds",
        "/.env",
        "/v1/%2e%2e/funds",
      ]) {
        expect((await inject("GET", url)).statusCode, url).to.be.oneOf([404, 400]);
      }
      expect((await inject("GET", "/v1/funds/%E0%A4%A")).statusCode).to.equal(400);
      const wrong = [
        ["PUT", "/v1/funds", "GET, HEAD, POST"],
        ["DELETE", "/v1/summary", "GET, HEAD"],
        ["GET", "/v1/claims/approve", "POST"],
        ["DELETE", `/v1/funds/${books.fund}`, "GET, HEAD"],
        ["GET", "/rpc", "OPTIONS, POST"],
        ["PUT", "/v1/keys/000000000000", "DELETE"],
      ] as const;
      for (const [method, url, allow] of wrong) {
        const response = await inject(method, url);
        // GET /v1/claims/approve reads as a claim with the code "approve", which does not exist.
        if (url === "/v1/claims/approve") expect(response.statusCode).to.equal(404);
        else expect([response.statusCode, response.headers["allow"]]).to.deep.equal([405, allow]);
      }
    });

    it("are problems: a body that is not JSON by its type, or too large", async () => {
      const headers = { authorization: `Bearer ${books.service.key}`, "idempotency-key": "type" };
      for (const type of ["text/plain", "application/xml", "multipart/form-data; boundary=x"]) {
        const response = await books.service.app.inject({
          method: "POST",
          url: "/v1/funds",
          payload: "{}",
          headers: { ...headers, "content-type": type },
        });
        expect(response.statusCode, type).to.equal(415);
        expect(at(response.json(), "type")).to.equal("urn:everyfen:problem:unsupported");
      }
      const large = { donations: [{ ...giftOf(books.fund, "L"), remark: "x".repeat(9 * 1024 * 1024) }] };
      const answer = await post("/v1/donations", large);
      expect([answer.status, at(answer.body, "type")]).to.deep.equal([413, "urn:everyfen:problem:too-large"]);
    });
  });

  it("never tell what went wrong inside: a failing read is 500 without a word of it", async () => {
    const { gateway } = books.service;
    const failing = async (): Promise<never> => {
      throw new Error("SECRET-INSIDE at column transaction_number");
    };
    const read = { ...gateway.read, summary: failing, fund: failing, claims: failing };
    const app = await appOf({ ...gateway, read }, readConfig({ DATA_DIR: books.service.folder }));
    for (const url of ["/v1/summary", `/v1/funds/${books.fund}`, "/v1/claims"]) {
      const response = await app.inject({ url });
      expect(response.statusCode, url).to.equal(500);
      expect(response.payload, url).to.not.match(/SECRET|column|at /);
      const fault = description.fault(
        { method: "GET", url },
        { status: 500, headers: response.headers, body: response.json() },
      );
      expect(fault).to.equal(undefined);
    }
    await app.close();
  });

  it("slow down who asks too much, and say when to come back", async () => {
    const config = readConfig({
      DATA_DIR: books.service.folder,
      REQUESTS_PER_MINUTE: "3",
      RPC_REQUESTS_PER_MINUTE: "2",
    });
    const app = await appOf(books.service.gateway, config);
    const statuses: number[] = [];
    for (let asked = 0; asked < 4; asked += 1) {
      statuses.push((await app.inject({ url: "/healthz" })).statusCode);
    }
    expect(statuses).to.deep.equal([200, 200, 200, 429]);
    const response = await app.inject({ url: "/v1/summary" });
    expect(Number(response.headers["retry-after"])).to.be.within(1, 60);
    expect(at(response.json(), "type")).to.equal("urn:everyfen:problem:too-many-requests");

    const payload = { jsonrpc: "2.0", id: 1, method: "eth_chainId" };
    const rpc = () => app.inject({ method: "POST", url: "/rpc", payload });
    expect([(await rpc()).statusCode, (await rpc()).statusCode]).to.deep.equal([200, 200]);
    const tooMany = await rpc();
    expect(tooMany.statusCode).to.equal(429);
    expect(Number(tooMany.headers["retry-after"])).to.be.within(1, 60);
    expect(at(tooMany.json(), "type")).to.equal("urn:everyfen:problem:too-many-requests");
    await app.close();
  });

  it("leave the books in order", async () => {
    expect((await allocate(books.service, books.fund, books.aid, "1")).status).to.equal(201);
    const { body } = await get("/v1/audit");
    expect(listAt(body, "data").filter((law) => at(law, "holds") !== true)).to.deep.equal([]);
  });
});

const sumOf = (items: readonly unknown[]): bigint =>
  items.reduce<bigint>((sum, item) => sum + BigInt(String(at(item, "amountFen"))), 0n);
