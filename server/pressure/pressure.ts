/** From where on the process takes nothing more: it answers late, its memory is full, or too much is under way. */

/** What was measured last. */
export interface Measured {
  /** By how much the event loop is late, on average. */
  readonly lagMs: number;
  /** Of the memory that objects may take. */
  readonly heapPercent: number;
}

export interface PressureLimits extends Measured {
  /** Requests that are being answered. */
  readonly requestsUnderWay: number;
}

export type PressureCause = "lag" | "heap" | "requests";

export class Pressure {
  readonly #limits: PressureLimits;
  readonly #measured: () => Measured;
  #underWay = 0;

  constructor(limits: PressureLimits, measured: () => Measured) {
    this.#limits = limits;
    this.#measured = measured;
  }

  /** Why a request is not to be taken; undefined where there is room for it. */
  cause(): PressureCause | undefined {
    const { lagMs, heapPercent } = this.#measured();
    if (lagMs > this.#limits.lagMs) return "lag";
    if (heapPercent > this.#limits.heapPercent) return "heap";
    return this.#underWay >= this.#limits.requestsUnderWay ? "requests" : undefined;
  }

  /** A request is taken; to be called again what this answers, once, when it was answered or given up. */
  begin(): () => void {
    this.#underWay += 1;
    return () => (this.#underWay -= 1);
  }
}
