/**
 * Requests for gifts wait in one line with everything else at the counter, but whoever waits when a turn of theirs comes
 * is taken in it: the more there is to do, the more is done by one write.
 */
import { setImmediate } from "node:timers/promises";
import type { DonationRequest, Asking } from "../../protocol/ports/desk.ts";
import type { Counter } from "./counter.ts";
import { recordTogether, type GiftsAsked } from "./donations.ts";
import { maxGiftsPerRequest } from "./gift-checks.ts";

interface Waiting extends GiftsAsked {
  readonly resolve: (operations: readonly string[]) => void;
  readonly reject: (reason: unknown) => void;
}

export class GiftTurns {
  readonly #counter: Counter;
  #waiting: Waiting[] = [];
  /** A turn is in the counter's line that has not begun. */
  #isCalled = false;

  constructor(counter: Counter) {
    this.#counter = counter;
  }

  /**
   * Records gifts, all or none; answers their operations once they are on disk. Throws DeskRefusal naming
   * `donations[i].field`, GiftsAlreadyRecorded, IdempotencyConflict, and what the outbox throws.
   */
  record(gifts: readonly DonationRequest[], asking: Asking): Promise<readonly string[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ gifts, asking, resolve, reject });
      this.#call();
    });
  }

  #call(): void {
    if (this.#isCalled || this.#waiting.length === 0) return;
    this.#isCalled = true;
    void this.#turn();
  }

  async #turn(): Promise<void> {
    let taken: readonly Waiting[] = [];
    try {
      await this.#counter.serve(async () => {
        // Whatever has come in by now is read first: on SQLite a turn leaves the thread to nothing else.
        await setImmediate();
        taken = this.#take();
        const outcomes = await recordTogether(this.#counter, taken);
        const again: Waiting[] = [];
        for (const [index, each] of taken.entries()) {
          const outcome = outcomes[index];
          if (outcome === undefined || outcome === "again") again.push(each);
          else if ("answer" in outcome) each.resolve(outcome.answer);
          else each.reject(outcome.refusal);
        }
        this.#waiting.unshift(...again);
        this.#call();
      });
    } catch (error) {
      // The turn failed, or did not come about.
      const concerned = this.#isCalled && taken.length === 0 ? this.#take() : taken;
      for (const { reject } of concerned) reject(error);
    }
  }

  /** As many of those who wait as one batch could hold, and one of them at least. */
  #take(): readonly Waiting[] {
    let [count, gifts] = [0, 0];
    for (const waiting of this.#waiting) {
      gifts += waiting.gifts.length;
      if (count > 0 && gifts > maxGiftsPerRequest) break;
      count += 1;
    }
    const taken = this.#waiting.splice(0, count);
    this.#isCalled = false;
    this.#call();
    return taken;
  }
}
