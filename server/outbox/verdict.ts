/** What a transaction in a block means for the operations it carries: the same on every chain. */
import type { Hex } from "../chain/port.ts";
import type { CarriedOperation } from "./attempts.ts";
import type { Rebuild } from "./signing.ts";

export interface VerdictRules {
  /** Selectors of the contract's errors that mean: the position moved on, nothing else is wrong. */
  readonly staleErrors?: readonly Hex[];
  /** By kind. An operation whose kind has none fails on a stale position too. */
  readonly rebuild?: ReadonlyMap<string, Rebuild>;
  /** Attempts of one operation before a stale position counts as a failure; 5 unless given. */
  readonly attemptsLimit?: number;
}

export class Verdicts {
  readonly #stale: ReadonlySet<string>;
  readonly #rebuild: ReadonlyMap<string, Rebuild> | undefined;
  readonly #attemptsLimit: number;

  constructor({ staleErrors = [], rebuild, attemptsLimit = 5 }: VerdictRules) {
    this.#stale = new Set(staleErrors.map((selector) => selector.toLowerCase()));
    this.#rebuild = rebuild;
    this.#attemptsLimit = attemptsLimit;
  }

  /**
   * Of a transaction that reverted. Joined operations are told apart by halves; one by itself is signed anew where its
   * position was stale.
   */
  reverted(operations: readonly CarriedOperation[], revertData: Hex): "failed" | "retry" {
    const [operation, ...others] = operations;
    if (operation === undefined) return "failed";
    if (others.length > 0) return "retry";
    const mayRetry =
      this.#stale.has(revertData.slice(0, 10)) &&
      this.#rebuild?.has(operation.kind) === true &&
      operation.attempts < this.#attemptsLimit;
    return mayRetry ? "retry" : "failed";
  }
}
