import { expect } from "chai";
import { fen, parseAmount } from "../../../protocol/amounts.ts";
import {
  TermsSilent,
  adjudicate,
  afterwards,
  roundDownOncePerRule,
} from "../../../protocol/terms/adjudicate.ts";
import { InvalidBill, noHistory } from "../../../protocol/terms/bill.ts";
import type { Bill, History } from "../../../protocol/terms/bill.ts";
import { readTerms } from "../../../protocol/terms/read.ts";
import type { Terms } from "../../../protocol/terms/types.ts";
import { bill, codes, effects, inventedDocument, item, thrown } from "./invented.ts";

const terms = readTerms(inventedDocument);
const [inside, outside, drugs] = inventedDocument.rules;
const [deductible] = inventedDocument.deductibles;

const withDeductible = (changes: object): Terms =>
  readTerms({ ...inventedDocument, deductibles: [{ ...deductible, ...changes }] });
const payable = (of: Bill, history?: History, by: Terms = terms): bigint =>
  adjudicate(by, of, history).payable;
const yuan = (text: string): bigint => parseAmount(text);

const insideOnly = bill([item(terms, "insideList", "12000")]);
const outsideOnly = bill([item(terms, "outsideList", "12000")]);
const insideAndOutside = bill([item(terms, "insideList", "7000"), item(terms, "outsideList", "7000")]);

describe("a deductible", () => {
  it("that is shared is used up by the rules in their order", () => {
    // inside: 7,000 − 7,000 = 0; outside: 7,000 − 3,000 = 4,000, × 0.5
    expect(payable(insideAndOutside)).to.equal(yuan("2000"));
    const turned = readTerms({ ...inventedDocument, rules: [outside, inside, drugs] });
    // outside: 7,000 − 7,000 = 0; inside: 7,000 − 3,000 = 4,000, × 0.8
    expect(payable(insideAndOutside, noHistory, turned)).to.equal(yuan("3200"));
  });

  it("of their own is taken from each rule", () => {
    const own = withDeductible({ sharing: "own", amount: "600000" });
    // inside: 1,000 × 0.8; outside: 1,000 × 0.5
    expect(payable(insideAndOutside, noHistory, own)).to.equal(yuan("1300"));
  });

  it("per period counts what earlier claims used of it, under any rule that shares it", () => {
    const earlier = adjudicate(terms, bill([item(terms, "insideList", "4000")]));
    expect(earlier.payable).to.equal(0n);
    const history = afterwards(terms, noHistory, earlier);
    expect(payable(outsideOnly, history)).to.equal(yuan("3000")); // (12,000 − 6,000) × 0.5
    const own = withDeductible({ sharing: "own" });
    expect(payable(outsideOnly, history, own)).to.equal(yuan("1000")); // (12,000 − 10,000) × 0.5
    expect(payable(insideOnly, history, own)).to.equal(yuan("4800")); // (12,000 − 6,000) × 0.8
  });

  it("per period adds up over all earlier claims", () => {
    const small = bill([item(terms, "insideList", "4000")]);
    const once = afterwards(terms, noHistory, adjudicate(terms, small));
    const twice = afterwards(terms, once, adjudicate(terms, small, once));
    expect(payable(insideOnly, twice)).to.equal(yuan("8000")); // (12,000 − 2,000) × 0.8
  });

  it("of unstated sharing decides no claim after another rule used it", () => {
    const { sharing: _, ...silent } = deductible;
    const unstated = readTerms({ ...inventedDocument, deductibles: [silent] });
    const history = afterwards(unstated, noHistory, adjudicate(unstated, insideOnly));
    expect(payable(insideOnly, history, unstated)).to.equal(yuan("9600")); // used up by the first claim
    expect(() => payable(outsideOnly, history, unstated)).to.throw(TermsSilent, "deductibles[0].sharing");
  });

  it("per claim counts anew", () => {
    const perClaim = withDeductible({ per: "claim" });
    const history = afterwards(perClaim, noHistory, adjudicate(perClaim, insideOnly));
    expect(payable(insideOnly, history, perClaim)).to.equal(yuan("1600")); // (12,000 − 10,000) × 0.8, again
  });

  it("of nothing is stated as an empty list", () => {
    const none = readTerms({ ...inventedDocument, deductibles: [] });
    expect(payable(insideOnly, noHistory, none)).to.equal(yuan("9600"));
  });
});

describe("a cap", () => {
  const history: History = {
    coverUsed: fen(0),
    rules: [{ rule: "outside-list", deductibleUsed: fen(1_000_000n), paid: fen(2_900_000n) }],
  };

  it("per period counts what the rule paid before", () => {
    const { payable: paid, steps } = adjudicate(terms, outsideOnly, history); // 12,000 × 0.5, 1,000 of it left
    expect(paid).to.equal(yuan("1000"));
    expect(steps.at(-2)).to.deep.equal({
      code: "cap",
      rule: "outside-list",
      amount: 3_000_000n,
      usedBefore: 2_900_000n,
      effect: -500_000n,
    });
  });

  it("per claim does not", () => {
    const rules = [inside, { ...outside, cap: { amount: "500000", per: "claim" } }, drugs];
    expect(payable(outsideOnly, history, readTerms({ ...inventedDocument, rules }))).to.equal(yuan("5000"));
  });

  it("without a stated basis decides a first claim, not a second", () => {
    const silent = readTerms({
      ...inventedDocument,
      rules: [inside, { ...outside, cap: { amount: "50000" } }, drugs],
    });
    expect(payable(outsideOnly, noHistory, silent)).to.equal(yuan("500"));
    expect(() => payable(outsideOnly, history, silent)).to.throw(
      "version 3 of invented-plan does not state rules[1].cap.per, and this bill turns on it",
    );
  });
});

describe("what is payable", () => {
  it("ends at the cover left, over several rules and claims", () => {
    const large = bill([item(terms, "insideList", "210000"), item(terms, "specialDrugs", "90000")]);
    // inside (210,000 − 10,000) × 0.8 = 160,000; drugs 90,000 × 0.6 = 54,000, of which 40,000 are left of 200,000
    const first = adjudicate(terms, large);
    expect(first.payable).to.equal(yuan("200000"));
    expect(first.steps.at(-1)).to.deep.include({
      rule: "special-drugs",
      usedBefore: 16_000_000n,
      effect: -1_400_000n,
    });
    expect(payable(insideOnly, afterwards(terms, noHistory, first))).to.equal(0n);
  });

  it("ends at what the person still owes", () => {
    // drugs 1,000 × 0.6 = 600, but others paid 700 and 300 are owed
    const helped = bill([item(terms, "specialDrugs", "1000")], { paidByOthers: fen(70_000n) });
    const { payable: paid, remaining, steps } = adjudicate(terms, helped);
    expect([paid, remaining]).to.deep.equal([30_000n, 0n]);
    expect(steps[4]).to.deep.equal({ code: "owed", rule: "special-drugs", owed: 30_000n, effect: -30_000n });
  });

  it("follows the separate rate of a pre-existing condition, and the one rate where there is no other", () => {
    const items = [item(terms, "insideList", "20000"), item(terms, "specialDrugs", "1000")];
    expect(payable(bill(items))).to.equal(yuan("8600")); // 10,000 × 0.8 + 600
    expect(payable(bill(items, { preExisting: true }))).to.equal(yuan("4600")); // 10,000 × 0.4 + 600
  });

  it("is rounded down once a rule, after its costs are added", () => {
    expect(roundDownOncePerRule(fen(3), 3_333)).to.equal(0n);
    expect(roundDownOncePerRule(fen(10_001), 9_999)).to.equal(9_999n); // 9,999.9999…
    const joined = readTerms({
      ...inventedDocument,
      deductibles: [],
      rules: [{ id: "all", scopes: ["insideList", "outsideList"], rateBps: 5000 }],
    });
    const twoFen = bill([item(joined, "insideList", "0.01"), item(joined, "outsideList", "0.01")]);
    expect(payable(twoFen, noHistory, joined)).to.equal(1n);
  });

  it("comes with the remark that no cover is stated only where there is something to cover", () => {
    const silent = { ...terms, cover: undefined };
    expect(codes(adjudicate(silent, insideOnly)).at(-1)).to.equal("coverNotStated");
    expect(codes(adjudicate(silent, bill([item(terms, "insideList", "1")])))).to.not.include(
      "coverNotStated",
    );
  });

  it("is nothing for a benefit that the plan does not have, and says so", () => {
    const service = adjudicate(terms, { ...insideOnly, benefit: "service" });
    expect(service).to.deep.equal({
      payable: 0n,
      remaining: 1_200_000n,
      steps: [{ code: "benefitNotPaid", benefit: "service", effect: 0n }],
    });
  });

  it("has no cover step where the terms state that there is no limit", () => {
    const unlimited = adjudicate({ ...terms, cover: "none" }, insideOnly);
    expect(codes(unlimited)).to.deep.equal(["cost", "paidFirst", "paidFirst", "deductible", "rate"]);
    expect(effects(unlimited)).to.deep.equal([1_200_000n, 0n, 0n, -1_000_000n, -40_000n]);
  });
});

describe("a bill that does not fit its terms", () => {
  const faultsOf = (of: Bill, history = noHistory): readonly string[] => {
    const error = thrown(() => adjudicate(terms, of, history));
    if (!(error instanceof InvalidBill)) throw new RangeError("expected InvalidBill", { cause: error });
    return error.faults.map(({ field, reason }) => `${field}: ${reason}`);
  };

  it("is refused with every fault", () => {
    const faulty = item(terms, "insideList", "100", ["80", "30"]);
    const unsettled = { ...item(terms, "insideList", "1"), paidFirst: [] };
    const aid = {
      ...item(terms, "outsideList", "1"),
      paidFirst: [{ layer: "medicalAid", amount: fen(0) } as const, ...faulty.paidFirst],
    };
    expect(faultsOf(bill([faulty, unsettled, aid]))).to.deep.equal([
      "items[0].paidFirst: adds up to 11000 fen, more than the cost of 10000",
      "items[1].scope: insideList stands here twice",
      "items[1].paidFirst: basicMedicalInsurance pays first and is stated 0 times; state it once, with 0 if it paid nothing",
      "items[1].paidFirst: seriousIllnessInsurance pays first and is stated 0 times; state it once, with 0 if it paid nothing",
      "items[2].paidFirst: medicalAid is no layer of these terms; what it paid belongs in paidByOthers",
      "items[2].paidFirst: adds up to 11000 fen, more than the cost of 100",
    ]);
  });

  it("is refused where it is empty, or others paid more than there was to pay", () => {
    expect(faultsOf(bill([]))).to.deep.equal(["items: is empty"]);
    expect(faultsOf({ ...insideOnly, paidByOthers: fen(1_200_001n) })).to.deep.equal([
      "paidByOthers: is 1200001 fen, more than the 1200000 that the layers left",
    ]);
  });

  it("is refused with a history under other rules", () => {
    const entry = { rule: "dental", deductibleUsed: fen(0), paid: fen(0) };
    expect(faultsOf(insideOnly, { coverUsed: fen(0), rules: [entry, entry] })).to.deep.equal([
      'history.rules[0].rule: there is no rule "dental" in version 3 of these terms',
      'history.rules[1].rule: "dental" stands here twice',
    ]);
  });
});
