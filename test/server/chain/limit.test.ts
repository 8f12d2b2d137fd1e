import { expect } from "chai";
import { checkRoom, EmbeddedChainFull, embeddedLoadLimit, loadOf } from "../../../server/chain/limit.ts";
import { nameOf } from "../api/books.ts";
import { at, codeOf, openService } from "../service.ts";

describe("the limit of the embedded chain", function () {
  this.timeout(30_000);

  it("counts a transaction as one, and a long one as one for every 2 KiB that it begins", () => {
    const bytes = (count: number) => ({ raw: `0x${"00".repeat(count)}` }) as const;
    expect([1, 300, 2_048, 2_049, 120_000].map((count) => loadOf(bytes(count)))).to.deep.equal([
      1, 1, 1, 2, 59,
    ]);
  });

  it("is reached, not passed", () => {
    checkRoom(embeddedLoadLimit - 1, embeddedLoadLimit);
    expect(() => checkRoom(embeddedLoadLimit, embeddedLoadLimit)).to.throw(EmbeddedChainFull, /set RPC_URL/);
  });

  it("refuses new writes with what to do, answers reads and repetitions, and replays what is there", async () => {
    const service = await openService();
    const opening = { name: nameOf("full"), currency: "CNY", claimsShareBps: 9000 };
    const fund = codeOf(
      await service.post("/v1/funds", opening, { "idempotency-key": "first" }),
      "FundOpened",
    );
    const { load } = service.gateway.chain;
    await service.close();
    // Room for the deployment and one verb more.
    const full = await openService(undefined, { EMBEDDED_CHAIN_LIMIT: String(load) });
    try {
      const first = await full.post("/v1/funds", opening, { "idempotency-key": "first" });
      expect(codeOf(first, "FundOpened")).to.equal(fund);
      for (const restarted of [false, true]) {
        if (restarted) await full.restart();
        const refused = await full.post("/v1/funds", opening);
        expect(refused.status).to.equal(507);
        expect(at(refused.body, "type")).to.equal("urn:everyfen:problem:chain-full");
        expect(at(refused.body, "detail")).to.contain("set RPC_URL");
        const again = await full.post("/v1/funds", opening, { "idempotency-key": "first" });
        expect(codeOf(again, "FundOpened")).to.equal(fund);
        expect((await full.get(`/v1/funds/${fund}`)).status).to.equal(200);
        expect((await full.get("/readyz")).status).to.equal(200);
      }
    } finally {
      await full.close();
    }
  });
});
