/** What was made a short while ago: the most recent values of a cache, and values that hold for one block. */
import type { Bytes32 } from "../../protocol/ids.ts";

/** Keeps the values that were asked for last, at most `limit` of them. */
export class Recent<Value> {
  readonly #limit: number;
  readonly #values = new Map<string, Value>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string): Value | undefined {
    const value = this.#values.get(key);
    if (value === undefined) return undefined;
    this.#values.delete(key);
    this.#values.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    this.#values.delete(key);
    this.#values.set(key, value);
    const [oldest] = this.#values.keys();
    if (this.#values.size > this.#limit && oldest !== undefined) this.#values.delete(oldest);
  }
}

/** How many figures of one block are kept. */
const maxFigures = 20_000;

/** Figures of the newest block that was read; the next block forgets them. */
export class PerBlock<Value> {
  #hash: Bytes32 | undefined;
  #number = -1;
  #values = new Map<number, Promise<Value>>();

  /** Answers what was made, or is being made, for this block and id, or makes it. */
  of(
    block: { readonly number: number; readonly hash: Bytes32 },
    id: number,
    make: () => Promise<Value>,
  ): Promise<Value> {
    if (block.hash !== this.#hash) {
      // A reader that began before the newest block must not bring its figures back.
      if (block.number < this.#number) return make();
      [this.#hash, this.#number] = [block.hash, block.number];
      this.#values = new Map();
    }
    const values = this.#values;
    const known = values.get(id);
    if (known !== undefined) return known;
    const value = make();
    if (values.size >= maxFigures) return value;
    values.set(id, value);
    // Who asked is told of the failure; the next asker tries again.
    value.catch(() => values.delete(id));
    return value;
  }
}
