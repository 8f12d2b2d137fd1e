/**
 * Counts requests that were refused before anything was done, and writes one entry a minute for each endpoint, status
 * and key: whoever asks a million times without a key fills a line, not the disk. What was counted since the last
 * entry is lost where the process is killed.
 */
import type { AccessLog } from "./access-log.ts";
import type { RefusedEntry } from "./entries.ts";

const minuteMs = 60_000;
/** Addresses of an entry that are told apart. */
const addressesKnown = 1_000;

interface Count {
  readonly first: Omit<RefusedEntry, "count" | "addresses">;
  count: number;
  readonly addresses: Set<string>;
}

export class Refusals {
  readonly #log: Pick<AccessLog, "append">;
  readonly #counts = new Map<string, Count>();
  readonly #timer: NodeJS.Timeout;

  /** `failed` is told of an entry that could not be written. */
  constructor(log: Pick<AccessLog, "append">, failed: (error: unknown) => void) {
    this.#log = log;
    this.#timer = setInterval(() => void this.write().catch(failed), minuteMs);
    this.#timer.unref();
  }

  count(refused: Omit<RefusedEntry, "count" | "addresses">, addressMark: string): void {
    const name = `${refused.method} ${refused.route} ${refused.status} ${refused.key ?? ""}`;
    const count = this.#counts.get(name) ?? { first: refused, count: 0, addresses: new Set<string>() };
    this.#counts.set(name, count);
    count.count += 1;
    if (count.addresses.size < addressesKnown) count.addresses.add(addressMark);
  }

  /** Writes what was counted so far. */
  async write(): Promise<void> {
    const counts = [...this.#counts.values()];
    this.#counts.clear();
    await Promise.all(
      counts.map(({ first, count, addresses }) =>
        this.#log.append({ ...first, count, addresses: addresses.size }),
      ),
    );
  }

  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.write();
  }
}
