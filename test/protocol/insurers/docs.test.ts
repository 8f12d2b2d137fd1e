import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { fen } from "../../../protocol/amounts.ts";
import { readShares } from "../../../protocol/insurers/split.ts";
import { statementOf } from "../../../protocol/insurers/statement.ts";
import type { Flows, Statement } from "../../../protocol/insurers/statement.ts";
import { MovementBook, sum } from "./invented.ts";

const page = readFileSync(join(import.meta.dirname, "..", "..", "..", "docs", "co-insurance.md"), "utf8");

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

const shares = readShares(JSON.parse(/```json shares\n([\s\S]*?)```/.exec(page)?.[1] ?? ""));

/** The movements are those of the page's own table: kind, cash period and gross amount. */
const book = new MovementBook();
for (const [kind = "", cashPeriod = "", gross = ""] of table("movement")) {
  if (kind === "payout") book.pay(BigInt(gross), Number(cashPeriod));
  else book.recover(BigInt(gross), Number(cashPeriod));
}

const statements = shares.map((_, at) =>
  statementOf({ shares, ordinal: at + 1 }, book.movements, book.counters),
);
const statementOfThird = (): Statement => {
  const [, , third] = statements;
  if (third === undefined) throw new RangeError("the page has three insurers");
  return third;
};

const figures = ({ paid, recovered, net }: Flows): readonly string[] => [paid, recovered, net].map(String);

describe("docs/co-insurance.md", () => {
  it("shows each insurer's part of each payout and recovery, and the counter before it", () => {
    expect(table("movement")).to.deep.equal(
      book.movements.map(({ kind, cashPeriod, amount, before }, line) => [
        kind,
        ...[cashPeriod, amount, before].map(String),
        ...statements.map(({ lines }) => String(lines[line]?.part)),
      ]),
    );
    expect(table("movement").length).to.equal(5);
  });

  it("shows the statement of the third insurer, line by line and by cash period", () => {
    const { lines, cashPeriods, gross, part } = statementOfThird();
    expect(table("line")).to.deep.equal(
      lines.map(({ movement, part, opening, closing }, at) => {
        const isPayout = movement.kind === "payout";
        const amounts = isPayout ? [String(part), ""] : ["", String(part)];
        return [String(at + 1), String(movement.cashPeriod), String(opening), ...amounts, String(closing)];
      }),
    );
    expect(table("of cash period")).to.deep.equal([
      ...cashPeriods.map((total) => [
        String(total.cashPeriod),
        ...figures(total.gross).slice(0, 2),
        ...figures(total.part),
      ]),
      ["all", ...figures(gross).slice(0, 2), ...figures(part)],
    ]);
  });

  it("shows check figures that agree with the ledger", () => {
    const { insurers, sum: together, ledger, holds } = statementOfThird().check;
    expect(table("check")).to.deep.equal([
      ...insurers.map((flows, at) => [`insurer ${at + 1}`, ...figures(flows)]),
      ["together", ...figures(together)],
      ["ledger", ...figures(ledger)],
    ]);
    expect(holds).to.equal(true);
  });

  it("computes by hand what the formula gives, and what rounding each part down would lack", () => {
    const hand = [(133_308n * 45n) / 100n, ((133_308n - 59_988n) * 3500n) / 5500n];
    expect(hand).to.deep.equal([59_988n, 46_658n]);
    const [, second] = book.movements;
    expect(second).to.include({ before: 100_001n, amount: fen(33_307n) });
    expect(sum(shares.map((bps) => (100_001n * BigInt(bps)) / 10_000n))).to.equal(100_000n);
    for (const figure of ["59,988", "73320", "46,658", "14,988"]) expect(page).to.contain(figure);
  });
});
