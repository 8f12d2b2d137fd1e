/** Requests that are not answered yet, by asker and idempotency key. */
export class UnderWay {
  readonly #keys = new Set<string>();

  /** Answers how to end it, which may be called more than once; undefined where the same is under way. */
  begin(key: string): (() => void) | undefined {
    if (this.#keys.has(key)) return undefined;
    this.#keys.add(key);
    let isOver = false;
    return () => {
      // By the next call another request may be under way.
      if (!isOver) this.#keys.delete(key);
      isOver = true;
    };
  }
}
