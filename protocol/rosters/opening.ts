/**
 * What opens a roster's leaf, as a record of 92 bytes: id number 18 (ASCII) ‖ from u40 ‖ to u40 ‖ salt 32 ‖ leaf 32,
 * big-endian. Records are personal data: they are only ever written encrypted.
 */
import { bigEndian, concat, keccak, toHex, utf8 } from "../bytes.ts";
import { bytes32 } from "../ids.ts";
import type { Bytes32 } from "../ids.ts";
import { canonicalJson } from "../json.ts";
import { idNumber, idNumberLength, InvalidIdNumber } from "./id-number.ts";
import type { IdNumber } from "./id-number.ts";
import { personDomain } from "./pseudonym.ts";
import type { RosterPeriod } from "./pseudonym.ts";
import { InvalidValidity, validity } from "./validity.ts";
import type { Validity } from "./validity.ts";

export interface RosterOpening {
  readonly idNumber: IdNumber;
  readonly validity: Validity;
  readonly salt: Bytes32;
}

export const openingLengthBytes = 92;
const fromAt = idNumberLength;
const toAt = fromAt + 5;
const saltAt = toAt + 5;
const leafAt = saltAt + 32;

/** The record is not one that this format writes. Says where it stands, never what it holds. */
export class InvalidOpening extends Error {
  readonly index: number;
  constructor(index: number, reason: string) {
    super(`roster opening ${index}: ${reason}`);
    this.name = "InvalidOpening";
    this.index = index;
  }
}

const countOf = (records: Uint8Array): number => {
  const count = records.length / openingLengthBytes;
  if (!Number.isInteger(count)) {
    throw new InvalidOpening(
      Math.floor(count),
      `is cut short; every record is ${openingLengthBytes} bytes long`,
    );
  }
  return count;
};

/** Writes everything but the leaf, which {@link fillLeaves} computes, at record `index`. */
export const writeOpening = (
  records: Uint8Array,
  index: number,
  opening: { readonly idNumber: IdNumber; readonly validity: Validity; readonly salt: Uint8Array },
): void => {
  const at = index * openingLengthBytes;
  if (at + openingLengthBytes > records.length) throw new InvalidOpening(index, "does not fit its buffer");
  for (let place = 0; place < idNumberLength; place += 1) {
    records[at + place] = opening.idNumber.charCodeAt(place);
  }
  writeInstant(records, at + fromAt, opening.validity.from);
  writeInstant(records, at + toAt, opening.validity.to);
  records.set(opening.salt, at + saltAt);
};

const writeInstant = (bytes: Uint8Array, at: number, instant: number): void => {
  const high = Math.floor(instant / 2 ** 32);
  bytes[at] = high;
  for (let place = 1; place < 5; place += 1) bytes[at + place] = instant >>> (8 * (4 - place));
};

const readInstant = (bytes: Uint8Array, at: number): number =>
  bytes.subarray(at, at + 5).reduce((value, byte) => value * 256 + byte, 0);

/** The opening at `index`, its id number and validity checked. Throws {@link InvalidOpening}. */
export const readOpening = (records: Uint8Array, index: number): RosterOpening => {
  const at = index * openingLengthBytes;
  if (!Number.isInteger(index) || index < 0 || index >= countOf(records)) {
    throw new InvalidOpening(index, "is not there");
  }
  try {
    return {
      idNumber: idNumber(String.fromCharCode(...records.subarray(at, at + idNumberLength))),
      validity: validity(readInstant(records, at + fromAt), readInstant(records, at + toAt)),
      salt: bytes32(toHex(records.subarray(at + saltAt, at + leafAt))),
    };
  } catch (error) {
    if (error instanceof InvalidIdNumber || error instanceof InvalidValidity) {
      throw new InvalidOpening(
        index,
        `its ${error.name === "InvalidValidity" ? "validity" : "id number"} is damaged`,
      );
    }
    throw error;
  }
};

/** The leaf that a record says it has. Throws {@link InvalidOpening} where there is no such record. */
export const leafOfRecord = (records: Uint8Array, index: number): Uint8Array => {
  if (!Number.isInteger(index) || index < 0 || index >= countOf(records)) {
    throw new InvalidOpening(index, "is not there");
  }
  const at = index * openingLengthBytes;
  return records.subarray(at + leafAt, at + openingLengthBytes);
};

/** The text that the pseudonym's JSON has in place of an id number: digits and X are never escaped. */
const placeholder = "0".repeat(idNumberLength);

/**
 * Computes the leaf of every record, in place: keccak three times, the same bytes as `rosterLeaf(personPseudonym(…))`
 * without building a text or an object for each, for rosters of millions. Throws {@link InvalidOpening}.
 */
export const fillLeaves = (records: Uint8Array, { programme, period }: RosterPeriod): void => {
  const count = countOf(records);
  const json = canonicalJson({ idNumber: placeholder });
  const start = concat(
    Uint8Array.of(personDomain),
    new Uint8Array(32),
    bigEndian(programme, 4),
    bigEndian(period, 4),
  );
  const message = concat(start, utf8(json));
  const numberAt = start.length + json.indexOf(placeholder);
  const encoded = new Uint8Array(96);
  for (let index = 0; index < count; index += 1) {
    const at = index * openingLengthBytes;
    message.set(records.subarray(at + saltAt, at + leafAt), 1);
    message.set(records.subarray(at, at + idNumberLength), numberAt);
    encoded.set(keccak(message));
    encoded.set(records.subarray(at + fromAt, at + toAt), 59);
    encoded.set(records.subarray(at + toAt, at + saltAt), 91);
    records.set(keccak(keccak(encoded)), at + leafAt);
  }
};
