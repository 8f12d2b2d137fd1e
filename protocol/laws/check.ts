/** One law under examination: counts what it compared and keeps the figures, the wrong ones first. */
import type { LawCheck } from "../ports/views.ts";

const maxFacts = 20;

export class Examination {
  readonly #law: LawCheck["law"];
  #checked = 0;
  #broken = 0;
  readonly #wrong: string[] = [];
  readonly #figures: string[] = [];

  constructor(law: LawCheck["law"]) {
    this.#law = law;
  }

  /** Two figures that the law says are one. `what` names them, and is only asked for where they differ. */
  equal(what: () => string, expected: bigint | number, actual: bigint | number): void {
    this.holds(() => `${what()}: expected ${expected}, found ${actual}`, expected === actual);
  }

  holds(what: () => string, holds: boolean): void {
    this.#checked += 1;
    if (holds) return;
    this.#broken += 1;
    if (this.#wrong.length < maxFacts) this.#wrong.push(what());
  }

  /** Takes over what somebody else found of the same law. */
  take({ holds, checked, facts }: LawCheck): void {
    this.#checked += checked;
    if (holds) return;
    this.#broken += 1;
    this.#wrong.push(...facts.slice(0, maxFacts - this.#wrong.length));
  }

  /** A figure worth showing beside the verdict. */
  figure(text: string): void {
    if (this.#figures.length < maxFacts) this.#figures.push(text);
  }

  result(): LawCheck {
    const unnamed = this.#broken - this.#wrong.length;
    const more = unnamed > 0 ? [`and ${unnamed} more`] : [];
    const facts = [...this.#wrong, ...more, ...this.#figures].slice(0, maxFacts + 1);
    return { law: this.#law, holds: this.#broken === 0, checked: this.#checked, facts };
  }
}

/** Items by what they belong to, each list in the order given. */
export const grouped = <Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): ReadonlyMap<Key, readonly Item[]> => {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
};
