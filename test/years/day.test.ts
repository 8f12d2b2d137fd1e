/**
 * Days of day policies: whoever checks in is insured for 24 hours from that minute, past midnight and past the end of
 * the policy period of one day, for a premium of 30 fen.
 */
import { expect } from "chai";
import { dayStart, formatInstant } from "../../protocol/calendar.ts";
import { demonstrationDay } from "../../protocol/terms/examples/demonstration.ts";
import { periodNumber, programmeId } from "../../protocol/ids.ts";
import { parseCode } from "../../protocol/codes/code.ts";
import { inventedIdNumber } from "../../server/commands/invented-people.ts";
import { at } from "../server/service.ts";
import { Office, refusalOf, type Person } from "./office.ts";
import { member } from "./people.ts";
import { provenRoster } from "./proven-roster.ts";
import { amountAt, expectLawsKept, expectReconciled, paidFor, periodIn, yuan } from "./reading.ts";
import { FundLine, Reckoning } from "./reckoning.ts";

const plan = demonstrationDay;
const { terms } = plan;
const enrolments = 10_000;
const minute = 60;
const day = 86_400;
const today = dayStart(20190701);

/** The n-th checks in some minutes after midnight; the last minute of the day is somebody's too. */
const checkIns: readonly Person[] = Array.from({ length: enrolments }, (_, person) => {
  const from = today + (person % 1_440) * minute;
  return { idNumber: inventedIdNumber(person), from, to: from + day };
});
/** Checked in at 18:00. */
const evening = 18 * 60;

describe("days of day policies", function () {
  this.timeout(180_000);
  const books = new Reckoning(new FundLine());
  const accident = paidFor(plan, "an-accident-at-work");
  const partlyOwed = paidFor(plan, "paid-by-others");
  let office: Office;
  let programme: string;

  const claimAt = (person: number, incident: number, requested = accident.requested) => ({
    member: member(checkIns, person),
    incident: formatInstant(incident),
    requested,
  });

  before(async () => {
    office = await Office.open(dayStart(20190621));
    programme = await office.openProgramme("day policies");
    const fund = await office.openFund("fund");
    for (const [index, start] of [today, today + day, today + 2 * day].entries()) {
      await office.declare(programme, index + 1, start, start + day, terms);
    }
    await office.donate(fund, 20190620, [2_000_000n]);
    await office.allocate(fund, programme, 1_999_999n);
    books.allocate(1, 1_999_999n);
    office.waitUntil(today + 23 * 3_600);
  });
  after(() => office.close());

  it("enrols ten thousand people in one batch, each with a validity of its own, for 30 fen a head", async () => {
    await office.enrol(programme, 1, 30n, checkIns, 25_000);
    const period = await periodIn(office, programme, 1);
    expect(at(period, "toTheMinute")).to.equal(true);
    expect(at(period, "enrolment", "people")).to.equal(10_000);
    expect(at(period, "enrolment", "rosters")).to.equal(1);
    expect(amountAt(period, "enrolment", "premiums")).to.equal(300_000n);
    const page = await office.page("en", `/p/${programme}/period/1`);
    for (const text of ["10,000", "25,000", yuan(300_000n)]) expect(page).to.include(text);
    expect(await refusalOf(office.enrol(programme, 1, 30n, [...checkIns, checkIns[0] ?? never()]))).to.match(
      /10,?000|people/,
    );
  });

  it("pays for an accident after midnight, in the next period, by the roster of the day before", async () => {
    const lastMinute = today + evening * minute + day - minute;
    office.waitUntil(lastMinute + 3_600);
    const [claim = ""] = await office.file(programme, 1, [claimAt(evening, lastMinute)]);
    const shown = await office.read(`/v1/claims/${claim}`);
    expect(at(shown, "incident")).to.equal("2019-07-02T17:59:00+08:00");
    expect(at(shown, "policyPeriod")).to.equal(1);
    await office.approve({ claim, amount: accident.payable, remaining: accident.remaining });
    await office.pay(claim);
    books.in(2).paid += accident.payable;
    expect(await office.page("zh", `/c/${claim}`)).to.include("17:59");
  });

  it("refuses an incident one minute before the check-in and one minute past the 24 hours", async () => {
    const from = today + evening * minute;
    for (const incident of [from - minute, from + day]) {
      expect(await refusalOf(office.file(programme, 1, [claimAt(evening, incident)]))).to.include(
        `${formatInstant(incident)} lies outside every validity`,
      );
    }
    const [first = "", last = ""] = await office.file(programme, 1, [
      claimAt(evening + 1_440, from),
      claimAt(evening + 2_880, from + day - minute),
    ]);
    for (const claim of [first, last]) await office.decide("reject", claim, "other");
  });

  it("refuses the same minute to whoever brings a proof of their own", async () => {
    const parsed = parseCode(programme);
    if (!parsed.ok || parsed.code.kind !== "programme") throw new Error(programme);
    const from = today + day + 9 * 3_600;
    const made = provenRoster({ programme: programmeId(parsed.code.programme), period: periodNumber(2) }, [
      { idNumber: inventedIdNumber(20_000), from, to: from + day },
    ]);
    const body = { premiumPerHead: "30", root: made.root, count: 1 };
    const roster = await office.appendRoster(programme, 2, body);
    const fields = { member: made.membership(roster, 0), requested: accident.requested };
    const early = { ...fields, incident: formatInstant(from - minute) };
    expect(await refusalOf(office.file(programme, 2, [early]))).to.include("lies outside the validity");
    const [claim = ""] = await office.file(programme, 2, [{ ...fields, incident: formatInstant(from) }]);
    await office.approve({ claim, amount: accident.payable, remaining: accident.remaining });
    await office.pay(claim);
    books.in(2).paid += accident.payable;
  });

  it("takes incidents to the minute and nothing else, and nobody for a day that is over", async () => {
    const whole = { ...claimAt(evening + 3 * 1_440, today), incident: "2019-07-01" };
    expect(await refusalOf(office.file(programme, 1, [whole]))).to.include("minute");
    const tooLate = [{ idNumber: inventedIdNumber(20_001), from: today, to: today + day }];
    expect(await refusalOf(office.enrol(programme, 1, 30n, tooLate))).to.include("it was over at 2019-07-02");
  });

  it("rolls a day after the other, and each reconciles to the fen", async () => {
    const [claim = ""] = await office.file(programme, 1, [
      claimAt(7, today + 8 * 3_600, partlyOwed.requested),
    ]);
    await office.approve({ claim, amount: partlyOwed.payable, remaining: partlyOwed.remaining });
    office.waitUntil(today + 2 * day + 60);
    await office.pay(claim);
    books.in(3).paid += partlyOwed.payable;
    office.waitUntil(today + 3 * day + 60);
    await office.closePeriods(programme);
    for (const number of [1, 2, 3]) {
      await expectReconciled(office, programme, number, books.waterfall(number));
    }
  });

  it("says nothing of how fast fewer than eleven claims were decided, and keeps every law", async () => {
    const settlement = await office.read(`/v1/programmes/${programme}/settlement`);
    expect(at(settlement, "total")).to.deep.equal({
      state: "withheld",
      periods: [1, 2, 3],
      minimumClaims: 11,
    });
    await expectLawsKept(office);
  });
});

const never = (): never => {
  throw new Error("there is a first");
};
