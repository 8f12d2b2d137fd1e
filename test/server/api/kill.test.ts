/** A real gateway process that is killed while it is written to: what it acknowledged is there, exactly once. */
import { expect } from "chai";
import { temporaryFolder } from "../gateway.ts";
import { at, listAt } from "../service.ts";
import { giftOf, nameOf, termsOf } from "./books.ts";
import { startGateway, type GatewayProcess } from "./process.ts";

interface Written {
  readonly key: string;
  readonly path: string;
  readonly body: unknown;
  /** Of a gift. */
  readonly amount: number;
}

describe("a gateway process that is killed in a stream of writes", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  let gateway: GatewayProcess;
  let token = "";
  let fund = "";
  let programme = "";
  const acknowledged = new Map<string, string>();
  const hashes = new Map<number, unknown>();

  before(async () => {
    gateway = await startGateway(folder.path);
    token = /shown this once: (\S+)/.exec(gateway.output())?.[1] ?? "";
    const codeIn = (answer: unknown): string =>
      String(
        listAt(answer, "operations")
          .flatMap((operation) => listAt(operation, "records"))
          .map((record) => at(record, "code"))[0],
      );
    const opening = { name: nameOf("killed"), currency: "CNY" };
    fund = codeIn(await send(write("fund", "/v1/funds", { ...opening, claimsShareBps: 9000 }), 30));
    const region = { kind: "insurance", region: 130723 };
    programme = codeIn(await send(write("programme", "/v1/programmes", { ...opening, ...region }), 30));
    await send(
      write("period", `/v1/programmes/${programme}/periods`, {
        period: 1,
        start: "2019-01-01T00:00:00+08:00",
        end: "2119-01-01T00:00:00+08:00",
        terms: termsOf(),
      }),
      30,
    );
  });
  after(async () => {
    await gateway.end("SIGKILL");
    folder.remove();
  });

  const write = (key: string, path: string, body: unknown, amount = 0): Written => ({
    key,
    path,
    body,
    amount,
  });
  const donation = (number: number): Written => {
    const amount = 1_000 + number;
    const donations = [giftOf(fund, `KILLED-${number}`, { amount: String(amount) })];
    return write(`gift-${number}`, "/v1/donations", { donations }, amount);
  };
  const allocation = (number: number): Written =>
    write(`allocation-${number}`, `/v1/programmes/${programme}/allocations`, {
      fund,
      amount: "10",
      currency: "CNY",
    });
  /** Two gifts and an allocation by turns. */
  const stream = (from: number, count: number): readonly Written[] =>
    Array.from({ length: count }, (_, index) => from + index).map((number) =>
      number % 3 === 2 ? allocation(number) : donation(number),
    );

  const send = async ({ key, path, body }: Written, waitSeconds: number): Promise<unknown> => {
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
  const get = async (path: string): Promise<unknown> => (await fetch(`${gateway.url}${path}`)).json();
  const rpc = async (method: string, params: readonly unknown[]): Promise<unknown> => {
    const response = await fetch(`${gateway.url}/rpc`, {
      method: "POST",
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
      headers: { "content-type": "application/json" },
    });
    return at(await response.json(), "result");
  };
  const blockHash = async (number: number): Promise<unknown> =>
    at(await rpc("eth_getBlockByNumber", [`0x${number.toString(16)}`, false]), "hash");
  const rememberBlocks = async (): Promise<void> => {
    const head = Number(await rpc("eth_blockNumber", []));
    for (let number = 0; number <= head; number += 1) {
      if (!hashes.has(number)) hashes.set(number, await blockHash(number));
    }
  };
  const killAndStart = async (): Promise<void> => {
    expect((await gateway.end("SIGKILL")).signal).to.equal("SIGKILL");
    gateway = await startGateway(folder.path);
  };

  /** Every acknowledged write is recorded, no gift and no allocation is there twice, every block is as it was. */
  const expectAllOnce = async (writes: readonly Written[]): Promise<void> => {
    for (const [key, operation] of acknowledged) {
      expect(at(await get(`/v1/operations/${operation}`), "state"), key).to.equal("recorded");
    }
    for (const [number, hash] of hashes) expect(await blockHash(number), `block ${number}`).to.equal(hash);
    const answers: unknown[] = [];
    for (const each of writes) answers.push(await send(each, 30));
    const codes = new Set(answers.flatMap((answer) => listAt(answer, "donations")));
    const gifts = writes.filter(({ key }) => key.startsWith("gift"));
    const sum = gifts.reduce((total, { amount }) => total + amount, 0);
    const recorded = at(await get(`/v1/funds/${fund}`), "data");
    expect(at(recorded, "donations")).to.equal(gifts.length);
    expect(at(recorded, "partition", "total", "amount")).to.equal(String(sum));
    expect(codes.size).to.equal(gifts.length);
    const allocations = listAt(await get(`/v1/allocations?limit=100`), "data");
    expect(allocations).to.have.length(writes.length - gifts.length);
    expect(allocations.map((each) => at(each, "fundStart"))).to.deep.equal(
      allocations.map((_, index) => String(index * 10)),
    );
    const laws = listAt(await get("/v1/audit"), "data");
    expect(laws.filter((law) => at(law, "holds") !== true)).to.deep.equal([]);
    await rememberBlocks();
  };

  const firstWrites = () => stream(0, 12);
  const secondWrites = () => stream(12, 12);

  it("at the moment of an acknowledgement", async () => {
    await rememberBlocks();
    for (const each of firstWrites()) await send(each, 0);
    await killAndStart();
    await expectAllOnce(firstWrites());
  });

  it("with writes under way that nobody has heard of yet: sent again, they land once", async () => {
    const firstAnswer = secondWrites().map((each) => send(each, 30));
    await Promise.any(firstAnswer);
    const [ended] = await Promise.all([killAndStart(), Promise.allSettled(firstAnswer)]);
    expect(ended).to.equal(undefined);
    await expectAllOnce([...firstWrites(), ...secondWrites()]);
  });

  it("and ends in order when it is asked to, to answer the same after that", async () => {
    const before = await get("/v1/summary");
    expect(await gateway.end("SIGTERM")).to.deep.equal({ code: 0, signal: null });
    gateway = await startGateway(folder.path);
    expect(at(await get("/v1/summary"), "data")).to.deep.equal(at(before, "data"));
    await expectAllOnce([...firstWrites(), ...secondWrites()]);
  });

  it("shows the admin's key on its first start only, and never logs it", () => {
    expect(gateway.output()).to.not.contain(token);
    expect(gateway.output()).to.contain('"path":"/v1/donations"');
  });
});
