/** Keeps the index at the head of a chain that moves by itself. A node that does not answer is asked again. */
import { setTimeout as sleep } from "node:timers/promises";
import { failureKindOf, NodeUnreachable } from "../chain/node-failures.ts";
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
const isPassing = (error: unknown): boolean =>
  failureKindOf(error) !== undefined || error instanceof ChainMoved || error instanceof UnexpectedAnswer;

/** The same failure as one of the node: to whoever asks the index for the chain's head there is no difference. */
export const asNodeFailure = (error: unknown): unknown =>
  isPassing(error) && failureKindOf(error) === undefined
    ? new NodeUnreachable("garbage", "the index", error instanceof Error ? error.message : "unreadable")
    : error;

/**
 * Resolves when block `number`, which the chain has, is indexed, however often the node fails meanwhile: what is on the
 * chain is not undone by a node that cannot show it. Throws IndexerStopped, and what no asking again mends.
 */
export const indexedInTheEnd = async (
  indexer: Pick<Indexer, "waitForBlock">,
  number: number,
  pauseMs: number,
): Promise<void> => {
  for (;;) {
    try {
      return await indexer.waitForBlock(number);
    } catch (error) {
      if (!isPassing(error)) throw error;
      await sleep(pauseMs);
    }
  }
};

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
