import { expect } from "chai";
import { AbiCoder, concat, keccak256, toBeHex, toUtf8Bytes } from "ethers";
import { readFileSync } from "node:fs";
import { fromHex, toHex } from "../../../protocol/bytes.ts";
import { bytes32, periodNumber, programmeId } from "../../../protocol/ids.ts";
import { rosterLeaf } from "../../../protocol/rosters/leaf.ts";
import {
  fillLeaves,
  InvalidOpening,
  leafOfRecord,
  openingLengthBytes,
  readOpening,
  writeOpening,
} from "../../../protocol/rosters/opening.ts";
import { personPseudonym } from "../../../protocol/rosters/pseudonym.ts";
import { InvalidValidity, validity } from "../../../protocol/rosters/validity.ts";
import { Random } from "../../model/random.ts";
import { inventedIdNumber } from "./invented.ts";

const of = { programme: programmeId(7), period: periodNumber(3) };
const year = validity(1_893_427_200, 1_924_963_200);

/** By another library, from the words of the format. */
const leafByEthers = (person: string, from: number, to: number): string =>
  keccak256(
    keccak256(AbiCoder.defaultAbiCoder().encode(["bytes32", "uint40", "uint40"], [person, from, to])),
  );

describe("a pseudonym", () => {
  const salt = bytes32(`0x${"5a".repeat(32)}`);
  const idNumber = inventedIdNumber(1);

  it("is keccak256(0x12 ‖ salt ‖ programme ‖ period ‖ JSON of the id number)", () => {
    const json = toUtf8Bytes(`{"idNumber":"${idNumber}"}`);
    const expected = keccak256(concat(["0x12", salt, toBeHex(7, 4), toBeHex(3, 4), json]));
    expect(personPseudonym(salt, of, idNumber)).to.equal(expected);
  });

  it("is another one with another salt, programme, period or person", () => {
    const pseudonyms = [
      personPseudonym(salt, of, idNumber),
      personPseudonym(bytes32(`0x${"5b".repeat(32)}`), of, idNumber),
      personPseudonym(salt, { ...of, programme: programmeId(8) }, idNumber),
      personPseudonym(salt, { ...of, period: periodNumber(4) }, idNumber),
      personPseudonym(salt, of, inventedIdNumber(2)),
    ];
    expect(new Set(pseudonyms).size).to.equal(pseudonyms.length);
  });
});

describe("a roster leaf", () => {
  it("is OpenZeppelin's double hash of abi.encode(person, from, to)", () => {
    const random = new Random(12);
    for (let round = 0; round < 200; round += 1) {
      const person = bytes32(random.hex32());
      const from = 60 * random.between(0, 2 ** 31);
      const to = from + 60 * random.between(1, 1_000_000);
      expect(rosterLeaf(person, validity(from, to))).to.equal(leafByEthers(person, from, to));
    }
  });

  it("takes the largest u40 that is a whole minute", () => {
    const person = bytes32(`0x${"11".repeat(32)}`);
    const to = Math.floor((2 ** 40 - 1) / 60) * 60;
    expect(rosterLeaf(person, validity(0, to))).to.equal(leafByEthers(person, 0, to));
  });

  it("is refused for a validity that the chain would not take", () => {
    const person = bytes32(`0x${"11".repeat(32)}`);
    expect(() => rosterLeaf(person, { from: 60, to: 90 })).to.throw(InvalidValidity);
  });

  it("is the one of the documentation's vector", () => {
    const page = readFileSync("docs/rosters.md", "utf8");
    const salt = bytes32(`0x${"5a".repeat(32)}`);
    const person = personPseudonym(salt, of, inventedIdNumber(1));
    expect(page).to.contain(inventedIdNumber(1));
    expect(page).to.contain(person);
    expect(page).to.contain(rosterLeaf(person, year));
  });
});

describe("openings", () => {
  it("come back as they were written, with the leaf of the slow way", () => {
    const random = new Random(92);
    const openings = Array.from({ length: 150 }, (_, n) => {
      const from = 60 * random.between(0, 2 ** 31);
      return {
        idNumber: inventedIdNumber(n),
        validity: validity(from, from + 60 * random.between(1, 2 ** 31)),
        salt: bytes32(random.hex32()),
      };
    });
    const records = new Uint8Array(openings.length * openingLengthBytes);
    openings.forEach((opening, index) =>
      writeOpening(records, index, { ...opening, salt: fromHex(opening.salt) }),
    );
    fillLeaves(records, of);
    openings.forEach((opening, index) => {
      expect(readOpening(records, index)).to.deep.equal(opening);
      const person = personPseudonym(opening.salt, of, opening.idNumber);
      expect(toHex(leafOfRecord(records, index))).to.equal(rosterLeaf(person, opening.validity));
    });
  });

  it("are refused where they are cut short, not there or damaged, without their contents", () => {
    const records = new Uint8Array(openingLengthBytes);
    writeOpening(records, 0, { idNumber: inventedIdNumber(5), validity: year, salt: new Uint8Array(32) });
    expect(() => readOpening(records, 1)).to.throw(InvalidOpening, "is not there");
    expect(() => leafOfRecord(records, -1)).to.throw(InvalidOpening, "is not there");
    expect(() => fillLeaves(records.subarray(1), of)).to.throw(InvalidOpening, "cut short");
    expect(() =>
      writeOpening(records, 1, { idNumber: inventedIdNumber(5), validity: year, salt: new Uint8Array(32) }),
    ).to.throw(InvalidOpening, "does not fit");
    const changed = records.slice();
    changed[3] = 0x39;
    expect(() => readOpening(changed, 0)).to.throw(
      InvalidOpening,
      /^roster opening 0: its id number is damaged$/,
    );
    changed.set(records);
    changed[22] = 1;
    expect(() => readOpening(changed, 0)).to.throw(InvalidOpening, "its validity is damaged");
  });
});
