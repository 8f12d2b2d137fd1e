/** Whatever was done to an export is named as what it is, and where; a whole one passes however it arrives. */
import { expect } from "chai";
import { exportFaults } from "../../../protocol/exports/check.ts";
import { headerLine } from "../../../protocol/exports/header.ts";
import { checked, facts, headerOf, kindsIn, ledgerFile, tableFile, type Exported } from "./exported.ts";

const files = [
  ["lines of JSON", ledgerFile()],
  ["CSV", tableFile()],
] as const;

const whole = ({ head, rows }: Exported): string => head + rows.join("");
const without = (rows: readonly string[], at: number): readonly string[] => rows.toSpliced(at, 1);

/** What is done to a file, how it is named, and at which row. */
const tamperings: readonly (readonly [string, (file: Exported) => string, string, number | undefined])[] = [
  ["the last row is cut off", ({ head, rows }) => head + rows.slice(0, -1).join(""), "cutShort", undefined],
  ["the last row is cut in its middle", (file) => whole(file).slice(0, -5), "cutShort", undefined],
  ["all rows are cut off", ({ head }) => head, "cutShort", undefined],
  ["a row in the middle is left out", ({ head, rows }) => head + without(rows, 1).join(""), "rowMissing", 2],
  [
    "a row stands there twice",
    ({ head, rows }) => head + rows.toSpliced(1, 0, rows[1] ?? "").join(""),
    "rowDoubled",
    2,
  ],
  [
    "the last row stands there twice",
    ({ head, rows }) => head + [...rows, rows.at(-1)].join(""),
    "rowDoubled",
    undefined,
  ],
  [
    "a row is moved behind the next",
    ({ head, rows }) => head + [rows[0], rows[2], rows[1], ...rows.slice(3)].join(""),
    "rowMoved",
    2,
  ],
  [
    "a digit of a row is another one",
    ({ head, rows }) =>
      head + rows.join("").replace(/0f0f|3\.00/, (found) => (found === "3.00" ? "3.01" : "0f0e")),
    "rowChanged",
    undefined,
  ],
  [
    "a row has no number",
    ({ head, rows }) => head + rows.with(1, (rows[1] ?? "").replace(/^(\{"row":)?2/, "$1x")).join(""),
    "rowUnreadable",
    undefined,
  ],
  [
    "a row is of a block that the head does not name",
    ({ head, rows }) => head + rows.with(0, (rows[0] ?? "").replace(/(blockNumber":|1,)3/, "$12")).join(""),
    "rowOutOfPlace",
    1,
  ],
  ["a row is added", ({ head, rows }) => head + [...rows, another(rows)].join(""), "rowAdded", undefined],
  [
    "the head names another block",
    (file) => whole(file).replace(/(toBlock"?: ?)9/, "$18"),
    "headerChanged",
    undefined,
  ],
  [
    "the head names another hash of its block",
    (file) => whole(file).replace(/(toBlockHash"?: ?"?0x)../, "$1ff"),
    "headerChanged",
    undefined,
  ],
  [
    "the head no longer says that it is an example",
    (file) => whole(file).replace(/(demonstration"?: ?)true/, "$1false"),
    "headerChanged",
    undefined,
  ],
  [
    "a member of the head stands there twice",
    (file) => whole(file).replace(/("version":1,|# version: 1\r\n)/, "$1$1"),
    "headerChanged",
    undefined,
  ],
  ["the head is gone", ({ rows }) => rows.join(""), "notAnExport", undefined],
  [
    "the head lacks its seal",
    (file) => whole(file).replace(/(,"seal":"0x[0-9a-f]{64}"|# seal: 0x[0-9a-f]{64}\r\n)/, ""),
    "notAnExport",
    undefined,
  ],
  [
    "the version is another one",
    (file) => whole(file).replace(/(version"?: ?)1/, "$12"),
    "notAnExport",
    undefined,
  ],
  ["nothing is left of it", () => "", "notAnExport", undefined],
];

/** One row more, numbered on. */
const another = (rows: readonly string[]): string =>
  (rows.at(-1) ?? "")
    .replace(/^(\{"row":)?\d+/, (_found, name = "") => `${name}${rows.length + 1}`)
    .replace(/(blockNumber":|^5,)\d/, "$19");

describe("the check of an export", () => {
  for (const [form, file] of files) {
    describe(`as ${form}`, () => {
      it("passes a whole file, in pieces of any length, and answers its head", () => {
        for (const pieceBytes of [1, 7, 64, 100_000]) {
          const report = checked(whole(file), pieceBytes);
          expect(report.faults, String(pieceBytes)).to.deep.equal([]);
          expect(report.rows).to.equal(file.rows.length);
          expect(report.header).to.include({ fromBlock: 3, toBlock: 9, toBlockHash: facts.toBlockHash });
        }
      });

      for (const [name, tampering, kind, row] of tamperings) {
        it(`names it where ${name}: ${kind}`, () => {
          const text = tampering(file);
          expect(text).to.not.equal(whole(file));
          const report = checked(text);
          expect([...new Set(kindsIn(report))], JSON.stringify(report.faults)).to.deep.equal([kind]);
          if (row !== undefined) expect(report.faults[0]?.row).to.equal(row);
        });
      }
    });
  }

  it("names every kind of fault that it knows", () => {
    const named = new Set(tamperings.map(([, , kind]) => kind));
    expect(exportFaults.filter((kind) => !named.has(kind))).to.deep.equal([]);
  });

  it("finds a row of the ledger behind a later one, though head and digest were made anew", () => {
    const { rows } = ledgerFile();
    const moved = rows.map((row, index) =>
      index === 4 ? row.replace('"blockNumber":7', '"blockNumber":5') : row,
    );
    const report = checked(headerLine(headerOf(facts, moved, moved.length)) + moved.join(""));
    expect(report.faults.map(({ kind, row }) => [kind, row])).to.deep.equal([["rowOutOfPlace", 5]]);
  });

  it("finds a block with two hashes, two times, a time that goes back or another end, though all was made anew", () => {
    const { rows } = ledgerFile();
    const hash = facts.toBlockHash.slice(2);
    const changes: readonly (readonly [number, RegExp, string])[] = [
      [3, /(blockNumber":)6/, "$15"],
      [3, /(blockTime":)1549999820/, "$11549999819"],
      [5, /(blockTime":)1549999940/, "$11550000001"],
      [5, /(blockNumber":)8/, "$19"],
      [
        5,
        /(blockNumber":)8(,"blockHash":"0x)[0-9a-f]{64}(","blockTime":)1549999940/,
        `$19$2${hash}$31549999999`,
      ],
    ];
    for (const [index, from, to] of changes) {
      const changed = rows.with(index, (rows[index] ?? "").replace(from, to));
      if (index === 3 && to === "$11549999819") {
        changed[2] = (changed[2] ?? "").replace(/(blockTime":)1549999760/, "$11549999820");
      }
      expect(changed).to.not.deep.equal(rows);
      const report = checked(headerLine(headerOf(facts, changed, changed.length)) + changed.join(""));
      expect(
        report.faults.map(({ kind, row }) => [kind, row]),
        String(from),
      ).to.deep.equal([["rowOutOfPlace", index + 1]]);
    }
  });

  it("names a changed head and a changed row side by side", () => {
    const { head, rows } = ledgerFile();
    const text = head.replace('"toBlock":9', '"toBlock":8') + rows.join("").replace("0f0f", "0f0e");
    expect(kindsIn(checked(text))).to.deep.equal(["headerChanged", "rowChanged"]);
  });

  it("lists the first faults only, and holds a line that never ends to its limit", () => {
    const { head, rows } = ledgerFile();
    const [row = ""] = rows;
    expect(checked(head + row + row.repeat(200), 4_096).faults).to.have.length(20);
    expect(kindsIn(checked(head + "x".repeat(4 * 1024 * 1024 + 1), 65_536))).to.deep.equal(["rowUnreadable"]);
  });
});
