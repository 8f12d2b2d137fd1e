import { expect } from "chai";
import { fen, parseAmount } from "../../../protocol/amounts.ts";
import { TermsSilent, adjudicate, afterwards } from "../../../protocol/terms/adjudicate.ts";
import { noHistory } from "../../../protocol/terms/bill.ts";
import type { Bill, History } from "../../../protocol/terms/bill.ts";
import {
  changzhou,
  jiangsuPlans,
  nanjing,
  suzhou,
  wuxi,
  xuzhou,
  yancheng,
} from "../../../protocol/terms/examples/jiangsu-plans.ts";
import { reference2017, referenceLater } from "../../../protocol/terms/examples/reference-programme.ts";
import { termsDigest } from "../../../protocol/terms/types.ts";
import type { Terms } from "../../../protocol/terms/types.ts";
import { bill, codes, effectSum, effects, item, thrown } from "./invented.ts";

const pays = (terms: Terms, of: Bill, yuan: string, history: History = noHistory): void => {
  const adjudication = adjudicate(terms, of, history);
  expect(adjudication.payable).to.equal(parseAmount(yuan));
  expect(effectSum(adjudication)).to.equal(adjudication.payable);
};

const silentOn = (terms: Terms, of: Bill, history: History = noHistory): string => {
  const error = thrown(() => adjudicate(terms, of, history));
  if (!(error instanceof TermsSilent)) throw new RangeError("expected TermsSilent", { cause: error });
  return error.field;
};

describe("the six city plans", () => {
  const preExisting = { preExisting: true };

  it("Nanjing: 90 % inside the list", () => {
    const inside = bill([item(nanjing, "insideList", "120000", ["60000"])]);
    pays(nanjing, inside, "36000"); // (120,000 − 60,000 − 20,000) × 0.9
    expect(codes(adjudicate(nanjing, inside))).to.deep.equal([
      "cost",
      "paidFirst",
      "deductible",
      "rate",
      "coverNotStated",
    ]);
    expect(effects(adjudicate(nanjing, inside))).to.deep.equal([
      12_000_000n,
      -6_000_000n,
      -2_000_000n,
      -400_000n,
      0n,
    ]);
  });

  it("Nanjing: 40 % outside it", () => {
    // 33,333.33 − 20,000 = 13,333.33; × 0.4 = 5,333.332, rounded down
    pays(nanjing, bill([item(nanjing, "outsideList", "33333.33")]), "5333.33");
  });

  it("Nanjing: refuses what turns on sharing, basis or the drugs' rate, which are not published", () => {
    const inside = item(nanjing, "insideList", "120000", ["60000"]);
    const both = bill([inside, item(nanjing, "outsideList", "1")]);
    expect(silentOn(nanjing, both)).to.equal("deductibles[0].sharing");
    const second = afterwards(nanjing, noHistory, adjudicate(nanjing, bill([inside])));
    expect(silentOn(nanjing, bill([inside]), second)).to.equal("deductibles[0].per");
    expect(silentOn(nanjing, bill([item(nanjing, "specialDrugs", "1")]))).to.equal("rules[2].rateBps");
  });

  it("Wuxi: own-paid inpatient cost 60 %, with a pre-existing condition 20 %", () => {
    const inpatient = [item(wuxi, "ownPaidInpatient", "50000")];
    pays(wuxi, bill(inpatient), "18000"); // 30,000 × 0.6
    pays(wuxi, bill(inpatient, preExisting), "6000"); // 30,000 × 0.2
  });

  it("Wuxi: own-paid cancer cost 70 %, with a pre-existing condition 10 %", () => {
    const cancer = [item(wuxi, "ownPaidCancer", "50000.05")];
    pays(wuxi, bill(cancer), "21000.03"); // 30,000.05 × 0.7 = 21,000.035
    pays(wuxi, bill(cancer, preExisting), "3000"); // 30,000.05 × 0.1 = 3,000.005
  });

  it("Wuxi: a single fen above the deductible gives nothing", () => {
    pays(wuxi, bill([item(wuxi, "ownPaidInpatient", "20000.01")]), "0"); // 0.01 × 0.6 = 0.006
    pays(wuxi, bill([item(wuxi, "ownPaidInpatient", "20000.02")]), "0.01"); // 0.02 × 0.6 = 0.012
  });

  it("Xuzhou: 60 % inside the list, nothing outside it and no special drugs", () => {
    const items = [
      item(xuzhou, "insideList", "100000", ["65432.10"]),
      item(xuzhou, "outsideList", "5000"),
      item(xuzhou, "specialDrugs", "700.70"),
    ];
    pays(xuzhou, bill(items), "8740.74"); // (100,000 − 65,432.10 − 20,000) × 0.6 = 14,567.90 × 0.6
    const { steps, remaining } = adjudicate(xuzhou, bill(items));
    expect(steps.flatMap((step) => (step.code === "notCovered" ? [step.scope] : []))).to.deep.equal([
      "outsideList",
      "specialDrugs",
    ]);
    expect(remaining).to.equal(parseAmount("31527.86")); // 34,567.90 + 5,000 + 700.70 − 8,740.74
  });

  it("Changzhou: 70 % inside the list", () => {
    // 27,000.03 − 20,000 = 7,000.03; × 0.7 = 4,900.021
    pays(changzhou, bill([item(changzhou, "insideList", "27000.03")]), "4900.02");
  });

  it("Suzhou: nothing up to the deductible, and above it no figure, for its rate is not published", () => {
    pays(suzhou, bill([item(suzhou, "inpatient", "20000"), item(suzhou, "eligible", "0")]), "0");
    expect(silentOn(suzhou, bill([item(suzhou, "inpatient", "20000.01")]))).to.equal("rules[0].rateBps");
    expect(suzhou.rules[0]?.cap?.amount).to.equal(parseAmount("1000000"));
  });

  it("Yancheng: 80 % inside the list", () => {
    pays(yancheng, bill([item(yancheng, "insideList", "300000", ["155000"])]), "100000"); // 125,000 × 0.8
  });

  it("have a deductible of ¥20,000 each and the published special drugs", () => {
    for (const { deductibles } of jiangsuPlans) {
      expect(deductibles?.map(({ amount }) => amount)).to.deep.equal([parseAmount("20000")]);
    }
    expect(jiangsuPlans.map(({ specialDrugs }) => specialDrugs)).to.deep.equal([
      "unlimited",
      35,
      "none",
      15,
      18,
      20,
    ]);
  });
});

describe("the reference programme", () => {
  const afterThreeLayers = bill([item(referenceLater, "allCost", "80000", ["40000", "15000", "5000"])]);
  /** Invented: the share and the absence of a deductible are not published. */
  const withShare: Terms = {
    ...referenceLater,
    deductibles: [],
    rules: referenceLater.rules.map((rule) => ({ ...rule, rateBps: 9000 })),
  };

  it("has its ages by version, and both versions their own digest", () => {
    expect([reference2017, referenceLater].map(({ version, ages }) => ({ version, ages }))).to.deep.equal([
      { version: 1, ages: { from: 20, to: 60 } },
      { version: 2, ages: { from: 18, to: 60 } },
    ]);
    expect(termsDigest(reference2017)).to.not.equal(termsDigest(referenceLater));
  });

  it("owes nothing where the three layers paid all, and else needs the share that is not published", () => {
    pays(referenceLater, bill([item(referenceLater, "allCost", "800", ["500", "200", "100"])]), "0");
    expect(silentOn(referenceLater, afterThreeLayers)).to.equal("deductibles");
    expect(silentOn({ ...referenceLater, deductibles: [] }, afterThreeLayers)).to.equal("rules[0].rateBps");
  });

  it("with an invented share pays it of what is still owed after three layers", () => {
    pays(withShare, afterThreeLayers, "18000"); // (80,000 − 40,000 − 15,000 − 5,000) × 0.9
  });

  it("with an invented share never pays more than ¥100,000 a person and year", () => {
    const large = bill([item(withShare, "allCost", "300000", ["100000", "60000", "20000"])]);
    pays(withShare, large, "100000"); // 120,000 × 0.9 = 108,000, above the cover
    pays(withShare, large, "0.01", { coverUsed: fen(9_999_999n), rules: [] });
    pays(withShare, large, "0", { coverUsed: fen(10_000_000n), rules: [] });
  });
});
