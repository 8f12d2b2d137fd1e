/** Values for a shape: such as fit, such as sit on a bound, and such as fit nowhere. */
import type { Random } from "../../model/random.ts";
import { textOf } from "./pattern.ts";
import type { Field, Shape } from "./shape.ts";

/** What the books have under a field's name, so that a request comes further than the first look-up. */
export type Known = ReadonlyMap<string, readonly unknown[]>;

const letters = ["a", "Z", "7", "-", " ", "示", "例", "é", "😀", "\u202e", "'", '"', "<", "&", "%", "\\"];

/** Texts that have broken programs before. Half of a character is "\ud800"; JSON lets it through. */
export const oddTexts: readonly string[] = [
  "",
  " ",
  "0",
  "-1",
  "01",
  "1e3",
  "0x",
  "١٢٣",
  "１２３",
  "null",
  "__proto__",
  "constructor",
  "toString",
  "示例 <b>&amp;</b>",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\u202e1250",
  "😀".repeat(40),
  "a".repeat(4_001),
  "9".repeat(78),
  "'; DROP TABLE operation; --",
  "%00",
  "../../etc",
  "99999999999999999999",
  "18446744073709551616",
  "79228162514264337593543950336",
  "2019-02-30",
  "9999-12-31",
  "0000-00-00",
  "2019-01-01T25:61:00+08:00",
  "275760-09-13T00:00:00+08:00",
];

const oddValues: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  -0,
  2 ** 32,
  2 ** 53,
  Number.MIN_VALUE,
  [],
  [[]],
  [null],
  {},
  { length: 1 },
  { toString: 1 },
  ...oddTexts,
];

/** Items of a list that is as long as it may be, or longer by one; longer lists cost more than they teach. */
const longestList = 60;

export class Values {
  readonly #random: Random;
  readonly #known: Known;

  constructor(random: Random, known: Known) {
    this.#random = random;
    this.#known = known;
  }

  odd(): unknown {
    return this.#random.pick(oddValues);
  }

  /** A value of the shape; mostly one that is known where there is one under `name`. */
  fitting(shape: Shape, name = ""): unknown {
    const known = this.#known.get(name) ?? [];
    if (known.length > 0 && !this.#random.chance(8)) return this.#random.pick(known);
    switch (shape.kind) {
      case "text":
        return shape.pattern === undefined ? this.#text(shape) : textOf(shape.pattern, this.#random);
      case "whole":
        return this.#whole(shape);
      case "choice":
        return this.#random.pick(shape.of);
      case "either":
        return this.fitting(this.#random.pick(shape.of), name);
      case "list":
        return this.#list(shape, name);
      case "fields":
        return this.#fields(shape.fields);
      case "anything":
        return this.odd();
    }
  }

  /** The value with one thing in it changed, left out, doubled or added. */
  spoilt(value: unknown): unknown {
    if (this.#random.chance(4)) return this.odd();
    if (Array.isArray(value)) return this.#spoiltList(value);
    if (typeof value === "object" && value !== null) return this.#spoiltFields(value);
    return this.odd();
  }

  #text({ least, most }: { readonly least: number; readonly most: number }): string {
    if (this.#random.chance(10)) return this.#random.pick(oddTexts);
    const length = this.#random.chance(12)
      ? this.#random.pick([least, most, most + 1])
      : this.#random.between(least, Math.min(most, least + 12));
    return Array.from({ length }, () => this.#random.pick(letters)).join("");
  }

  #whole({ least, most }: { readonly least: number; readonly most: number }): number {
    if (this.#random.chance(8)) return this.#random.pick([least, least - 1, most, most + 1]);
    return this.#random.between(least, Math.min(most, least + 3));
  }

  #list(shape: Extract<Shape, { kind: "list" }>, name: string): readonly unknown[] {
    const { least, most } = shape;
    const length = this.#random.chance(40)
      ? Math.min(most + 1, longestList)
      : this.#random.between(least, least + 2);
    return Array.from({ length }, () => this.fitting(shape.of, name));
  }

  #fields(fields: readonly Field[]): Readonly<Record<string, unknown>> {
    const taken = fields.filter(({ isRequired }) => isRequired || this.#random.chance(2));
    return Object.fromEntries(taken.map(({ name, shape }) => [name, this.fitting(shape, name)]));
  }

  #spoiltList(list: readonly unknown[]): readonly unknown[] {
    if (list.length === 0) return [this.odd()];
    const index = this.#random.between(0, list.length - 1);
    const item = list[index];
    switch (this.#random.between(1, 4)) {
      case 1:
        return list.toSpliced(index, 1);
      case 2:
        return list.toSpliced(index, 0, item);
      default:
        return list.with(index, this.spoilt(item));
    }
  }

  #spoiltFields(value: object): Readonly<Record<string, unknown>> {
    const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
    const added: readonly [string, unknown] = [this.#random.pick(["extra", ...oddTexts]), this.odd()];
    if (entries.length === 0 || this.#random.chance(6)) return Object.fromEntries([...entries, added]);
    const index = this.#random.between(0, entries.length - 1);
    const [name, inner] = entries[index] ?? added;
    return this.#random.chance(4)
      ? Object.fromEntries(entries.toSpliced(index, 1))
      : Object.fromEntries(entries.with(index, [name, this.spoilt(inner)]));
  }
}
