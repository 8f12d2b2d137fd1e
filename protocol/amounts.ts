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
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    throw new InvalidAmount(String(value), "expected a whole number of minor units");
  }
  const amount = BigInt(value);
  if (amount < 0n || amount > largestPosition) {
    throw new InvalidAmount(String(value), "expected 0 to 2^96 − 1 minor units");
  }
  return amount as Fen;
};

/** A position on a line, from 0 to 2^96 − 1. Throws {@link InvalidAmount} outside. */
export const position = (value: bigint | number): Position => fen(value) as bigint as Position;

export const zeroFen = fen(0n);

/** The sum of amounts. Throws {@link InvalidAmount} past 2^96 − 1. */
export const addFen = (...amounts: readonly Fen[]): Fen =>
  fen(amounts.reduce<bigint>((sum, amount) => sum + amount, 0n));

/** `from` less `amount`. Throws {@link InvalidAmount} where that is below 0. */
export const subtractFen = (from: Fen, amount: Fen): Fen => fen(from - amount);

/** The place that lies `amount` fen after `start`. Throws {@link InvalidAmount} past 2^96 − 1. */
export const after = (start: Position, amount: Fen): Position => position(start + amount);

const reasonForBadDecimal = (text: string, decimals: number): string => {
  if (text.trim() === "") return "is empty; write an amount such as 12.50";
  if (text !== text.trim()) return "has spaces around it; remove them";
  if (/[０-９．，]/.test(text)) return "has full-width characters; write it in plain ASCII digits";
  if (/^[-−]/.test(text)) return "is negative; only amounts of 0 or more are accepted";
  if (text.startsWith("+")) return "has a sign; remove the +";
  if (/^[0-9.]+e/i.test(text)) return "has an exponent; write all digits out";
  if (/^[0-9][0-9,_' ]*[,_' ]/.test(text)) return "has grouping; remove the separators between digits";
  if (/^0[0-9]/.test(text)) return "has leading zeros; remove them";
  if (/^[0-9]+\.[0-9]+$/.test(text)) {
    return decimals === 0
      ? "has decimals; this currency has none"
      : `has more than ${decimals} decimals; round it at the source`;
  }
  if (/^\.[0-9]+$|^[0-9]+\.$/.test(text)) return "needs digits on both sides of the point";
  return "is not a plain decimal number; write digits and at most one point, such as 12.50";
};

/**
 * The amount that a bill or a CSV file writes in major units, such as `12.5` yuan → 1250 fen: a plain decimal of
 * at most `decimals` decimals, no sign, exponent, grouping, leading zeros or full-width digits, up to 2^64 − 1 minor
 * units. Nothing is rounded or mended. Throws {@link InvalidAmount}.
 */
export const parseAmount = (text: string, decimals = 2): Fen => {
  const match = /^(0|[1-9][0-9]{0,19})(?:\.([0-9]+))?$/.exec(text);
  const fraction = match?.[2] ?? "";
  if (match?.[1] === undefined || fraction.length > decimals) {
    const tooLong = /^[1-9][0-9]{20,}(\.[0-9]+)?$/.test(text);
    throw new InvalidAmount(
      text,
      tooLong ? "is larger than 2^64 − 1 minor units" : reasonForBadDecimal(text, decimals),
    );
  }
  return boundedAmount(text, BigInt(match[1] + fraction.padEnd(decimals, "0")));
};

/** The API's form of an amount: decimal digits of minor units, no leading zero, up to 2^64 − 1. Throws {@link InvalidAmount}. */
export const parseMinorUnits = (text: string): Fen => {
  if (!/^(0|[1-9][0-9]{0,19})$/.test(text)) {
    throw new InvalidAmount(text, "expected minor units as plain decimal digits, such as 1250 for 12.50");
  }
  return boundedAmount(text, BigInt(text));
};

const boundedAmount = (text: string, value: bigint): Fen => {
  if (value > largestAmountFen) throw new InvalidAmount(text, "is larger than 2^64 − 1 minor units");
  return fen(value);
};

/** Major units for a reader, grouped by thousands: 123405 fen → `1,234.05`. */
export const formatAmount = (amount: Fen, decimals = 2): string => {
  const digits = amount.toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(?:[0-9]{3})+$)/g, ",");
  return decimals === 0 ? whole : `${whole}.${digits.slice(digits.length - decimals)}`;
};
