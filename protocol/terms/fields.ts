/** Reads documents of unknown shape strictly: nothing is coerced or mended, and every fault is noted with its field. */
import { InvalidAmount, parseMinorUnits, zeroFen } from "../amounts.ts";
import type { Fen } from "../amounts.ts";

export interface Fault {
  /** Such as `rules[0].rateBps`; empty for the whole document. */
  readonly field: string;
  readonly reason: string;
}

/** Beyond so many nothing new is learned, and an answer that names them stays readable. */
export const mostFaults = 100;

export type Fields = ReadonlyMap<string, unknown>;

const shown = (value: unknown, quotes: boolean): string => {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object") return "an object";
  if (!quotes) return typeof value;
  if (typeof value === "string") return JSON.stringify(value.slice(0, 40));
  return typeof value === "number" || typeof value === "boolean" ? String(value) : typeof value;
};

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Each method returns the value, or after noting a fault some value of the type: the caller asks for `faults` at the
 * end and throws the result away where there are any.
 */
export class FieldReader {
  readonly #faults: Fault[] = [];
  readonly #quotes: boolean;

  /**
   * `quotes` tells whether faults may repeat what was written. A published document is public; in what is typed about
   * a person a value or the name of a field can be personal, and faults end up in logs.
   */
  constructor(quotes = true) {
    this.#quotes = quotes;
  }

  get faults(): readonly Fault[] {
    return this.#faults;
  }

  fault(field: string, reason: string): void {
    if (this.#faults.length < mostFaults) this.#faults.push({ field, reason });
  }

  #expected(field: string, expected: string, value: unknown): void {
    this.fault(field, `expected ${expected}, got ${shown(value, this.#quotes)}`);
  }

  /** The fields of an object that has no others than `known`. */
  object(field: string, value: unknown, known: readonly string[]): Fields {
    if (!isObject(value)) {
      this.#expected(field, "an object", value);
      return new Map();
    }
    const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
    for (const [name] of entries) {
      if (known.includes(name)) continue;
      const last = this.#quotes ? name.slice(0, 40) : "(another)";
      this.fault(field === "" ? last : `${field}.${last}`, `is unknown; the fields are ${known.join(", ")}`);
    }
    return new Map(entries);
  }

  whole(field: string, value: unknown, low: number, high: number): number {
    if (typeof value === "number" && Number.isInteger(value) && value >= low && value <= high) return value;
    this.#expected(field, `a whole number from ${low} to ${high}`, value);
    return low;
  }

  amount(field: string, value: unknown): Fen {
    if (typeof value !== "string") {
      this.#expected(field, "minor units as a string of digits", value);
      return zeroFen;
    }
    try {
      return parseMinorUnits(value);
    } catch (error) {
      if (!(error instanceof InvalidAmount)) throw error;
      this.fault(field, error.reason);
      return zeroFen;
    }
  }

  flag(field: string, value: unknown): boolean {
    if (typeof value !== "boolean") this.#expected(field, "true or false", value);
    return value === true;
  }

  text(field: string, value: unknown, pattern: RegExp, expected: string): string {
    if (typeof value === "string" && pattern.test(value)) return value;
    this.#expected(field, expected, value);
    return "";
  }

  choice<Choice extends string>(
    field: string,
    value: unknown,
    choices: readonly [Choice, ...Choice[]],
  ): Choice {
    const chosen = choices.find((choice) => choice === value);
    if (chosen === undefined) this.#expected(field, `one of ${choices.join(", ")}`, value);
    return chosen ?? choices[0];
  }

  list<Item>(
    field: string,
    value: unknown,
    most: number,
    read: (field: string, item: unknown) => Item,
  ): readonly Item[] {
    if (!Array.isArray(value) || value.length > most) {
      this.#expected(field, `a list of at most ${most}`, value);
      return [];
    }
    const items: readonly unknown[] = value;
    return items.map((item, at) => read(`${field}[${at}]`, item));
  }

  /** A list of choices, none of them twice. */
  choices<Choice extends string>(
    field: string,
    value: unknown,
    choices: readonly [Choice, ...Choice[]],
  ): readonly Choice[] {
    const chosen = this.list(field, value, choices.length, (path, item) => this.choice(path, item, choices));
    if (Array.isArray(value) && new Set(value).size < chosen.length) {
      this.fault(field, "names one of them twice");
    }
    return chosen;
  }
}
