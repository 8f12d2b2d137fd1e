/** A record cannot be corrected, so a gift with a mistyped year is refused while it still can be. */
import { expect } from "chai";
import { giftOf, openFund } from "../api/books.ts";
import { at, listAt, openService, type Service } from "../service.ts";

describe("a gift from the future", () => {
  let service: Service;
  let fund: string;
  before(async () => {
    service = await openService();
    fund = await openFund(service, "asked");
  });
  after(() => service.close());

  const faultOf = async (fields: object): Promise<unknown> => {
    const donations = [{ ...giftOf(fund, "INVENTED-1"), ...fields }];
    const answer = await service.post("/v1/donations", { donations });
    expect(answer.status).to.equal(422);
    return listAt(answer.body, "errors")[0];
  };

  it("is refused from the day after the clock's tomorrow on, by the field that is wrong", async () => {
    expect(await faultOf({ occurredAt: "2099-01-02" })).to.deep.equal({
      field: "donations[0].occurredAt",
      reason: "2099-01-02 lies in the future; expected 2019-01-02 or before",
    });
    expect(at(await faultOf({ occurredAt: "2019-01-03T00:00:00+08:00" }), "field")).to.equal(
      "donations[0].occurredAt",
    );
    expect(at(await faultOf({ day: "2019-01-03" }), "field")).to.equal("donations[0].day");
    expect(at((await service.get("/v1/summary")).body, "data", "donations")).to.equal(0);
  });

  it("is taken on the clock's tomorrow, for clocks differ", async () => {
    const donations = [{ ...giftOf(fund, "INVENTED-2"), occurredAt: "2019-01-02T23:59:59+08:00" }];
    expect((await service.post("/v1/donations", { donations })).status).to.equal(201);
  });
});
