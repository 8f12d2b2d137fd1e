/** Keeps the index at the head of a chain that moves by itself. A node that does not answer is asked again. */
import { failureKindOf } from "../chain/node-failures.ts";
import { UnexpectedAnswer } from "../chain/wire.ts";
import { ChainMoved } from "./errors.ts";
import type { Indexer } from "./indexer.ts";

export interface PollingOptions {
  readonly indexer: Pick<Indexer, "catchUp">;
  readonly pollMs: number;
  /** For the log; `undefined` once the node answers again. */
  readonly onTrouble: (error: unknown) => void;
  /** Called once with what no asking again mends; nothing is asked any more. */
  readonly onFailure: (error: unknown) => void;
}

/** What another look may mend: the node's doing, or a chain in motion. */
export const isPassing = (error: unknown): boolean =>
  failureKindOf(error) !== undefined || error instanceof ChainMoved || error instanceof UnexpectedAnswer;

export class Polling {
  readonly #options: PollingOptions;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;
  #isTroubled = false;

  constructor(options: PollingOptions) {
    this.#options = options;
  }

  start(): void {
    this.#schedule();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  /** Looks at once, besides the looks that come by themselves. */
  async look(): Promise<void> {
    if (this.#isStopped) return;
    try {
      await this.#options.indexer.catchUp();
      this.#isTroubled = false;
    } catch (error) {
      if (this.#isStopped) return;
      if (!isPassing(error)) {
        this.stop();
        this.#options.onFailure(error);
        return;
      }
      if (!this.#isTroubled) this.#options.onTrouble(error);
      this.#isTroubled = true;
    }
  }

  #schedule(): void {
    this.#timer = setTimeout(() => {
      void this.look().finally(() => {
        if (!this.#isStopped) this.#schedule();
      });
    }, this.#options.pollMs);
  }
}
