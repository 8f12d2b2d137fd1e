/** How often the same asker, or anyone about the same payment, may look for a gift. In memory, of bounded size. */
import { createHmac, randomBytes } from "node:crypto";
import { networkOf, Windows } from "../access/windows.ts";
import type { Timer } from "../timer.ts";
import type { FindGiftLimits } from "./options.ts";

export class Guesses {
  readonly #byAddress: Windows;
  readonly #byNumber: Windows;
  readonly #timer: Timer;
  /** Numbers are personal: what is remembered of them is a keyed digest, and the key is gone with the process. */
  readonly #key = randomBytes(32);

  constructor(limits: FindGiftLimits, timer: Timer) {
    const { perAddress, perNumber, windowMs, remembered } = limits;
    this.#byAddress = new Windows(perAddress, windowMs, remembered);
    this.#byNumber = new Windows(perNumber, windowMs, remembered);
    this.#timer = timer;
  }

  /** Counts a question. Where it is one too many, answers after how many seconds to ask again. */
  count(askedFrom: string, transactionNumber: string): number | undefined {
    const nowMs = this.#timer.nowMs();
    const number = createHmac("sha256", this.#key).update(transactionNumber).digest("base64");
    // An asker who is held back uses nothing up: else one of them could keep a donor from finding a gift.
    const waitMs = this.#byAddress.count(networkOf(askedFrom), nowMs) ?? this.#byNumber.count(number, nowMs);
    return waitMs === undefined ? undefined : Math.ceil(waitMs / 1_000);
  }
}
