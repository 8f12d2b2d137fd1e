import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { inventedIdNumber } from "../../protocol/rosters/invented.ts";
import { Desk, peopleCsv } from "./files.ts";

describe("the command line of npm run roster", () => {
  let desk: Desk;
  beforeEach(() => {
    desk = new Desk();
  });
  afterEach(() => desk.folder.remove());

  const file = peopleCsv([inventedIdNumber(0), inventedIdNumber(1)]);
  const wrong: readonly (readonly [string, Readonly<Record<string, string | undefined>>, string])[] = [
    ["no programme", { programme: undefined }, "--programme is needed"],
    ["the code of a fund", { programme: "F01N" }, "--programme: expected the code of a programme"],
    ["a mistyped code", { programme: "P014" }, "--programme: expected the code of a programme"],
    ["period 0", { period: "0" }, "--period: expected a whole number from 1"],
    ["a period past 32 bits", { period: "4294967296" }, "--period: expected a whole number from 1 to"],
    ["a denominator that is no whole number", { denominator: "1e6" }, "--denominator: expected"],
    ["a premium with an exponent", { premium: "3e1" }, "--premium: has an exponent"],
    ["an end without a beginning", { from: undefined }, "--from and --to are given together"],
    ["no validity at all", { from: undefined, to: undefined }, "the profile names no columns of a validity"],
    ["a validity with seconds", { to: "2030-06-01T00:00:01+08:00" }, "--from, --to: expected whole minutes"],
    ["a validity that ends first", { to: "2029-01-01" }, "--from, --to: ends before it has begun"],
    ["a day that is none", { to: "2030-02-30" }, "--to: expected a real YYYY-MM-DD"],
    ["options of both", { roster: "x" }, "--roster and --incident belong to --prove"],
    ["an unknown option", { fast: "1" }, "there is no option --fast"],
    ["a file that is not there", { file: "nowhere.csv" }, "ENOENT"],
    ["a profile that is not there", { profile: "nowhere.json" }, "ENOENT"],
    ["an earlier roster that is not there", { earlier: "nowhere" }, "--key-file"],
  ];
  for (const [what, change, message] of wrong) {
    it(`ends with 2 for ${what}, and writes nothing`, async () => {
      const call = desk.build(file, "roster", change);
      const before = desk.names();
      expect(await desk.run(call)).to.equal(2);
      expect(desk.errors).to.contain(message);
      expect(desk.names()).to.deep.equal(before);
    });
  }

  it("ends with 2 for a profile with a member that is none, and names its place", async () => {
    const profile = desk.folder.write("odd.json", JSON.stringify({ name: "x", columns: { idNumber: 5 } }));
    expect(await desk.run(desk.build(file, "roster", { profile }))).to.equal(2);
    expect(desk.errors).to.contain("columns.idNumber").and.to.contain("file");
  });

  it("ends with 2 for a proof with options of a roster, without a key, or with a malformed number", async () => {
    expect(await desk.run([...desk.prove("roster"), "--period", "3"])).to.equal(2);
    expect(desk.errors).to.contain("--period does not belong to --prove");
    expect(await desk.run(desk.prove("roster"))).to.equal(2);
    expect(desk.errors).to.contain("restore it from its backup");
    expect(await desk.run(desk.build(file, "roster"))).to.equal(0);
    for (const input of [[], ["\n"], ["1".repeat(5000)], [`${inventedIdNumber(0)} \n`]]) {
      expect(await desk.run(desk.prove("roster"), input)).to.equal(2);
      expect(desk.errors).to.contain("id number: ");
    }
  });

  it("ends with 1 for a person who is not in the roster", async () => {
    expect(await desk.run(desk.build(file, "roster"))).to.equal(0);
    expect(await desk.run(desk.prove("roster"), [inventedIdNumber(9)])).to.equal(1);
    expect(desk.errors).to.contain("the person is not in this roster");
  });

  it("runs as a process, the id number on standard input and the proof on standard output", () => {
    const run = (values: readonly string[], input = "") =>
      spawnSync(process.execPath, ["scripts/roster.ts", ...values], { input, encoding: "utf8" });
    expect(run(desk.build(file, "roster")).status).to.equal(0);
    const { status, stdout } = run(desk.prove("roster"), `${inventedIdNumber(1)}\n`);
    expect(status).to.equal(0);
    expect(JSON.parse(stdout).memberships).to.have.length(1);
  });
});
