/** What the API answers about insurance, aid, refunds and audit, figure by figure. */
import { expect } from "chai";
import { at, listAt } from "../service.ts";
import { donationCode, openBooks, type Books } from "./books.ts";
import { insure, statementOf, type Insured } from "./insured.ts";

const cny = (amount: string) => ({ amount, currency: "CNY" });

describe("answers about insurance", function () {
  this.timeout(60_000);
  let books: Books;
  let insured: Insured;
  before(async () => {
    books = await openBooks();
    insured = await insure(books);
  });
  after(() => books.service.close());

  const data = async (url: string): Promise<unknown> => {
    const { status, body } = await books.service.get(url);
    expect(status, url).to.equal(200);
    return at(body, "data");
  };
  const list = async (url: string): Promise<readonly unknown[]> => listAt(await data(url));

  it("a claim tells its state, why, what was paid and came back, and every step", async () => {
    const { claims } = insured;
    const states = await Promise.all(
      Object.values(claims).map(async (code) => at(await data(`/v1/claims/${code}`), "state")),
    );
    expect(states).to.deep.equal(["paid", "paid", "rejected", "withdrawn", "onHold", "cancelled", "paid"]);
    const recovered = await data(`/v1/claims/${claims.recovered}`);
    expect(recovered).to.deep.include({ approved: cny("900"), paid: cny("900"), recovered: cny("300") });
    expect(at(recovered, "payouts", 0, "recovered")).to.deep.equal(cny("300"));
    const returned = await data(`/v1/claims/${claims.returned}`);
    expect(returned).to.deep.include({ paid: cny("1800"), recovered: cny("900") });
    expect(listAt(returned, "steps").map((step) => at(step, "step"))).to.deep.equal([
      "filed",
      "approved",
      "paid",
      "returned",
      "paid",
    ]);
    expect(at(await data(`/v1/claims/${claims.rejected}`), "reason")).to.equal("terms");
    const held = await data(`/v1/claims/${claims.held}`);
    expect(at(held, "reason")).to.equal("other");
    expect(at(held, "claimsAhead")).to.equal(undefined);
    expect(listAt(held, "steps").map((step) => at(step, "reason"))).to.deep.equal([
      undefined,
      undefined,
      "evidence",
      undefined,
      "other",
    ]);
    const steps = listAt(held, "steps").map((step) => at(step, "amount"));
    expect(steps).to.deep.equal([cny("1000"), cny("900"), undefined, undefined, undefined]);
  });

  it("a grant names the claim that it follows, and the claim its grants and what is left for more", async () => {
    const aided = await data(`/v1/claims/${insured.claims.aided}`);
    expect(aided).to.deep.include({
      remaining: cny("500"),
      granted: cny("400"),
      grants: [insured.grant],
      roster: 2,
      incident: "2019-01-03",
    });
    const grant = await data(`/v1/claims/${insured.grant}`);
    expect(grant).to.deep.include({ aidOf: insured.claims.aided, benefit: "service", grants: [] });
    expect(Object(grant)).to.not.have.any.keys("incident", "roster", "person");
  });

  it("a claim's sources are what stands in it, a payout's what it took, with the way of the money", async () => {
    const { recovered, returned } = insured.claims;
    expect(at(await data(`/v1/claims/${recovered}/sources`), "totalFen")).to.equal("600");
    expect(at(await data(`/v1/payouts/${insured.payouts[0]}/sources`), "totalFen")).to.equal("900");
    expect(at(await data(`/v1/claims/${returned}/sources`), "totalFen")).to.equal("900");
    const traces = books.batches.flatMap((batch) => [0, 1, 2, 3].map((index) => donationCode(batch, index)));
    const slices: unknown[] = [];
    for (const code of traces) {
      const { status, body } = await books.service.get(`/v1/donations/${code}/trace`);
      if (status === 200) slices.push(...listAt(body, "data", "slices"));
    }
    const back = slices.find((slice) => at(slice, "via", "kind") === "recovery");
    expect(at(back, "hops")).to.equal(1);
    expect(at(back, "via", "from")).to.be.oneOf([recovered, returned]);
    expect(at(back, "via", "at", "block")).to.be.a("number");
    const moved = slices.find((slice) => at(slice, "via", "kind") === "move");
    expect(at(moved, "via", "from")).to.equal(insured.ended);
    expect(at(moved, "programme")).to.equal(insured.city);
    const direct = slices.filter((slice) => at(slice, "hops") === 0);
    expect(direct.every((slice) => at(slice, "via") === undefined)).to.equal(true);
  });

  it("recoveries and moves are told by their records, and the periods and programmes add them up", async () => {
    const [first, second, ...others] = await list("/v1/recoveries");
    expect(others).to.deep.equal([]);
    expect(first).to.deep.include({ claim: insured.claims.recovered, amountFen: "300", returned: false });
    expect(second).to.deep.include({ claim: insured.claims.returned, amountFen: "900", returned: true });
    expect(await list(`/v1/recoveries?claim=${insured.claims.returned}`)).to.deep.equal([second]);
    const [move] = await list("/v1/moves");
    expect(move).to.deep.include({ from: insured.ended, to: insured.city, reserveAmount: cny("630") });
    expect(at(move, "operationsAmount")).to.deep.equal(cny("70"));
    const city = await data(`/v1/programmes/${insured.city}`);
    expect(at(city, "partition")).to.deep.include({
      allocated: cny("20000"),
      movedIn: cny("700"),
      movedOut: cny("0"),
      paid: cny("2400"),
    });
    expect(at(city, "claims")).to.deep.equal({ filed: 0, approved: 0, onHold: 1, paid: 3 });
    const [period] = await list(`/v1/programmes/${insured.city}/periods`);
    expect(at(period, "record")).to.deep.include({
      recovered: cny("1200"),
      movedIn: cny("630"),
      paid: cny("3600"),
      operationsMovedIn: cny("70"),
    });
    expect(period).to.deep.include({ policyPaid: cny("3600"), policyRecovered: cny("1200") });
  });

  it("an enrolment is its rosters' people and premiums", async () => {
    const [period] = await list(`/v1/programmes/${insured.city}/periods`);
    expect(at(period, "enrolment")).to.deep.equal({ people: 12, premiums: cny("36000"), rosters: 2 });
    const rosters = await list(`/v1/programmes/${insured.city}/periods/1/rosters`);
    expect(rosters.map((roster) => at(roster, "count"))).to.deep.equal([8, 4]);
    expect(at(rosters[0], "premiumPerHead")).to.deep.equal(cny("3000"));
  });

  it("insurers' parts add up to what was paid and came back, and each statement to its part", async () => {
    const url = `/v1/programmes/${insured.city}/periods/1/insurers`;
    const insurers = listAt(await data(url), "insurers");
    expect(insurers.map((insurer) => at(insurer, "name"))).to.deep.equal(insured.insurers);
    expect(insurers.map((insurer) => at(insurer, "shareBps"))).to.deep.equal([6_667, 3_333]);
    // floor(3600 × 0.6667) = 2400 and the rest; floor(1200 × 0.6667) = 800 and the rest.
    expect(insurers.map((insurer) => at(insurer, "part"))).to.deep.equal([
      { paid: cny("2400"), recovered: cny("800"), net: cny("1600") },
      { paid: cny("1200"), recovered: cny("400"), net: cny("800") },
    ]);
    for (const [index, insurer] of insurers.entries()) {
      const statement = await data(`${url}/${index + 1}/statement`);
      expect(at(statement, "part")).to.deep.equal(at(insurer, "part"));
      expect(at(statement, "ledger")).to.deep.equal({
        paid: cny("3600"),
        recovered: cny("1200"),
        net: cny("2400"),
      });
      expect(at(statement, "sum")).to.deep.equal(at(statement, "ledger"));
      expect(at(statement, "cashPeriods", 0, "part")).to.deep.equal(at(insurer, "part"));
      const closing = at(listAt(statement, "lines").at(-1), "closing");
      expect(closing).to.deep.equal(at(insurer, "part", "net"));
    }
  });

  it("a gift that was repaid in part tells so, and the fund what the foundation still owes", async () => {
    const donation = await data(`/v1/donations/${books.donations[2]}`);
    const refunds = listAt(donation, "refunds");
    expect(refunds.map((refund) => [at(refund, "amount"), at(refund, "covered", "channel")])).to.deep.equal([
      [cny("400"), "bank"],
      [cny("100"), undefined],
    ]);
    const end = BigInt(String(at(donation, "end")));
    expect(refunds.map((refund) => BigInt(String(at(refund, "fundStart"))))).to.deep.equal([
      end - 400n,
      end - 500n,
    ]);
    const fund = await data(`/v1/funds/${books.fund}`);
    expect(fund).to.deep.include({ refunded: cny("500"), refundOwed: cny("100") });
    expect(await list("/v1/refunds?owed=true")).to.deep.equal([refunds[1]]);
    expect(await list(`/v1/refunds?fund=${books.restricted}`)).to.deep.equal([]);
  });

  it("audit tells what was said, of what, and whether a day's total is the provider's", async () => {
    const [whole, ofPeriod] = await list("/v1/attestations");
    expect(at(whole, "subject")).to.deep.equal({});
    expect(at(ofPeriod, "subject")).to.deep.include({ programme: insured.city, period: 1 });
    expect(at(ofPeriod, "published", "title")).to.deep.equal(statementOf("attestation of a period").title);
    const findings = await list("/v1/findings");
    expect(findings.map((finding) => at(finding, "state"))).to.deep.equal(["closed", "answered", "open"]);
    expect(at(findings[0], "answered", "text")).to.deep.equal(statementOf("answer").text);
    expect(at(findings[0], "closed", "title")).to.deep.equal(statementOf("closing").title);
    const days = await list("/v1/channel-days");
    expect(days.map((day) => [at(day, "channel"), at(day, "day"), at(day, "state")])).to.deep.equal([
      ["alipay", 20_190_102, "confirmed"],
      ["bank", 20_190_102, "differs"],
    ]);
    expect(at(days[0], "recorded")).to.deep.equal({ count: 7, sum: cny("568000") });
    expect(at(days[0], "confirmed", "earlier")).to.equal(1);
    expect(at(days[1], "recorded")).to.deep.equal({ count: 0, sum: cny("0") });
    const [batch] = await list(`/v1/funds/${books.fund}/batches`);
    expect(at(batch, "confirmation")).to.equal("confirmed");
    const corrections = await list("/v1/corrections");
    expect(corrections.map((each) => [at(each, "kind"), at(each, "record")])).to.deep.equal([
      ["claim", 1],
      ["expense", 1],
    ]);
    expect(at(corrections[0], "published", "text")).to.deep.equal(statementOf("correction").text);
    const heads = await list("/v1/heads");
    const { chain } = books.service.gateway;
    for (const head of heads) {
      const block = await chain.request({
        method: "eth_getBlockByNumber",
        params: [`0x${Number(at(head, "block")).toString(16)}`, false],
      });
      expect(at(block, "hash")).to.equal(at(head, "hash"));
    }
    expect(heads.length).to.equal(2);
  });

  it("settlement times are withheld while so few claims are settled, with no figure at all", async () => {
    for (const url of ["/v1/settlement", `/v1/programmes/${insured.city}/settlement`]) {
      const settlement = await data(url);
      expect(at(settlement, "total", "state"), url).to.equal("withheld");
      expect(JSON.stringify(settlement), url).to.not.match(/"(claims|paid|rejected|count|p50)"/);
    }
  });
});
