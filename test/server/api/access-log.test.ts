/** Who asked for which write: nothing is done that left no trace, and the trace tells nobody's secrets. */
import { setImmediate } from "node:timers/promises";
import { expect } from "chai";
import { at, listAt, openService, type Service } from "../service.ts";
import { giftOf, nameOf, openFund, openProgramme } from "./books.ts";

describe("the access log through the API", function () {
  this.timeout(30_000);
  let service: Service;
  const lines: string[] = [];
  before(async () => {
    service = await openService(undefined, {}, (line) => lines.push(line));
  });
  after(() => service.close());

  const ask = async (url: string, key = service.key) => {
    const answer = await service.app.inject({ url, headers: { authorization: `Bearer ${key}` } });
    return { status: answer.statusCode, body: JSON.parse(answer.payload) };
  };
  /** Newest first. */
  const entries = async (): Promise<readonly unknown[]> => listAt((await ask("/v1/access-log")).body, "data");
  /** What is written after the answer is there once the next entry is. */
  const settled = async (number: unknown): Promise<unknown> => {
    for (;;) {
      const found = (await entries()).find((entry) => at(entry, "of") === number);
      if (found !== undefined) return found;
      await setImmediate();
    }
  };

  it("names key, roles, endpoint and programme before the write, and status and operations after it", async () => {
    const programme = await openProgramme(service, "logged");
    const fund = await openFund(service, "logged");
    const allocation = { fund, amount: "1", currency: "CNY" };
    const answer = await service.post(`/v1/programmes/${programme}/allocations`, allocation);
    expect(answer.status).to.equal(422);
    const asked = (await entries()).find((entry) => at(entry, "what") === "asked");
    expect(asked).to.deep.include({
      what: "asked",
      method: "POST",
      route: "/v1/programmes/:code/allocations",
      key: service.key.split("_")[1],
      roles: ["admin"],
      concerns: [programme],
    });
    expect(await settled(at(asked, "number"))).to.deep.include({ status: 422, operations: [] });
    const gift = await service.post("/v1/donations", { donations: [giftOf(fund, "INVENTED-LOGGED")] });
    const [operation] = listAt(gift.body, "operations");
    const [latest] = (await entries()).filter((entry) => at(entry, "what") === "asked");
    const answered = await settled(at(latest, "number"));
    expect(answered).to.deep.include({ status: 201, operations: [at(operation, "operation")] });
  });

  it("has an entry of a write before the write is done, and does nothing where it can not be written", async () => {
    const { accessLog, read } = service.gateway;
    const before = await read.head();
    Object.assign(accessLog, {
      append: async (): Promise<never> => {
        throw new Error("invented: the disk is full");
      },
    });
    const opening = { name: nameOf("unlogged"), currency: "CNY", claimsShareBps: 9000 };
    const refused = await service.post("/v1/funds", opening);
    Reflect.deleteProperty(accessLog, "append");
    expect(refused.status).to.equal(500);
    expect(await read.head()).to.deep.equal(before);
  });

  it("acknowledges what was done, also where its second entry can not be written", async () => {
    const { accessLog } = service.gateway;
    const append = accessLog.append.bind(accessLog);
    Object.assign(accessLog, {
      append: async (entry: Parameters<typeof append>[0]): Promise<number> => {
        if (entry.what !== "answered") return append(entry);
        throw new Error("invented: the disk is full by now");
      },
    });
    const opening = { name: nameOf("half logged"), currency: "CNY", claimsShareBps: 9000 };
    const opened = await service.post("/v1/funds", opening);
    Reflect.deleteProperty(accessLog, "append");
    expect(opened.status).to.equal(201);
    expect(lines.join("")).to.contain("the disk is full by now");
  });

  it("notes no question, and refused writes by the minute: who asks without a key fills no disk", async () => {
    const before = await entries();
    await service.get("/v1/summary");
    for (let time = 0; time < 50; time += 1) {
      const answer = await service.post("/v1/funds", {}, { authorization: "Bearer efk_none" });
      expect(answer.status).to.equal(401);
    }
    expect(await entries()).to.deep.equal(before);
    // The end of a gateway ends the minute.
    await service.restart();
    const [refused] = await entries();
    expect(refused).to.deep.include({
      what: "refused",
      route: "/v1/funds",
      status: 401,
      count: 50,
      addresses: 1,
    });
  });

  it("holds no body, query, secret, address or idempotency key", async () => {
    const headers = { "idempotency-key": "INVENTED-IDEMPOTENCY-KEY" };
    const opening = { name: nameOf("INVENTED-NAME"), currency: "CNY", claimsShareBps: 9000 };
    expect((await service.post("/v1/funds", opening, headers)).status).to.equal(201);
    await service.post("/v1/programmes/000000195002010003/allocations?q=INVENTED-QUERY", {
      fund: "000000195002010003",
      amount: "1",
      currency: "CNY",
    });
    const log = JSON.stringify(await service.gateway.accessLog.list(undefined, 1_000));
    for (const secret of ["INVENTED", "127.0.0.1", "000000195002010003", service.key.slice(-43)]) {
      expect(log.includes(secret), secret).to.equal(false);
    }
    expect(log).to.contain("/v1/funds");
  });

  it("is read page by page to its first entry, and found intact, by an admin alone", async () => {
    const made = await service.post("/v1/keys", { roles: ["auditor"] });
    for (const url of ["/v1/access-log", "/v1/access-log/check"]) {
      expect((await ask(url, String(at(made.body, "key")))).status, url).to.equal(403);
      expect((await service.get(url)).status, url).to.equal(401);
    }
    const asked = (await entries()).find((entry) => at(entry, "what") === "asked");
    await settled(at(asked, "number"));
    const numbers: unknown[] = [];
    let url: string | undefined = "/v1/access-log?limit=7";
    while (url !== undefined) {
      const { body }: { readonly body: unknown } = await ask(url);
      numbers.push(...listAt(body, "data").map((entry) => at(entry, "number")));
      const next = at(body, "next");
      url = typeof next === "string" ? `/v1/access-log?limit=7&cursor=${next}` : undefined;
    }
    expect(numbers).to.deep.equal(Array.from(numbers, (_, index) => numbers.length - index));
    const { body } = await ask("/v1/access-log/check");
    expect(body).to.deep.include({ intact: true, entries: numbers.length });
  });

  it("lets others in while it is checked, however long it is", async () => {
    const { accessLog } = service.gateway;
    const [, entry] = await accessLog.list(undefined, 2);
    if (entry === undefined) throw new RangeError("no entry");
    await Promise.all(Array.from({ length: 1_600 }, () => accessLog.append(entry.entry)));
    const checking = accessLog.check();
    let turns = 0;
    let checked: Awaited<typeof checking> | undefined;
    while (checked === undefined) {
      checked = await Promise.race([checking, setImmediate(undefined)]);
      turns += 1;
    }
    expect(checked.entries).to.be.greaterThan(1_600);
    expect(turns).to.be.greaterThan(3);
  });
});
