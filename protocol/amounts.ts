/**
 * Money. Every amount is a whole number of minor units of its currency (fen for CNY) and never a float.
 * `Fen` is an amount, `Position` a place on a money line; both are bigint, kept apart by their types.
 */
import type { Brand } from "./ids.ts";

export type Fen = Brand<bigint, "Fen">;
export type Position = Brand<bigint, "Position">;

/** The largest amount of one donation, claim or expense that the byte formats carry (u64). */
export const largestAmountFen = (1n << 64n) - 1n;
/** The largest position or running total on a line (u96). */
export const largestPosition = (1n << 96n) - 1n;

export class InvalidAmount extends Error {
  readonly text: string;
  readonly reason: string;
  constructor(text: string, reason: string) {
    super(`amount ${JSON.stringify(text.slice(0, 40))}: ${reason}`);
    this.name = "InvalidAmount";
    this.text = text;
    this.reason = reason;
  }
}

/** An amount of minor units, from 0 to 2^96 − 1. Throws {@link InvalidAmount} outside. */
export const fen = (value: bigint | number): Fen => {
  const amount = BigInt(value);
  if (amount < 0n || amount > largestPosition) {
    throw new InvalidAmount(String(value), "expected 0 to 2^96 − 1 minor units");
  }
  return amount as Fen;
};

/** A position on a line, from 0 to 2^96 − 1. Throws {@link InvalidAmount} outside. */
export const position = (value: bigint | number): Position => fen(value) as bigint as Position;

export const zeroFen = fen(0n);
