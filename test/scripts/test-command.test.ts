import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { countsOf, parts, readSolidityCounts } from "../../scripts/test/parts.ts";

const folder = join(import.meta.dirname, "..");

describe("npm test", () => {
  it("has a part for every folder of test/ that holds tests, the checks before them, and the API on another store", () => {
    const folders = readdirSync(folder, { recursive: true })
      .map(String)
      .filter((path) => path.endsWith(".test.ts"))
      .map((path) => `test/${path.split(/[/\\]/)[0] ?? ""}`);
    expect(folders.filter((name) => name.endsWith(".test.ts"))).to.deep.equal([]);
    const names = parts().map(({ name }) => name);
    expect(new Set(names).size).to.equal(names.length);
    expect(names.toSorted()).to.deep.equal(
      ["compile", "types", "lint", "format", "solidity", "api/postgresql", ...new Set(folders)].toSorted(),
    );
  });

  it("reads the counts of Solidity tests, and counts what was skipped as failed", () => {
    expect(readSolidityCounts("Running tests\n\n  12 passing\n  2 failing\n")).to.deep.equal({
      passed: 12,
      failed: 2,
    });
    expect(readSolidityCounts("  3 passing\n  1 skipped\n")).to.deep.equal({ passed: 3, failed: 1 });
  });

  it("takes silence for failure, and a bad exit code for at least one", () => {
    expect(countsOf({ passed: 0, failed: 0 }, 0)).to.deep.equal({ passed: 0, failed: 1 });
    expect(countsOf({ passed: 5, failed: 0 }, 1)).to.deep.equal({ passed: 5, failed: 1 });
    expect(countsOf({ passed: 5, failed: 3 }, 1)).to.deep.equal({ passed: 5, failed: 3 });
    expect(countsOf({ passed: 5, failed: 0 }, 0)).to.deep.equal({ passed: 5, failed: 0 });
  });
});
