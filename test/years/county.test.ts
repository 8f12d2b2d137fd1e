/**
 * A year of the reference programme: a county insured from one fund, on the county's complete terms, from the first
 * gift to the rolled period, through the API.
 */
import { expect } from "chai";
import { dayStart } from "../../protocol/calendar.ts";
import { fen } from "../../protocol/amounts.ts";
import { periodNumber, programmeId } from "../../protocol/ids.ts";
import { parseCode } from "../../protocol/codes/code.ts";
import { adjudicate } from "../../protocol/terms/adjudicate.ts";
import { usedBefore } from "../../protocol/terms/examples/demonstration-plan.ts";
import { demonstrationCounty } from "../../protocol/terms/examples/demonstration.ts";
import { at, listAt, newYear2019, newYear2021 } from "../server/service.ts";
import { Office, refusalOf } from "./office.ts";
import { member, people } from "./people.ts";
import { amountAt, expectLawsKept, expectReconciled, paidFor, periodIn, yuan } from "./reading.ts";
import { FundLine, Reckoning } from "./reckoning.ts";
import { provenRoster } from "./proven-roster.ts";

const plan = demonstrationCounty;
const { terms } = plan;
const newYear2020 = dayStart(20200101);
const newYear2022 = dayStart(20220101);
const insured = people(40, newYear2019, newYear2020);
const elsewhere = 29_381;

describe("a year of a county programme", function () {
  this.timeout(180_000);
  const books = new Reckoning(new FundLine());
  const ordinary = paidFor(plan, "after-three-layers");
  const large = paidFor(plan, "cover-binds");
  const small = paidFor(plan, "rounded-down");
  let office: Office;
  let county: string;
  let fund: string;
  let batch: string;
  let expense: number;
  let waiting: string;
  let undecided: string;

  before(async () => {
    office = await Office.open(dayStart(20181220));
    county = await office.openProgramme("county");
    fund = await office.openFund("fund");
    await office.declare(county, 1, newYear2019, newYear2020, terms);
    await office.declare(county, 2, newYear2020, newYear2021, terms);
    await office.declare(county, 3, newYear2021, newYear2022, terms);
  });
  after(() => office.close());

  const numberOf = (code: string): number => {
    const parsed = parseCode(code);
    if (!parsed.ok || parsed.code.kind !== "programme") throw new Error(code);
    return parsed.code.programme;
  };

  it("publishes its terms in words and by digest, with cover and filing deadline on the chain", async () => {
    const period = await periodIn(office, county, 1);
    expect(at(period, "terms")).to.equal(plan.digest);
    expect(amountAt(period, "cover")).to.equal(10_000_000n);
    expect(at(period, "filingDeadline")).to.equal("2020-06-29T00:00:00+08:00");
    const page = await office.page("en", `/p/${county}/period/1`);
    expect(page).to.include("77.77");
  });

  it("insures a whole county by batches, and shows them with their denominator", async () => {
    await office.enrol(county, 1, terms.premiumPerHead ?? fen(0n), insured, 29_421);
    const more = { premiumPerHead: "3333", denominator: 29_500 };
    await office.appendRoster(county, 1, { ...more, root: `0x${"5a".repeat(32)}`, count: elsewhere });
    const period = await periodIn(office, county, 1);
    expect(at(period, "enrolment", "people")).to.equal(29_421);
    expect(at(period, "enrolment", "denominator")).to.equal(29_500);
    expect(amountAt(period, "enrolment", "premiums")).to.equal(29_421n * 3_333n);
    const page = await office.page("en", `/p/${county}/period/1`);
    for (const text of ["29,421", "29,500", yuan(29_421n * 3_333n)]) expect(page).to.include(text);
  });

  it("puts nine tenths of what is allocated into the claims reserve", async () => {
    batch = await office.donate(fund, 20181210, [20_000_000n, 9_999_999n, 1n]);
    await office.donate(fund, 20181210, [5_000n], "wechat");
    await office.allocate(fund, county, 25_000_000n);
    books.allocate(1, 25_000_000n);
    office.waitUntil(newYear2019 + 60 * 86_400);
    expense = await office.spend(county, 123_456n);
    books.in(1).expenses += 123_456n;
    const partition = at(await office.read(`/v1/programmes/${county}`), "partition");
    expect(amountAt(partition, "inReserve")).to.equal(22_500_000n);
    expect(amountAt(partition, "operatingSpent")).to.equal(123_456n);
  });

  it("pays what the terms pay, in queue order, and only a hold lets a claim be overtaken", async () => {
    const [first = "", second = "", third = ""] = await office.file(county, 1, [
      { member: member(insured, 0), incident: "2019-02-03", requested: ordinary.requested },
      { member: member(insured, 1), incident: "2019-02-04", requested: large.requested },
      { member: member(insured, 2), incident: "2019-02-05", requested: small.requested },
    ]);
    await office.approve(
      { claim: first, amount: ordinary.payable, remaining: ordinary.remaining },
      { claim: second, amount: large.payable, remaining: large.remaining },
      { claim: third, amount: small.payable, remaining: small.remaining },
    );
    expect(await refusalOf(office.pay(second))).to.include("NotQueueHead");
    await office.decide("hold", first, "evidence");
    expect(at(await office.read(`/v1/claims/${first}`), "state")).to.equal("onHold");
    await office.pay(second);
    await office.release(first);
    expect(await refusalOf(office.pay(third))).to.include("NotQueueHead");
    await office.pay(first, third);
    books.in(1).paid += ordinary.payable + large.payable + small.payable;

    const shown = await office.read(`/v1/claims/${first}`);
    expect(listAt(shown, "steps").map((step) => at(step, "step"))).to.deep.equal([
      "filed",
      "approved",
      "held",
      "released",
      "paid",
    ]);
    expect(amountAt(shown, "remaining")).to.equal(ordinary.remaining);
    const page = await office.page("en", `/c/${first}`);
    for (const amount of [ordinary.payable, ordinary.requested]) expect(page).to.include(yuan(amount));
  });

  it("keeps a person's claims of the year within the cover, until a recovery releases some of it", async () => {
    const [again = ""] = await office.file(county, 1, [
      { member: member(insured, 1), incident: "2019-02-20", requested: ordinary.requested },
    ]);
    expect(await refusalOf(office.approve({ claim: again, amount: 1n }))).to.include("CoverExceeded");
    const payouts = listAt(await office.read(`/v1/claims?programme=${county}&state=paid`))
      .flatMap((claim) => listAt(claim, "payouts"))
      .filter((payout) => amountAt(payout, "amount") === large.payable);
    await office.recover(Number(at(payouts[0], "payout")), 2_000_000n);
    books.in(1).recovered += 2_000_000n;

    const history = usedBefore("80000", ["remaining-cost", "0", "80000"]);
    const { payable, remaining } = adjudicate(terms, ordinary.claim.bill, history);
    expect(payable).to.equal(ordinary.payable);
    await office.approve({ claim: again, amount: payable, remaining });
    await office.pay(again);
    books.in(1).paid += payable;
    const recoveries = listAt(await office.read(`/v1/recoveries?programme=${county}`));
    expect(recoveries.map((recovery) => at(recovery, "amountFen"))).to.deep.equal(["2000000"]);
    expect(await office.page("zh", `/p/${county}/period/1`)).to.include(yuan(2_000_000n));
  });

  it("pays nothing for what is rejected, withdrawn or cancelled", async () => {
    const fields = { incident: "2019-02-10", requested: ordinary.requested };
    const [rejected = "", withdrawn = "", cancelled = ""] = await office.file(county, 1, [
      { member: member(insured, 3), ...fields },
      { member: member(insured, 4), ...fields },
      { member: member(insured, 5), ...fields },
    ]);
    await office.decide("reject", rejected, "duplicate");
    await office.withdraw(withdrawn);
    await office.approve({ claim: cancelled, amount: ordinary.payable });
    await office.decide("cancel", cancelled, "terms");
    for (const [claim, state] of [
      [rejected, "rejected"],
      [withdrawn, "withdrawn"],
      [cancelled, "cancelled"],
    ] as const) {
      expect(at(await office.read(`/v1/claims/${claim}`), "state")).to.equal(state);
      expect(await refusalOf(office.pay(claim))).to.include("WrongClaimState");
    }
    const shown = await office.read(`/v1/programmes/${county}`);
    expect(amountAt(shown, "approvedUnpaid")).to.equal(0n);
    expect(amountAt(shown, "filedUndecided")).to.equal(0n);
  });

  it("pays a person whose roster was made elsewhere, by the proof alone", async () => {
    const made = provenRoster(
      { programme: programmeId(numberOf(county)), period: periodNumber(1) },
      people(2, newYear2019, newYear2020, 900),
    );
    const body = { premiumPerHead: "3333", root: made.root, count: 2 };
    const roster = await office.appendRoster(county, 1, body);
    const fields = { incident: "2019-02-11", requested: ordinary.requested };
    const stranger = { ...made.membership(roster, 0), from: dayStart(20180101) };
    expect(await refusalOf(office.file(county, 1, [{ ...fields, member: stranger }]))).to.include("proof");
    const [claim = ""] = await office.file(county, 1, [{ ...fields, member: made.membership(roster, 1) }]);
    await office.approve({ claim, amount: ordinary.payable, remaining: ordinary.remaining });
    await office.pay(claim);
    books.in(1).paid += ordinary.payable;
    const sources = listAt(await office.read(`/v1/claims/${claim}/sources`), "sources");
    expect(
      sources.reduce<bigint>((sum, source) => sum + BigInt(String(at(source, "amountFen"))), 0n),
    ).to.equal(ordinary.payable);
  });

  it("repays a donor in part, owes it until the bank confirms, and leaves every line as it is", async () => {
    const donation = await office.giftOf(batch, 3, 9_999_999n);
    const refund = await office.refund(donation, 4_000_000n);
    expect(amountAt(await office.read(`/v1/funds/${fund}`), "refundOwed")).to.equal(4_000_000n);
    expect(await office.page("en", `/d/${donation}`)).to.include(yuan(4_000_000n));
    expect(await refusalOf(office.refund(donation, 6_000_000n))).to.include("expected at most 5999999 fen");
    await office.cover(refund, "bank");
    const shown = await office.read(`/v1/funds/${fund}`);
    expect(amountAt(shown, "refundOwed")).to.equal(0n);
    expect(amountAt(shown, "refunded")).to.equal(4_000_000n);
    expect(amountAt(shown, "partition", "total")).to.equal(30_005_000n);
  });

  it("closes the year with a claim waiting and one undecided: carried forward, and what of it is promised", async () => {
    office.waitUntil(dayStart(20191220));
    [waiting = "", undecided = ""] = await office.file(county, 1, [
      { member: member(insured, 6), incident: "2019-12-01", requested: large.requested },
      { member: member(insured, 7), incident: "2019-12-02", requested: small.requested },
    ]);
    await office.approve({ claim: waiting, amount: large.payable, remaining: large.remaining });
    expect(await refusalOf(office.pay(waiting))).to.include("ReserveTooSmall");
    const left = books.waterfall(1).closing;
    expect(amountAt(await office.read(`/v1/programmes/${county}`), "shortfall")).to.equal(
      large.payable - left,
    );
    expect(await office.page("zh", `/p/${county}`)).to.include(yuan(large.payable - left));

    office.waitUntil(newYear2020 + 3_600);
    await office.closePeriods(county);
    await expectReconciled(office, county, 1, books.waterfall(1));
    const record = at(await periodIn(office, county, 1), "record");
    expect(amountAt(record, "approvedUnpaid")).to.equal(large.payable);
    expect(amountAt(record, "filedUndecided")).to.equal(small.requested);
  });

  it("pays last year's claim once donors made the shortfall good, and files none after the deadline", async () => {
    office.waitUntil(dayStart(20200110));
    await office.donate(fund, 20200105, [300_000n]);
    await office.allocate(fund, county, 300_000n);
    books.allocate(2, 300_000n);
    await office.pay(waiting);
    books.in(2).paid += large.payable;
    await office.decide("reject", undecided, "terms");
    expect(amountAt(await periodIn(office, county, 1), "policyPaid")).to.equal(
      books.waterfall(1).paid + large.payable,
    );
    const late = { member: member(insured, 8), incident: "2019-12-03", requested: small.requested };
    office.waitUntil(dayStart(20200630));
    expect(await refusalOf(office.file(county, 1, [late]))).to.include("its filing deadline");

    office.waitUntil(newYear2021 + 60);
    await office.closePeriods(county);
    await expectReconciled(office, county, 2, books.waterfall(2));
  });

  it("carries what auditors, the foundation and a provider put on record", async () => {
    const subject = { programme: county, period: 1 };
    await office.attest(subject, "the first year");
    const finding = await office.openFinding({ programme: county }, "a voucher");
    await office.onFinding(finding, "answer", "the voucher that was found");
    await office.onFinding(finding, "close", "the voucher as it should be");
    await office.openFinding({}, "the whole ledger");
    await office.confirm("alipay", 20181210, 3, 30_000_000n);
    await office.correct("expense", expense, "the date of a voucher");
    await office.noteHead();

    const findings = listAt(await office.read("/v1/findings"));
    expect(findings.map((each) => at(each, "state"))).to.have.members(["closed", "open"]);
    expect(listAt(await office.read("/v1/attestations"))).to.have.length(1);
    expect(listAt(await office.read("/v1/corrections"))).to.have.length(1);
    expect(listAt(await office.read("/v1/heads"))).to.have.length(1);
    const days = listAt(await office.read("/v1/channel-days")).map((each) =>
      ["channel", "day", "state"].map((name) => String(at(each, name))).join(" "),
    );
    expect(days.toSorted()).to.deep.equal([
      "alipay 20181210 confirmed",
      "alipay 20200105 unconfirmed",
      "wechat 20181210 unconfirmed",
    ]);
    const audit = await office.page("en", "/audit");
    for (const about of ["the first year", "a voucher", "the whole ledger"]) {
      expect(audit).to.include(`About ${about} (invented)`);
    }
  });

  it("keeps every law", async () => {
    await expectLawsKept(office);
  });
});
