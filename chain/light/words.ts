/** Words of the contract ABI, read by position: all that static fields and one trailing `bytes` need. */
import { fen, position, type Fen, type Position } from "../../protocol/amounts.ts";
import { fromHex, keccakHex, utf8 } from "../../protocol/bytes.ts";
import { address, bytes32, type Address, type Bytes32 } from "../../protocol/ids.ts";
import { Unanswered } from "../../protocol/verify/steps.ts";

const wordDigits = 64;

/** A word of calldata: a number that fits, or an account. */
export const wordOf = (value: number | bigint | string): string =>
  BigInt(value).toString(16).padStart(wordDigits, "0");

/** A word as a topic of a log. */
export const topicOf = (value: number | bigint): string => `0x${wordOf(value)}`;

/** The first topic of an event with this signature. */
export const eventTopic = (signature: string): Bytes32 => keccakHex(utf8(signature));

/** The calldata of a call with static arguments. */
export const callData = (signature: string, ...values: readonly (number | bigint)[]): string =>
  `${keccakHex(utf8(signature)).slice(0, 10)}${values.map(wordOf).join("")}`;

const garbled = (at: number): Unanswered => new Unanswered("garbled", `word ${at}`);

/** Reads answers and logs word by word. Throws Unanswered("garbled") past the end or out of a field's range. */
export class Words {
  /** Hexadecimal, without 0x. */
  readonly digits: string;
  constructor(hex: unknown) {
    if (typeof hex !== "string" || !/^0x[0-9a-f]*$/i.test(hex)) {
      throw new Unanswered("garbled", "no hexadecimal");
    }
    this.digits = hex.slice(2);
  }

  word(at: number): string {
    const word = this.digits.slice(at * wordDigits, (at + 1) * wordDigits);
    if (word.length < wordDigits) throw garbled(at);
    return word;
  }

  /** What `make` makes of the number in a word; it throws where that is out of range. */
  value<Value>(at: number, make: (value: bigint) => Value): Value {
    const value = BigInt(`0x${this.word(at)}`);
    try {
      return make(value);
    } catch {
      throw garbled(at);
    }
  }

  number(at: number, most = Number.MAX_SAFE_INTEGER): number {
    const value = this.value(at, Number);
    if (value > most) throw garbled(at);
    return value;
  }

  u32(at: number): number {
    return this.number(at, 0xffff_ffff);
  }

  fen(at: number): Fen {
    return this.value(at, fen);
  }

  position(at: number): Position {
    return this.value(at, position);
  }

  bool(at: number): boolean {
    return this.number(at) === 1;
  }

  bytes32(at: number): Bytes32 {
    return bytes32(`0x${this.word(at)}`);
  }

  address(at: number): Address {
    return address(`0x${this.word(at).slice(24)}`);
  }

  /** Three bytes of ASCII at the left of a word: a currency. */
  ascii3(at: number): string {
    return String.fromCharCode(...fromHex(`0x${this.word(at).slice(0, 6)}`));
  }

  /** The bytes whose offset stands in a word. */
  bytes(at: number): Uint8Array {
    const offset = this.number(at) / 32;
    const length = this.number(offset);
    const start = (offset + 1) * wordDigits;
    const digits = this.digits.slice(start, start + length * 2);
    if (digits.length < length * 2) throw garbled(at);
    return fromHex(`0x${digits}`);
  }
}
