/** A few requests on their way at once, so that the next rows are read while the gateway works on the last ones. */
export class InFlight {
  readonly #limit: number;
  readonly #underWay = new Set<Promise<void>>();
  #failure: { readonly error: unknown } | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Begins `work` once fewer than the limit are under way. Throws what one before has thrown; `work` is then not begun. */
  async begin(work: () => Promise<void>): Promise<void> {
    while (this.#underWay.size >= this.#limit) await Promise.race(this.#underWay);
    this.#throwFailure();
    const running = work()
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#underWay.delete(running));
    this.#underWay.add(running);
  }

  /** Resolves once all have ended. Throws what the first that failed has thrown. */
  async end(): Promise<void> {
    await Promise.all(this.#underWay);
    this.#throwFailure();
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}

/**
 * Requests of an import under way at once. A block holds four batches of 3,000: while one block is made, the gifts of the
 * next are accepted.
 */
export const requestsAtOnce = 8;
