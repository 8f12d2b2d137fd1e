/** The worked example of the design, from the first gift to the shortfall, asked of the API alone. */
import { expect } from "chai";
import { at, codeOf, listAt, newYear2019, openService, type Service } from "../service.ts";
import { claimOf, enrol, openProgramme, peopleOf, periodOf, recorded } from "./books.ts";

const cny = (amount: string) => ({ amount, currency: "CNY" });
const year = 365 * 86_400;

describe("the worked example through the API", function () {
  this.timeout(60_000);
  let service: Service;
  const codes: Record<string, string> = {};

  const gift = (transactionNumber: string, amount: string, occurredAt = "2019-01-02T08:00:00+08:00") => ({
    fund: codes["fund"],
    channel: "alipay",
    occurredAt,
    transactionNumber,
    amount,
    currency: "CNY",
    providerIssued: true,
  });
  const openInsured = async (name: string): Promise<string> => {
    const code = await openProgramme(service, name);
    for (const [index, startYear] of [2019, 2020].entries()) {
      recorded(await service.post(`/v1/programmes/${code}/periods`, periodOf(index + 1, startYear)));
      recorded(await enrol(service, code, index + 1, peopleOf(3, startYear)));
    }
    return code;
  };
  const fileAndApprove = async (
    policyPeriod: number,
    incident: string,
    amount: string,
    slip: string,
  ): Promise<string> => {
    const claims = [{ ...claimOf(codes["P"] ?? "", amount, slip), policyPeriod, incident }];
    const claim = codeOf(await service.post("/v1/claims", { claims }), "ClaimFiled");
    const approved = await service.post("/v1/claims/approve", {
      claims: [{ claim, amount, currency: "CNY" }],
    });
    expect(approved.status, JSON.stringify(approved.body)).to.equal(201);
    return claim;
  };

  before(async () => {
    service = await openService(newYear2019);
  });
  after(() => service.close());

  it("records gifts of 1, 999 and 10,000 fen and gives each its share of the promise", async () => {
    const opened = await service.post("/v1/funds", {
      name: { zh: "演示基金", en: "Example fund" },
      currency: "CNY",
      claimsShareBps: 9000,
    });
    codes["fund"] = codeOf(opened, "FundOpened");
    for (const [number, amount, share] of [
      ["EXAMPLE-A", "1", "0"],
      ["EXAMPLE-B", "999", "900"],
      ["EXAMPLE-C", "10000", "9000"],
    ] as const) {
      const answer = await service.post("/v1/donations", { donations: [gift(number, amount)] });
      codeOf(answer, "BatchRecorded");
      const found = await service.post("/v1/donations/find", { transactionNumber: number, amount });
      expect(found.status, JSON.stringify(found.body)).to.equal(200);
      const code = String(at(found.body, "data", "code"));
      codes[number] = code;
      const donation = await service.get(`/v1/donations/${code}`);
      expect(at(donation.body, "data", "claimsShare")).to.deep.equal(cny(share));
    }
  });

  it("allocates 5,500 to P and to Q: 4,950 to each reserve, 550 to operations", async () => {
    codes["P"] = await openInsured("P");
    codes["Q"] = await openInsured("Q");
    for (const name of ["P", "Q"]) {
      const answer = await service.post(`/v1/programmes/${codes[name]}/allocations`, {
        fund: codes["fund"],
        ...cny("5500"),
      });
      codeOf(answer, "PremiumAllocated");
      const programme = await service.get(`/v1/programmes/${codes[name]}`);
      expect(at(programme.body, "data", "partition")).to.deep.include({
        inReserve: cny("4950"),
        operatingUnspent: cny("550"),
      });
    }
  });

  it("pays claim 1 of 4,000 from B (900) and C (3,100)", async () => {
    const claim = await fileAndApprove(1, "2019-01-01", "4000", "SLIP-1");
    const paid = await service.post("/v1/claims/pay", { claims: [{ claim, paymentNumber: "PAY-1" }] });
    expect(codeOf(paid, "ClaimPaid")).to.equal(claim);
    const sources = await service.get(`/v1/claims/${claim}/sources`);
    const amounts = listAt(sources.body, "data", "sources").map((source) => at(source, "amountFen"));
    expect(amounts).to.deep.equal(["900", "3100"]);
    const trace = await service.get(`/v1/donations/${codes["EXAMPLE-B"]}/trace`);
    expect(at(trace.body, "data", "partition")).to.deep.include({ paid: cny("900"), total: cny("999") });
  });

  it("closes the year with 950 carried forward, whoever acts", async () => {
    service.clock.advanceTo(newYear2019 + year + 86_400);
    const before = await service.get(`/v1/programmes/${codes["P"]}/periods`);
    expect(at(before.body, "data", 0)).to.deep.include({ state: "closed" });
    expect(at(before.body, "data", 0, "record")).to.deep.include({ closing: cny("950") });
    codeOf(await service.post(`/v1/programmes/${codes["P"]}/close`), "PeriodClosed");
    const after = await service.get(`/v1/programmes/${codes["P"]}/periods`);
    const records = (body: unknown) => listAt(body, "data").map((each) => at(each, "record"));
    expect(records(after.body)).to.deep.equal(records(before.body));
  });

  it("lets claim 2 of 1,200 wait for 250, until a gift of 278 is allocated", async () => {
    const claim = await fileAndApprove(2, "2020-01-02", "1200", "SLIP-22");
    const refused = await service.post("/v1/claims/pay", { claims: [{ claim, paymentNumber: "PAY-2" }] });
    expect(refused.status).to.equal(409);
    expect(at(refused.body, "detail")).to.equal("ReserveTooSmall: available 950, required 1200");
    const short = await service.get(`/v1/programmes/${codes["P"]}`);
    expect(at(short.body, "data", "shortfall")).to.deep.equal(cny("250"));

    const topUp = gift("EXAMPLE-D", "278", "2020-01-02T08:00:00+08:00");
    codeOf(await service.post("/v1/donations", { donations: [topUp] }), "BatchRecorded");
    const allocated = await service.post(`/v1/programmes/${codes["P"]}/allocations`, {
      fund: codes["fund"],
      ...cny("278"),
    });
    codeOf(allocated, "PremiumAllocated");
    const paid = await service.post("/v1/claims/pay", { claims: [{ claim, paymentNumber: "PAY-2" }] });
    expect(codeOf(paid, "ClaimPaid")).to.equal(claim);
    const summary = await service.get("/v1/summary");
    expect(at(summary.body, "data", "currencies", 0)).to.deep.include({ shortfall: cny("0") });
    const laws = await service.get("/v1/audit");
    const checks = listAt(laws.body, "data");
    expect(checks.length).to.be.greaterThan(4);
    expect(checks.filter((law) => at(law, "holds") !== true)).to.deep.equal([]);
  });

  it("answers the same after a restart, at the same block", async () => {
    const before = await service.get("/v1/summary");
    await service.restart();
    expect((await service.get("/v1/summary")).body).to.deep.equal(before.body);
  });
});
