/**
 * A year of a city plan followed by an aid programme: a grant names a paid claim, can not exceed what was attested as
 * remaining of it, and what the aid programme leaves at its end goes, whole, to the city's.
 */
import { expect } from "chai";
import { dayStart } from "../../protocol/calendar.ts";
import { fen } from "../../protocol/amounts.ts";
import { adjudicate, afterwards } from "../../protocol/terms/adjudicate.ts";
import { noHistory, type Bill } from "../../protocol/terms/bill.ts";
import { demonstrationAid, demonstrationCity } from "../../protocol/terms/examples/demonstration.ts";
import { at, listAt, newYear2019, newYear2021 } from "../server/service.ts";
import { Office, refusalOf } from "./office.ts";
import { member, people } from "./people.ts";
import { amountAt, expectLawsKept, expectReconciled, paidFor, periodIn, yuan } from "./reading.ts";
import { FundLine, Reckoning } from "./reckoning.ts";

const newYear2020 = dayStart(20200101);
const newYear2022 = dayStart(20220101);
const insured = people(20, newYear2019, newYear2020);

/** What remains of a claim as an aid programme reads it. */
const remainder = (amount: bigint): Bill => ({
  benefit: "cash",
  preExisting: false,
  items: [{ scope: "allCost", cost: fen(amount), paidFirst: [] }],
  paidByOthers: fen(0n),
});

describe("a year of a city plan followed by an aid programme", function () {
  this.timeout(180_000);
  const line = new FundLine();
  const cityBooks = new Reckoning(line);
  const aidBooks = new Reckoning(line);
  const first = paidFor(demonstrationCity, "inside-and-outside");
  const second = paidFor(demonstrationCity, "special-drugs-capped");
  const aided = paidFor(demonstrationAid, "after-the-city-plan");
  const capped = paidFor(demonstrationAid, "capped");
  let office: Office;
  let city: string;
  let aid: string;
  let donation: string;
  let claims: readonly string[];
  let granted = 0n;

  before(async () => {
    office = await Office.open(dayStart(20181220));
    city = await office.openProgramme("city");
    aid = await office.openProgramme("aid", "aid");
    const fund = await office.openFund("fund");
    await office.declare(city, 1, newYear2019, newYear2020, demonstrationCity.terms);
    await office.declare(city, 2, newYear2020, newYear2021, demonstrationCity.terms);
    await office.declare(city, 3, newYear2021, newYear2022, demonstrationCity.terms);
    await office.declare(aid, 1, newYear2019, newYear2020, demonstrationAid.terms);
    await office.enrol(city, 1, 11_100n, insured, 50);
    const batch = await office.donate(fund, 20181215, [50_000_000n]);
    donation = await office.giftOf(batch, 1, 50_000_000n);
    await office.allocate(fund, city, 35_000_000n);
    cityBooks.allocate(1, 35_000_000n);
    await office.allocate(fund, aid, 10_000_001n);
    aidBooks.allocate(1, 10_000_001n);
    office.waitUntil(dayStart(20190601));
    await office.spend(aid, 77_700n);
    aidBooks.in(1).expenses += 77_700n;
  });
  after(() => office.close());

  it("insures nobody by itself: an aid programme takes no roster and no claim of its own", async () => {
    const body = { premiumPerHead: "0", root: `0x${"11".repeat(32)}`, count: 1 };
    expect(await refusalOf(office.appendRoster(aid, 1, body))).to.include("expected an insurance programme");
  });

  it("grants nothing for a claim that is not paid yet", async () => {
    claims = await office.file(city, 1, [
      { member: member(insured, 0), incident: "2019-03-01", requested: first.requested },
      { member: member(insured, 1), incident: "2019-03-02", requested: second.requested },
    ]);
    const [claim = "", other = ""] = claims;
    await office.approve(
      { claim, amount: first.payable, remaining: first.remaining },
      { claim: other, amount: second.payable, remaining: second.remaining },
    );
    expect(await refusalOf(office.fileGrant(aid, 1, claim, first.remaining))).to.include(
      "expected a paid claim, it is approved",
    );
    await office.pay(claim, other);
    cityBooks.in(1).paid += first.payable + second.payable;
  });

  it("grants what its terms pay of what remained, and shows grant and claim at each other", async () => {
    const [claim = ""] = claims;
    expect(aided.requested).to.equal(first.remaining);
    const grant = await office.fileGrant(aid, 1, claim, aided.requested);
    await office.approve({ claim: grant, amount: aided.payable, remaining: aided.remaining });
    await office.pay(grant);
    aidBooks.in(1).paid += aided.payable;
    granted += aided.payable;
    expect(at(await office.read(`/v1/claims/${grant}`), "aidOf")).to.equal(claim);
    expect(amountAt(await office.read(`/v1/claims/${claim}`), "granted")).to.equal(granted);
    const page = await office.page("en", `/c/${claim}`);
    for (const amount of [first.remaining, granted]) expect(page).to.include(yuan(amount));
    expect(await office.page("en", `/c/${grant}`)).to.include(claim);
  });

  it("refuses what exceeds the remainder over all grants of a claim, by a single fen", async () => {
    const [claim = ""] = claims;
    const left = first.remaining - granted;
    const grant = await office.fileGrant(aid, 1, claim, first.remaining);
    expect(await refusalOf(office.approve({ claim: grant, amount: left + 1n }))).to.include("AidExceeded");
    const history = afterwards(
      demonstrationAid.terms,
      noHistory,
      adjudicate(demonstrationAid.terms, aided.claim.bill),
    );
    const { payable } = adjudicate(demonstrationAid.terms, remainder(left), history);
    expect(payable > 0n && payable <= left).to.equal(true);
    await office.approve({ claim: grant, amount: payable, remaining: left - payable });
    await office.pay(grant);
    aidBooks.in(1).paid += payable;
    granted += payable;
    expect(amountAt(await office.read(`/v1/claims/${claim}`), "granted")).to.equal(granted);
  });

  it("withdraws a grant as it withdraws a claim", async () => {
    const [, claim = ""] = claims;
    const grant = await office.fileGrant(aid, 1, claim, capped.requested);
    await office.withdraw(grant);
    expect(at(await office.read(`/v1/claims/${grant}`), "state")).to.equal("withdrawn");
    const again = await office.fileGrant(aid, 1, claim, capped.requested);
    await office.approve({ claim: again, amount: capped.payable, remaining: capped.remaining });
    await office.pay(again);
    aidBooks.in(1).paid += capped.payable;
  });

  it("rolls both years, and keeps the aid programme's money until its filing deadline has passed", async () => {
    office.waitUntil(newYear2020 + 60);
    await office.closePeriods(city);
    await office.closePeriods(aid);
    await expectReconciled(office, city, 1, cityBooks.waterfall(1));
    await expectReconciled(office, aid, 1, aidBooks.waterfall(1));
    expect(at(await office.read(`/v1/programmes/${aid}`), "inRunOff")).to.equal(true);
    expect(await refusalOf(office.moveSurplus(aid, city))).to.include("ProgrammeNotEnded");
  });

  it("moves what is left to the city's reserve and operations, and every donor's trace goes on there", async () => {
    const surplus = aidBooks.waterfall(1).closing;
    const operations = aidBooks.in(1).operationsIn - aidBooks.in(1).expenses;
    office.waitUntil(dayStart(20200701));
    await office.moveSurplus(aid, city);
    aidBooks.in(2).movedOut += surplus;
    cityBooks.in(2).movedIn += surplus;

    const runOff = await periodIn(office, aid, 2);
    expect(at(runOff, "state")).to.equal("runOff");
    expect(amountAt(runOff, "record", "movedOut")).to.equal(surplus);
    expect(amountAt(runOff, "record", "closing")).to.equal(0n);
    const moves = listAt(await office.read("/v1/moves"));
    expect(moves.map((move) => amountAt(move, "reserveAmount"))).to.deep.equal([surplus]);
    expect(moves.map((move) => amountAt(move, "operationsAmount"))).to.deep.equal([operations]);

    const slices = listAt(await office.read(`/v1/donations/${donation}/trace`), "slices");
    const moved = slices.filter(
      (slice) => at(slice, "programme") === city && Number(at(slice, "hops")) === 1,
    );
    const movedFen = moved.reduce<bigint>((sum, slice) => sum + BigInt(String(at(slice, "amountFen"))), 0n);
    expect(movedFen).to.equal(surplus + operations);
    for (const page of [`/p/${aid}/period/2`, `/p/${city}/period/2`]) {
      expect(await office.page("zh", page)).to.include(yuan(surplus));
    }
    expect(await refusalOf(office.moveSurplus(aid, city))).to.include("NothingToMove");
  });

  it("rolls the city's next year with what moved in", async () => {
    office.waitUntil(newYear2021 + 60);
    await office.closePeriods(city);
    await expectReconciled(office, city, 2, cityBooks.waterfall(2));
    await expectLawsKept(office);
  });
});
