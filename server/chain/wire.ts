/** Reading JSON-RPC answers: each value is checked where it enters, nothing is assumed of a node. */
import { address, bytes32 } from "../../protocol/ids.ts";
import type { Address, Bytes32 } from "../../protocol/ids.ts";
import type { Hex } from "./port.ts";

export class UnexpectedAnswer extends Error {
  readonly expected: string;
  constructor(expected: string, value: unknown) {
    super(`JSON-RPC answer: expected ${expected}, got ${(JSON.stringify(value) ?? "nothing").slice(0, 120)}`);
    this.name = "UnexpectedAnswer";
    this.expected = expected;
  }
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const isHex = (value: unknown): value is Hex =>
  typeof value === "string" && /^0x([0-9a-fA-F]{2})*$/.test(value);

export const readRecord = (value: unknown, what: string): Readonly<Record<string, unknown>> => {
  if (!isRecord(value)) throw new UnexpectedAnswer(what, value);
  return value;
};

export const readQuantity = (value: unknown): bigint => {
  if (typeof value !== "string" || !/^0x[0-9a-fA-F]+$/.test(value))
    throw new UnexpectedAnswer("a quantity", value);
  return BigInt(value);
};

export const readNumber = (value: unknown): number => {
  const quantity = readQuantity(value);
  if (quantity > BigInt(Number.MAX_SAFE_INTEGER)) throw new UnexpectedAnswer("a number below 2^53", value);
  return Number(quantity);
};

export const readHash = (value: unknown): Bytes32 => {
  if (typeof value !== "string") throw new UnexpectedAnswer("a hash", value);
  return bytes32(value);
};

export const readAddress = (value: unknown): Address => {
  if (typeof value !== "string") throw new UnexpectedAnswer("an address", value);
  return address(value);
};

export const quantity = (value: number | bigint): Hex => `0x${value.toString(16)}`;
