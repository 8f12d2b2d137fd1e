/** How a gift stands to the books before it is recorded: what an import decides by. */
import { expect } from "chai";
import { giftOf, openFund, recorded } from "../api/books.ts";
import { listAt, openService, type Service } from "../service.ts";

describe("the standing of a gift", function () {
  this.timeout(30_000);
  let service: Service;
  let fund: string;
  let otherFund: string;
  before(async () => {
    service = await openService();
    fund = await openFund(service, "asked");
    otherFund = await openFund(service, "other");
    recorded(await service.post("/v1/donations", { donations: [giftOf(fund, "INVENTED-1")] }));
  });
  after(() => service.close());

  const standingOf = async (...donations: readonly object[]): Promise<readonly unknown[]> => {
    const before = (await service.get("/v1/summary")).body;
    const answer = await service.post("/v1/donations/standing", { donations });
    expect((await service.get("/v1/summary")).body, "nothing is written").to.deep.equal(before);
    return listAt(answer.body, "standing");
  };

  it("is new for another number and for the same number in another channel", async () => {
    const inOtherChannel = { ...giftOf(fund, "INVENTED-1"), channel: "bank" };
    expect(await standingOf(giftOf(fund, "INVENTED-2"), inOtherChannel)).to.deep.equal(["new", "new"]);
  });

  it("is recorded where amount, fund and time are equal, however the number is spaced", async () => {
    expect(await standingOf(giftOf(fund, "INVENTED-1"))).to.deep.equal(["recorded"]);
    expect(await standingOf(giftOf(fund, " INVENTED-1 "))).to.deep.equal(["recorded"]);
  });

  it("is a conflict where one of amount, fund and time differs", async () => {
    const gift = giftOf(fund, "INVENTED-1");
    const others = [
      { ...gift, amount: "1001" },
      { ...gift, fund: otherFund },
      { ...gift, occurredAt: "2019-01-02T08:00:01+08:00" },
      { ...gift, occurredAt: "2019-01-02" },
    ];
    for (const other of others) expect(await standingOf(other)).to.deep.equal(["conflict"]);
  });
});
