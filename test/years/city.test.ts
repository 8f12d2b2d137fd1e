/**
 * A year of a city plan that three insurers bear together: every payout and everything that comes back is split by
 * their shares, and what each of them owes reconciles with the chain, in the cash period in which it moved.
 */
import { expect } from "chai";
import { dayStart } from "../../protocol/calendar.ts";
import { adjudicate, afterwards } from "../../protocol/terms/adjudicate.ts";
import { noHistory } from "../../protocol/terms/bill.ts";
import { demonstrationCity } from "../../protocol/terms/examples/demonstration.ts";
import { at, listAt, newYear2019, newYear2021 } from "../server/service.ts";
import { Office, refusalOf } from "./office.ts";
import { member, people } from "./people.ts";
import { amountAt, expectReconciled, paidFor, yuan } from "./reading.ts";
import { FundLine, Reckoning } from "./reckoning.ts";

const plan = demonstrationCity;
const { terms } = plan;
const newYear2020 = dayStart(20200101);
const insured = people(60, newYear2019, newYear2020);

/** What the three insurers bear of the first x fen: one takes its share of what is left, the last takes the rest. */
const partsOf = (x: bigint): readonly bigint[] => {
  const first = (x * 5_000n) / 10_000n;
  const second = ((x - first) * 3_333n) / 5_000n;
  return [first, second, x - first - second];
};

describe("a year of a city plan with three insurers", function () {
  this.timeout(180_000);
  const books = new Reckoning(new FundLine());
  /** Of policy period 1, whenever it moved. */
  const policy = { paid: 0n, recovered: 0n };
  const ordinary = paidFor(plan, "inside-and-outside");
  const drugs = paidFor(plan, "special-drugs-capped");
  let office: Office;
  let city: string;
  let fund: string;
  let drugsPayout: number;
  let late: string;

  const paid = (cashPeriod: number, amount: bigint): void => {
    books.in(cashPeriod).paid += amount;
    policy.paid += amount;
  };
  const cameBack = (cashPeriod: number, amount: bigint): void => {
    books.in(cashPeriod).recovered += amount;
    policy.recovered += amount;
  };

  before(async () => {
    office = await Office.open(dayStart(20181220));
    city = await office.openProgramme("city");
    fund = await office.openFund("premiums");
    await office.declare(city, 1, newYear2019, newYear2020, terms);
    await office.declare(city, 2, newYear2020, newYear2021, terms);
    await office.enrol(city, 1, 11_100n, insured, 120);
    await office.donate(fund, 20181215, [60_000_000n, 55_555_555n], "bank");
    await office.allocate(fund, city, 100_000_000n);
    books.allocate(1, 100_000_000n);
    office.waitUntil(dayStart(20190701));
  });
  after(() => office.close());

  it("names its insurers and their shares before the first payment, and never changes them", async () => {
    await office.declareInsurers(city, 1, plan.insurers);
    const period = at(await office.read(`/v1/programmes/${city}/periods`), 0);
    expect(listAt(period, "insurers", "insurers").map((each) => at(each, "shareBps"))).to.deep.equal([
      5_000, 3_333, 1_667,
    ]);
    expect(await refusalOf(office.declareInsurers(city, 1, plan.insurers))).to.include("InsurersFixed");
    const page = await office.page("zh", `/p/${city}/period/1`);
    for (const { name } of plan.insurers) expect(page).to.include(name.zh);
  });

  it("pays a person's second bill of the year with the deductible used up", async () => {
    const [first = "", capped = ""] = await office.file(city, 1, [
      { member: member(insured, 0), incident: "2019-03-01", requested: ordinary.requested },
      { member: member(insured, 1), incident: "2019-03-02", requested: drugs.requested },
    ]);
    await office.approve(
      { claim: first, amount: ordinary.payable, remaining: ordinary.remaining },
      { claim: capped, amount: drugs.payable, remaining: drugs.remaining },
    );
    [, drugsPayout = 0] = await office.pay(first, capped);
    paid(1, ordinary.payable);
    paid(1, drugs.payable);

    const history = afterwards(terms, noHistory, adjudicate(terms, ordinary.claim.bill));
    const bill = paidFor(plan, "second-claim").claim.bill;
    const { payable, remaining } = adjudicate(terms, bill, history);
    expect(payable).to.equal(720_006n);
    const [second = ""] = await office.file(city, 1, [
      { member: member(insured, 0), incident: "2019-05-01", requested: payable + remaining },
    ]);
    await office.approve({ claim: second, amount: payable, remaining });
    await office.pay(second);
    paid(1, payable);
  });

  it("rejects a benefit that the terms do not pay", async () => {
    const service = paidFor(plan, "service-not-paid");
    expect(service.payable).to.equal(0n);
    const [claim = ""] = await office.file(city, 1, [
      {
        member: member(insured, 2),
        incident: "2019-05-02",
        requested: service.requested,
        benefit: "service",
      },
    ]);
    await office.decide("reject", claim, "terms");
    expect(at(await office.read(`/v1/claims/${claim}`), "state")).to.equal("rejected");
  });

  it("pays again what the bank returned, from new places of the reserve, for the same claim", async () => {
    const [claim = "", next = ""] = await office.file(city, 1, [
      { member: member(insured, 3), incident: "2019-06-01", requested: ordinary.requested },
      { member: member(insured, 4), incident: "2019-06-02", requested: ordinary.requested },
    ]);
    for (const each of [claim, next]) {
      await office.approve({ claim: each, amount: ordinary.payable, remaining: ordinary.remaining });
    }
    const [payout = 0] = await office.pay(claim);
    paid(1, ordinary.payable);
    await office.returnPayout(payout);
    cameBack(1, ordinary.payable);
    const returned = await office.read(`/v1/claims/${claim}`);
    expect(at(returned, "state")).to.equal("approved");
    expect(at(returned, "claimsAhead")).to.equal(0);
    expect(await refusalOf(office.pay(next))).to.include("NotQueueHead");
    await office.pay(claim, next);
    paid(1, ordinary.payable);
    paid(1, ordinary.payable);

    const shown = await office.read(`/v1/claims/${claim}`);
    const starts = listAt(shown, "payouts").map((each) => BigInt(String(at(each, "reserveStart"))));
    expect(starts).to.have.length(2);
    expect((starts[1] ?? 0n) - (starts[0] ?? 0n)).to.equal(ordinary.payable);
    expect(amountAt(shown, "paid")).to.equal(2n * ordinary.payable);
    expect(amountAt(shown, "recovered")).to.equal(ordinary.payable);
    expect(listAt(shown, "steps").map((step) => at(step, "step"))).to.deep.equal([
      "filed",
      "approved",
      "paid",
      "returned",
      "paid",
    ]);
  });

  it("rolls the year with one claim approved: its money is carried forward, and promised", async () => {
    office.waitUntil(dayStart(20191215));
    [late = ""] = await office.file(city, 1, [
      { member: member(insured, 5), incident: "2019-12-01", requested: drugs.requested },
    ]);
    await office.approve({ claim: late, amount: drugs.payable, remaining: drugs.remaining });
    office.waitUntil(newYear2020 + 3_600);
    await office.closePeriods(city);
    await expectReconciled(office, city, 1, books.waterfall(1));
  });

  it("splits what is paid and comes back next year by the shares of the policy year", async () => {
    office.waitUntil(dayStart(20200220));
    await office.pay(late);
    paid(2, drugs.payable);
    await office.recover(drugsPayout, 3_333_333n);
    cameBack(2, 3_333_333n);
    office.waitUntil(newYear2021 + 60);
    await office.closePeriods(city);
    await expectReconciled(office, city, 2, books.waterfall(2));
  });

  it("gives every insurer a statement that reconciles with the chain, by cash period", async () => {
    const statements = await Promise.all(
      [1, 2, 3].map((ordinal) =>
        office.read(`/v1/programmes/${city}/periods/1/insurers/${ordinal}/statement`),
      ),
    );
    const [borne, due] = [partsOf(policy.paid), partsOf(policy.recovered)];
    for (const [index, statement] of statements.entries()) {
      expect(at(statement, "reconciles")).to.equal(true);
      expect(amountAt(statement, "part", "paid")).to.equal(borne[index]);
      expect(amountAt(statement, "part", "recovered")).to.equal(due[index]);
      for (const name of ["sum", "ledger"]) {
        expect(amountAt(statement, name, "paid"), name).to.equal(policy.paid);
        expect(amountAt(statement, name, "recovered"), name).to.equal(policy.recovered);
      }
      const cash = listAt(statement, "cashPeriods").map((total) => [
        at(total, "cashPeriod"),
        amountAt(total, "gross", "paid"),
        amountAt(total, "gross", "recovered"),
      ]);
      expect(cash).to.deep.equal([
        [1, books.in(1).paid, books.in(1).recovered],
        [2, books.in(2).paid, books.in(2).recovered],
      ]);
      const lines = listAt(statement, "lines");
      expect(lines).to.have.length(9);
    }
    const parts = [0, 1, 2].map((index) => amountAt(statements[index], "part", "paid"));
    expect(parts.reduce((sum, part) => sum + part, 0n)).to.equal(policy.paid);
    const page = await office.page("en", `/p/${city}/period/1/insurer/2`);
    for (const part of [borne[1], due[1]]) expect(page).to.include(yuan(part ?? 0n));
  });

  it("shows on the period's page what each insurer bears so far", async () => {
    const page = await office.page("en", `/p/${city}/period/1`);
    for (const part of partsOf(policy.paid)) expect(page).to.include(yuan(part));
  });
});
