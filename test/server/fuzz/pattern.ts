/**
 * Texts that fit a regular expression, for the expressions that schemas are written in: anchors, classes, groups,
 * alternatives and counted repetition. An expression with anything else in it is an error, not a guess.
 */
import type { Random } from "../../model/random.ts";

type Part =
  | { readonly kind: "one"; readonly of: readonly (readonly [first: number, last: number])[] }
  | { readonly kind: "either"; readonly of: readonly (readonly Part[])[] }
  | { readonly kind: "repeated"; readonly part: Part; readonly least: number; readonly most: number };

/** `*` and `+` end here. */
const unboundedMost = 12;
/** What a negated class is drawn from: ASCII, letters of Europe, Chinese, and some that display oddly. */
const universe: readonly (readonly [number, number])[] = [
  [0x20, 0x7e],
  [0xa1, 0x24f],
  [0x4e00, 0x4fff],
  [0x200b, 0x200d],
];

class Reader {
  readonly #pattern: string;
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  /** The whole expression, between its anchors. */
  read(): readonly Part[] {
    this.#take("^");
    const alternatives = this.#alternatives();
    if (this.#at < this.#pattern.length) throw this.#fault();
    const [only = [], ...others] = alternatives;
    return others.length === 0 ? only : [{ kind: "either", of: alternatives }];
  }

  #fault(): RangeError {
    return new RangeError(`no texts for /${this.#pattern}/: not understood from ${this.#at} on`);
  }

  #peek(): string {
    return this.#pattern[this.#at] ?? "";
  }

  #take(text: string): boolean {
    if (!this.#pattern.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #alternatives(): readonly (readonly Part[])[] {
    const found: (readonly Part[])[] = [];
    do found.push(this.#sequence());
    while (this.#take("|"));
    return found;
  }

  #sequence(): readonly Part[] {
    const parts: Part[] = [];
    while (!["", "|", ")"].includes(this.#peek())) {
      if (this.#take("$")) continue;
      parts.push(this.#repeated(this.#atom()));
    }
    return parts;
  }

  #atom(): Part {
    if (this.#take("(")) {
      this.#take("?:");
      const of = this.#alternatives();
      if (!this.#take(")")) throw this.#fault();
      return { kind: "either", of };
    }
    if (this.#take("[")) return this.#class();
    if (/[?*+{}^.]/.test(this.#peek())) throw this.#fault();
    const unit = this.#unit();
    return { kind: "one", of: [[unit, unit]] };
  }

  #class(): Part {
    const isNegated = this.#take("^");
    const ranges: (readonly [number, number])[] = [];
    while (!this.#take("]")) {
      if (this.#peek() === "") throw this.#fault();
      const first = this.#unit();
      const isRange = this.#peek() === "-" && this.#pattern[this.#at + 1] !== "]";
      if (isRange) this.#at += 1;
      ranges.push([first, isRange ? this.#unit() : first]);
    }
    if (!isNegated) return { kind: "one", of: ranges };
    const isOut = (unit: number): boolean => ranges.some(([first, last]) => unit >= first && unit <= last);
    const units = universe.flatMap(([first, last]) =>
      Array.from({ length: last - first + 1 }, (_, index) => first + index),
    );
    return { kind: "one", of: units.filter((unit) => !isOut(unit)).map((unit) => [unit, unit]) };
  }

  /** One character, as it is or escaped. */
  #unit(): number {
    const code = /^\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))/.exec(this.#pattern.slice(this.#at));
    if (code !== null) {
      this.#at += code[0].length;
      return Number.parseInt(code[1] ?? code[2] ?? "", 16);
    }
    if (this.#take("\\") && !/[^A-Za-z0-9]/.test(this.#peek())) throw this.#fault();
    const unit = this.#pattern.charCodeAt(this.#at);
    this.#at += 1;
    return unit;
  }

  #repeated(part: Part): Part {
    if (this.#take("?")) return { kind: "repeated", part, least: 0, most: 1 };
    if (this.#take("*")) return { kind: "repeated", part, least: 0, most: unboundedMost };
    if (this.#take("+")) return { kind: "repeated", part, least: 1, most: unboundedMost };
    const counted = /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.#pattern.slice(this.#at));
    if (counted === null) return part;
    this.#at += counted[0].length;
    const least = Number(counted[1]);
    const most = counted[2] === undefined ? least : Number(counted[3] || least + unboundedMost);
    return { kind: "repeated", part, least, most };
  }
}

const textOfPart = (part: Part, random: Random): string => {
  switch (part.kind) {
    case "one": {
      const [first, last] = random.pick(part.of);
      return String.fromCharCode(random.between(first, last));
    }
    case "either":
      return textOfParts(random.pick(part.of), random);
    case "repeated": {
      // The bounds themselves are where mistakes are.
      const count = random.chance(3)
        ? random.pick([part.least, part.most])
        : random.between(part.least, part.most);
      return Array.from({ length: count }, () => textOfPart(part.part, random)).join("");
    }
  }
};

const textOfParts = (parts: readonly Part[], random: Random): string =>
  parts.map((part) => textOfPart(part, random)).join("");

const read = new Map<string, readonly Part[]>();

/** A text that fits `pattern`. Throws RangeError for an expression that this file does not know. */
export const textOf = (pattern: string, random: Random): string => {
  const parts = read.get(pattern) ?? new Reader(pattern).read();
  read.set(pattern, parts);
  return textOfParts(parts, random);
};
