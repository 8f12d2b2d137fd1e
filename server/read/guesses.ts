/** How often the same asker, or anyone about the same payment, may look for a gift. In memory, of bounded size. */
import { createHmac, randomBytes } from "node:crypto";
import type { FindGiftLimits, Timer } from "./options.ts";

interface Count {
  questions: number;
  readonly endsAtMs: number;
}

/** Counts questions by key in windows that begin with the first question. */
class Windows {
  readonly #counts = new Map<string, Count>();
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #remembered: number;

  constructor(limit: number, windowMs: number, remembered: number) {
    this.#limit = limit;
    this.#windowMs = windowMs;
    this.#remembered = remembered;
  }

  /** Counts one question; answers the milliseconds to wait where it was one too many. */
  count(key: string, nowMs: number): number | undefined {
    let count = this.#counts.get(key);
    if (count === undefined || count.endsAtMs <= nowMs) {
      this.#counts.delete(key);
      this.#makeRoom();
      count = { questions: 0, endsAtMs: nowMs + this.#windowMs };
      this.#counts.set(key, count);
    }
    count.questions += 1;
    return count.questions > this.#limit ? count.endsAtMs - nowMs : undefined;
  }

  /** Windows are kept in the order of their ends: the first is the one that matters least. */
  #makeRoom(): void {
    const [oldest] = this.#counts.keys();
    if (this.#counts.size >= this.#remembered && oldest !== undefined) this.#counts.delete(oldest);
  }
}

/** One household has many IPv6 addresses, so those are counted by their /64. */
export const networkOf = (address: string): string => {
  if (!address.includes(":") || /^::ffff:[0-9.]+$/i.test(address)) return address.replace(/^::ffff:/i, "");
  const [head = "", tail] = address.toLowerCase().split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const gap = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array.from({ length: gap }, () => "0"), ...right];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
};

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
