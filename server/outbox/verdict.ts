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

  /** Whether the error means that the position moved on, and nothing else is wrong. */
  isStale(revertData: Hex): boolean {
    return this.#stale.has(revertData.slice(0, 10));
  }

  /**
   * Of a transaction that reverted. Joined operations are told apart by halves; one by itself is signed anew where its
   * position was stale, and where a block that held it was replaced: what it stands on may have come behind it then.
   */
  reverted(operations: readonly CarriedOperation[], revertData: Hex, exclusions = 0): "failed" | "retry" {
    const [operation, ...others] = operations;
    if (operation === undefined) return "failed";
    if (others.length > 0) return "retry";
    if (operation.attempts >= this.#attemptsLimit) return "failed";
    const isBuiltAnew = this.isStale(revertData) && this.#rebuild?.has(operation.kind) === true;
    return isBuiltAnew || exclusions > 0 ? "retry" : "failed";
  }
}
