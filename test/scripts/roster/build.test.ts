import { expect } from "chai";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { formatInstant } from "../../../protocol/calendar.ts";
import { bytes32, periodNumber, programmeId } from "../../../protocol/ids.ts";
import { rosterLeaf } from "../../../protocol/rosters/leaf.ts";
import { personPseudonym } from "../../../protocol/rosters/pseudonym.ts";
import { verifyRosterProof } from "../../../protocol/rosters/tree.ts";
import { inventedIdNumber } from "../../protocol/rosters/invented.ts";
import { csv, Desk, minutesProfile, peopleCsv, programme } from "./files.ts";

const of = { programme: programmeId(7), period: periodNumber(3) };
/** More than a frame, and not a whole number of them. */
const people = Array.from({ length: 1500 }, (_, n) => inventedIdNumber(n));

describe("npm run roster", () => {
  let desk: Desk;
  beforeEach(() => {
    desk = new Desk();
  });
  afterEach(() => desk.folder.remove());

  const minutes = (): { readonly profile: string } => ({
    profile: desk.folder.write("minutes.json", JSON.stringify(minutesProfile)),
  });
  const minuteCsv = (...rows: readonly string[]): string => csv(rows, "number,from,to");

  it("leads from every opening through person, leaf and proof to the root", async () => {
    expect(await desk.run(desk.build(peopleCsv(people), "roster"))).to.equal(0);
    const openings = await desk.openings("roster");
    expect(openings.map(({ idNumber }) => idNumber)).to.deep.equal(people);
    const root = bytes32(String(desk.record("roster")["root"]));
    for (const at of [0, 711, 712, 1499]) {
      const opening = openings[at];
      if (opening === undefined) throw new RangeError("an opening is missing");
      expect(
        await desk.run(desk.prove("roster"), [
          opening.idNumber.slice(0, 9),
          `${opening.idNumber.slice(9)}\n`,
        ]),
      ).to.equal(0);
      const proof = JSON.parse(desk.printed);
      const person = personPseudonym(opening.salt, of, opening.idNumber);
      const leaf = rosterLeaf(person, opening.validity);
      expect(proof).to.deep.include({ programme, period: 3, root });
      expect(proof.memberships).to.have.length(1);
      expect(proof.memberships[0]).to.deep.include({ person, leaf, ...opening.validity });
      expect(verifyRosterProof(root, leaf, proof.memberships[0].proof)).to.equal(true);
    }
  });

  it("publishes root, counts, premium, denominator, validity and the digest of the openings", async () => {
    expect(
      await desk.run(desk.build(peopleCsv(people.slice(0, 3)), "roster", { denominator: "8" })),
    ).to.equal(0);
    const { root, openings, ...rest } = desk.record("roster");
    expect(root).to.match(/^0x[0-9a-f]{64}$/);
    expect(openings)
      .to.have.property("sha256")
      .that.matches(/^0x[0-9a-f]{64}$/);
    expect(rest).to.deep.equal({
      format: "everyfen roster 1",
      programme,
      period: 3,
      count: 3,
      people: 3,
      premiumPerHead: "3000",
      currency: "CNY",
      denominator: 8,
      validity: { from: "2030-01-01T00:00:00+08:00", to: "2031-01-01T00:00:00+08:00" },
    });
    expect(desk.printed).to.contain("3 of 8, 37.50 %").and.to.contain("a key was made");
    expect(desk.errors).to.contain("reading: 100 %").and.to.contain("hashing: 100 %");
    expect(statSync(desk.path("key")).mode & 0o777).to.equal(0o600);
    expect(statSync(desk.path("roster/openings.bin")).mode & 0o777).to.equal(0o600);
  });

  it("writes no id number, name or salt anywhere: files, progress, errors, proofs", async () => {
    const own = people.slice(0, 800);
    expect(await desk.run(desk.build(peopleCsv(own), "roster"))).to.equal(0);
    await desk.run(desk.prove("roster"), [`${own[5]}\n`]);
    await desk.run(desk.prove("roster"), [`${inventedIdNumber(4000)}\n`]);
    await desk.run(desk.prove("roster"), [`${String(own[5]).slice(0, 17)}A\n`]);
    await desk.run([...desk.prove("roster"), String(own[5])]);
    await desk.run([...desk.prove("roster"), `--${own[5]}`]);
    await desk.run(desk.build(peopleCsv([...own, String(own[0])]), "second"));
    await desk.run(desk.build(peopleCsv(own.map((number) => `${number}0`)), "second"));
    await desk.run(desk.build(`number\n"${own[7]}" ${own[8]}\n"${own[9]}`, "second"));
    await desk.run(desk.build(csv([], `name,${own[9]}`), "second"));
    await desk.run(desk.build("", "second", { profile: desk.folder.write("wrong.json", peopleCsv(own)) }));
    const salts = (await desk.openings("roster")).map(({ salt }) => salt.slice(2));
    const written = desk
      .names()
      .filter((name) => /^(roster|second|\.)/.test(name) && statSync(desk.path(name)).isFile())
      .map((name) => readFileSync(desk.path(name)));
    expect(written).to.have.length(2);
    const texts = [desk.said, ...written.map((bytes) => bytes.toString("latin1"))].join("\n");
    for (const secret of [...own.map((number) => number.slice(0, 17)), ...salts, "Invented"]) {
      expect(texts.includes(secret), "a secret was written").to.equal(false);
    }
    const rawSalts = salts.map((salt) => Buffer.from(salt, "hex"));
    for (const bytes of written) expect(rawSalts.some((salt) => bytes.includes(salt))).to.equal(false);
    expect(desk.said).to.contain("column number");
  });

  it("draws a salt for every person and roster: the same file has other pseudonyms and another root", async () => {
    const file = peopleCsv(people.slice(0, 50));
    expect(await desk.run(desk.build(file, "one"))).to.equal(0);
    expect(await desk.run(desk.build(file, "other", { period: "4" }))).to.equal(0);
    const salts = [...(await desk.openings("one")), ...(await desk.openings("other"))].map(
      ({ salt }) => salt,
    );
    expect(new Set(salts).size).to.equal(100);
    expect(desk.record("one")["root"]).to.not.equal(desk.record("other")["root"]);
  });

  it("reads validities by the minute, across midnight and the year's end", async () => {
    const file = minuteCsv(
      `${people[0]},2030-12-31 20:15,2031-01-01 20:15`,
      `${people[0]},2031-01-01 20:15,2031-01-02 20:15`,
      `${people[1]},2030-12-31 08:00,2031-01-01 08:00`,
    );
    const none = { from: undefined, to: undefined };
    expect(await desk.run(desk.build(file, "days", { ...minutes(), ...none })), desk.errors).to.equal(0);
    expect(desk.record("days")).to.deep.include({
      count: 3,
      people: 2,
      validity: { from: "2030-12-31T08:00:00+08:00", to: "2031-01-02T20:15:00+08:00" },
    });
    const [first, second] = await desk.openings("days");
    expect(first?.salt).to.equal(second?.salt);
    const memberships = async (incident: string): Promise<readonly string[]> => {
      const code = await desk.run([...desk.prove("days"), "--incident", incident], [String(people[0])]);
      return code === 0
        ? JSON.parse(desk.printed).memberships.map(({ from }: { from: number }) => formatInstant(from))
        : [];
    };
    const [one, two] = ["2030-12-31T20:15:00+08:00", "2031-01-01T20:15:00+08:00"];
    expect(await memberships("2030-12-31T20:14:59+08:00")).to.deep.equal([]);
    expect(desk.errors).to.contain("no validity of the person that covers the incident");
    expect(await memberships("2030-12-31T20:15:00+08:00")).to.deep.equal([one]);
    expect(await memberships("2031-01-01T20:15:00+08:00")).to.deep.equal([two]);
    expect(await memberships("2031-01-01")).to.deep.equal([one, two]);
    expect(await memberships("2031-01-03")).to.deep.equal([]);
  });

  it("keeps a person's pseudonym over the rosters of a period, and refuses what overlaps an earlier one", async () => {
    const first = minuteCsv(`${people[0]},2030-01-01 00:00,2030-02-01 00:00`);
    expect(await desk.run(desk.build(first, "first", minutes()))).to.equal(0);
    const second = minuteCsv(
      `${people[0]},2030-02-01 00:00,2030-03-01 00:00`,
      `${people[1]},2030-02-01 00:00,2030-03-01 00:00`,
    );
    const earlier = { ...minutes(), earlier: desk.path("first") };
    expect(await desk.run(desk.build(second, "second", earlier))).to.equal(0);
    expect(desk.record("second")["people"]).to.equal(2);
    const [opening] = await desk.openings("first");
    const [again, newcomer] = await desk.openings("second");
    expect(again?.salt).to.equal(opening?.salt);
    expect(newcomer?.salt).to.not.equal(opening?.salt);
    const third = minuteCsv(`${people[0]},2030-01-31 23:59,2030-02-01 00:00`);
    expect(await desk.run(desk.build(third, "third", earlier))).to.equal(1);
    expect(desk.errors).to.contain(
      "line 2 (record 1), column number: names a person who is insured in an earlier roster",
    );
  });

  it("refuses an earlier roster of another period, another key, or named twice", async () => {
    const file = peopleCsv(people.slice(0, 2));
    expect(await desk.run(desk.build(file, "first"))).to.equal(0);
    const earlier = { earlier: desk.path("first") };
    const more = peopleCsv(people.slice(2, 4));
    const other = desk.path("other");
    writeFileSync(other, "ab".repeat(32), { mode: 0o600 });
    expect(await desk.run(desk.build(more, "more", { ...earlier, period: "4" }))).to.equal(2);
    expect(await desk.run(desk.build(more, "more", { ...earlier, "key-file": other }))).to.equal(3);
    expect(desk.errors).to.contain("does not open with this key");
    expect(await desk.run([...desk.build(more, "more", earlier), "--earlier", desk.path("first")])).to.equal(
      3,
    );
    expect(desk.errors).to.contain("is a folder named twice?");
    expect(await desk.run(desk.build(more, "more", earlier))).to.equal(0);
  });

  const refusals: readonly (readonly [string, () => string, string])[] = [
    [
      "a person twice at the same time",
      () => peopleCsv([...people.slice(0, 900), String(people[3])]),
      "line 902 (record 901), column number: names a person who is insured at the same time by line 5",
    ],
    [
      "a wrong check character, first and last",
      () =>
        peopleCsv([
          `${String(people[0]).slice(0, 17)}X`,
          String(people[1]),
          `${String(people[2]).slice(0, 17)}X`,
        ]),
      "2 faults:\n  line 2 (record 1), column number: has a wrong check character",
    ],
    ["a number of 15 digits", () => peopleCsv(["000000500201000"]), "column number: is not of 18 characters"],
    [
      "a row that is too short",
      () => csv(["Somebody Invented"]),
      "line 2 (record 1): has 1 cells, the header has 2",
    ],
    ["a column that is missing", () => csv([], "name,id"), "line 1, column number: is not in the header"],
    ["a column that stands twice", () => csv([], "number,number"), "line 1, column number: stands 2 times"],
    ["a file without rows", () => csv([]), "the file has no rows"],
    [
      "a quote that is never closed",
      () => 'name,number\nSomebody,"0000',
      "a quoted cell is opened and never closed",
    ],
  ];
  for (const [what, content, message] of refusals) {
    it(`refuses ${what}, and leaves nothing behind`, async () => {
      const call = desk.build(content(), "roster");
      const before = desk.names();
      expect(await desk.run(call)).to.equal(1);
      expect(desk.errors).to.contain(message);
      expect(desk.printed).to.equal("");
      expect(desk.names()).to.deep.equal(before);
    });
  }

  const badValidities: readonly (readonly [string, string, string])[] = [
    ["2030-01-01", "2030-02-01 00:00", "column from: is not written as YYYY-MM-DD HH:mm"],
    ["2030-02-30 00:00", "2030-03-01 00:00", "column from: is no real day"],
    ["2030-01-01 24:00", "2030-02-01 00:00", "column from: has no such time of day"],
    ["2030-01-01 00:00", "2030-01-01 00:00", "column to: is not past the beginning"],
    ["2029-12-31 23:59", "2030-02-01 00:00", "column from: lies before --from"],
    ["2030-01-01 00:00", "2031-01-01 00:01", "column to: lies past --to"],
  ];
  for (const [from, to, message] of badValidities) {
    it(`refuses a validity from ${from} to ${to}`, async () => {
      expect(
        await desk.run(desk.build(minuteCsv(`${people[0]},${from},${to}`), "roster", minutes())),
      ).to.equal(1);
      expect(desk.errors).to.contain(message);
    });
  }

  it("takes seconds only where they are 00, and a last day as its profile means it", async () => {
    const columns = (insured: boolean): Readonly<Record<string, string>> => ({
      profile: desk.folder.write(
        "days.json",
        JSON.stringify({
          ...minutesProfile,
          columns: {
            idNumber: "number",
            validity: {
              from: { column: "from", format: "YYYY-MM-DD HH:mm:ss" },
              to: { column: "to", format: "YYYY/MM/DD", insured },
            },
          },
        }),
      ),
    });
    const file = (time: string): string => minuteCsv(`${people[0]},2030-01-01 ${time},2030/06/30`);
    const end = async (out: string): Promise<string> =>
      formatInstant((await desk.openings(out))[0]?.validity.to ?? 0);
    expect(await desk.run(desk.build(file("08:15:01"), "seconds", columns(true)))).to.equal(1);
    expect(desk.errors).to.contain("column from: has seconds");
    expect(await desk.run(desk.build(file("08:15:00"), "inside", columns(true)))).to.equal(0);
    expect(await end("inside")).to.equal("2030-07-01T00:00:00+08:00");
    expect(await desk.run(desk.build(file("08:15:00"), "outside", columns(false)))).to.equal(0);
    expect(await end("outside")).to.equal("2030-06-30T00:00:00+08:00");
  });

  it("refuses more people than the denominator", async () => {
    expect(
      await desk.run(desk.build(peopleCsv(people.slice(0, 3)), "roster", { denominator: "2" })),
    ).to.equal(1);
    expect(desk.errors).to.contain("3 people, more than the 2 of --denominator");
  });

  it("refuses one person with more than 10,000 validities", async () => {
    const pad = (value: number): string => String(value).padStart(2, "0");
    const at = (minute: number): string =>
      `2030-01-${pad(1 + Math.floor(minute / 1440))} ${pad(Math.floor(minute / 60) % 24)}:${pad(minute % 60)}`;
    const rows = Array.from({ length: 10_001 }, (_, n) => `${people[0]},${at(n)},${at(n + 1)}`);
    expect(await desk.run(desk.build(minuteCsv(...rows), "roster", minutes()))).to.equal(1);
    expect(desk.errors).to.contain("1 fault:").and.to.contain("more than 10000 validities");
  });

  it("never writes over a roster or a key, and takes a key that only its owner reads", async () => {
    const file = peopleCsv(people.slice(0, 2));
    expect(await desk.run(desk.build(file, "roster"))).to.equal(0);
    const key = readFileSync(desk.path("key"), "utf8");
    const { root } = desk.record("roster");
    expect(await desk.run(desk.build(file, "roster"))).to.equal(2);
    expect(desk.errors).to.contain("--out: is there already");
    expect(desk.record("roster")["root"]).to.equal(root);
    expect(await desk.run(desk.build(file, "second"))).to.equal(0);
    expect(readFileSync(desk.path("key"), "utf8")).to.equal(key);
    writeFileSync(desk.path("open"), key, { mode: 0o644 });
    expect(await desk.run(desk.build(file, "third", { "key-file": desk.path("open") }))).to.equal(2);
    expect(desk.errors).to.contain("chmod 600");
    writeFileSync(desk.path("short"), key.slice(2), { mode: 0o600 });
    expect(await desk.run(desk.build(file, "third", { "key-file": desk.path("short") }))).to.equal(2);
    expect(desk.errors).to.contain("64 hexadecimal digits").and.to.not.contain(key.slice(2, 20));
  });

  it("works as the documentation shows it", async () => {
    const page = readFileSync("docs/rosters.md", "utf8");
    const block = (kind: string): string =>
      new RegExp(`\`\`\`${kind}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? "";
    const example = {
      programme: "P013",
      period: "1",
      denominator: "8",
      profile: desk.folder.write("shown.json", block("json profile")),
    };
    await desk.run(desk.build(peopleCsv(people.slice(0, 1)), "for-the-key"));
    expect(await desk.run(desk.build(block("csv file"), "roster", example)), desk.errors).to.equal(0);
    expect(desk.printed.replace(/0x[0-9a-f]{64}/, "0x…")).to.equal(block("text summary"));
  });
});
