/**
 * Citizen identity numbers of 18 characters (GB 11643): region 6, date of birth 8, order 3, check character. They are
 * the one thing that a roster must never show: no error here repeats what it was given.
 */
import type { Brand } from "../ids.ts";

/** 17 digits and a check character 0-9 or X. */
export type IdNumber = Brand<string, "IdNumber">;

export const idNumberLength = 18;

export type IdNumberDefect = "empty" | "spaces" | "rounded" | "length" | "character" | "birthDate" | "check";

const advice: Record<IdNumberDefect, string> = {
  empty: "is empty; every row names a person by an id number",
  spaces: "has spaces around it; remove them",
  rounded: "was rounded by a spreadsheet; export the column as text",
  length: `is not of ${idNumberLength} characters; numbers of 15 are to be replaced by their present form`,
  character: "holds a character that no id number has; it is 17 plain digits, then a digit or X",
  birthDate: "holds no real date of birth from 1900 to 2099",
  check: "has a wrong check character; one of its characters is mistyped",
};

/** The number is not repeated, only what is wrong with it. */
export class InvalidIdNumber extends Error {
  readonly defect: IdNumberDefect;
  readonly reason: string;
  constructor(defect: IdNumberDefect) {
    super(`id number: ${advice[defect]}`);
    this.name = "InvalidIdNumber";
    this.defect = defect;
    this.reason = advice[defect];
  }
}

/** 2^(17 − place) mod 11, for the places 0 to 16. */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const checkCharacters = "10X98765432";

/** The check character (ISO 7064, MOD 11-2) of the 17 digits that a text begins with. */
export const idNumberCheckCharacter = (digits: string): string => {
  const sum = weights.reduce((sum, weight, place) => sum + weight * (digits.charCodeAt(place) - 48), 0);
  return checkCharacters.charAt(sum % 11);
};

const isRealDate = (text: string): boolean => {
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6, 8))];
  if (year < 1900 || year > 2099 || month < 1 || month > 12 || day < 1) return false;
  if (day <= 28) return true;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);
};

const shapeDefect = (text: string): IdNumberDefect | undefined => {
  if (text.trim() === "") return "empty";
  if (text !== text.trim()) return "spaces";
  if (/^\d([.,]\d+)?E\+\d+$/i.test(text)) return "rounded";
  if (text.length !== idNumberLength) return "length";
  return /^[0-9]{17}[0-9Xx]$/.test(text) ? undefined : "character";
};

/**
 * Reads an id number; a small x is its large form, nothing else is mended. The region is not looked up: regions are
 * renamed and dissolved, numbers stay. Throws {@link InvalidIdNumber}.
 */
export const idNumber = (text: string): IdNumber => {
  const defect = shapeDefect(text);
  if (defect !== undefined) throw new InvalidIdNumber(defect);
  if (!isRealDate(text.slice(6, 14))) throw new InvalidIdNumber("birthDate");
  const number = text.toUpperCase();
  if (number.charAt(17) !== idNumberCheckCharacter(number)) throw new InvalidIdNumber("check");
  return number as IdNumber;
};
