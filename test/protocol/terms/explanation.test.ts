import { expect } from "chai";
import { fen, parseAmount } from "../../../protocol/amounts.ts";
import { adjudicate } from "../../../protocol/terms/adjudicate.ts";
import { adjudicationDocument, stepsInOrder } from "../../../protocol/terms/explanation.ts";
import { readTerms } from "../../../protocol/terms/read.ts";
import { bill, inventedDocument, item } from "./invented.ts";

const terms = readTerms({ ...inventedDocument, layers: [] });

const adjudication = adjudicate(
  { ...terms, cover: undefined },
  bill([
    item(terms, "insideList", "12000.01"),
    item(terms, "specialDrugs", "100.01"),
    item(terms, "outpatient", "7"),
  ]),
);

describe("an explained adjudication", () => {
  it("shows each step in its order, what it leaves under its rule and what is payable so far", () => {
    const rows = stepsInOrder(adjudication).map(({ number, step, left, payable }) => [
      number,
      step.code,
      left,
      payable,
    ]);
    expect(rows).to.deep.equal([
      [1, "cost", 1_200_001n, 1_200_001n],
      [2, "deductible", 200_001n, 200_001n],
      [3, "rate", 160_000n, 160_000n], // 2,000.01 × 0.8 = 1,600.008
      [4, "cost", 10_001n, 170_001n],
      [5, "rate", 6_000n, 166_000n], // 100.01 × 0.6 = 60.006
      [6, "notCovered", undefined, 166_000n],
      [7, "coverNotStated", undefined, 166_000n],
    ]);
  });

  it("ends at what is payable", () => {
    expect(stepsInOrder(adjudication).at(-1)?.payable).to.equal(adjudication.payable);
    const refused = adjudicate(terms, { ...bill([item(terms, "insideList", "1")]), benefit: "device" });
    expect(stepsInOrder(refused)).to.deep.equal([
      { number: 1, step: refused.steps[0], left: undefined, payable: 0n },
    ]);
  });

  it("has a JSON form with every figure of every step, amounts as text", () => {
    const helped = bill([item(terms, "specialDrugs", "1000")], {
      paidByOthers: fen(70_000n),
      preExisting: true,
    });
    const document = adjudicationDocument(adjudicate(terms, helped));
    expect(JSON.parse(JSON.stringify(document))).to.deep.equal({
      payable: "30000",
      remaining: "0",
      steps: [
        {
          number: 1,
          code: "cost",
          rule: "special-drugs",
          scope: "specialDrugs",
          effect: "100000",
          left: "100000",
          payableSoFar: "100000",
        },
        {
          number: 2,
          code: "rate",
          rule: "special-drugs",
          rateBps: 6000,
          preExisting: false,
          of: "100000",
          effect: "-40000",
          left: "60000",
          payableSoFar: "60000",
        },
        {
          number: 3,
          code: "owed",
          rule: "special-drugs",
          owed: "30000",
          effect: "-30000",
          left: "30000",
          payableSoFar: "30000",
        },
        {
          number: 4,
          code: "cover",
          rule: "special-drugs",
          amount: String(parseAmount("200000")),
          usedBefore: "0",
          effect: "0",
          left: "30000",
          payableSoFar: "30000",
        },
      ],
    });
  });
});
