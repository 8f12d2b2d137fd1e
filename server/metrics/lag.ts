/** How long the index has been behind the chain, told from single looks at both. */
export class Lag {
  /** The chain's block that the index was seen to lack, and since when. */
  #missing: { readonly block: number; readonly sinceMs: number } | undefined;

  /** The lag in seconds at `nowMs`: 0 where the index is where the chain is, or has been since the last look. */
  seconds(chainBlock: number, indexBlock: number, nowMs: number): number {
    if (this.#missing !== undefined && indexBlock >= this.#missing.block) this.#missing = undefined;
    if (indexBlock >= chainBlock) return 0;
    this.#missing ??= { block: chainBlock, sinceMs: nowMs };
    return (nowMs - this.#missing.sinceMs) / 1_000;
  }
}
