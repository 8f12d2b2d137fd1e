/**
 * The laws of the books, checked now and then. A check walks every record, so it is made at most once in an interval,
 * however often somebody asks, and never while somebody waits.
 */
import type { LawCheck } from "../../protocol/ports/views.ts";

export interface LawWatchOptions {
  readonly laws: () => Promise<readonly LawCheck[]>;
  /** Between two checks, in milliseconds. */
  readonly intervalMs: number;
  /** A clock that only runs forward. */
  readonly nowMs: () => number;
  readonly log: { readonly error: (facts: object, event: string) => void };
}

export class LawWatch {
  readonly #options: LawWatchOptions;
  #checks: readonly LawCheck[] = [];
  #begunMs: number | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(options: LawWatchOptions) {
    this.#options = options;
  }

  /** What the last check found; begins another one where that is due. Empty before the first has ended. */
  latest(): readonly LawCheck[] {
    const { intervalMs, nowMs } = this.#options;
    const now = nowMs();
    if (this.#begunMs === undefined || now - this.#begunMs >= intervalMs) {
      this.#begunMs = now;
      this.#running = this.#check();
    }
    return this.#checks;
  }

  /** Resolves when the check under way has ended. */
  settled(): Promise<void> {
    return this.#running;
  }

  async #check(): Promise<void> {
    const { laws, log } = this.#options;
    try {
      this.#checks = await laws();
    } catch (error) {
      log.error({ err: error }, "laws not checked");
      return;
    }
    for (const { law, holds, facts } of this.#checks) {
      if (!holds) log.error({ law, facts: facts.slice(0, 5) }, "law broken");
    }
  }
}
