/** A year of long-term care: allowances in cash, home visits as a service, rented devices, each by its own rule. */
import { expect } from "chai";
import { dayStart } from "../../protocol/calendar.ts";
import { parseAmount } from "../../protocol/amounts.ts";
import type { BenefitKind } from "../../protocol/ledger/events.ts";
import { adjudicate, afterwards } from "../../protocol/terms/adjudicate.ts";
import { noHistory, type Bill, type History } from "../../protocol/terms/bill.ts";
import { demonstrationCare } from "../../protocol/terms/examples/demonstration.ts";
import type { Scope } from "../../protocol/terms/types.ts";
import { at, listAt, newYear2019, newYear2021 } from "../server/service.ts";
import { Office } from "./office.ts";
import { member, people } from "./people.ts";
import { expectLawsKept, expectReconciled, periodIn, yuan } from "./reading.ts";
import { FundLine, Reckoning } from "./reckoning.ts";

const { terms } = demonstrationCare;
const newYear2020 = dayStart(20200101);
const insured = people(30, newYear2019, newYear2020);
const months = [1, 2, 3, 4, 5, 6, 7];
const hour = 3_600;

const billOf = (benefit: BenefitKind, scope: Scope, cost: string): Bill => ({
  benefit,
  preExisting: false,
  items: [{ scope, cost: parseAmount(cost), paidFirst: [] }],
  paidByOthers: parseAmount("0"),
});

describe("a year of long-term care", function () {
  this.timeout(180_000);
  // All of this fund is for claims: the promise may be the whole.
  const books = new Reckoning(new FundLine(10n));
  const histories = new Map<number, History>();
  let office: Office;
  let care: string;
  let lastPayout: number;

  /** Files, decides and pays one bill of a person; answers the claim and what the terms paid. */
  const settle = async (
    person: number,
    incident: string,
    bill: Bill,
  ): Promise<{ readonly claim: string; readonly payable: bigint }> => {
    const history = histories.get(person) ?? noHistory;
    const decided = adjudicate(terms, bill, history);
    histories.set(person, afterwards(terms, history, decided));
    const { payable, remaining } = decided;
    const [claim = ""] = await office.file(care, 1, [
      {
        member: member(insured, person),
        incident,
        requested: payable + remaining,
        benefit: bill.benefit,
      },
    ]);
    office.waitUntil(office.service.clock.now() + hour);
    await office.approve({ claim, amount: payable, remaining });
    office.waitUntil(office.service.clock.now() + 2 * hour);
    [lastPayout = 0] = await office.pay(claim);
    books.in(1).paid += payable;
    return { claim, payable };
  };

  before(async () => {
    office = await Office.open(dayStart(20181220));
    care = await office.openProgramme("care");
    const fund = await office.openFund("care", { claimsShareBps: 10_000 });
    await office.declare(care, 1, newYear2019, newYear2020, terms);
    await office.declare(care, 2, newYear2020, newYear2021, terms);
    await office.enrol(care, 1, 9_900n, insured, 30);
    await office.donate(fund, 20181215, [1_234_567n], "bank");
    await office.allocate(fund, care, 1_234_567n);
    books.allocate(1, 1_234_567n);
  });
  after(() => office.close());

  it("pays a month's allowance every month, and no more than its cap", async () => {
    for (const month of months) {
      office.waitUntil(dayStart(20190000 + month * 100 + 28));
      const day = `2019-${String(month).padStart(2, "0")}-27`;
      const { payable } = await settle(0, day, billOf("cash", "careAllowance", "200"));
      expect(payable).to.equal(20_000n);
    }
    const { payable } = await settle(1, "2019-07-27", billOf("cash", "careAllowance", "300"));
    expect(payable).to.equal(22_200n);
  });

  it("pays home visits as a service and devices as devices, and says so on their pages", async () => {
    const visits = await settle(2, "2019-06-20", billOf("service", "careVisits", "533.28"));
    expect(visits.payable).to.equal(41_473n);
    const device = await settle(3, "2019-06-21", billOf("device", "careDevices", "2624.89"));
    expect(device.payable).to.equal(233_300n);
    for (const [claim, benefit] of [
      [visits.claim, "service"],
      [device.claim, "device"],
    ]) {
      expect(at(await office.read(`/v1/claims/${claim}`), "benefit")).to.equal(benefit);
    }
    const page = await office.page("en", `/c/${visits.claim}`);
    expect(page).to.match(/service/i);
    expect(page).to.include(yuan(41_473n));
    expect(await office.page("zh", `/c/${device.claim}`)).to.include("器具");
  });

  it("stops at the period's cap for devices, over several claims of a person", async () => {
    const { payable } = await settle(3, "2019-06-25", billOf("device", "careDevices", "4000"));
    expect(payable).to.equal(100_000n);
    expect(adjudicate(terms, billOf("device", "careDevices", "10"), histories.get(3)).payable).to.equal(0n);
  });

  it("takes back what a device cost for the months in which it was not used", async () => {
    await office.recover(lastPayout, 44_440n);
    books.in(1).recovered += 44_440n;
    const recoveries = listAt(await office.read(`/v1/recoveries?programme=${care}`));
    expect(recoveries.map((each) => at(each, "amountFen"))).to.deep.equal(["44440"]);
  });

  it("ends in a rolled year whose figures reconcile to the fen", async () => {
    office.waitUntil(newYear2020 + 60);
    await office.closePeriods(care);
    await expectReconciled(office, care, 1, books.waterfall(1));
    expect(at(await periodIn(office, care, 1), "claimsPaid")).to.equal(11);
    await expectLawsKept(office);
  });

  it("says how fast its claims were decided and paid, once the year is over and none is open", async () => {
    const path = `/v1/programmes/${care}/settlement`;
    expect(at(await office.read(path), "groups", 0, "state")).to.equal("withheld");
    office.waitUntil(dayStart(20200302));
    await office.spend(care, 1n);
    const figure = at(await office.read(path), "groups", 0);
    expect(at(figure, "state")).to.equal("published");
    expect(at(figure, "paid")).to.equal(11);
    for (const [name, seconds] of [
      ["filedToApproved", hour],
      ["approvedToPaid", 2 * hour],
      ["filedToPaid", 3 * hour],
    ] as const) {
      for (const rank of ["p50", "p90", "p99"]) {
        expect(Number(at(figure, name, rank)), `${name} ${rank}`).to.be.within(seconds - 60, seconds + 60);
      }
    }
  });
});
