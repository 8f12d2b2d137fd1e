import { expect } from "chai";
import { csvLine, decimal, jsonLine } from "../../../protocol/exports/rows.ts";

describe("rows of exports", () => {
  it("give amounts in major units, with both digits and their sign", () => {
    expect([0n, 5n, 123_405n, -7n, -100n].map(decimal)).to.deep.equal([
      "0.00",
      "0.05",
      "1234.05",
      "-0.07",
      "-1.00",
    ]);
  });

  it("give a spreadsheet nothing that it takes for a formula, and leave negative amounts what they are", () => {
    const line = csvLine(["a", "b", "c", "d", "e"], {
      a: "=1+1",
      b: "-cmd",
      c: "@sum",
      d: "-12.50",
      e: "\t=1",
    });
    expect(line).to.equal("'=1+1,'-cmd,'@sum,-12.50,'\t=1\r\n");
  });

  it("quote what CSV would split, and leave out of JSON what is not there", () => {
    expect(csvLine(["a", "b", "c"], { a: 'x,"y"', c: "two\nlines" })).to.equal('"x,""y""",,"two\nlines"\r\n');
    expect(jsonLine(["a", "b", "c"], { c: 1, a: "x" })).to.equal('{"a":"x","c":1}\n');
  });
});
