/** A clock that was ahead and is set right: what was accepted meanwhile is answered as before. */
import { expect } from "chai";
import { fen } from "../../../protocol/amounts.ts";
import { fundId } from "../../../protocol/ids.ts";
import { DeskRefusal } from "../../../protocol/ports/desk.ts";
import { readConfig } from "../../../server/config.ts";
import { openGateway, type Gateway } from "../../../server/gateway.ts";
import { nameOf } from "../api/books.ts";
import { temporaryFolder } from "../gateway.ts";
import { newYear2019 } from "../service.ts";

describe("a clock that goes back", function () {
  this.timeout(30_000);
  const folder = temporaryFolder();
  let now = newYear2019 + 30 * 86_400;
  let gateway: Gateway;
  before(async () => {
    gateway = await openGateway({
      config: readConfig({ DATA_DIR: folder.path, KEYSTORE_PASSWORD: "invented password" }),
      log: { info: () => {}, error: () => {} },
      clock: { kind: "system", now: () => now },
      onFailure: () => {},
    });
  });
  after(async () => {
    await gateway.close();
    folder.remove();
  });

  const asking = (idempotencyKey: string) => ({ asker: "test", idempotencyKey });
  const giftOfDay = (transactionNumber: string) => [
    {
      fund: fundId(1),
      channel: "alipay",
      occurredAt: "2019-01-20T08:00:00+08:00",
      transactionNumber,
      amount: fen(100n),
      providerIssued: true,
    },
  ];

  it("does not turn the answer to a repeated request into a refusal, and refuses what is new", async () => {
    const { desk } = gateway;
    const opening = { name: nameOf("back"), currency: "CNY", claimsShareBps: 9000 };
    await desk.settled(await desk.openFund(opening, asking("fund")));
    const gifts = giftOfDay("INVENTED-BACK-1");
    const first = await desk.recordDonations(gifts, asking("gift"));
    now -= 25 * 86_400;
    expect(await desk.recordDonations(gifts, asking("gift"))).to.deep.equal(first);
    const refused = await desk
      .recordDonations(giftOfDay("INVENTED-BACK-2"), asking("another"))
      .catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(DeskRefusal).with.property("field", "donations[0].occurredAt");
  });
});
