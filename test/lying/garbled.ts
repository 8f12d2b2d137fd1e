/** Answers with one place changed at random: what nobody thought of when the catalogue of lies was written. */
import type { Random } from "../model/random.ts";

const digits = "0123456789abcdef";
const allOnes = `0x${"f".repeat(64)}`;
const nonsense: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e300,
  "",
  "0x",
  "0xzz",
  "-5",
  allOnes,
  [],
  [[]],
  {},
];

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A digit or a word of it changed, or its end cut off. */
const otherHex = (random: Random, hex: string): string => {
  const at = random.between(2, Math.max(2, hex.length - 1));
  const word = at - ((at - 2) % 64);
  switch (random.between(1, 4)) {
    case 1:
      return hex.slice(0, at);
    case 2:
      return hex.slice(0, word) + digits.charAt(random.between(0, 1) * 15).repeat(64) + hex.slice(word + 64);
    default:
      return hex.slice(0, at) + digits.charAt(random.between(0, 15)) + hex.slice(at + 1);
  }
};

const otherList = (random: Random, list: readonly unknown[]): readonly unknown[] => {
  const at = random.between(0, list.length - 1);
  switch (random.between(1, 5)) {
    case 1:
      return list.toSpliced(at, 1);
    case 2:
      return [...list, list[at]];
    default:
      return list.with(at, garbled(random, list[at]));
  }
};

/** The value with one place of it changed; now and then the place is the whole. */
export const garbled = (random: Random, value: unknown): unknown => {
  if (random.chance(8)) return random.pick(nonsense);
  if (typeof value === "string" && value.startsWith("0x")) return otherHex(random, value);
  if (Array.isArray(value) && value.length > 0) return otherList(random, value);
  if (!isRecord(value) || Object.keys(value).length === 0) return random.pick(nonsense);
  const name = random.pick(Object.keys(value));
  const { [name]: member, ...others } = value;
  return random.chance(8) ? others : { ...others, [name]: garbled(random, member) };
};
