/**
 * Two gateway processes on one PostgreSQL database and one chain, one of them killed in a stream of writes: everything
 * that either acknowledged is there, exactly once, and no nonce was ever signed by two.
 */
import { expect } from "chai";
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Secret } from "../../../server/config.ts";
import { startAnvil, type Anvil } from "../anvil.ts";
import { askPostgres, startPostgres, type PostgresServer } from "../database/postgres.ts";
import { temporaryFolder } from "../gateway.ts";
import { at, listAt } from "../service.ts";
import { giftOf, nameOf, termsOf } from "./books.ts";
import { startGateway, type GatewayProcess } from "./process.ts";

interface Written {
  readonly key: string;
  readonly path: string;
  readonly body: unknown;
}

describe("two gateways on one database and one chain", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const folders = { first: join(folder.path, "first"), second: join(folder.path, "second") };
  let database: PostgresServer;
  let url: Secret;
  let chain: Anvil;
  let first: GatewayProcess;
  let second: GatewayProcess;
  let token = "";
  let fund = "";
  let programme = "";
  /** Operations by the key that they were asked for with. */
  const acknowledged = new Map<string, string>();

  const environment = (): Readonly<Record<string, string>> => ({
    DATABASE_URL: url.reveal(),
    RPC_URL: chain.url,
    FINALITY_BLOCKS: "0",
    POLL_INTERVAL_MS: "50",
    LEASE_SECONDS: "2",
    LOG_LEVEL: "info",
  });

  before(async () => {
    database = await startPostgres();
    url = await database.newDatabase();
    chain = await startAnvil();
    first = await startGateway(folders.first, environment());
    token = /shown this once: (\S+)/.exec(first.output())?.[1] ?? "";
    mkdirSync(folders.second, { mode: 0o700 });
    for (const name of ["keystore.json", "vault.key"]) {
      copyFileSync(join(folders.first, name), join(folders.second, name));
    }
    second = await startGateway(folders.second, environment());
    const codeIn = (answer: unknown): string =>
      String(
        listAt(answer, "operations")
          .flatMap((operation) => listAt(operation, "records"))
          .map((record) => at(record, "code"))[0],
      );
    const opening = { name: nameOf("shared"), currency: "CNY" };
    fund = codeIn(await send(first, write("fund", "/v1/funds", { ...opening, claimsShareBps: 9000 }), 30));
    const region = { kind: "insurance", region: 130723 };
    programme = codeIn(
      await send(second, write("programme", "/v1/programmes", { ...opening, ...region }), 30),
    );
    const period = {
      period: 1,
      start: "2019-01-01T00:00:00+08:00",
      end: "2119-01-01T00:00:00+08:00",
      terms: termsOf(),
    };
    await send(second, write("period", `/v1/programmes/${programme}/periods`, period), 30);
  });
  after(async () => {
    for (const gateway of [first, second]) await gateway?.end("SIGKILL");
    await chain?.end();
    await database?.stop();
    folder.remove();
  });

  const write = (key: string, path: string, body: unknown): Written => ({ key, path, body });
  const gift = (number: number): Written =>
    write(`gift-${number}`, "/v1/donations", {
      donations: [giftOf(fund, `SHARED-${number}`, { amount: String(1_000 + number) })],
    });
  const allocation = (number: number): Written =>
    write(`allocation-${number}`, `/v1/programmes/${programme}/allocations`, {
      fund,
      amount: "10",
      currency: "CNY",
    });
  const stream = (from: number, count: number): readonly Written[] =>
    Array.from({ length: count }, (_, index) => from + index).map((number) =>
      number % 4 === 3 ? allocation(number) : gift(number),
    );

  const send = async (
    gateway: GatewayProcess,
    { key, path, body }: Written,
    waitSeconds: number,
  ): Promise<unknown> => {
    const response = await fetch(`${gateway.url}${path}`, {
      method: "POST",
      body: JSON.stringify(body),
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${token}`,
        "idempotency-key": key,
        prefer: `wait=${waitSeconds}`,
      },
    });
    const answer: unknown = await response.json();
    if (response.status !== 201 && response.status !== 202) throw new Error(JSON.stringify(answer));
    acknowledged.set(key, String(at(answer, "operations", 0, "operation")));
    return answer;
  };
  const get = async (gateway: GatewayProcess, path: string): Promise<unknown> =>
    (await fetch(`${gateway.url}${path}`)).json();

  /** Asks again until the operation has settled. */
  const settledState = async (gateway: GatewayProcess, operation: string): Promise<unknown> => {
    for (;;) {
      const state = at(await get(gateway, `/v1/operations/${operation}`), "state");
      if (state === "recorded" || state === "refused") return state;
    }
  };

  /** What is on the books by what `gateway` answers: every acknowledged write once, and nothing else. */
  const expectAllOnce = async (gateway: GatewayProcess, writes: readonly Written[]): Promise<void> => {
    for (const [key, operation] of acknowledged) {
      expect(await settledState(gateway, operation), key).to.equal("recorded");
    }
    const gifts = writes.filter(({ key }) => key.startsWith("gift")).length;
    expect(at(await get(gateway, `/v1/funds/${fund}`), "data", "donations")).to.equal(gifts);
    const allocations = listAt(await get(gateway, `/v1/allocations?limit=100`), "data");
    expect(allocations).to.have.length(writes.length - gifts);
    expect(allocations.map((each) => at(each, "fundStart"))).to.deep.equal(
      allocations.map((_, index) => String(index * 10)),
    );
    const laws = listAt(await get(gateway, "/v1/audit"), "data");
    expect(laws.length).to.be.greaterThan(0);
    expect(laws.filter((law) => at(law, "holds") !== true)).to.deep.equal([]);
  };

  const leases = (): Promise<readonly Record<string, unknown>[]> =>
    askPostgres(url, "SELECT name, holder, token FROM lease", "everyfen_outbox");

  /** What the metrics say of who sends. */
  const sends = async (gateway: GatewayProcess): Promise<string | undefined> => {
    const exposition = await (await fetch(`${gateway.url}/metrics`)).text();
    return /^everyfen_lease_held\{lease="sender"\} (\d)$/m.exec(exposition)?.[1];
  };

  it("admit no third one with other keys, which would make rows that nobody can open", async () => {
    const refusal = await startGateway(join(folder.path, "third"), environment()).then(
      () => undefined,
      (error: unknown) => String(error),
    );
    expect(refusal).to.contain("ended with 78").and.to.contain("made with other keys");
  });

  it("take writes side by side, and one of them sends them all", async () => {
    const writes = stream(0, 12);
    // An allocation needs a gift that is recorded.
    await send(first, gift(0), 30);
    await Promise.all(
      writes.map((each, index) => send(index % 2 === 0 ? first : second, each, index % 3 === 0 ? 30 : 0)),
    );
    for (const gateway of [first, second]) await expectAllOnce(gateway, writes);
    expect((await leases()).map(({ name, token: number }) => [name, number])).to.deep.equal([
      ["sender", "1"],
    ]);
    expect(await Promise.all([first, second].map(sends))).to.deep.equal(["1", "0"]);
  });

  it("answer a repetition alike, whichever is asked", async () => {
    const again = gift(0);
    const known = acknowledged.get(again.key);
    for (const gateway of [first, second]) {
      expect(at(await send(gateway, again, 30), "operations", 0, "operation")).to.equal(known);
    }
    const key = "the same gift, otherwise";
    const refusals = await Promise.allSettled(
      [first, second].map((gateway) => send(gateway, { ...again, key }, 30)),
    );
    expect(refusals.map(({ status }) => status)).to.deep.equal(["rejected", "rejected"]);
  });

  it("record what both are asked at once under one key once, and mark the other's answer", async () => {
    const { key, path, body } = gift(98);
    const asked = [first, second].map((gateway) =>
      fetch(`${gateway.url}${path}`, {
        method: "POST",
        body: JSON.stringify(body),
        headers: {
          "content-type": "application/json",
          authorization: `Bearer ${token}`,
          "idempotency-key": key,
          prefer: "wait=30",
        },
      }),
    );
    const answers = await Promise.all(asked);
    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201]);
    const marks = answers.map(({ headers }) => headers.get("idempotency-replayed"));
    expect(marks).to.have.members([null, "true"]);
    const bodies: readonly unknown[] = await Promise.all(answers.map((answer) => answer.json()));
    expect(bodies[0]).to.deep.equal(bodies[1]);
    acknowledged.set(key, String(at(bodies[0], "operations", 0, "operation")));
  });

  it("make one API key of what both are asked at once, shown by one of them", async () => {
    const answers = await Promise.all(
      [first, second].map(async (gateway) => {
        const response = await fetch(`${gateway.url}/v1/keys`, {
          method: "POST",
          body: JSON.stringify({ roles: ["payer"] }),
          headers: {
            "content-type": "application/json",
            authorization: `Bearer ${token}`,
            "idempotency-key": "one-key",
          },
        });
        const answer: unknown = await response.json();
        return answer;
      }),
    );
    expect(at(answers[0], "id"))
      .to.match(/^[0-9a-f]{12}$/)
      .and.to.equal(at(answers[1], "id"));
    expect(answers.filter((answer) => at(answer, "key") !== undefined)).to.have.length(1);
  });

  it("record a payment that both are given at once, otherwise told, by one of them, with its receipt", async () => {
    const amounts = ["7001", "7002"];
    const answers = await Promise.allSettled(
      [first, second].map((gateway, index) => {
        const payment = giftOf(fund, "SHARED-RACE", { amount: amounts[index] ?? "" });
        return send(gateway, write(`gift-race-${index}`, "/v1/donations", { donations: [payment] }), 30);
      }),
    );
    expect(answers.map(({ status }) => status).sort()).to.deep.equal(["fulfilled", "rejected"]);
    const won = answers.findIndex(({ status }) => status === "fulfilled");
    const found = await fetch(`${second.url}/v1/donations/find`, {
      method: "POST",
      body: JSON.stringify({ transactionNumber: "SHARED-RACE", amount: amounts[won] }),
      headers: { "content-type": "application/json" },
    });
    expect(found.status, JSON.stringify(await found.json())).to.equal(200);
  });

  it("lose nothing of what either acknowledged when the one that sends is killed, and double nothing", async () => {
    const writes = stream(12, 24);
    const underWay = writes.map((each, index) => send(index % 2 === 0 ? first : second, each, 0));
    await Promise.any(underWay);
    expect((await first.end("SIGKILL")).signal).to.equal("SIGKILL");
    await Promise.allSettled(underWay);
    // Whoever got no answer asks again, at the other gateway.
    for (const each of writes.filter(({ key }) => !acknowledged.has(key))) await send(second, each, 0);
    await expectAllOnce(second, [...stream(0, 12), gift(98), gift(99), ...writes]);
    expect((await leases()).map(({ name, token: number }) => [name, number])).to.deep.equal([
      ["sender", "2"],
    ]);
    expect(await sends(second)).to.equal("1");
  });

  it("never sign two transactions for one nonce of one account that do different things", async () => {
    const attempts = await askPostgres(
      url,
      `SELECT encode(a.signer, 'hex') AS signer, a.nonce, encode(v.hash, 'hex') AS hash
       FROM attempt a JOIN version v ON v.attempt = a.sequence ORDER BY a.signer, a.nonce`,
      "everyfen_outbox",
    );
    expect(attempts.length).to.be.greaterThan(30);
    const kept = new Set(attempts.map(({ hash }) => `0x${String(hash)}`));
    const head = Number(await chain.rpc("eth_blockNumber"));
    let count = 0;
    for (let number = 1; number <= head; number += 1) {
      const block = await chain.rpc("eth_getBlockByNumber", `0x${number.toString(16)}`, true);
      for (const transaction of listAt(block, "transactions")) {
        count += 1;
        expect(kept.has(String(at(transaction, "hash"))), "bytes that nobody kept").to.equal(true);
      }
    }
    const nonces = new Set(attempts.map(({ signer, nonce }) => `${String(signer)} ${String(nonce)}`));
    expect(count).to.equal(nonces.size);
  });

  it("serve again with the killed one started anew, which sends where the other ends", async () => {
    first = await startGateway(folders.first, environment());
    expect(first.output()).to.not.contain("shown this once");
    const before = await get(second, "/v1/summary");
    expect(at(await get(first, "/v1/summary"), "data")).to.deep.equal(at(before, "data"));
    expect(await second.end("SIGTERM")).to.deep.equal({ code: 0, signal: null });
    await send(first, gift(100), 30);
    await expectAllOnce(first, [...stream(0, 36), gift(98), gift(99), gift(100)]);
    expect((await leases()).map(({ name, token: number }) => [name, number])).to.deep.equal([
      ["sender", "3"],
    ]);
  });
});
