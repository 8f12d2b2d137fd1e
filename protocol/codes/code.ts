/**
 * Trace codes, such as `D002-6XQZ`: what a receipt, a QR code or a voice on the phone carries. Crockford base32, read
 * without regard to case, with I and L as 1 and O as 0, hyphens and spaces ignored.
 *
 * The first letter tells the kind, the last is a check character over the whole code, kind included: a weighted sum
 * over GF(32), with another weight for every place. It catches every single wrong character and every exchange of
 * two, neighbours or not, and 31 of 32 other errors, and needs no symbols beyond the 32. (The check character modulo
 * 37 that Crockford suggests catches the same, but needs five symbols that are hard to read aloud.) Only whole groups
 * of four are codes, so that a character lost or added shows by the length.
 */
import { batchId, claimId, fundId, programmeId } from "../ids.ts";
import type { BatchId, ClaimId, FundId, ProgrammeId } from "../ids.ts";

export type Code =
  | { readonly kind: "donation"; readonly batch: BatchId; readonly index: number }
  | { readonly kind: "batch"; readonly batch: BatchId }
  | { readonly kind: "claim"; readonly claim: ClaimId }
  | { readonly kind: "programme"; readonly programme: ProgrammeId }
  | { readonly kind: "fund"; readonly fund: FundId };

export type CodeRefusal =
  /** Nothing but spaces and hyphens. */
  | "empty"
  /** A character that no code has. */
  | "character"
  /** The first letter is none of D, B, C, P, F. */
  | "kind"
  /** Not one of the lengths of this kind: characters are missing or too many. */
  | "length"
  /** The check character says that something was mistyped. */
  | "check"
  /** Well formed, but it names nothing that a ledger can hold. */
  | "range";

export type ParsedCode =
  { readonly ok: true; readonly code: Code } | { readonly ok: false; readonly refusal: CodeRefusal };

export class CodeOutOfRange extends Error {
  readonly value: string;
  constructor(value: string) {
    super(`a code names ids from 1 and donations from 0, both below 2^32, not ${value}`);
    this.name = "CodeOutOfRange";
    this.value = value;
  }
}

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const groupLength = 4;

/** Multiplies by x in GF(32) = GF(2)[x] / (x^5 + x^2 + 1), of which x generates all 31 non-zero elements. */
const timesX = (value: number): number => {
  const doubled = value << 1;
  return doubled >= 32 ? doubled ^ 0b100101 : doubled;
};

/** The check digit for the digits before it: with it, the sum of digit × x^(place from the right) is 0. */
const checkDigit = (digits: readonly number[]): number =>
  timesX(digits.reduce((sum, digit) => timesX(sum) ^ digit, 0));

/** The lengths of a donation's number part in characters, with the bits of batch and index: usual, then any. */
const donationForms = [
  { digits: 6, batchBits: 18n, indexBits: 12n },
  { digits: 14, batchBits: 32n, indexBits: 32n },
] as const;
/** The lengths of a single id's number part. */
const idForms = [2, 6, 10] as const;

const kindOf = { D: "donation", B: "batch", C: "claim", P: "programme", F: "fund" } as const satisfies Record<
  string,
  Code["kind"]
>;
const letterOf = { donation: "D", batch: "B", claim: "C", programme: "P", fund: "F" } as const;

const isLetter = (letter: string): letter is keyof typeof kindOf => Object.hasOwn(kindOf, letter);

const digitsOf = (value: bigint, count: number): readonly number[] =>
  Array.from({ length: count }, (_, at) => Number((value >> BigInt(5 * (count - 1 - at))) & 31n));

const assemble = (letter: string, value: bigint, count: number): string => {
  const digits = [alphabet.indexOf(letter), ...digitsOf(value, count)];
  const text = [...digits, checkDigit(digits)].map((digit) => alphabet.charAt(digit)).join("");
  return (text.match(new RegExp(`.{${groupLength}}`, "g")) ?? []).join("-");
};

const isU32 = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff;

const idOf = (code: Exclude<Code, { kind: "donation" }>): number => {
  switch (code.kind) {
    case "batch":
      return code.batch;
    case "claim":
      return code.claim;
    case "programme":
      return code.programme;
    case "fund":
      return code.fund;
  }
};

/** The code of a thing, in groups of four: as short as its id allows. Throws {@link CodeOutOfRange} for id 0. */
export const encodeCode = (code: Code): string => {
  const letter = letterOf[code.kind];
  if (code.kind === "donation") {
    const { batch, index } = code;
    if (!isU32(batch) || batch === 0 || !isU32(index)) throw new CodeOutOfRange(`${batch}, ${index}`);
    const [usual, any] = donationForms;
    const fits = BigInt(batch) >> usual.batchBits === 0n && BigInt(index) >> usual.indexBits === 0n;
    const form = fits ? usual : any;
    return assemble(letter, (BigInt(batch) << form.indexBits) | BigInt(index), form.digits);
  }
  const id = idOf(code);
  const digits = idForms.find((count) => BigInt(id) >> BigInt(5 * count) === 0n);
  if (!isU32(id) || id === 0 || digits === undefined) throw new CodeOutOfRange(String(id));
  return assemble(letter, BigInt(id), digits);
};

const donationIn = (value: bigint, length: number): Code | undefined => {
  const form = donationForms.find(({ digits }) => digits === length);
  if (form === undefined) return undefined;
  const [batch, index] = [value >> form.indexBits, value & ((1n << form.indexBits) - 1n)];
  if (batch === 0n || batch > 0xffff_ffffn) return undefined;
  return { kind: "donation", batch: batchId(batch), index: Number(index) };
};

const idIn = (kind: Exclude<Code["kind"], "donation">, value: bigint): Code | undefined => {
  if (value === 0n || value > 0xffff_ffffn) return undefined;
  switch (kind) {
    case "batch":
      return { kind, batch: batchId(value) };
    case "claim":
      return { kind, claim: claimId(value) };
    case "programme":
      return { kind, programme: programmeId(value) };
    case "fund":
      return { kind, fund: fundId(value) };
  }
};

const normalize = (text: string): string =>
  text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\-‐‑‒–—−]/gu, "")
    .replace(/[IL]/g, "1")
    .replace(/O/g, "0");

/** Reads a code as people write and say it. A code has one form: a longer one for the same thing is refused. */
export const parseCode = (text: string): ParsedCode => {
  const characters = normalize(text);
  const letter = characters.charAt(0);
  const refuse = (refusal: CodeRefusal): ParsedCode => ({ ok: false, refusal });
  if (letter === "") return refuse("empty");
  const digits = Array.from(characters, (character) => alphabet.indexOf(character));
  if (digits.includes(-1)) return refuse("character");
  if (!isLetter(letter)) return refuse("kind");
  const kind = kindOf[letter];
  const length = digits.length - 2;
  const lengths: readonly number[] = kind === "donation" ? donationForms.map((form) => form.digits) : idForms;
  if (!lengths.includes(length)) return refuse("length");
  if (checkDigit(digits.slice(0, -1)) !== digits.at(-1)) return refuse("check");
  const value = digits.slice(1, -1).reduce((sum, digit) => (sum << 5n) | BigInt(digit), 0n);
  const code = kind === "donation" ? donationIn(value, length) : idIn(kind, value);
  if (code === undefined || normalize(encodeCode(code)) !== characters) return refuse("range");
  return { ok: true, code };
};
