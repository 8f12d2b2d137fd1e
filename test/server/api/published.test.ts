/** The whole way on a chain outside: anvil, in a process of its own, with blocks that come by themselves. */
import { expect } from "chai";
import { runReplica } from "../../../server/commands/replica.ts";
import { stateFromChain, verifyTraces } from "../../../server/commands/rehearsal/verify.ts";
import { ScriptedClock } from "../../../server/chain/clock.ts";
import { InvalidConfig, readConfig } from "../../../server/config.ts";
import { openGateway } from "../../../server/gateway.ts";
import { freeGas, startAnvil, type Anvil } from "../anvil.ts";
import { temporaryFolder } from "../gateway.ts";
import { eventually } from "../publishing.ts";
import { at, codeOf, listAt, openService, type Answer, type Service } from "../service.ts";
import { claimOf, enrol, giftOf, openFund, openProgramme, peopleOf, recorded, termsOf } from "./books.ts";
import { startGateway } from "./process.ts";

const finalityBlocks = 4;
const settings = { FINALITY_BLOCKS: String(finalityBlocks), POLL_INTERVAL_MS: "50" };
/** A period that holds whatever day it is. */
const longPeriod = {
  period: 1,
  start: "2019-01-01T00:00:00+08:00",
  end: "2119-01-01T00:00:00+08:00",
  terms: termsOf(),
};

describe("a gateway on a chain outside", function () {
  this.timeout(120_000);
  let anvil: Anvil;
  let service: Service;
  let fund: string;
  let programme: string;
  const gift = (number: string, amount: string) => ({ donations: [giftOf(fund, number, { amount })] });
  const give = async (number: string, amount: string): Promise<string> => {
    codeOf(await service.post("/v1/donations", gift(number, amount)), "BatchRecorded");
    const found = await service.post("/v1/donations/find", { transactionNumber: number, amount });
    return String(at(found.body, "data", "code"));
  };
  const history = async (id: string): Promise<readonly unknown[]> =>
    (await service.gateway.sender.history(id)).entries.map(({ what }) => what);
  const stateOf = async (id: string): Promise<unknown> =>
    at((await service.get(`/v1/operations/${id}`)).body, "state");
  const expectLaws = async (): Promise<void> => {
    const laws = listAt((await service.get("/v1/audit")).body, "data");
    expect(laws.length).to.be.greaterThan(4);
    expect(laws.filter((law) => at(law, "holds") !== true)).to.deep.equal([]);
  };
  const expectTraces = async (): Promise<void> => {
    await verifyTraces(service.gateway, await stateFromChain(service.gateway), 10, () => {});
  };
  /** Its head is the newest block; the answer's block has the blocks on top that make it final. */
  const head = async (): Promise<number> => Number(await anvil.rpc("eth_blockNumber"));

  before(async () => {
    anvil = await startAnvil([...freeGas, "--block-time", "0.2"]);
    service = await openService(undefined, { RPC_URL: anvil.url, ...settings });
  });
  after(async () => {
    await service.close();
    await anvil.end();
  });

  it("opens a fund and a programme, records gifts, allocates, and pays a claim from them", async () => {
    fund = await openFund(service, "outside");
    programme = await openProgramme(service, "outside");
    recorded(await service.post(`/v1/programmes/${programme}/periods`, longPeriod));
    recorded(await enrol(service, programme, 1, peopleOf(3, 2019)));
    const [, b] = [await give("OUT-A", "1"), await give("OUT-B", "999"), await give("OUT-C", "10000")];
    const amount = { amount: "5500", currency: "CNY" };
    recorded(await service.post(`/v1/programmes/${programme}/allocations`, { fund, ...amount }));
    const claims = [{ ...claimOf(programme, "4000", "OUT-SLIP"), incident: "2019-01-03" }];
    const claim = codeOf(await service.post("/v1/claims", { claims }), "ClaimFiled");
    recorded(
      await service.post("/v1/claims/approve", { claims: [{ claim, amount: "4000", currency: "CNY" }] }),
    );
    recorded(await service.post("/v1/claims/pay", { claims: [{ claim, paymentNumber: "OUT-PAY" }] }));
    const sources = await service.get(`/v1/claims/${claim}/sources`);
    const amounts = listAt(sources.body, "data", "sources").map((source) => at(source, "amountFen"));
    expect(amounts).to.deep.equal(["900", "3100"]);
    const trace = await service.get(`/v1/donations/${b}/trace`);
    expect(at(trace.body, "data", "partition", "paid")).to.deep.equal({ amount: "900", currency: "CNY" });
    await expectLaws();
  });

  it("shows replicas what it signed and the blocks that hold it, for a node to be asked about", async () => {
    const { body } = await service.get("/v1/chain?limit=3");
    expect(at(body, "data", "kind")).to.equal("outside");
    const transactions = listAt(body, "data", "transactions");
    expect(transactions).to.have.length(3);
    for (const transaction of transactions) {
      const hash = at(transaction, "transaction", "hash");
      const receipt = await anvil.rpc("eth_getTransactionReceipt", hash);
      expect(at(receipt, "blockHash")).to.equal(at(transaction, "transaction", "blockHash"));
      expect(listAt(transaction, "versions").map((version) => at(version, "hash"))).to.include(hash);
    }
    const next = at(body, "data", "next");
    const following = await service.get(`/v1/chain?after=${String(next)}&limit=1`);
    const shown = [...transactions, ...listAt(following.body, "data", "transactions")];
    expect(new Set(shown.map((each) => at(each, "transaction", "hash"))).size).to.equal(4);
  });

  it("is watched over by a replica that asks a node for each transaction, and told from another chain", async () => {
    const folder = temporaryFolder();
    const elsewhere = await startAnvil(freeGas);
    const watchOver = async (rpc: string, data: string): Promise<{ code: number; output: string }> => {
      const lines: string[] = [];
      const print = (line: string): number => lines.push(line);
      const code = await runReplica(
        ["--from", "http://gateway.invalid", "--rpc", rpc, "--data", `${folder.path}/${data}`, "--once"],
        {
          output: { print, printError: print },
          signal: new AbortController().signal,
          fetch: async (url) => {
            const { pathname, search } = new URL(url);
            const { status, body } = await service.get(`${pathname}${search}`);
            return Response.json(body, { status });
          },
        },
      );
      return { code, output: lines.join("\n") };
    };
    try {
      const { code, output } = await watchOver(anvil.url, "watched");
      expect(output).to.match(/[0-9]{2} transactions of [0-9]+ accounts, the last in block [0-9]+: none/);
      expect(output).to.contain("the node has each of them in the block that is named");
      expect(code).to.equal(0);
      const other = await watchOver(elsewhere.url, "other");
      expect(other.output).to.contain("FOUND (otherGenesis)");
      expect(other.code).to.equal(65);
    } finally {
      await elsewhere.end();
      folder.remove();
    }
  });

  it("traces alike by index, contract and protocol", async () => {
    await expectTraces();
  });

  it("says of every answer how many blocks stand on its block", async () => {
    const { body } = await service.get("/v1/summary");
    expect(at(body, "asOf")).to.deep.include({ chainId: 31_337, finality: "final", finalityBlocks });
    expect(Number(at(body, "asOf", "block"))).to.be.at.most((await head()) - finalityBlocks);
  });

  it("gives a gift its code only once its block is final", async () => {
    const answer = await service.post("/v1/donations", gift("OUT-D", "77"), { prefer: "wait=0" });
    expect(answer.status).to.equal(202);
    const id = String(at(answer.body, "operations", 0, "operation"));
    await eventually(async () => (await history(id)).includes("included"));
    if (!(await history(id)).includes("mined")) {
      expect(listAt((await service.get(`/v1/operations/${id}`)).body, "records")).to.deep.equal([]);
    }
    await eventually(async () => (await stateOf(id)) === "recorded");
    const records = listAt((await service.get(`/v1/operations/${id}`)).body, "records");
    expect(records.map((record) => at(record, "event"))).to.deep.equal(["BatchRecorded"]);
  });

  it("has every acknowledged write exactly once where the chain is reorganized under it", async () => {
    const batches = async () =>
      listAt((await service.get(`/v1/funds/${fund}/batches?limit=100`)).body, "data");
    const before = (await batches()).length;
    const acknowledged: string[] = [];
    for (let round = 0; round < 3; round++) {
      for (let number = 0; number < 3; number++) {
        const answer = await service.post(
          "/v1/donations",
          gift(`OUT-R-${round}-${number}`, `${100 + number}`),
          {
            prefer: "wait=0",
          },
        );
        acknowledged.push(String(at(answer.body, "operations", 0, "operation")));
      }
      const last = acknowledged.at(-1) ?? "";
      await eventually(async () => (await history(last)).includes("included"));
      await anvil.rpc("anvil_reorg", finalityBlocks - 1, []);
    }
    for (const id of acknowledged) await eventually(async () => (await stateOf(id)) === "recorded");
    expect(await batches()).to.have.length(before + acknowledged.length);
    const excluded = await Promise.all(acknowledged.map(history));
    expect(excluded.some((whats) => whats.includes("excluded"))).to.equal(true);
    await expectLaws();
    await expectTraces();
  });

  it("answers an auditor's own tools from the node, within bounds", async () => {
    const rpc = async (method: string, ...params: readonly unknown[]): Promise<Answer> =>
      service.post("/rpc", { jsonrpc: "2.0", id: 1, method, params });
    expect(at((await rpc("eth_chainId")).body, "result")).to.equal("0x7a69");
    const ledger = service.gateway.deployment["ledger"]?.address;
    const logs = await rpc("eth_getLogs", { address: ledger, fromBlock: "0x0", toBlock: "latest" });
    expect(listAt(logs.body, "result").length).to.be.greaterThan(10);
    const wide = await rpc("eth_getLogs", { address: ledger, fromBlock: "0x0", toBlock: "0xfffff" });
    expect(at(wide.body, "error", "code")).to.equal(-32_005);
    for (const method of ["eth_sendRawTransaction", "anvil_mine", "debug_traceTransaction"]) {
      expect(at((await rpc(method, "0x00")).body, "error", "code"), method).to.equal(-32_601);
    }
  });

  it("goes on after a restart with the deployment that is recorded", async () => {
    const before = await service.get("/v1/funds");
    const deployment = service.gateway.deployment["ledger"]?.address;
    await service.restart();
    expect(service.gateway.deployment["ledger"]?.address).to.equal(deployment);
    expect(at((await service.get("/v1/funds")).body, "data")).to.deep.equal(at(before.body, "data"));
    await give("OUT-E", "5");
  });

  it("is not started on another chain than CHAIN_ID says, nor with the clock of a demonstration", async () => {
    const folder = temporaryFolder();
    const environment = {
      RPC_URL: anvil.url,
      DATA_DIR: folder.path,
      KEYSTORE_PASSWORD: "invented password",
    };
    const refusal = await startGateway(folder.path, { ...environment, CHAIN_ID: "5" }).catch(String);
    expect(refusal).to.contain("the node is on chain 31337, this gateway writes to chain 5");
    const clock = new ScriptedClock(0);
    const log = { info: () => {}, error: () => {} };
    const started = openGateway({ config: readConfig(environment), log, clock, onFailure: () => {} });
    const error: unknown = await started.catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(InvalidConfig).with.property("message").that.contains("demonstration");
    folder.remove();
  });

  it("that is killed in a stream of writes goes on from what is written, and lands each once", async () => {
    const folder = temporaryFolder();
    const environment = { RPC_URL: anvil.url, ...settings };
    let gateway = await startGateway(folder.path, environment);
    try {
      const token = /shown this once: (\S+)/.exec(gateway.output())?.[1] ?? "";
      const send = async (key: string, path: string, body: unknown, wait: number): Promise<unknown> => {
        const response = await fetch(`${gateway.url}${path}`, {
          method: "POST",
          body: JSON.stringify(body),
          headers: {
            "content-type": "application/json",
            authorization: `Bearer ${token}`,
            "idempotency-key": key,
            prefer: `wait=${wait}`,
          },
        });
        const answer: unknown = await response.json();
        if (response.status !== 201 && response.status !== 202) throw new Error(JSON.stringify(answer));
        return answer;
      };
      const opening = { name: { zh: "虚构", en: "Invented" }, currency: "CNY", claimsShareBps: 9000 };
      const opened = await send("fund", "/v1/funds", opening, 30);
      const own = String(at(opened, "operations", 0, "records", 0, "code"));
      const gifts = Array.from({ length: 8 }, (_, number) => ({
        key: `gift-${number}`,
        body: { donations: [giftOf(own, `KILLED-OUT-${number}`, { amount: String(100 + number) })] },
      }));
      for (const { key, body } of gifts.slice(0, 4)) await send(key, "/v1/donations", body, 0);
      await gateway.end("SIGKILL");
      gateway = await startGateway(folder.path, environment);
      await eventually(async () => (await fetch(`${gateway.url}/readyz`)).status === 200);
      for (const { key, body } of gifts) await send(key, "/v1/donations", body, 30);
      const answer: unknown = await (await fetch(`${gateway.url}/v1/funds/${own}/batches?limit=100`)).json();
      const sums = listAt(answer, "data").map((batch) => String(at(batch, "sumFen")));
      expect(sums).to.have.members(gifts.map((_, number) => String(100 + number)));
    } finally {
      await gateway.end("SIGKILL");
      folder.remove();
    }
  });
});
