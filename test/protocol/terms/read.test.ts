import { expect } from "chai";
import { fen } from "../../../protocol/amounts.ts";
import { canonicalJson, documentDigest } from "../../../protocol/json.ts";
import { jiangsuPlans } from "../../../protocol/terms/examples/jiangsu-plans.ts";
import { referenceProgramme } from "../../../protocol/terms/examples/reference-programme.ts";
import { InvalidTerms, readTerms } from "../../../protocol/terms/read.ts";
import { termsDigest, termsDocument } from "../../../protocol/terms/types.ts";
import { inventedDocument, thrown } from "./invented.ts";

type Changes = { readonly [field: string]: unknown };

const faultsOf = (json: unknown): readonly string[] => {
  const error = thrown(() => readTerms(json));
  if (!(error instanceof InvalidTerms)) throw new RangeError("expected InvalidTerms", { cause: error });
  return error.faults.map(({ field, reason }) => `${field}: ${reason}`);
};

const faultsWith = (changes: Changes): readonly string[] => faultsOf({ ...inventedDocument, ...changes });

const [inside, outside, drugs] = inventedDocument.rules;
const [deductible] = inventedDocument.deductibles;
const withRule = (changes: Changes): readonly string[] =>
  faultsWith({ rules: [{ ...inside, ...changes }, outside, drugs] });
const withDeductible = (changes: Changes): readonly string[] =>
  faultsWith({ deductibles: [{ ...deductible, ...changes }] });

describe("reading terms", () => {
  it("gives amounts in fen and leaves out what is not stated", () => {
    const terms = readTerms(inventedDocument);
    expect(terms.cover).to.equal(fen(20_000_000));
    expect(terms.premiumPerHead).to.equal(fen(1_234));
    expect(terms.deductibles?.[0]?.amount).to.equal(fen(1_000_000));
    expect(terms.rules[1]?.cap).to.deep.equal({ amount: 3_000_000n, per: "period" });
    expect(terms.rules[1]?.preExistingRateBps).to.equal(undefined);
  });

  it("and writing them gives the same canonical JSON, so the digest names them", () => {
    for (const terms of [...jiangsuPlans, ...referenceProgramme, readTerms(inventedDocument)]) {
      expect(readTerms(JSON.parse(canonicalJson(termsDocument(terms))))).to.deep.equal(terms);
    }
    const terms = readTerms(inventedDocument);
    expect(canonicalJson(termsDocument(terms))).to.equal(canonicalJson(inventedDocument));
    expect(termsDigest(terms)).to.equal(documentDigest(inventedDocument));
    expect(termsDigest({ ...terms, version: 4 })).to.not.equal(termsDigest(terms));
  });

  it("keeps the words for a stated absence apart from silence", () => {
    const absences = { ...inventedDocument, cover: "none", ages: "any", deductibles: [], specialDrugs: 5 };
    const words = { ...absences, premiumPerHead: "0", incident: "minute" };
    const terms = readTerms(words);
    expect(terms).to.deep.include({ premiumPerHead: 0n, incident: "minute" });
    expect(terms).to.deep.include({ cover: "none", ages: "any", deductibles: [], specialDrugs: 5 });
    expect(canonicalJson(termsDocument(terms))).to.equal(canonicalJson(words));
  });

  it("names every fault at once, with its field and reason", () => {
    const error = thrown(() => readTerms({ ...inventedDocument, version: 0, cover: 5, currency: "yuan" }));
    expect(error).to.be.instanceOf(InvalidTerms);
    expect(String(error)).to.equal(
      "InvalidTerms: terms: 3 faults; correct them and publish again:\n" +
        "  version: expected a whole number from 1 to 4294967295, got 0\n" +
        '  currency: expected three letters such as CNY, got "yuan"\n' +
        "  cover: expected minor units as a string of digits, got 5",
    );
    expect(faultsOf([])[0]).to.equal(": expected an object, got a list of 0");
    expect(faultsOf({ kind: "terms" })).to.have.length(5);
  });

  const amount = "expected minor units as plain decimal digits, such as 1250 for 12.50";
  const cases: readonly (readonly [promise: string, faults: readonly string[], expected: string])[] = [
    [
      "a field that nobody computes",
      withRule({ waitingDays: 30 }),
      "rules[0].waitingDays: is unknown; the fields are id, scopes, rateBps, preExistingRateBps, cap",
    ],
    ["another kind of document", faultsWith({ kind: "fund" }), 'kind: expected one of terms, got "fund"'],
    ["an amount in yuan", faultsWith({ cover: "200000.00" }), `cover: ${amount}`],
    [
      "a cover of 0, which the chain reads as no limit",
      faultsWith({ cover: "0" }),
      'cover: is 0; write "none" where there is no limit',
    ],
    [
      "a premium as a number, which JSON may round",
      faultsWith({ premiumPerHead: 30 }),
      "premiumPerHead: expected minor units as a string of digits, got 30",
    ],
    [
      "an incident by the hour",
      faultsWith({ incident: "hour" }),
      'incident: expected one of day, minute, got "hour"',
    ],
    [
      "a rate above the whole",
      withRule({ rateBps: 10_001 }),
      "rules[0].rateBps: expected a whole number from 0 to 10000, got 10001",
    ],
    [
      "a rate that is no whole number of basis points",
      withRule({ rateBps: 33.3 }),
      "rules[0].rateBps: expected a whole number from 0 to 10000, got 33.3",
    ],
    [
      "a rate as text",
      withRule({ rateBps: "8000" }),
      'rules[0].rateBps: expected a whole number from 0 to 10000, got "8000"',
    ],
    [
      "a field that is there and empty",
      withRule({ rateBps: null }),
      "rules[0].rateBps: expected a whole number from 0 to 10000, got nothing",
    ],
    ["a rule without a scope", withRule({ scopes: [] }), "rules[0].scopes: names no scope"],
    [
      "a scope twice in a rule",
      withRule({ scopes: ["insideList", "insideList"] }),
      "rules[0].scopes: names one of them twice",
    ],
    [
      "a scope under two rules",
      withRule({ scopes: ["insideList", "outsideList"] }),
      'rules[1].scopes: outsideList stands in rule "inside-list" too',
    ],
    [
      "a rule id twice",
      faultsWith({ rules: [inside, { ...outside, id: "inside-list" }, drugs], deductibles: [] }),
      'rules[1].id: "inside-list" is the id of another rule',
    ],
    ["no rules", faultsWith({ rules: [], deductibles: [] }), "rules: has no rule"],
    [
      "too many rules",
      faultsWith({ rules: Array.from({ length: 33 }, () => inside), deductibles: [] }),
      "rules: expected a list of at most 32, got a list of 33",
    ],
    [
      "a deductible of a rule that is not there",
      withDeductible({ rules: ["dental"] }),
      'deductibles[0].rules: there is no rule "dental"',
    ],
    [
      "two deductibles of one rule",
      faultsWith({ deductibles: [deductible, { ...deductible, rules: ["inside-list"] }] }),
      'deductibles[1].rules: rule "inside-list" has a deductible already',
    ],
    ["a deductible of no rule", withDeductible({ rules: [] }), "deductibles[0].rules: names no rule"],
    [
      "a basis that is none",
      withDeductible({ per: "year" }),
      'deductibles[0].per: expected one of claim, period, got "year"',
    ],
    ["ages that run backwards", faultsWith({ ages: { from: 60, to: 18 } }), "ages: runs from 60 to 18"],
    ["ages without a bound", faultsWith({ ages: {} }), 'ages: needs from or to; write "any" for every age'],
    [
      "a layer that is none",
      faultsWith({ layers: ["goodwill"] }),
      'layers[0]: expected one of basicMedicalInsurance, seriousIllnessInsurance, medicalAid, got "goodwill"',
    ],
    ["no benefit kind", faultsWith({ benefits: [] }), "benefits: names no benefit kind"],
    [
      "special drugs paid by a plan that has none",
      faultsWith({ specialDrugs: "none" }),
      "specialDrugs: is none, but a rule pays them",
    ],
    [
      "a plan name with free text",
      faultsWith({ plan: "Our plan!" }),
      'plan: expected a letter a-z and at most 31 letters, digits or -, got "Our plan!"',
    ],
  ];
  for (const [promise, faults, expected] of cases) {
    it(`refuses ${promise}`, () => expect(faults[0]).to.equal(expected));
  }

  it("names at most 100 faults of a document that is all faults", () => {
    const fields = Array.from({ length: 1_000 }, (_, at) => [`field${at}`, at]);
    expect(faultsWith(Object.fromEntries(fields))).to.have.length(100);
  });

  it("refuses a pre-existing rate alone", () => {
    const { rateBps: _, ...alone } = inside;
    expect(faultsWith({ rules: [alone, outside, drugs] })).to.deep.equal([
      "rules[0].rateBps: is missing beside preExistingRateBps",
    ]);
  });
});
