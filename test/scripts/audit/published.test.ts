/** An audit of a ledger on a chain that others make: it asks a node that is not ours, anvil, and the gateway that writes there. */
import { expect } from "chai";
import { fen } from "../../../protocol/amounts.ts";
import { address } from "../../../protocol/ids.ts";
import { readCall } from "../../../scripts/audit/arguments.ts";
import { exitCodes, verdictOf, type AuditReport } from "../../../scripts/audit/report.ts";
import { runAudit } from "../../../scripts/audit/run.ts";
import { contractOf } from "../../../server/gateway.ts";
import { startProxy, type LyingProxy } from "../../lying/proxy.ts";
import { freeGas, startAnvil, type Anvil } from "../../server/anvil.ts";
import {
  allocate,
  claimOf,
  enrol,
  giftOf,
  openFund,
  openProgramme,
  peopleOf,
  recorded,
  termsOf,
} from "../../server/api/books.ts";
import { statementOf } from "../../server/api/insured.ts";
import { codeOf, openService, type Service } from "../../server/service.ts";
import { compileOnce, findingsOf, told } from "./audited.ts";
import { changed, oneMore } from "./lies-about-books.ts";
import { lieAbout } from "./liar.ts";

/** A period that holds whatever day it is. */
const longPeriod = {
  period: 1,
  start: "2019-01-01T00:00:00+08:00",
  end: "2119-01-01T00:00:00+08:00",
  terms: termsOf(),
};

const fillBooks = async (service: Service): Promise<void> => {
  const post = async (path: string, body: object) => recorded(await service.post(path, body));
  const [fund, programme] = [await openFund(service, "outside"), await openProgramme(service, "outside")];
  await post(`/v1/programmes/${programme}/periods`, longPeriod);
  recorded(await enrol(service, programme, 1, peopleOf(3, 2019)));
  await post("/v1/donations", {
    donations: ["1", "999", "10000"].map((amount) => giftOf(fund, `INVENTED-OUT-${amount}`, { amount })),
  });
  recorded(await allocate(service, fund, programme, "5500"));
  const claims = [{ ...claimOf(programme, "4000", "INVENTED-OUT-SLIP"), incident: "2019-01-03" }];
  const claim = codeOf(await service.post("/v1/claims", { claims }), "ClaimFiled");
  await post("/v1/claims/approve", { claims: [{ claim, amount: "4000", currency: "CNY" }] });
  await post("/v1/claims/pay", { claims: [{ claim, paymentNumber: "INVENTED-OUT-PAYMENT" }] });
  await post("/v1/attestations", { programme, period: 1, statement: statementOf("attestation") });
};

const withMore = (body: unknown): unknown =>
  changed(body, ["data", 0, "partition", "total", "amount"], oneMore);

describe("npm run audit: a ledger on a chain outside", function () {
  this.timeout(60_000);
  let anvil: Anvil;
  let service: Service;
  let node: LyingProxy;
  let gateway: LyingProxy;

  before(async () => {
    anvil = await startAnvil([...freeGas, "--block-time", "0.1"]);
    node = await startProxy(anvil.url);
    service = await openService(undefined, {
      RPC_URL: anvil.url,
      FINALITY_BLOCKS: "1",
      POLL_INTERVAL_MS: "20",
    });
    await fillBooks(service);
    gateway = await startProxy(await service.app.listen({ host: "127.0.0.1", port: 0 }));
  });
  after(async () => {
    await gateway.close();
    await service.close();
    await node.close();
    await anvil.end();
  });
  afterEach(() => {
    node.lie({});
    gateway.lie({});
  });

  const audit = (): Promise<AuditReport> => {
    const ledger = address(contractOf(service.gateway.deployment, "ledger").address);
    const call = readCall(["--rpc", node.url, "--ledger", ledger, "--gateway", gateway.url]);
    return runAudit(call, { progress: { write: () => true }, compile: compileOnce });
  };

  it("holds in every check, by the node's word and the gateway's, with code 0", async () => {
    const report = await audit();
    expect(told(report)).to.deep.equal([]);
    expect(exitCodes[verdictOf(report)]).to.equal(0);
    expect(report.history.chainId).to.equal(31_337);
    const unchecked = report.checks.filter(({ status, checked }) => status === "holds" && checked === 0);
    // No period has ended.
    expect(unchecked.map(({ check }) => check)).to.deep.equal(["periods.closes"]);
  });

  it("is broken where the node tells of a fen less that was paid, with code 1", async () => {
    node.lie({
      rpc: lieAbout("ClaimPaid", (event) => ({ ...event, amount: fen(event.amount - 1n) })),
    });
    const report = await audit();
    expect(exitCodes[verdictOf(report)]).to.equal(1);
    expect(findingsOf(report).map(({ check }) => check)).to.include.members([
      "chain.receipts",
      "queue.order",
    ]);
  });

  it("is broken where the gateway tells of a fen more that was given, with code 1", async () => {
    gateway.lie({ api: (path, body) => (path === "/v1/funds" ? withMore(body) : body) });
    const report = await audit();
    expect(exitCodes[verdictOf(report)]).to.equal(1);
    expect(told(report)).to.deep.equal([
      "gateway.overview: fund F01N: partition.total: the gateway says 11,001, the chain says 11,000",
    ]);
  });
});
