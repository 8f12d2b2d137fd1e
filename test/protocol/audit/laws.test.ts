import { expect } from "chai";
import { position } from "../../../protocol/amounts.ts";
import { Checks } from "../../../protocol/audit/check.ts";
import { checkBooks, leaveLawsOpen } from "../../../protocol/audit/laws.ts";
import { exampleBooks } from "../books.ts";

describe("the laws of an audit", () => {
  const results = (damaged: boolean) => {
    const { state, now } = exampleBooks();
    const [fund] = state.funds;
    if (damaged && fund !== undefined) fund.donated = position(fund.donated + 1n);
    const checks = new Checks();
    checkBooks(checks, state, now);
    return checks.results();
  };

  it("hold for books that keep them, each by its name", () => {
    expect(results(false).map(({ check, status }) => [check, status])).to.deep.equal(
      ["L1", "L2", "L3", "L5", "L6"].map((law) => [law, "holds"]),
    );
  });

  it("are broken by name, with what is wrong in the words of the finding", () => {
    const broken = results(true).filter(({ status }) => status === "broken");
    expect(broken.map(({ check }) => check)).to.deep.equal(["L1", "L5"]);
    expect(broken[0]?.findings[0]).to.deep.include({ check: "L1", subject: "the books", fact: "L1" });
    expect(broken[0]?.findings[0]?.sentence).to.match(
      /^fund 1, sum of its batches: expected \d+, found \d+; /,
    );
  });

  it("stay open where the books could not be rebuilt", () => {
    const checks = new Checks();
    leaveLawsOpen(checks);
    expect(checks.results().map(({ check, status }) => [check, status])).to.deep.equal(
      ["L1", "L2", "L3", "L4", "L5", "L6"].map((law) => [law, "unfinished"]),
    );
  });
});
