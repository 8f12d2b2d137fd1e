import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { exitCodes, importCommand, type CommandParts } from "../../../scripts/import/command.ts";
import { GatewayFailure } from "../../../scripts/import/target.ts";
import { csv, exampleProfile, Folder, manyRows, row, Written } from "./files.ts";
import { InventedGateway } from "./invented-gateway.ts";

describe("npm run import", () => {
  let folder: Folder;
  let gateway: InventedGateway;
  let lines: string[];
  let errors: Written;
  let keys: string[];
  beforeEach(() => {
    folder = new Folder();
    gateway = new InventedGateway("F01N", "F02K");
    [lines, errors, keys] = [[], new Written(), []];
  });
  afterEach(() => folder.remove());

  const call = (values: readonly string[], environment: CommandParts["environment"] = {}) =>
    importCommand(values, {
      environment,
      print: (line) => lines.push(line),
      errors,
      connect: (_url, key) => {
        keys.push(key);
        return gateway;
      },
    });
  const filesOf = (...rows: readonly string[]): readonly string[] => [
    "--profile",
    folder.write("profile.json", JSON.stringify(exampleProfile)),
    "--file",
    folder.write("day.csv", csv(...rows)),
  ];
  const withKey = { EVERYFEN_API_KEY: "invented-key" };

  it("ends with 0, the summary on standard output and progress apart from it", async () => {
    expect(await call(filesOf(...manyRows(30)), withKey)).to.equal(exitCodes.done);
    expect(lines.join("\n")).to.match(/recorded now +30 +4.65/);
    expect(errors.text).to.contain("recording: 100 %, 30 of 30 gifts");
    expect(errors.text).to.not.contain("\r");
  });

  it("ends with 1 where the file is refused, with the faults", async () => {
    expect(await call(filesOf(row({ yuan: "1e3" })), withKey)).to.equal(exitCodes.refused);
    expect(errors.text).to.contain(
      "the file is refused, nothing of it was recorded; 1 fault:\n  line 2 (record 1), column yuan: has an exponent",
    );
    expect(lines).to.deep.equal([]);
  });

  it("ends with 1 where control totals of a file of their own disagree", async () => {
    const totals = folder.write("totals.json", JSON.stringify({ all: { rows: 2, amount: "12.50" } }));
    expect(await call([...filesOf(row()), "--totals", totals], withKey)).to.equal(exitCodes.refused);
    expect(errors.text).to.contain(
      "total of all: 2 rows, 12.50 yuan expected, the file has 1 rows, 12.50 yuan",
    );
  });

  it("ends with 3 where the gateway fails on the way, and with 0 when run again", async () => {
    gateway.failing = { request: 1, after: "recording" };
    const files = filesOf(row());
    expect(await call(files, withKey)).to.equal(exitCodes.failed);
    expect(errors.text).to.contain("the answer was lost");
    gateway.failing = undefined;
    expect(await call(files, withKey)).to.equal(exitCodes.done);
    expect(gateway.gifts.size).to.equal(1);
  });

  it("ends with 3 where the ledger gained less than was recorded", async () => {
    gateway.fundTotal = async () => gateway.total("F02K");
    expect(await call(filesOf(row()), withKey)).to.equal(exitCodes.failed);
    expect(lines.join("\n")).to.contain("F01N: the ledger has 1250 fen less than was recorded now");
  });

  it("ends with 3 before anything is recorded where a fund is not open", async () => {
    gateway.fundTotal = async () => undefined;
    expect(await call(filesOf(row()), withKey)).to.equal(exitCodes.failed);
    expect(gateway.requests).to.deep.equal([]);
  });

  const wrong: readonly (readonly [string, readonly string[], string])[] = [
    ["no profile", ["--file", "x"], "--profile and --file are needed"],
    ["an unknown option", ["--fast"], "--fast"],
    ["a profile that is not there", ["--profile", "nowhere.json", "--file", "x"], "--profile: ENOENT"],
  ];
  for (const [what, values, message] of wrong) {
    it(`ends with 2 and says how it is called for ${what}`, async () => {
      expect(await call(values, withKey)).to.equal(exitCodes.wrongCall);
      expect(errors.text).to.contain(message).and.to.contain("npm run import -- --profile FILE");
    });
  }

  it("ends with 2 for a file that is not there and for a profile with faults", async () => {
    const [, profile = ""] = filesOf(row());
    expect(await call(["--profile", profile, "--file", "nowhere.csv"], withKey)).to.equal(
      exitCodes.wrongCall,
    );
    const faulty = folder.write("faulty.json", "{}");
    expect(await call(["--profile", faulty, "--file", "x"], withKey)).to.equal(exitCodes.wrongCall);
  });

  it("needs a key to record, from the environment or from a file, and never prints it", async () => {
    const files = filesOf(row());
    expect(await call(files)).to.equal(exitCodes.wrongCall);
    const keyFile = folder.write("key", "invented-key-of-the-file\n");
    expect(await call([...files, "--key-file", keyFile], withKey)).to.equal(exitCodes.done);
    expect(keys).to.deep.equal(["invented-key-of-the-file"]);
    expect(lines.join("\n") + errors.text).to.not.contain("invented-key");
  });

  it("sends no key over plain http to another machine", async () => {
    const values = [...filesOf(row()), "--url", "http://books.example"];
    expect(await call(values, withKey)).to.equal(exitCodes.wrongCall);
    expect(keys).to.deep.equal([]);
  });

  it("counts in a dry run, and asks the gateway only with a key", async () => {
    const files = filesOf(row(), row({ number: "2" }));
    expect(await call([...files, "--dry-run"])).to.equal(exitCodes.done);
    expect(lines[0]).to.equal("dry run: the gateway was not asked");
    expect(await call([...files, "--dry-run"], withKey)).to.equal(exitCodes.done);
    expect(gateway.asked).to.equal(1);
    expect(gateway.requests).to.deep.equal([]);
  });

  it("hands on what nobody foresaw instead of hiding it", async () => {
    gateway.standing = async () => {
      throw new RangeError("unforeseen");
    };
    let failure: unknown;
    await call(filesOf(row()), withKey).catch((error: unknown) => {
      failure = error;
    });
    expect(failure).to.be.instanceOf(RangeError).and.not.to.be.instanceOf(GatewayFailure);
  });

  it("works as the documentation shows it", async () => {
    const page = readFileSync(join(import.meta.dirname, "..", "..", "..", "docs", "import.md"), "utf8");
    const block = (kind: string): string =>
      new RegExp(`\`\`\`${kind}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? "";
    const files = [
      "--profile",
      folder.write("profile.json", block("json profile")),
      "--file",
      folder.write("april.csv", block("csv file")),
    ];
    expect(await call(files, withKey)).to.equal(exitCodes.done);
    expect(`${lines.join("\n")}\n`).to.equal(block("text summary"));
  });
});
