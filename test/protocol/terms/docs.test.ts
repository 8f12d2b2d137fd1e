import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { fen, formatAmount, parseAmount } from "../../../protocol/amounts.ts";
import { adjudicate } from "../../../protocol/terms/adjudicate.ts";
import { owedOf } from "../../../protocol/terms/bill.ts";
import type { History } from "../../../protocol/terms/bill.ts";
import { jiangsuTable } from "../../../protocol/terms/jiangsu.ts";
import type { CityRow } from "../../../protocol/terms/jiangsu.ts";
import { demonstrationPlans } from "../../../protocol/terms/examples/demonstration.ts";
import { readBill } from "../../../protocol/terms/read-bill.ts";
import { readTerms } from "../../../protocol/terms/read.ts";
import type { Step } from "../../../protocol/terms/steps.ts";
import { scopes, termsDigest, termsDocument } from "../../../protocol/terms/types.ts";
import { bill, inventedDocument, item } from "./invented.ts";

const page = readFileSync(join(import.meta.dirname, "..", "..", "..", "docs", "terms.md"), "utf8");
const flat = page.replaceAll(/\s+/g, " ");

/** The cells of the table whose first heading is `heading`, without the headings. */
const table = (heading: string): readonly (readonly string[])[] => {
  const lines = page.split("\n");
  const first = lines.findIndex((line) => line.startsWith(`| ${heading} `));
  const length = lines.slice(first).findIndex((line) => !line.startsWith("|"));
  return lines.slice(first + 2, first + length).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
};

const terms = readTerms(JSON.parse(/```json terms\n([\s\S]*?)```/.exec(page)?.[1] ?? ""));

const billed = bill(
  [
    item(terms, "insideList", "86400.55", ["50000", "12345.67"]),
    item(terms, "outsideList", "20000.33"),
    item(terms, "specialDrugs", "9000.01"),
  ],
  { paidByOthers: parseAmount("1500") },
);
const history: History = {
  coverUsed: parseAmount("178000"),
  rules: [
    { rule: "inside-list", deductibleUsed: parseAmount("4000"), paid: fen(0) },
    { rule: "outside-list", deductibleUsed: fen(0), paid: parseAmount("25000") },
  ],
};

const written = readBill(JSON.parse(/```json bill\n([\s\S]*?)```/.exec(page)?.[1] ?? ""), "CNY");

const signed = (effect: bigint): string =>
  effect < 0n ? `−${formatAmount(fen(-effect))}` : formatAmount(fen(effect));

const figures = (step: Step): string => {
  switch (step.code) {
    case "cost":
      return step.scope;
    case "paidFirst":
      return step.layer;
    case "deductible":
    case "cap":
    case "cover":
      return `${formatAmount(step.amount)}, used before ${formatAmount(step.usedBefore)}`;
    case "rate":
      return `${step.rateBps / 100} % of ${formatAmount(step.of)}`;
    case "owed":
      return formatAmount(step.owed);
    case "notCovered":
    case "benefitNotPaid":
    case "coverNotStated":
      throw new RangeError("no step of the worked case");
  }
};

const rowOf = (step: Step): readonly string[] => [
  "rule" in step ? step.rule : "",
  step.code,
  figures(step),
  signed(step.effect),
];

describe("docs/terms.md", () => {
  it("writes down the plan of the tests, under its digest", () => {
    expect(termsDocument(terms)).to.deep.equal(inventedDocument);
    expect(page).to.contain(`Its digest is \`${termsDigest(terms)}\`.`);
  });

  it("names every field and every scope", () => {
    const described = table("field").map(([field = ""]) => field);
    for (const name of Object.keys(inventedDocument)) expect(described.join(" "), name).to.contain(name);
    expect(flat).to.contain(`The scopes are ${scopes.map((scope) => `\`${scope}\``).join(", ")}.`);
  });

  it("writes the bill of the worked case as JSON", () => {
    expect(written).to.deep.equal({ bill: billed, history });
  });

  it("lists the demonstration's plans, and how much of each is invented", () => {
    expect(table("plan").map(([plan, version, , invented]) => [plan, version, invented])).to.deep.equal(
      demonstrationPlans.map(({ terms: { plan, version }, invented }) => [
        `\`${plan}\``,
        String(version),
        String(invented.length),
      ]),
    );
  });

  it("states the bill and the history that the worked case starts from", () => {
    expect(table("scope")).to.deep.equal(
      billed.items.map(({ scope, cost, paidFirst }) => [
        `\`${scope}\``,
        formatAmount(cost),
        ...paidFirst.map(({ amount }) => formatAmount(amount)),
      ]),
    );
    const [inside, outside] = history.rules;
    expect(flat).to.contain(
      `Earlier in the period ¥${formatAmount(history.coverUsed)} of the cover were used, ` +
        `¥${formatAmount(inside?.deductibleUsed ?? fen(0))} of the deductible under \`inside-list\`, ` +
        `and \`outside-list\` paid ¥${formatAmount(outside?.paid ?? fen(0))}.`,
    );
    expect(flat).to.contain(
      `Others paid ¥${formatAmount(billed.paidByOthers)}, so the person still owes ¥${formatAmount(owedOf(billed))}.`,
    );
  });

  it("shows each step with its figures, and their sum", () => {
    // inside:  86,400.55 − 50,000 − 12,345.67 = 24,054.88; − (10,000 − 4,000) = 18,054.88; × 0.8 = 14,443.904
    //          → 14,443.90, of 22,000 cover left
    // outside: 20,000.33; the deductible is used up; × 0.5 = 10,000.165 → 10,000.16; cap leaves 5,000
    // drugs:   9,000.01 × 0.6 = 5,400.006 → 5,400.00; cover leaves 22,000 − 14,443.90 − 5,000 = 2,556.10
    // owed:    24,054.88 + 20,000.33 + 9,000.01 − 1,500 = 51,555.22
    const { payable, remaining, steps } = adjudicate(terms, billed, history);
    expect([payable, remaining]).to.deep.equal([2_200_000n, 2_955_522n]);
    expect(table("rule")).to.deep.equal([
      ...steps.map(rowOf),
      ["**payable**", "", "", `**${formatAmount(payable)}**`],
    ]);
    expect(flat).to.contain(`the effects add up to what is payable: ¥${formatAmount(payable)}.`);
    expect(flat).to.contain(`The person then owes ¥${formatAmount(remaining)}, the most`);
  });

  it("repeats the table of the cities as it is computed", () => {
    const row = ({ city, results }: CityRow): readonly string[] => {
      const name = city.replace(/^./, (letter) => letter.toUpperCase());
      if (results.state === "noData") return [name, ...Array.from({ length: 5 }, () => "no data")];
      const { claims, paid, meanYuan, printedMeanYuan, differenceYuan } = results;
      const grouped = (value: bigint | number): string => formatAmount(fen(value), 0);
      const mark = differenceYuan === 0n ? "0" : `**${signed(differenceYuan * 100n).replace(".00", "")}**`;
      return [name, grouped(claims), formatAmount(paid), grouped(meanYuan), grouped(printedMeanYuan), mark];
    };
    expect(table("city")).to.deep.equal(jiangsuTable.map(row));
  });
});
