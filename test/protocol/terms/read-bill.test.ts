import { expect } from "chai";
import { canonicalJson } from "../../../protocol/json.ts";
import { adjudicate } from "../../../protocol/terms/adjudicate.ts";
import { InvalidBill } from "../../../protocol/terms/bill.ts";
import { billDocument, readBill } from "../../../protocol/terms/read-bill.ts";
import { readTerms } from "../../../protocol/terms/read.ts";
import { scopes } from "../../../protocol/terms/types.ts";
import { inventedDocument, thrown } from "./invented.ts";

const [first, second] = inventedDocument.layers;

const itemDocument = {
  scope: "insideList",
  cost: "8640055",
  paidFirst: [
    { layer: first, amount: "5000000" },
    { layer: second, amount: "1234567" },
  ],
};

const document = {
  kind: "bill",
  currency: "CNY",
  benefit: "cash",
  preExisting: true,
  items: [itemDocument, { ...itemDocument, scope: "outsideList" }],
  paidByOthers: "150000",
  history: {
    coverUsed: "17800000",
    rules: [{ rule: "inside-list", deductibleUsed: "400000", paid: "70000" }],
  },
};

type Changes = { readonly [field: string]: unknown };

const faultsOf = (json: unknown): readonly string[] => {
  const error = thrown(() => readBill(json, "CNY"));
  if (!(error instanceof InvalidBill)) throw new RangeError("expected InvalidBill", { cause: error });
  return error.faults.map(({ field, reason }) => `${field}: ${reason}`);
};
const faultsWith = (changes: Changes): readonly string[] => faultsOf({ ...document, ...changes });
const withItem = (changes: Changes): readonly string[] =>
  faultsWith({ items: [{ ...itemDocument, ...changes }] });

describe("reading a bill", () => {
  it("gives amounts in fen, the layers' payments, the flag and what was used up before", () => {
    expect(readBill(document, "CNY")).to.deep.equal({
      bill: {
        benefit: "cash",
        preExisting: true,
        items: ["insideList", "outsideList"].map((scope) => ({
          scope,
          cost: 8_640_055n,
          paidFirst: [
            { layer: first, amount: 5_000_000n },
            { layer: second, amount: 1_234_567n },
          ],
        })),
        paidByOthers: 150_000n,
      },
      history: {
        coverUsed: 17_800_000n,
        rules: [{ rule: "inside-list", deductibleUsed: 400_000n, paid: 70_000n }],
      },
    });
  });

  it("and writing it gives the same canonical JSON", () => {
    const written = billDocument(readBill(document, "CNY"), "CNY");
    expect(canonicalJson(written)).to.equal(canonicalJson(document));
  });

  it("gives what adjudication takes", () => {
    const { bill, history } = readBill(document, "CNY");
    // inside: 24,054.88 − (10,000 − 4,000) = 18,054.88 × 0.4 = 7,221.952; outside: 24,054.88 × 0.5 = 12,027.44
    expect(adjudicate(readTerms(inventedDocument), bill, history).payable).to.equal(722_195n + 1_202_744n);
  });

  it("names every fault at once, with its field and reason", () => {
    expect(
      String(thrown(() => readBill({ kind: "bill", currency: "USD", benefit: "cash" }, "CNY"))),
    ).to.equal(
      "InvalidBill: bill: 7 faults; correct them and adjudicate again:\n" +
        "  currency: expected one of CNY, got string\n" +
        "  preExisting: expected true or false, got nothing\n" +
        "  items: expected a list of at most 13, got nothing\n" +
        "  paidByOthers: expected minor units as a string of digits, got nothing\n" +
        "  history: expected an object, got nothing\n" +
        "  history.coverUsed: expected minor units as a string of digits, got nothing\n" +
        "  history.rules: expected a list of at most 32, got nothing",
    );
    expect(String(thrown(() => readBill([], "CNY")))).to.contain(
      "  document: expected an object, got a list of 0",
    );
  });

  const cases: readonly (readonly [promise: string, faults: readonly string[], expected: string])[] = [
    ["another kind of document", faultsWith({ kind: "terms" }), "kind: expected one of bill, got string"],
    [
      "a benefit that is none",
      faultsWith({ benefit: 2 }),
      "benefit: expected one of cash, service, device, got number",
    ],
    [
      "a flag as text, which would be true",
      faultsWith({ preExisting: "false" }),
      "preExisting: expected true or false, got string",
    ],
    [
      "an amount as a number, which JSON may round",
      withItem({ cost: 12.5 }),
      "items[0].cost: expected minor units as a string of digits, got number",
    ],
    [
      "an amount below 0",
      withItem({ cost: "-1" }),
      "items[0].cost: expected minor units as plain decimal digits, such as 1250 for 12.50",
    ],
    [
      "an amount past 2^64 − 1",
      withItem({ cost: "18446744073709551616" }),
      "items[0].cost: is larger than 2^64 − 1 minor units",
    ],
    [
      "a scope that is none",
      withItem({ scope: "dental" }),
      `items[0].scope: expected one of ${scopes.join(", ")}, got string`,
    ],
    [
      "a layer that is none",
      withItem({ paidFirst: [{ layer: "goodwill", amount: "1" }] }),
      "items[0].paidFirst[0].layer: expected one of basicMedicalInsurance, seriousIllnessInsurance, medicalAid, got string",
    ],
    [
      "more layers than there are",
      withItem({ paidFirst: Array.from({ length: 4 }, () => itemDocument.paidFirst[0]) }),
      "items[0].paidFirst: expected a list of at most 3, got a list of 4",
    ],
    [
      "more items than there are scopes",
      faultsWith({ items: Array.from({ length: 14 }, () => itemDocument) }),
      "items: expected a list of at most 13, got a list of 14",
    ],
    [
      "a history that is left out",
      faultsWith({ history: undefined }),
      "history: expected an object, got nothing",
    ],
    [
      "a history of more rules than terms can have",
      faultsWith({
        history: { coverUsed: "0", rules: Array.from({ length: 33 }, () => document.history.rules[0]) },
      }),
      "history.rules: expected a list of at most 32, got a list of 33",
    ],
    [
      "free text for a rule",
      faultsWith({
        history: { coverUsed: "0", rules: [{ rule: "A note", deductibleUsed: "0", paid: "0" }] },
      }),
      "history.rules[0].rule: expected a letter a-z and at most 31 letters, digits or -, got string",
    ],
  ];
  for (const [promise, faults, expected] of cases) {
    it(`refuses ${promise}`, () => expect(faults[0]).to.equal(expected));
  }

  it("refuses whatever else is told of a person, and repeats none of it", () => {
    const personal = { "Example Person": "Invented Disease", benefit: "Invented Benefit" };
    const faults = [
      ...faultsWith(personal),
      ...withItem({ remark: "Invented Remark", scope: "Invented Scope", cost: "Invented Cost" }),
    ];
    expect(faults).to.have.length(5);
    expect(faults[0]).to.match(/^\(another\): is unknown; the fields are kind, currency, benefit, /);
    expect(faults.join("\n")).not.to.match(/Example|Invented|remark/);
  });
});
