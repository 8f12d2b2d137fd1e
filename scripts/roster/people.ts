/**
 * Everyone met so far: which salt a person has, and which validities, to refuse those that overlap. Typed arrays and a
 * hash table with open addressing, some 90 bytes a row, for millions of rows.
 */
import { randomFillSync } from "node:crypto";
import type { IdNumber } from "../../protocol/rosters/id-number.ts";
import type { Validity } from "../../protocol/rosters/validity.ts";

const saltLength = 32;
/** One person's validities are compared one by one. A year of day policies is 365. */
export const maxValiditiesPerPerson = 10_000;

/** Stands for the line of a row that came from an earlier roster. */
export const earlierLine = 0;

export type Placed =
  | { readonly salt: Uint8Array; readonly firstOfFile: boolean }
  /** The line of the row that has a minute in common, or `earlierLine`. */
  | { readonly overlapsLine: number }
  | { readonly tooMany: true };

const grown = <Column extends Uint8Array | Uint32Array | Int32Array>(
  column: Column,
  larger: Column,
): Column => {
  larger.set(column);
  return larger;
};

/** The 17 digits before the check character, as two numbers below 2^32. */
const digitsOf = (idNumber: IdNumber): readonly [high: number, low: number] => [
  Number(idNumber.slice(0, 8)),
  Number(idNumber.slice(8, 17)),
];

const none = -1;

export class People {
  /** Distinct people. */
  count = 0;
  #rows = 0;
  /** Person by hash, or none. Always at most half full. */
  #slots = new Int32Array(2048).fill(none);
  // By person.
  #high = new Uint32Array(1024);
  #low = new Uint32Array(1024);
  #lastRow = new Int32Array(1024);
  #validities = new Uint32Array(1024);
  /** Random from the beginning: a person's salt is drawn with those of many others, a call for each costs more. */
  #salts = randomFillSync(new Uint8Array(1024 * saltLength));
  // By row: the validity in minutes, which fit until the year 9999, the line, and the person's row before.
  #from = new Uint32Array(1024);
  #to = new Uint32Array(1024);
  #line = new Uint32Array(1024);
  #before = new Int32Array(1024);

  /**
   * Takes a row in and answers its person's salt: `salt` if it was given, a random one for somebody new. The answer
   * is a view; copy it. Rows of earlier rosters come first.
   */
  place(idNumber: IdNumber, validity: Validity, line: number, salt?: Uint8Array): Placed {
    const person = this.#person(idNumber, salt);
    if (Number(this.#validities[person]) >= maxValiditiesPerPerson) return { tooMany: true };
    const [from, to] = [validity.from / 60, validity.to / 60];
    for (let row = Number(this.#lastRow[person]); row !== none; row = Number(this.#before[row])) {
      if (Number(this.#from[row]) < to && from < Number(this.#to[row])) {
        return { overlapsLine: Number(this.#line[row]) };
      }
    }
    const before = Number(this.#lastRow[person]);
    const firstOfFile = before === none || this.#line[before] === earlierLine;
    this.#addRow(person, from, to, line);
    return { salt: this.#salts.subarray(person * saltLength, (person + 1) * saltLength), firstOfFile };
  }

  #addRow(person: number, from: number, to: number, line: number): void {
    if (this.#rows === this.#from.length) this.#growRows();
    const row = this.#rows;
    this.#rows += 1;
    this.#from[row] = from;
    this.#to[row] = to;
    this.#line[row] = line;
    this.#before[row] = Number(this.#lastRow[person]);
    this.#lastRow[person] = row;
    this.#validities[person] = Number(this.#validities[person]) + 1;
  }

  /** The person's place, made where it is new. */
  #person(idNumber: IdNumber, salt: Uint8Array | undefined): number {
    const [high, low] = digitsOf(idNumber);
    const slot = this.#slot(high, low);
    const found = Number(this.#slots[slot]);
    if (found !== none) return found;
    if (this.count === this.#high.length) this.#growPeople();
    const person = this.count;
    this.count += 1;
    this.#high[person] = high;
    this.#low[person] = low;
    this.#lastRow[person] = none;
    if (salt !== undefined) this.#salts.set(salt, person * saltLength);
    this.#slots[this.#slot(high, low)] = person;
    return person;
  }

  /** The slot where a person stands, or would. */
  #slot(high: number, low: number): number {
    const mask = this.#slots.length - 1;
    let mixed = Math.imul(high, 0x9e3779b1) ^ Math.imul(low, 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35);
    let slot = (mixed ^ (mixed >>> 13)) & mask;
    for (;;) {
      const person = Number(this.#slots[slot]);
      if (person === none || (this.#high[person] === high && this.#low[person] === low)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #growRows(): void {
    const size = this.#from.length * 2;
    this.#from = grown(this.#from, new Uint32Array(size));
    this.#to = grown(this.#to, new Uint32Array(size));
    this.#line = grown(this.#line, new Uint32Array(size));
    this.#before = grown(this.#before, new Int32Array(size));
  }

  #growPeople(): void {
    const size = this.#high.length * 2;
    this.#high = grown(this.#high, new Uint32Array(size));
    this.#low = grown(this.#low, new Uint32Array(size));
    this.#lastRow = grown(this.#lastRow, new Int32Array(size));
    this.#validities = grown(this.#validities, new Uint32Array(size));
    this.#salts = grown(this.#salts, randomFillSync(new Uint8Array(size * saltLength)));
    this.#slots = new Int32Array(size * 2).fill(none);
    for (let person = 0; person < this.count; person += 1) {
      this.#slots[this.#slot(Number(this.#high[person]), Number(this.#low[person]))] = person;
    }
  }
}
