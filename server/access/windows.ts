/** Counts of what an address asks, in windows of time. In memory, of bounded size. */

interface Count {
  questions: number;
  readonly endsAtMs: number;
}

/** Counts questions by key in windows that begin with the first question. */
export class Windows {
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
