import { expect } from "chai";
import { FileRefused, faultText, shownFaults } from "../../../scripts/import/faults.ts";
import type { Profile } from "../../../scripts/import/profile.ts";
import { runImport } from "../../../scripts/import/run.ts";
import { csv, exampleProfile, Folder, header, manyRows, profileWith, row, Written } from "./files.ts";
import { InventedGateway } from "./invented-gateway.ts";

describe("import: a file that is not clean", () => {
  let folder: Folder;
  let gateway: InventedGateway;
  beforeEach(() => {
    folder = new Folder();
    gateway = new InventedGateway("F01N", "F02K");
  });
  afterEach(() => folder.remove());

  /** Imports and answers the refusal; a file that is not refused fails the test. */
  const refusal = async (
    content: string | Uint8Array,
    profile: Profile = profileWith(),
  ): Promise<FileRefused> => {
    try {
      await runImport({
        path: folder.write("day.csv", content),
        profile,
        target: gateway,
        dryRun: false,
        progress: new Written(),
      });
    } catch (error) {
      if (error instanceof FileRefused) return error;
      throw error;
    }
    throw new Error("the file was not refused");
  };

  const faults = async (content: string | Uint8Array, profile?: Profile): Promise<readonly string[]> =>
    (await refusal(content, profile)).faults.map(faultText);

  const refusedRows: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    [
      "an amount of three decimals",
      { yuan: "1.005" },
      "column yuan: has more than 2 decimals; round it at the source",
    ],
    ["a negative amount", { yuan: "-1" }, "column yuan: is negative; only amounts of 0 or more are accepted"],
    ["an amount of 1e3", { yuan: "1e3" }, "column yuan: has an exponent; write all digits out"],
    [
      "a full-width digit",
      { yuan: "１2" },
      "column yuan: has full-width characters; write it in plain ASCII digits",
    ],
    ["an amount with spaces", { yuan: " 12.50" }, "column yuan: has spaces around it; remove them"],
    ["an empty amount", { yuan: "" }, "column yuan: is empty; write an amount such as 12.50"],
    ["an amount of nothing", { yuan: "0.00" }, "column yuan: is zero; a gift is at least 0.01"],
    [
      "a day that does not exist",
      { "paid at": "2021-02-29 08:00:00" },
      "column paid at: is no real day from 1970 on",
    ],
    [
      "an hour that does not exist",
      { "paid at": "2020-02-28 24:00:00" },
      "column paid at: has no such time of day; hours end at 23, minutes and seconds at 59",
    ],
    [
      "a day in another form",
      { "paid at": "28.2.2030" },
      "column paid at: is not written as YYYY-MM-DD HH:mm:ss",
    ],
    [
      "an unmapped purpose",
      { for: "Somebody's words" },
      "column for: is a purpose that no fund is mapped to, and there is no default",
    ],
    [
      "an unmapped channel",
      { through: "Pigeon" },
      "column through: is none of the values that channel.values maps",
    ],
    [
      "a number that is too long",
      { number: "9".repeat(129) },
      "column number: is longer than 128 characters",
    ],
    [
      "a number with an invisible character",
      { number: "IN\u200bV" },
      "column number: holds a control or invisible character; remove it",
    ],
    [
      "a number that a spreadsheet rounded",
      { number: "2.01903E+27" },
      "column number: was rounded by a spreadsheet; export the column as text",
    ],
    [
      "neither number nor the whole reference",
      { number: " ", row: "" },
      "column row: is empty, and it is part of the reference",
    ],
    [
      "a reference that could be another",
      { number: "", row: "1#2" },
      "column row: holds #, which joins the columns of the reference",
    ],
    ["free text without end", { words: "w".repeat(2001) }, "column words: is longer than 2000 characters"],
  ];
  for (const [what, change, expected] of refusedRows) {
    it(`${what} is refused with line, record and column, and nothing is recorded`, async () => {
      const content = csv(row(), row({ row: "2", number: "INVENTED-0002", ...change }));
      expect(await faults(content)).to.deep.equal([`line 3 (record 2), ${expected}`]);
      expect(gateway.requests).to.deep.equal([]);
    });
  }

  it("tells every fault of a row and of every row, and never repeats a cell", async () => {
    const content = csv(
      row({ yuan: "一百", for: "private words" }),
      row({ number: "2", "paid at": "private day" }),
    );
    const refused = await refusal(content);
    expect(refused.faults.map(({ line, column }) => [line, column])).to.deep.equal([
      [2, "yuan"],
      [2, "for"],
      [3, "paid at"],
    ]);
    expect(refused.message).to.not.match(/private|一百|Somebody/);
  });

  it("lists the first 20 faults and counts them all", async () => {
    const content = csv(...manyRows(50).map((good) => good.replace("08:15", "88:15")));
    const refused = await refusal(content);
    expect(refused.faults).to.have.length(shownFaults);
    expect(refused.count).to.equal(50);
    expect(refused.message).to.contain("50 faults").and.to.contain("… and 30 more");
  });

  it("a number repeated inside the file is refused and names the first line", async () => {
    const content = csv(row(), row({ number: "INVENTED-0002" }), row({ row: "3", yuan: "1" }));
    expect(await faults(content)).to.deep.equal(["line 4 (record 3), column number: repeats line 2"]);
  });

  it("numbers that differ only in trailing blanks or in Unicode form are one number", async () => {
    const content = csv(row({ number: "é-1" }), row({ number: "e\u0301-1\t" }));
    expect(await faults(content)).to.deep.equal(["line 3 (record 2), column number: repeats line 2"]);
  });

  it("the same number through another channel is another gift", async () => {
    const content = csv(row(), row({ through: "Bank" }));
    await runImport({
      path: folder.write("day.csv", content),
      profile: profileWith(),
      target: gateway,
      dryRun: false,
      progress: new Written(),
    });
    expect(gateway.gifts.size).to.equal(2);
  });

  it("a reference of several columns repeated inside the file is refused", async () => {
    const content = csv(row({ number: "" }), row({ number: "", yuan: "1" }));
    expect(await faults(content)).to.deep.equal(["line 3 (record 2), column sheet + row: repeats line 2"]);
  });

  it("a row with too few or too many cells is refused", async () => {
    const content = csv(row(), "april,2,2020-04-01 08:15:00", `${row({ number: "3" })},one more`);
    expect(await faults(content)).to.deep.equal([
      "line 3 (record 2): has 3 cells, the header has 9",
      "line 4 (record 3): has 10 cells, the header has 9",
    ]);
  });

  it("broken quotes are refused where they stand", async () => {
    expect(await faults(csv(row(), row({ words: '"never closed' }), row()))).to.have.length(1);
    const [fault] = await faults(csv(row(), row({ number: "2", words: 'in"side' }), row()));
    expect(fault).to.equal(
      "line 3 (record 2): is not well-formed: a quote stands inside a cell that is not quoted; " +
        "the rest of the file was not read",
    );
    const [closed] = await faults(csv(row(), row({ number: "2", words: '"closed"early' })));
    expect(closed).to.contain("line 3 (record 2): is not well-formed: text follows a closing quote");
  });

  it("bytes of another encoding are refused at their line", async () => {
    const bytes = Buffer.concat([Buffer.from(csv(row())), Buffer.from([0xce, 0xd2, 0xd6, 0xae, 0x0a])]);
    const [fault] = await faults(bytes);
    expect(fault).to.contain("line 3").and.to.contain("not utf-8");
  });

  it("columns that are missing or stand twice are refused by name, all at once", async () => {
    const content = `${header.replace("yuan", "amount").replace("name", "for")}\n`;
    expect(await faults(content)).to.deep.equal([
      "line 1, column yuan: is not in the header",
      "line 1, column for: stands 2 times in the header",
    ]);
  });

  it("an empty file is refused", async () => {
    expect(await faults("")).to.deep.equal(["line 1: the file is empty"]);
  });

  it("a purpose that fits two funds is refused, one that is named exactly is not", async () => {
    const funds = {
      column: "for",
      exact: { "insurance and heating": "F02K" },
      contains: [
        { text: "insurance", fund: "F01N" },
        { text: "heating", fund: "F02K" },
      ],
    };
    const content = csv(
      row({ for: "insurance and heating" }),
      row({ number: "2", for: "heating; insurance" }),
    );
    expect(await faults(content, profileWith({ funds }))).to.deep.equal([
      "line 3 (record 2), column for: contains texts of 2 funds (F01N, F02K); name it in funds.exact",
    ]);
  });

  it("an explicit default takes every purpose that nothing else names", async () => {
    const funds = { ...exampleProfile.funds, default: "F02K" };
    const result = await runImport({
      path: folder.write(
        "day.csv",
        csv(row(), row({ number: "2", for: "" }), row({ number: "3", for: "?" })),
      ),
      profile: profileWith({ funds }),
      target: gateway,
      dryRun: false,
      progress: new Written(),
    });
    expect([...result.recorded.byFund.byName].map(([fund, { rows }]) => [fund, rows])).to.deep.equal([
      ["F01N", 1],
      ["F02K", 2],
    ]);
  });

  it("control totals that disagree refuse the file and name both figures", async () => {
    const totals = {
      sources: { april: { rows: 2, amount: "25.01" }, may: { amount: "1.00" } },
      all: { rows: 2, amount: "25.00" },
    };
    const refused = await refusal(csv(row(), row({ number: "2" })), profileWith({ totals }));
    expect(refused.disagreements).to.deep.equal([
      "total of source april: 2 rows, 25.01 yuan expected, the file has 2 rows, 25.00 yuan",
      "total of source may: 1.00 yuan expected, the file has 0 rows, 0.00 yuan",
    ]);
    expect(gateway.requests).to.deep.equal([]);
  });

  const conflicts: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ["amount", { yuan: "12.51" }],
    ["fund", { for: "Heating" }],
    ["time", { "paid at": "2020-04-01 08:15:01" }],
  ];
  for (const [what, change] of conflicts) {
    it(`a gift that is recorded with another ${what} refuses the whole file`, async () => {
      const request = { profile: profileWith(), target: gateway, dryRun: false, progress: new Written() };
      await runImport({ ...request, path: folder.write("first.csv", csv(row())) });
      const content = csv(row({ number: "NEW", row: "2" }), row(change));
      expect(await faults(content)).to.deep.equal([
        "line 3 (record 2), column number: is recorded already with another amount, fund or time; " +
          "a correction is a record of its own",
      ]);
      expect([...gateway.gifts.keys()]).to.deep.equal(["alipay INVENTED-0001"]);
    });
  }

  it("what the gateway refuses is told by the file's own line and column", async () => {
    gateway = new InventedGateway("F01N");
    const content = csv(row(), row({ number: "2", for: "Heating" }));
    expect(await faults(content)).to.deep.equal([
      "line 3 (record 2), column for: the gateway refuses donations[1].fund: no such fund",
    ]);
  });

  it("faults are told in the order of the file, also where the gateway's answers come in another", async () => {
    const profile = profileWith();
    const first = folder.write("first.csv", csv(row({ number: "GIFT-1" }), row({ number: "GIFT-3500" })));
    await runImport({ path: first, profile, target: gateway, dryRun: false, progress: new Written() });
    const standing = gateway.standing.bind(gateway);
    let answerFirst = (): void => {};
    const secondAnswered = new Promise<void>((resolve) => {
      answerFirst = resolve;
    });
    gateway.standing = async (gifts) => {
      const answers = await standing(gifts);
      if (gifts.length === 3_000) await secondAnswered;
      else answerFirst();
      return answers;
    };
    const gifts = Array.from({ length: 3_501 }, (_, index) =>
      row({ number: `GIFT-${index}`, row: String(index), yuan: index % 3_499 === 1 ? "12.51" : "12.50" }),
    );
    const told = await faults(csv(...gifts));
    expect(told.map((fault) => /record (\d+)/.exec(fault)?.[1])).to.deep.equal(["2", "3501"]);
  });

  it("rows of a source that the profile leaves out are not looked at", async () => {
    const result = await runImport({
      path: folder.write("day.csv", csv(row(), row({ sheet: "draft", yuan: "nonsense" }))),
      profile: profileWith(),
      target: gateway,
      dryRun: false,
      progress: new Written(),
    });
    expect([result.checked.records, result.checked.leftOut]).to.deep.equal([2, 1]);
    expect(gateway.gifts.size).to.equal(1);
  });
});
