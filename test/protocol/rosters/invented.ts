/** Invented people: a region that no place has, in an order that nobody was born in. */
import { idNumber, idNumberCheckCharacter } from "../../../protocol/rosters/id-number.ts";
import type { IdNumber } from "../../../protocol/rosters/id-number.ts";

const pad = (value: number, digits: number): string => String(value).padStart(digits, "0");

/** The `n`-th invented id number, region 000000; different below 3,000,000. */
export const inventedIdNumber = (n: number): IdNumber => {
  const birth = `${1950 + (Math.floor(n / 336_000) % 50)}${pad(1 + (n % 12), 2)}${pad(1 + (Math.floor(n / 12) % 28), 2)}`;
  const digits = `000000${birth}${pad(Math.floor(n / 336) % 1000, 3)}`;
  return idNumber(`${digits}${idNumberCheckCharacter(digits)}`);
};
