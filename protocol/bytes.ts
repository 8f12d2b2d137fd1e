/** Bytes and hexadecimal, and the big-endian packing of every byte format of the ledger. */
import { keccak_256 } from "@noble/hashes/sha3.js";
import { bytesToHex, concatBytes } from "@noble/hashes/utils.js";
import { InvalidHex, bytes32 } from "./ids.ts";
import type { Bytes32 } from "./ids.ts";

export const concat = (...parts: readonly Uint8Array[]): Uint8Array => concatBytes(...parts);

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export const toHex = (bytes: Uint8Array): `0x${string}` => `0x${bytesToHex(bytes)}`;

/** What a hexadecimal digit counts: 0 to 9 are 0x30 to 0x39, A to F are 0x41 to 0x46, a to f are 0x61 to 0x66. */
const digitOf = (code: number): number => (code & 15) + (code >> 6) * 9;

/** The bytes of `0x…`. Throws {@link InvalidHex} for anything but an even number of hexadecimal digits. */
export const fromHex = (hex: string): Uint8Array => {
  if (!/^0x(?:[0-9a-fA-F]{2})*$/.test(hex)) {
    throw new InvalidHex("bytes", Math.max(0, Math.ceil((hex.length - 2) / 2)), hex);
  }
  const bytes = new Uint8Array(hex.length / 2 - 1);
  for (let at = 0; at < bytes.length; at += 1) {
    bytes[at] = digitOf(hex.charCodeAt(at * 2 + 2)) * 16 + digitOf(hex.charCodeAt(at * 2 + 3));
  }
  return bytes;
};

/** keccak-256, whoever computes it: the gateway has a faster one than a browser. */
export type Keccak = (bytes: Uint8Array) => Uint8Array;

export const keccak: Keccak = (bytes) => keccak_256(bytes);

export const keccakHex = (bytes: Uint8Array, hash: Keccak = keccak): Bytes32 => bytes32(toHex(hash(bytes)));

export class IntegerTooLarge extends Error {
  readonly value: bigint;
  readonly lengthBytes: number;
  constructor(value: bigint, lengthBytes: number) {
    super(`${value} is not a whole number of ${lengthBytes} bytes`);
    this.name = "IntegerTooLarge";
    this.value = value;
    this.lengthBytes = lengthBytes;
  }
}

/** A whole number as big-endian bytes of a fixed length. Throws {@link IntegerTooLarge}. */
export const bigEndian = (value: bigint | number, lengthBytes: number): Uint8Array => {
  let rest = BigInt(value);
  if (rest < 0n || rest >= 1n << BigInt(8 * lengthBytes)) throw new IntegerTooLarge(rest, lengthBytes);
  const bytes = new Uint8Array(lengthBytes);
  for (let at = lengthBytes - 1; at >= 0; at -= 1) {
    bytes[at] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return bytes;
};
