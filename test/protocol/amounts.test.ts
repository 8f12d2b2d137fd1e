import { expect } from "chai";
import {
  InvalidAmount,
  addFen,
  after,
  fen,
  formatAmount,
  parseAmount,
  parseMinorUnits,
  position,
  subtractFen,
} from "../../protocol/amounts.ts";

describe("amounts in bills and files", () => {
  it("are read to the fen", () => {
    const amounts: readonly (readonly [string, bigint])[] = [
      ["0", 0n],
      ["0.01", 1n],
      ["1.5", 150n],
      ["12.50", 1250n],
      ["697919031.80", 69_791_903_180n],
      ["184467440737095516.15", (1n << 64n) - 1n],
    ];
    for (const [text, expected] of amounts) expect(parseAmount(text), text).to.equal(expected);
    expect(parseAmount("500", 0)).to.equal(500n);
    expect(parseAmount("1.234", 3)).to.equal(1234n);
  });

  const refusals: readonly (readonly [string, string])[] = [
    ["", "is empty"],
    ["  ", "is empty"],
    [" 1", "spaces around"],
    ["1.234", "more than 2 decimals"],
    ["-1", "is negative"],
    ["−1", "is negative"],
    ["+1", "has a sign"],
    ["1e3", "exponent"],
    ["1.5E2", "exponent"],
    ["１２", "full-width"],
    ["1．5", "full-width"],
    ["1,234.00", "grouping"],
    ["1 234", "grouping"],
    ["007", "leading zeros"],
    [".5", "both sides"],
    ["5.", "both sides"],
    ["1.2.3", "plain decimal"],
    ["12元", "plain decimal"],
    ["0x10", "plain decimal"],
    ["NaN", "plain decimal"],
    ["184467440737095516.16", "larger than"],
    ["999999999999999999999999999999", "larger than"],
  ];
  for (const [text, reason] of refusals) {
    it(`refuse ${JSON.stringify(text)}: ${reason}`, () => {
      expect(() => parseAmount(text)).to.throw(InvalidAmount, reason);
    });
  }

  it("refuse decimals of a currency that has none", () => {
    expect(() => parseAmount("5.0", 0)).to.throw(InvalidAmount, "this currency has none");
  });
});

describe("amounts of the API", () => {
  it("are digits of minor units", () => {
    expect(parseMinorUnits("1250")).to.equal(1250n);
    expect(parseMinorUnits("18446744073709551615")).to.equal((1n << 64n) - 1n);
    for (const text of ["", "1.0", "-1", "01", "1e3", "１", " 1", "99999999999999999999"]) {
      expect(() => parseMinorUnits(text), text).to.throw(InvalidAmount);
    }
  });

  it("refuse numbers that are no amounts", () => {
    for (const value of [-1n, 1n << 96n, 0.5, Number.NaN, 2 ** 60])
      expect(() => fen(value)).to.throw(InvalidAmount);
    expect(() => position(-1n)).to.throw(InvalidAmount);
  });
});

describe("amounts", () => {
  it("are shown grouped, with their decimals", () => {
    const shown: readonly (readonly [bigint, string])[] = [
      [0n, "0.00"],
      [5n, "0.05"],
      [123_405n, "1,234.05"],
      [69_791_903_180n, "697,919,031.80"],
      [100_000n, "1,000.00"],
    ];
    for (const [amount, text] of shown) expect(formatAmount(fen(amount))).to.equal(text);
    expect(formatAmount(fen(1_234_567n), 0)).to.equal("1,234,567");
  });

  it("add and subtract inside their range", () => {
    expect(addFen(fen(1n), fen(2n), fen(3n))).to.equal(6n);
    expect(subtractFen(fen(3n), fen(3n))).to.equal(0n);
    expect(after(position(5n), fen(2n))).to.equal(7n);
    expect(() => subtractFen(fen(1n), fen(2n))).to.throw(InvalidAmount);
    expect(() => after(position((1n << 96n) - 1n), fen(1n))).to.throw(InvalidAmount);
  });
});
