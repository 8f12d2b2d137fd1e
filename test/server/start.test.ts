/** A start with books that are there already: what is answered before the embedded chain stands again. */
import { expect } from "chai";
import { rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { EmbeddedChain } from "../../server/chain/embedded.ts";
import { readConfig } from "../../server/config.ts";
import { exitCodeOf, exitCodes } from "../../server/exit-codes.ts";
import { beginGateway, openGateway, type Gateway, type GatewayOptions } from "../../server/gateway.ts";
import { OutboxBehindIndex } from "../../server/index/agreement.ts";
import { SenderStopped } from "../../server/outbox/errors.ts";
import { ReplayDiverged } from "../../server/outbox/replay.ts";
import type { App } from "../../server/routes/endpoint.ts";
import { appOf } from "../../server/serve.ts";
import { explorer } from "../../web/plugin.ts";
import { en } from "../../web/words/en.ts";
import { zh } from "../../web/words/zh.ts";
import { nameOf } from "./api/books.ts";
import { at, codeOf, listAt, openService, type Service } from "./service.ts";

const opening = { name: nameOf("start"), currency: "CNY", claimsShareBps: 9000 };
const writes = { "content-type": "application/json", "idempotency-key": "during" };
const chainQuestion = { jsonrpc: "2.0", id: 1, method: "eth_blockNumber" };

describe("a start over books that are there", function () {
  this.timeout(30_000);
  let service: Service;
  let options: GatewayOptions;
  let fund = "";
  let gateway: Gateway | undefined;
  let app: App | undefined;
  let letGo = (): void => {};
  const create = EmbeddedChain.create.bind(EmbeddedChain);

  beforeEach(async () => {
    service = await openService();
    fund = codeOf(await service.post("/v1/funds", opening), "FundOpened");
    await service.app.close();
    await service.gateway.close();
    const config = readConfig({ DATA_DIR: service.folder, KEYSTORE_PASSWORD: "invented password" });
    const log = { info: () => {}, error: () => {} };
    options = { config, log, clock: service.clock, onFailure: () => {} };
  });
  afterEach(async () => {
    EmbeddedChain.create = create;
    letGo();
    await app?.close();
    await gateway?.close();
    await service.close();
    app = gateway = undefined;
  });

  /** Lets the chain make `blocks` blocks and no more until the answered function is called. */
  const holdAfter = (blocks: number): { readonly reached: Promise<void>; readonly go: () => void } => {
    let reach = (): void => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const reached = new Promise<void>((resolve) => (reach = resolve));
    EmbeddedChain.create = async (...pinned) => {
      const chain = await create(...pinned);
      const mineBlock = chain.mineBlock.bind(chain);
      chain.mineBlock = async (plan) => {
        if (plan.number > blocks) {
          reach();
          await held;
        }
        return mineBlock(plan);
      };
      return chain;
    };
    return { reached, go: letGo };
  };
  const begin = async (): Promise<{ readonly gateway: Gateway; readonly app: App }> => {
    gateway = await beginGateway(options);
    app = await appOf(gateway, options.config);
    await app.register(explorer, { read: gateway.read });
    return { gateway, app };
  };
  const tamper = (store: string, sql: string): void => {
    const database = new DatabaseSync(join(service.folder, store));
    database.exec(sql);
    database.close();
  };

  it("answers reads and pages from the index while the chain is made again, and whoever writes how long that takes", async () => {
    const replay = holdAfter(2);
    const { app: early, gateway: starting } = await begin();
    await replay.reached;
    const funds = await early.inject({ url: "/v1/funds" });
    expect(funds.statusCode).to.equal(200);
    expect(at(funds.json(), "data", 0, "code")).to.equal(fund);
    expect((await early.inject({ url: `/zh/f/${fund}` })).statusCode).to.equal(200);
    expect((await early.inject({ url: "/healthz" })).statusCode).to.equal(200);

    const held = [
      await early.inject({ url: "/readyz" }),
      await early.inject({ method: "POST", url: "/rpc", payload: chainQuestion }),
      await early.inject({ url: "/v1/operations/setup" }),
      await early.inject({
        method: "POST",
        url: "/v1/funds",
        headers: { ...writes, authorization: `Bearer ${service.key}` },
        payload: JSON.stringify(opening),
      }),
    ];
    for (const answer of held) {
      expect(answer.statusCode).to.equal(503);
      expect(Number(answer.headers["retry-after"])).to.be.within(1, 60);
      expect(at(answer.json(), "detail")).to.match(/^starting: block 2 of 4 is replayed \(50 %\)/);
    }
    const measured = (await early.inject({ url: "/metrics" })).payload;
    expect(measured).to.match(/^everyfen_ready 0$/m);
    expect(measured).to.match(/^everyfen_replay_blocks 2$/m);
    expect(measured).to.match(/^everyfen_replay_blocks_expected 4$/m);

    replay.go();
    await starting.ready;
    expect((await early.inject({ url: "/readyz" })).json()).to.deep.equal({ status: "ready" });
    const asked = await early.inject({ method: "POST", url: "/rpc", payload: chainQuestion });
    expect(at(asked.json(), "result")).to.equal("0x4");
    expect((await early.inject({ url: "/metrics" })).payload).to.match(/^everyfen_ready 1$/m);
  });

  it("asks for a key before it says that writes have to wait", async () => {
    const replay = holdAfter(0);
    const { app: early, gateway: starting } = await begin();
    const answer = await early.inject({ method: "POST", url: "/v1/funds", headers: writes, payload: "{}" });
    expect(answer.statusCode).to.equal(401);
    replay.go();
    await starting.ready;
  });

  it("answers 503, not a fault, where there is no index to read from yet", async () => {
    for (const end of ["", "-wal", "-shm"]) rmSync(join(service.folder, `index.db${end}`), { force: true });
    const replay = holdAfter(1);
    const { app: early, gateway: starting } = await begin();
    const answer = await early.inject({ url: "/v1/funds" });
    expect(answer.statusCode).to.equal(503);
    expect(answer.headers["retry-after"]).to.equal("5");
    for (const [language, { errors }] of [
      ["zh", zh],
      ["en", en],
    ] as const) {
      const page = await early.inject({ url: `/${language}/` });
      expect(page.statusCode).to.equal(503);
      expect(page.headers["retry-after"]).to.equal("5");
      expect(page.payload).to.contain(errors.startingTitle).and.to.contain(errors.startingDo);
    }
    replay.go();
    await starting.ready;
    expect((await early.inject({ url: "/v1/funds" })).statusCode).to.equal(200);
  });

  it("can be given up in the middle of the replay, and begun again", async () => {
    const replay = holdAfter(1);
    const { gateway: starting } = await begin();
    await replay.reached;
    const closed = starting.close();
    replay.go();
    await closed;
    const ending = await starting.ready.catch((error: unknown) => error);
    expect(ending).to.be.instanceOf(SenderStopped);
    EmbeddedChain.create = create;
    gateway = await openGateway(options);
    expect(listAt({ funds: await gateway.read.funds() }, "funds")).to.have.length(1);
  });

  it("ends where the chain becomes another than was recorded, with the code that forbids a restart", async () => {
    tamper("outbox.db", "UPDATE block_plan SET time = time + 1 WHERE number = 4");
    const { gateway: starting } = await begin();
    const ending = await starting.ready.catch((error: unknown) => error);
    expect(ending).to.be.instanceOf(ReplayDiverged).with.property("blockNumber", 4);
    expect(exitCodeOf(ending)).to.equal(exitCodes.data);
    expect(starting.start.state.state).to.equal("replaying");
  });

  const behind = [
    ["lacks the last block", "DELETE FROM block_plan WHERE number = 4"],
    ["has another last block", "UPDATE block_plan SET hash = zeroblob(32) WHERE number = 4"],
    [
      "has another block before one whose hash it did not learn",
      "UPDATE block_plan SET hash = NULL WHERE number = 4; UPDATE block_plan SET hash = zeroblob(32) WHERE number = 3",
    ],
  ] as const;
  for (const [what, sql] of behind) {
    it(`shows nothing where the outbox ${what} that the index shows`, async () => {
      tamper("outbox.db", sql);
      const refusal = await beginGateway(options).catch((error: unknown) => error);
      expect(refusal).to.be.instanceOf(OutboxBehindIndex);
      expect(String(refusal)).to.contain("restore the outbox from its newest backup");
      expect(exitCodeOf(refusal)).to.equal(exitCodes.data);
    });
  }

  it("goes on where the outbox had not learnt the hash of the last block, which the index shows", async () => {
    tamper("outbox.db", "UPDATE block_plan SET hash = NULL WHERE number = 4");
    tamper("outbox.db", "UPDATE attempt SET state = 'planned' WHERE block = 4");
    tamper(
      "outbox.db",
      `UPDATE operation SET state = 'planned' WHERE sequence IN
         (SELECT operation FROM carried JOIN attempt ON attempt.sequence = carried.attempt WHERE block = 4)`,
    );
    gateway = await openGateway(options);
    expect(await gateway.outbox.unsettled()).to.equal(0);
  });
});
