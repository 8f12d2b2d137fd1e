import { expect } from "chai";
import { idNumber, InvalidIdNumber } from "../../../protocol/rosters/id-number.ts";
import type { IdNumberDefect } from "../../../protocol/rosters/id-number.ts";
import { inventedIdNumber } from "./invented.ts";

/** ISO 7064, as the standard says it: Σ a_i · 2^(i − 1) ≡ 1 (mod 11), counted from the right, X is 10. */
const agreesWithStandard = (text: string): boolean => {
  const values = Array.from(text, (character) => (character === "X" ? 10 : Number(character)));
  return values.reduceRight((sum, value, place) => sum + value * 2 ** (17 - place), 0) % 11 === 1;
};

const example = inventedIdNumber(0);

describe("id numbers", () => {
  it("have the check character of ISO 7064, MOD 11-2, and no other", () => {
    const seen = new Set<string>();
    for (let n = 0; n < 500; n += 1) {
      const number = inventedIdNumber(n);
      expect(agreesWithStandard(number)).to.equal(true);
      seen.add(number.charAt(17));
      for (const other of "0123456789X".replace(number.charAt(17), "")) {
        expect(() => idNumber(number.slice(0, 17) + other)).to.throw(InvalidIdNumber);
      }
    }
    expect([...seen].sort().join("")).to.equal("0123456789X");
  });

  it("catch every single digit that is mistyped", () => {
    for (let place = 0; place < 17; place += 1) {
      const digit = Number(example[place]);
      for (let step = 1; step < 10; step += 1) {
        const wrong = `${example.slice(0, place)}${(digit + step) % 10}${example.slice(place + 1)}`;
        expect(() => idNumber(wrong), `place ${place}`).to.throw(InvalidIdNumber);
      }
    }
  });

  it("read a small x as the large one, so that one person is not two", () => {
    const withX = Array.from({ length: 50 }, (_, n) => inventedIdNumber(n)).find((id) => id.endsWith("X"));
    expect(withX).to.be.a("string");
    expect(idNumber(String(withX).toLowerCase())).to.equal(withX);
  });

  const refused: readonly (readonly [IdNumberDefect, string])[] = [
    ["empty", " "],
    ["spaces", `${example} `],
    ["rounded", "1.23457E+17"],
    ["length", example.slice(0, 15)],
    ["length", `${example}0`],
    ["character", example.replace("0", "０")],
    ["character", `X${example.slice(1)}`],
    ["birthDate", `${example.slice(0, 6)}20250229${example.slice(14)}`],
    ["birthDate", `${example.slice(0, 6)}18991231${example.slice(14)}`],
    ["birthDate", `${example.slice(0, 6)}20230431${example.slice(14)}`],
    ["check", example.slice(0, 17) + (example.endsWith("1") ? "2" : "1")],
  ];
  for (const [defect, text] of refused) {
    it(`are refused for ${defect}, without being repeated (${text.length} characters)`, () => {
      let failure: unknown;
      try {
        idNumber(text);
      } catch (error) {
        failure = error;
      }
      expect(failure).to.be.instanceOf(InvalidIdNumber).with.property("defect", defect);
      expect(String(failure) + JSON.stringify(failure)).to.not.match(/[0-9]{6}|E\+/);
    });
  }
});
