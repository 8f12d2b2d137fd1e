/** What a Prometheus server is told of a gateway, asked as it asks. */
import { expect } from "chai";
import { address } from "../../../protocol/ids.ts";
import { Metrics } from "../../../server/metrics/metrics.ts";
import type { Probes } from "../../../server/metrics/probes.ts";
import { nameOf } from "../api/books.ts";
import { openService, type Service } from "../service.ts";

/** Every series and its value, without comments. */
const seriesOf = (exposition: string): ReadonlyMap<string, number> =>
  new Map(
    exposition
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line): [string, number] => [
        line.slice(0, line.lastIndexOf(" ")),
        Number(line.slice(line.lastIndexOf(" "))),
      ]),
  );

describe("the metrics of a gateway", function () {
  this.timeout(30_000);
  let service: Service;
  before(async () => {
    service = await openService();
  });
  after(() => service.close());
  const scrape = async (): Promise<string> => (await service.app.inject({ url: "/metrics" })).payload;

  it("are in the format of Prometheus, each with its help", async () => {
    const answer = await service.app.inject({ url: "/metrics" });
    expect(answer.statusCode).to.equal(200);
    expect(answer.headers["content-type"]).to.match(/^text\/plain; version=0\.0\.4/);
    const helped = answer.payload.matchAll(/^# HELP (everyfen_\w+) \S/gm);
    const typed = answer.payload.matchAll(/^# TYPE (everyfen_\w+) /gm);
    const names = [...helped].map((match) => match[1]);
    expect(names).to.deep.equal([...typed].map((match) => match[1]));
    expect(names).to.have.length.greaterThan(12);
  });

  it("say how high chain and index stand, and how full the embedded chain is", async () => {
    await service.post("/v1/funds", { name: nameOf("measured"), currency: "CNY", claimsShareBps: 9000 });
    const series = seriesOf(await scrape());
    const head = await service.gateway.chain.head();
    expect(series.get("everyfen_ready")).to.equal(1);
    expect(series.get("everyfen_chain_block")).to.equal(head.number);
    expect(series.get("everyfen_index_block")).to.equal(head.number);
    expect(series.get("everyfen_index_lag_blocks")).to.equal(0);
    expect(series.get("everyfen_queue_operations")).to.equal(0);
    expect(series.get("everyfen_queue_oldest_seconds")).to.equal(0);
    expect(series.get("everyfen_embedded_chain_load")).to.be.within(20, 100);
    expect(series.get("everyfen_embedded_chain_load_limit")).to.be.greaterThan(1_000);
    expect(series.get("everyfen_data_free_bytes")).to.be.greaterThan(0);
  });

  it("say of each law whether it held at the last check", async () => {
    await service.app.inject({ url: "/metrics" });
    let held: readonly string[] = [];
    while (held.length === 0) {
      held = [...seriesOf(await scrape())].flatMap(([name, value]) =>
        name.startsWith("everyfen_law_holds") && value === 1 ? [name] : [],
      );
    }
    expect(held).to.deep.equal(
      ["L1", "L2", "L3", "L5", "L6"].map((law) => `everyfen_law_holds{law="${law}"}`),
    );
  });

  it("count requests by pattern, never by what was asked for: no label grows with what people type", async () => {
    const before = seriesOf(await scrape()).size;
    for (let index = 0; index < 50; index += 1) {
      await service.app.inject({ url: `/v1/funds/130723195002010${100 + index}` });
      await service.app.inject({ url: `/nowhere/${index}` });
    }
    const exposition = await scrape();
    const series = seriesOf(exposition);
    expect(
      series.get('everyfen_http_requests_total{method="GET",route="/v1/funds/:code",status="404"}'),
    ).to.equal(50);
    expect(series.get('everyfen_http_requests_total{method="GET",route="unmatched",status="404"}')).to.equal(
      50,
    );
    expect(series.size - before).to.be.lessThan(30);
    expect(exposition).to.not.contain("130723195002010");
  });
});

const account = address(`0x${"a1".repeat(20)}`);

describe("the metrics of a gateway whose writes do not get through", () => {
  const probes: Probes = {
    start: () => ({ state: "ready", progress: { blocks: 9, totalBlocks: 9, transactions: 20 } }),
    chainBlock: async () => 9,
    indexBlock: async () => 4,
    unsettled: async () => 3,
    oldestUnsettledMs: async () => 1_000_000,
    line: async () => ({
      line: "published",
      height: 9,
      baseFeePerGas: 7_000_000_000n,
      signers: [
        { account, actor: "recorder", state: "running", balanceWei: 5_000_000_000n, underWay: 2 },
        { account, actor: "payer", state: "noFunds", balanceWei: 0n, underWay: 0 },
        { account, state: "stopped", underWay: 1 },
      ],
    }),
    laws: async () => [{ law: "L5", holds: false, checked: 1, facts: [] }],
    freeBytes: async () => 12,
  };
  const measured = async (overrides: Partial<Probes> = {}): Promise<ReadonlyMap<string, number>> => {
    let nowMs = 0;
    const metrics = new Metrics({
      probes: { ...probes, ...overrides },
      loadLimit: 100,
      log: { error: () => {} },
      nowMs: () => nowMs,
      systemTimeMs: () => 1_090_000,
    });
    await metrics.exposition();
    await metrics.laws.settled();
    nowMs = 30_000;
    return seriesOf(await metrics.exposition());
  };

  it("say how many wait and for how long, how far the index is behind and since when, and which law is broken", async () => {
    const series = await measured();
    expect(series.get("everyfen_queue_operations")).to.equal(3);
    expect(series.get("everyfen_queue_oldest_seconds")).to.equal(90);
    expect(series.get("everyfen_index_lag_blocks")).to.equal(5);
    expect(series.get("everyfen_index_lag_seconds")).to.equal(30);
    expect(series.get('everyfen_law_holds{law="L5"}')).to.equal(0);
  });

  it("say what gas costs, and which actor's key can pay for it and which is not used any more", async () => {
    const series = await measured();
    expect(series.get("everyfen_base_fee_gwei")).to.equal(7);
    expect(series.get('everyfen_signer_balance_gwei{actor="recorder"}')).to.equal(5);
    expect(series.get('everyfen_signer_transactions_under_way{actor="recorder"}')).to.equal(2);
    expect(series.get('everyfen_signer_running{actor="recorder"}')).to.equal(1);
    expect(series.get('everyfen_signer_running{actor="payer"}')).to.equal(0);
    expect([...series.keys()].filter((name) => name.startsWith("everyfen_signer_running"))).to.have.length(2);
    expect([...series.keys()].join()).to.not.contain(account);
  });

  it("say which of several gateways sends, and nothing of that where there is one", async () => {
    const held = async (sends?: boolean): Promise<number | undefined> => {
      const status = { ...(await probes.line()), ...(sends === undefined ? {} : { sends }) };
      return (await measured({ line: async () => status })).get('everyfen_lease_held{lease="sender"}');
    };
    expect([await held(), await held(true), await held(false)]).to.deep.equal([undefined, 1, 0]);
  });

  it("are answered where the index is empty", async () => {
    const series = await measured({ indexBlock: async () => Promise.reject(new Error("index: no block")) });
    expect(series.get("everyfen_index_block")).to.equal(0);
    expect(series.get("everyfen_queue_operations")).to.equal(3);
  });
});
