import { expect } from "chai";
import { formatAmount, parseAmount } from "../../../protocol/amounts.ts";
import { jiangsuTable, meanYuanOf } from "../../../protocol/terms/jiangsu.ts";

describe("the table of the six city plans", () => {
  it("computes each mean from the raw figures, with the printed one beside it", () => {
    const means = jiangsuTable.flatMap(({ city, results }) =>
      results.state === "data"
        ? [[city, results.meanYuan, results.printedMeanYuan, results.differenceYuan]]
        : [],
    );
    expect(means).to.deep.equal([
      ["nanjing", 7_662n, 7_662n, 0n], //       25,268,000 /  3,298 =  7,661.61
      ["wuxi", 10_619n, 10_618n, 1n], //        29,690,000 /  2,796 = 10,618.74
      ["xuzhou", 1_639n, 1_639n, 0n], //        33,381,000 / 20,369 =  1,638.81
      ["changzhou", 7_005n, 7_005n, 0n], //      8,840,000 /  1,262 =  7,004.75
    ]);
  });

  it("takes amounts of ¥10,000 to the fen", () => {
    const paid = jiangsuTable.flatMap(({ results }) =>
      results.state === "data" ? [formatAmount(results.paid)] : [],
    );
    expect(paid).to.deep.equal(["25,268,000.00", "29,690,000.00", "33,381,000.00", "8,840,000.00"]);
  });

  it("computes what was paid a claim and an insured person, and the claims of 10,000 of them", () => {
    const derived = jiangsuTable.flatMap(({ city, results }) =>
      results.state === "data"
        ? [
            [
              city,
              formatAmount(results.meanFen),
              formatAmount(results.paidPerInsured),
              results.claimsPerTenThousandTenths,
            ],
          ]
        : [],
    );
    expect(derived).to.deep.equal([
      ["nanjing", "7,661.61", "31.59", 412n], //    25,268,000 / 800,000 = 31.585; 41.225
      ["wuxi", "10,618.74", "45.68", 430n], //      29,690,000 / 650,000 = 45.6769…; 43.0153…
      ["xuzhou", "1,638.81", "30.35", 1_852n], //   33,381,000 / 1,100,000 = 30.3463…; 185.1727…
      ["changzhou", "7,004.75", "19.95", 285n], //  8,840,000 / 443,000 = 19.9548…; 28.4875…
    ]);
  });

  it("shows no data as a state, without any figure", () => {
    const empty = jiangsuTable.filter(({ results }) => results.state === "noData");
    expect(empty.map(({ city }) => city)).to.deep.equal(["suzhou", "yancheng"]);
    for (const { results } of empty) expect(results).to.deep.equal({ state: "noData" });
  });

  it("names the terms of each city, its insurers, and where there are more of them", () => {
    for (const { city, terms } of jiangsuTable) expect(terms.plan).to.equal(`${city}-supplementary`);
    const insurers = jiangsuTable.map((row) => row.insurers.length + (row.otherInsurers ? 0.5 : 0));
    expect(insurers).to.deep.equal([3, 1, 3.5, 3.5, 1, 1]);
  });

  it("rounds a mean to the nearest yuan, halves up", () => {
    expect(meanYuanOf(parseAmount("2.98"), 2)).to.equal(1n); // 1.49
    expect(meanYuanOf(parseAmount("3.00"), 2)).to.equal(2n); // 1.50
    expect(meanYuanOf(parseAmount("0"), 7)).to.equal(0n);
  });
});
