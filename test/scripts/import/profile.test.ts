import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { InvalidProfile, readControlTotals, readProfile } from "../../../scripts/import/profile.ts";
import { exampleProfile } from "./files.ts";

const faultsOf = (read: () => unknown): readonly string[] => {
  try {
    read();
  } catch (error) {
    if (error instanceof InvalidProfile) return error.faults;
    throw error;
  }
  throw new Error("nothing was refused");
};
const profileFaults = (change: Readonly<Record<string, unknown>>): readonly string[] =>
  faultsOf(() => readProfile(JSON.stringify({ ...exampleProfile, ...change })));

describe("import: profiles", () => {
  it("are read as they are written", () => {
    expect(readProfile(JSON.stringify(exampleProfile))).to.deep.equal(exampleProfile);
  });

  it("tell all their faults at once", () => {
    const faults = profileFaults({
      currency: "USD",
      colour: "red",
      file: { encoding: "latin1" },
      channel: undefined,
    });
    expect(faults).to.include("(whole file) must not have additional properties: colour");
    expect(faults).to.include("(whole file) must have required properties channel");
    expect(faults.some((fault) => fault.startsWith("currency "))).to.equal(true);
    expect(faults.some((fault) => fault.startsWith("file must have required properties delimiter"))).to.equal(
      true,
    );
    expect(faults.some((fault) => fault.startsWith("file.encoding "))).to.equal(true);
  });

  const columns = { amount: "yuan", occurredAt: { column: "day", format: "YYYY-MM-DD" } };
  const refused: readonly (readonly [string, Readonly<Record<string, unknown>>, readonly string[]])[] = [
    [
      "without anything that tells gifts apart",
      { columns },
      ["columns needs transactionNumber, reference or both: what tells one gift from every other"],
    ],
    [
      "that include and exclude sources",
      { source: { column: "sheet", include: ["a"], exclude: ["b"] } },
      ["source has include and exclude; keep one of them"],
    ],
    [
      "without a fund",
      { funds: {} },
      ["funds names no fund; give default, or a column with exact or contains"],
    ],
    [
      "that map purposes of no column",
      { funds: { exact: { Heating: "F02K" } } },
      ["funds.column is missing; exact and contains need the column of the purpose"],
    ],
    [
      "with codes that are no fund's",
      { funds: { default: "F02J", column: "for", contains: [{ text: "x", fund: "P01K" }] } },
      [
        'funds.contains.0.fund "P01K" is not the code of a fund, such as F01N',
        'funds.default "F02J" is not the code of a fund, such as F01N',
      ],
    ],
    [
      "with a channel that is none",
      { channel: { id: "Ali Pay" } },
      ["channel.id must be 1 to 31 characters of a-z, 0-9 and -"],
    ],
    [
      "with control totals that are no amounts",
      { totals: { sources: { may: { amount: "1,000" } }, all: { amount: "1.005" } } },
      [
        "totals.sources.may.amount has grouping; remove the separators between digits",
        "totals.all.amount has more than 2 decimals; round it at the source",
      ],
    ],
  ];
  for (const [what, change, faults] of refused) {
    it(`${what} are refused`, () => expect(profileFaults(change)).to.deep.equal(faults));
  }

  it("that are not JSON are refused, and so are control totals", () => {
    expect(faultsOf(() => readProfile("{"))).to.have.length(1);
    expect(faultsOf(() => readControlTotals('{"all":{"rows":-1}}'))).to.have.length(1);
    expect(readControlTotals('{"all":{"rows":3,"amount":"26.00"}}').all).to.deep.equal({
      rows: 3,
      amount: "26.00",
    });
  });

  it("of the repository and of its documentation are valid", () => {
    const folder = join(import.meta.dirname, "..", "..", "..", "scripts", "import", "profiles");
    const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
    const page = readFileSync(join(import.meta.dirname, "..", "..", "..", "docs", "import.md"), "utf8");
    const documented = [...page.matchAll(/```json profile\n([\s\S]*?)```/g)].map(([, text = ""]) => text);
    expect(documented).to.have.length(1);
    for (const text of [...texts, ...documented]) expect(() => readProfile(text)).to.not.throw();
  });
});
