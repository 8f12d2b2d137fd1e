/** What a gateway does that is asked more than it can answer. */
import { expect } from "chai";
import { explorer } from "../../../web/plugin.ts";
import { readConfig } from "../../../server/config.ts";
import { measureProcess } from "../../../server/pressure/measuring.ts";
import { Pressure, type Measured } from "../../../server/pressure/pressure.ts";
import { appOf, metricsOf } from "../../../server/serve.ts";
import type { App } from "../../../server/routes/endpoint.ts";
import { nameOf } from "../api/books.ts";
import { at, openService, type Service } from "../service.ts";

const limits = { lagMs: 2_000, heapPercent: 90, requestsUnderWay: 2 };

describe("the pressure on a process", () => {
  const causeOf = (measured: Measured) => new Pressure(limits, () => measured).cause();

  it("is borne up to its limits, and not past one of them", () => {
    expect(causeOf({ lagMs: 2_000, heapPercent: 90 })).to.equal(undefined);
    expect(causeOf({ lagMs: 2_001, heapPercent: 0 })).to.equal("lag");
    expect(causeOf({ lagMs: 0, heapPercent: 90.1 })).to.equal("heap");
  });

  it("counts what is under way, until it is over", () => {
    const pressure = new Pressure(limits, () => ({ lagMs: 0, heapPercent: 0 }));
    const [end] = [pressure.begin(), pressure.begin()];
    expect(pressure.cause()).to.equal("requests");
    end?.();
    expect(pressure.cause()).to.equal(undefined);
  });

  it("is measured: an event loop that is held up again and again is late, one that was held up once is not", async () => {
    const { measured, stop } = measureProcess();
    const lags: number[] = [];
    while (measured().lagMs < 200) {
      const endsAtMs = performance.now() + 600;
      while (performance.now() < endsAtMs);
      lags.push(measured().lagMs);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    stop();
    expect(lags.slice(0, 3)).to.deep.equal([0, 0, 0]);
    expect(measured().heapPercent).to.be.within(0.1, 99);
  });
});

describe("a gateway under pressure", function () {
  this.timeout(30_000);
  let service: Service;
  let app: App;
  let measured: Measured = { lagMs: 0, heapPercent: 0 };
  before(async () => {
    service = await openService();
    const config = readConfig({ DATA_DIR: service.folder, REQUESTS_UNDER_WAY: "2" });
    const metrics = metricsOf(service.gateway, config);
    app = await appOf(service.gateway, config, undefined, metrics, { measured: () => measured });
    await app.register(explorer, { read: service.gateway.read });
  });
  after(async () => {
    await app.close();
    await service.close();
  });
  beforeEach(() => {
    measured = { lagMs: 0, heapPercent: 0 };
  });

  const open = (name: string) =>
    app.inject({
      method: "POST",
      url: "/v1/funds",
      payload: { name: nameOf(name), currency: "CNY", claimsShareBps: 9000 },
      headers: { authorization: `Bearer ${service.key}`, "idempotency-key": name, prefer: "wait=30" },
    });

  it("refuses reads, writes and JSON-RPC at once with 503, says when to come back, and records nothing", async () => {
    const before = await service.get("/v1/summary");
    for (const heavy of [
      { lagMs: 2_001, heapPercent: 0 },
      { lagMs: 0, heapPercent: 91 },
    ]) {
      measured = heavy;
      const call = { jsonrpc: "2.0", id: 1, method: "eth_chainId" };
      const answers = [
        await app.inject({ url: "/v1/summary" }),
        await open("refused"),
        await app.inject({ method: "POST", url: "/rpc", payload: call }),
        await app.inject({ url: "/v1/unheard" }),
      ];
      for (const { statusCode, headers, payload } of answers) {
        expect([statusCode, headers["retry-after"]]).to.deep.equal([503, "5"]);
        expect(headers["content-type"]).to.match(/^application\/problem\+json/);
        expect(at(JSON.parse(payload), "type")).to.equal("urn:everyfen:problem:overloaded");
      }
    }
    expect((await service.get("/v1/summary")).body).to.deep.equal(before.body);
  });

  it("says so on a page in the reader's language", async () => {
    measured = { lagMs: 9_000, heapPercent: 0 };
    const page = await app.inject({ url: "/zh/" });
    expect([page.statusCode, page.headers["retry-after"]]).to.deep.equal([503, "5"]);
    expect(page.payload).to.contain("现在很忙");
    expect((await app.inject({ url: "/en/" })).payload).to.contain("Busy just now");
  });

  it("answers whether it is well all the same, and counts what it refused", async () => {
    const shed = async (): Promise<number> => {
      const { payload } = await app.inject({ url: "/metrics" });
      return Number(/^everyfen_requests_shed_total\{cause="heap"\} (\d+)$/m.exec(payload)?.[1] ?? 0);
    };
    measured = { lagMs: 0, heapPercent: 99 };
    const before = await shed();
    for (const url of ["/healthz", "/readyz", "/metrics"]) {
      expect((await app.inject({ url })).statusCode, url).to.equal(200);
    }
    await app.inject({ url: "/v1/summary" });
    expect(await shed()).to.equal(before + 1);
  });

  it("takes what comes once the pressure is gone", async () => {
    measured = { lagMs: 9_000, heapPercent: 0 };
    expect((await open("later")).statusCode).to.equal(503);
    measured = { lagMs: 0, heapPercent: 0 };
    expect((await open("later")).statusCode).to.equal(201);
  });

  it("answers no more than so many requests at a time, and all of them in the end", async () => {
    const answers = await Promise.all(["one", "two", "three"].map(open));
    expect(answers.map(({ statusCode }) => statusCode)).to.deep.equal([201, 201, 503]);
    expect((await open("three")).statusCode).to.equal(201);
  });
});
