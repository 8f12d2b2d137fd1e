/**
 * Every published city plan can be a programme: what it leaves unsaid is completed here, visibly and by nothing else,
 * and what it publishes is served as it was published.
 */
import { expect } from "chai";
import { dayStart } from "../../protocol/calendar.ts";
import { canonicalJson, type Json } from "../../protocol/json.ts";
import { adjudicate } from "../../protocol/terms/adjudicate.ts";
import { demonstrationPlan, workedCase } from "../../protocol/terms/examples/demonstration-plan.ts";
import { jiangsuPlans } from "../../protocol/terms/examples/jiangsu-plans.ts";
import { notStated } from "../../protocol/terms/period.ts";
import { termsDigest, termsDocument, type Scope, type Terms } from "../../protocol/terms/types.ts";
import { at, newYear2019 } from "../server/service.ts";
import { Office } from "./office.ts";
import { member, people } from "./people.ts";
import { amountAt, expectReconciled, periodIn, yuan } from "./reading.ts";
import { FundLine, Reckoning } from "./reckoning.ts";

const newYear2020 = dayStart(20200101);
const newYear2021 = dayStart(20210101);

/** Invented for all six: none of them publishes any of this. */
const forAll = {
  cover: "123456700",
  premiumPerHead: "12300",
  incident: "day",
  filingDays: 99,
  ages: "any",
  benefits: ["cash"],
} as const;

interface Completion {
  readonly deductible: { readonly per: string; readonly sharing?: string };
  readonly rules: readonly { readonly [key: string]: Json }[];
  /** A bill of that scope, and what the completed plan pays for it, worked out by hand, in yuan. */
  readonly bill: readonly [scope: Scope, cost: string, payable: string, remaining: string];
}

/** The rate for special drugs is published for none of the five that have a list of them. */
const completions: Readonly<Record<string, Completion>> = {
  // (60,000 − 20,000) × 0.9
  "nanjing-supplementary": {
    deductible: { per: "period", sharing: "shared" },
    rules: [{}, {}, { rateBps: 6_543 }],
    bill: ["insideList", "60000", "36000", "24000"],
  },
  // (50,000 − 20,000) × 0.6
  "wuxi-supplementary": {
    deductible: { per: "period", sharing: "own" },
    rules: [{}, {}, { rateBps: 6_543 }],
    bill: ["ownPaidInpatient", "50000", "18000", "32000"],
  },
  // (21,000.01 − 20,000) × 0.6 = 600.006
  "xuzhou-supplementary": {
    deductible: { per: "period" },
    rules: [],
    bill: ["insideList", "21000.01", "600", "20400.01"],
  },
  // (30,000 − 20,000) × 0.7
  "changzhou-supplementary": {
    deductible: { per: "period" },
    rules: [{}, { rateBps: 6_543 }],
    bill: ["insideList", "30000", "7000", "23000"],
  },
  // (1,520,000 − 20,000) × 0.8 = 1,200,000, above the published ¥1 M
  "suzhou-supplementary": {
    deductible: { per: "period" },
    rules: [{ rateBps: 8_000, cap: { per: "period" } }, { rateBps: 6_543 }],
    bill: ["ownPaid", "1520000", "1000000", "520000"],
  },
  // (20,000.01 − 20,000) × 0.8 = 0.008, rounded down: nothing. One fen more in the bill and a fen is paid.
  "yancheng-supplementary": {
    deductible: { per: "claim" },
    rules: [{}, { rateBps: 6_543 }],
    bill: ["insideList", "20000.02", "0.01", "20000.01"],
  },
};

const completionOf = ({ plan }: Terms): Completion => {
  const completion = completions[plan];
  if (completion === undefined) throw new Error(`nothing is invented for ${plan}`);
  return completion;
};

/** Throws where something that is published would be invented anew. */
const completed = (published: Terms) => {
  const { deductible, rules } = completionOf(published);
  return demonstrationPlan({
    programmeKind: "insurance",
    plan: `demonstration-${published.plan.replace("-supplementary", "")}`,
    published: termsDocument(published),
    invented: { ...forAll, deductibles: [deductible], rules },
    cases: () => [],
  });
};

describe("the six published city plans, as programmes", function () {
  this.timeout(180_000);
  const years: { readonly programme: string; readonly books: Reckoning }[] = [];
  let office: Office;

  before(async () => {
    office = await Office.open(dayStart(20190115));
  });
  after(() => office.close());

  it("are six, and each leaves something unsaid that is completed, field by field, and nothing else", () => {
    expect(Object.keys(completions)).to.deep.equal(jiangsuPlans.map(({ plan }) => plan));
    for (const published of jiangsuPlans) {
      const { terms, invented } = completed(published);
      expect(notStated(published)).not.to.deep.equal([]);
      expect(invented).to.include.members([...notStated(published)]);
      expect(notStated(terms)).to.deep.equal([]);
    }
  });

  for (const published of jiangsuPlans) {
    it(`lets ${published.plan} run a year: declared, paid by its terms, rolled`, async () => {
      const { terms } = completed(published);
      const [scope, cost, payable, remaining] = completionOf(published).bill;
      const worked = workedCase(terms, scope, { items: [[scope, cost]], payable, remaining });
      const decided = adjudicate(terms, worked.bill);
      expect(decided.payable).to.equal(worked.payable);
      expect(decided.remaining).to.equal(worked.remaining);

      const books = new Reckoning(new FundLine());
      const programme = await office.openProgramme(published.plan);
      years.push({ programme, books });
      const fund = await office.openFund(published.plan);
      await office.declare(programme, 1, newYear2019, newYear2020, terms);
      await office.declare(programme, 2, newYear2020, newYear2021, terms);
      const insured = people(5, newYear2019, newYear2020);
      await office.enrol(programme, 1, 12_300n, insured, 11);
      await office.donate(fund, 20190110, [150_000_007n]);
      await office.allocate(fund, programme, 150_000_000n);
      books.allocate(1, 150_000_000n);

      const [claim = ""] = await office.file(programme, 1, [
        {
          member: member(insured, 4),
          incident: "2019-01-15",
          requested: decided.payable + decided.remaining,
        },
      ]);
      await office.approve({ claim, amount: decided.payable, remaining: decided.remaining });
      await office.pay(claim);
      books.in(1).paid += decided.payable;

      const period = await periodIn(office, programme, 1);
      expect(at(period, "terms")).to.equal(termsDigest(terms));
      expect(amountAt(period, "cover")).to.equal(123_456_700n);
      const document = await office.service.get(`/v1/documents/${termsDigest(terms)}`);
      expect(document.body).to.deep.equal(JSON.parse(canonicalJson(termsDocument(terms))));
      const page = await office.page("en", `/p/${programme}/period/1`);
      for (const text of [yuan(2_000_000n), yuan(decided.payable)]) expect(page).to.include(text);
    });
  }

  it("rolls all six years, each reconciled to the fen", async () => {
    office.waitUntil(newYear2020 + 60);
    expect(years).to.have.length(6);
    for (const { programme, books } of years) {
      await office.closePeriods(programme);
      await expectReconciled(office, programme, 1, books.waterfall(1));
    }
  });
});
