import { expect } from "chai";
import { overlaps, validity } from "../../../protocol/rosters/validity.ts";
import type { Validity } from "../../../protocol/rosters/validity.ts";
import { earlierLine, People } from "../../../scripts/roster/people.ts";
import { inventedIdNumber } from "../../protocol/rosters/invented.ts";
import { Random } from "../../model/random.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

describe("the people of a roster", () => {
  it("are told apart, and their overlaps found, as by comparing every row with every other", () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const random = new Random(seed);
      const people = new People();
      const rows: { person: number; insured: Validity; line: number }[] = [];
      const salts = new Map<number, string>();
      for (let line = 1; line <= 300; line += 1) {
        const person = random.between(0, 60);
        const from = 60 * random.between(0, 200);
        const insured = validity(from, from + 60 * random.between(1, 20));
        const placed = people.place(inventedIdNumber(person), insured, line);
        const lines = rows
          .filter((row) => row.person === person && overlaps(row.insured, insured))
          .map((row) => row.line);
        if ("salt" in placed) {
          expect(lines).to.deep.equal([]);
          expect(placed.firstOfFile).to.equal(!salts.has(person));
          expect(hex(placed.salt)).to.equal(salts.get(person) ?? hex(placed.salt));
          salts.set(person, hex(placed.salt));
          rows.push({ person, insured, line });
        } else {
          expect(placed).to.have.property("overlapsLine").that.is.oneOf(lines);
        }
      }
      expect(people.count).to.equal(salts.size);
      expect(new Set(salts.values()).size).to.equal(salts.size);
    }
  });

  it("keep their salts while the table grows", () => {
    const people = new People();
    const insured = validity(0, 60);
    const salts = Array.from({ length: 5000 }, (_, n) => {
      const placed = people.place(inventedIdNumber(n), insured, n + 2);
      return "salt" in placed ? hex(placed.salt) : "";
    });
    expect(new Set(salts).size).to.equal(5000);
    expect(salts).to.not.include("00".repeat(32));
    salts.forEach((salt, n) => {
      const placed = people.place(inventedIdNumber(n), validity(60, 120), n + 5002);
      expect("salt" in placed && hex(placed.salt)).to.equal(salt);
      expect(people.place(inventedIdNumber(n), insured, 1)).to.deep.equal({ overlapsLine: n + 2 });
    });
  });

  it("keep the salt that an earlier roster gave them, and count in the file once", () => {
    const people = new People();
    const salt = new Uint8Array(32).fill(9);
    people.place(inventedIdNumber(1), validity(0, 60), earlierLine, salt);
    const first = people.place(inventedIdNumber(1), validity(60, 120), 2);
    expect(first).to.deep.equal({ salt, firstOfFile: true });
    expect(people.place(inventedIdNumber(1), validity(120, 180), 3)).to.deep.include({ firstOfFile: false });
    expect(people.place(inventedIdNumber(1), validity(0, 60), 4)).to.deep.equal({
      overlapsLine: earlierLine,
    });
  });

  it("are insured to the minute until the year 9999", () => {
    const people = new People();
    const last = Date.UTC(9999, 11, 31) / 1000;
    people.place(inventedIdNumber(1), validity(last, last + 60), 2);
    expect(people.place(inventedIdNumber(1), validity(last - 60, last), 3)).to.have.property("salt");
    expect(people.place(inventedIdNumber(1), validity(last, last + 60), 4)).to.deep.equal({
      overlapsLine: 2,
    });
  });
});
